"""A copy of the skill with one rule broken fails, with that rule named; as it is, it fails none of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from subjects import Model, broken, door, failures, saying, subject, with_model, wrapped

from skill.alexa.touch import USER_EVENT
from skill.certify.door import Answered
from skill.certify.rules import RULES
from skill.certify.run import Subject, certify
from skill.library.content import Content
from skill.library.store import Library
from skill.screens.screen import Verb

SPOKEN = {
    "welcome-names-skill": {"launch_first": ("Welcome. What's happening?",)},
    "welcome-differs": {
        "launch_first": ("{skill} here. What's happening?",),
        "launch_again": ("{skill} here. What's happening?",),
    },
    "help-explains": {"help": ("I know a lot. {intended_use} What would you like?",)},
    "session-question": {"goodbye": ("Goodbye. Will you come back?",)},
    "reprompt-differs": {"rating_reprompt": ("Was this helpful?",)},
    "silence-everywhere": {"anything_else_reprompt": ("Anything else?",)},
    "session-reprompt": {"rating_reprompt": ("Just say “yes” or “no”.",)},
    "disclaimer-spoken": {"disclaimer_short": ("As always.",), "disclaimer_full": ("Ask {provider}.",)},
    "emergency-local": {"disclaimer_full": ("This is general information. In an emergency call 999.",)},
    "prompts-covered": {"launch_reprompt": ("You can say, “sing me a song”. What's happening?",)},
}
"""Rule → what said.yaml says instead."""


@pytest.fixture(scope="module")
def whole(content: Content, library: Library) -> Subject:
    return subject(content, library, "en-US")


def test_the_skill_as_it_is_breaks_none(whole: Subject) -> None:
    assert broken(whole) == {}


@pytest.mark.parametrize("rule", SPOKEN)
def test_another_prompt_that_breaks_a_rule_is_named(rule: str, whole: Subject, library: Library) -> None:
    assert rule in broken(saying(whole, library, **SPOKEN[rule]), RULES[rule].group)


def _set(response: Model, **body: Any) -> Model:
    return {**response, "response": {**response.get("response", {}), **body}}


def _is(request: Model, *names: str) -> bool:
    kind = request["request"]["type"]
    return kind in names or request["request"].get("intent", {}).get("name") in names


def _ssml(markup: str) -> Model:
    return {"type": "SSML", "ssml": f"<speak>{markup} What's happening?</speak>"}


def _document(version: str) -> list[Model]:
    kind = "Alexa.Presentation.APL.RenderDocument"
    return [{"type": kind, "token": "t", "document": {"type": "APL", "version": version}}]


def _without_end(request: Model, response: Model) -> Model:
    response["response"].pop("shouldEndSession", None)
    return response


def _echo(request: Model, response: Model) -> Model:
    slots = (request["request"].get("intent") or {}).get("slots") or {}
    said = "".join(str(slot.get("value", "")) for slot in slots.values())
    return _set(response, outputSpeech=_ssml(said)) if said else response


def _fails(request: Model, response: Model) -> Model:
    raise KeyError("slots")


def _card(content: str) -> Callable[[Model, Model], Model]:
    return _always(card={"type": "Simple", "title": "t", "content": content})


def _when(*names: str, **body: Any) -> Callable[[Model, Model], Model]:
    """Changes the response to these types of request or intents only."""
    return lambda request, response: _set(response, **body) if _is(request, *names) else response


def _always(**body: Any) -> Callable[[Model, Model], Model]:
    return lambda request, response: _set(response, **body)


ANSWERED: Mapping[str, Callable[[Model, Model], Model]] = {
    "session-said": _without_end,
    "stop-ends": _when("AMAZON.StopIntent", outputSpeech=_ssml("No."), shouldEndSession=False),
    "help-everywhere": _when("AMAZON.HelpIntent", shouldEndSession=True),
    "fallback-answers": _when("AMAZON.FallbackIntent", shouldEndSession=True),
    "no-error": _fails,
    "session-ended": _when("SessionEndedRequest", outputSpeech=_ssml("Bye.")),
    "request-unknown": _when("Something.New", outputSpeech=_ssml("Hm.")),
    "ssml-valid": _always(outputSpeech=_ssml("Aches & pains.")),
    "ssml-break": _always(outputSpeech=_ssml('<break time="20s"/>')),
    "ssml-escaped": _echo,
    "speech-size": _always(outputSpeech=_ssml("ache " * 1600)),
    "reprompt-size": _always(reprompt={"outputSpeech": _ssml("ache " * 1600)}),
    "response-size": lambda request, response: {**response, "sessionAttributes": {"x": "y" * 130_000}},
    "response-shape": lambda request, response: {"version": "1.0", "response": []},
    "card-plain": _card("<speak>Ache.</speak>"),
    "card-size": _card("ache " * 1700),
    "card-asked": _card("Ache."),
    "screen-only": _always(directives=_document("1.4")),
    "screen-version": _always(directives=_document("2023.1")),
    "slot-empty": _always(outputSpeech=None),
    "touch-untrusted": _when(USER_EVENT, outputSpeech=None),
}
"""Rule → what becomes of the responses."""


@pytest.mark.parametrize("rule", ANSWERED)
def test_an_answer_that_breaks_a_rule_is_named(rule: str, whole: Subject) -> None:
    assert rule in broken(wrapped(whole, ANSWERED[rule]), RULES[rule].group)


@pytest.mark.parametrize("verb", Verb)
def test_a_touch_that_gets_another_reply_than_the_words_is_named(verb: Verb, whole: Subject) -> None:
    def otherwise(request: Model, response: Model) -> Model:
        touched = request["request"].get("arguments")
        return _set(response, outputSpeech=_ssml("Hm.")) if touched and touched[0] == verb else response

    cases = broken(wrapped(whole, otherwise), "cards and screens")["touch-as-spoken"]
    assert all(f'["{verb}"' in case.sent for case in cases)


def test_what_can_be_touched_and_means_no_words_is_named(whole: Subject) -> None:
    def more_to_touch(request: Model, response: Model) -> Model:
        for directive in response.get("response", {}).get("directives", ()):
            directive.setdefault("datasources", {})["more"] = {"touch": ["sing"]}
        return response

    cases = broken(wrapped(whole, more_to_touch), "cards and screens")["touch-as-spoken"]
    assert {case.expected for case in cases} == {"words that mean the same"}


def test_a_slow_answer_is_named(whole: Subject) -> None:
    ticks = iter(range(0, 10_000_000, 9))
    assert "answer-time" in broken(replace(whole, clock=lambda: float(next(ticks))), "speech")


def test_a_sample_that_gets_the_welcome_is_named(whole: Subject) -> None:
    def welcomes(request: Model, response: Model) -> Model:
        launch = {**request, "request": {**request["request"], "type": "LaunchRequest"}}
        return whole.endpoint({**launch, "session": {**launch["session"], "attributes": {}}})

    found = broken(wrapped(whole, welcomes), "intents")
    assert {"samples-answered", "values-answered", "examples-answered", "help-explains"} <= found.keys()


def _rename(language: Model) -> None:
    language["invocationName"] = "the bump"


def _without_help(language: Model) -> None:
    language["intents"] = [intent for intent in language["intents"] if intent["name"] != "AMAZON.HelpIntent"]


def _shared(language: Model) -> None:
    samples = {intent["name"]: intent.get("samples", []) for intent in language["intents"]}
    samples["HelloIntent"].append(samples["ThanksIntent"][0])


def _with_digits(language: Model) -> None:
    next(intent for intent in language["intents"] if intent["name"] == "HelloIntent")["samples"].append("hello 2")


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("invocation-name", _rename),
        ("intents-required", _without_help),
        ("utterance-unshared", _shared),
        ("model-limits", _with_digits),
    ],
)
def test_a_model_that_breaks_a_rule_is_named(rule: str, change: Callable[[Model], None], whole: Subject) -> None:
    assert rule in broken(with_model(whole, change), "model")


def test_a_prompt_that_suggests_what_is_no_sample_is_named(whole: Subject, library: Library) -> None:
    copied = saying(whole, library, help_reprompt=("Say “sing me a song”. What's happening?",))
    assert "suggested-samples" in broken(copied, "model")


@pytest.mark.parametrize(
    ("rule", "listing"),
    [
        ("store-lengths", {"summary": "General information. " * 12}),
        ("store-health", {"description": ("Call {invocation}: it cures all.",)}),
        ("store-examples", {"example_phrases": ("Alexa, ask {invocation} to sing me a song",)}),
    ],
)
def test_a_store_page_that_breaks_a_rule_is_named(rule: str, listing: dict[str, Any], whole: Subject) -> None:
    content = replace(whole.content, listing=whole.content.listing.updated(**listing))
    assert rule in broken(replace(whole, content=content), "store")


def _door(answered: Callable[[bytes, Mapping[str, str]], Answered], whole: Subject) -> set[str]:
    """The rules that a door which answers so breaks."""
    return {*failures(certify(replace(whole, make_door=lambda verifier, skill_id: answered), only=("door",)))}


def test_a_door_that_lets_everything_in_is_named(whole: Subject) -> None:
    refusals = {"door-headers", "door-address", "door-signature", "door-time", "door-events", "door-skill"}
    assert _door(lambda body, headers: Answered(200, b"{}"), whole) == refusals


def test_a_door_that_lets_nobody_in_is_named(whole: Subject) -> None:
    assert _door(lambda body, headers: Answered(400, b""), whole) == {"door-valid", "door-events"}


def test_a_door_that_takes_no_event_older_than_a_request_is_named(
    whole: Subject, compiled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("skill.alexa.verify.SKILL_EVENTS", frozenset())
    assert {*failures(certify(replace(whole, make_door=door(compiled.parent)), only=("door",)))} == {"door-events"}


def test_a_door_that_breaks_on_what_it_refuses_is_named(whole: Subject) -> None:
    broke = _door(lambda body, headers: Answered(200 if len(headers) == 2 else 500, b""), whole)
    assert "door-headers" in broke


def test_a_door_that_says_why_it_refuses_is_named(whole: Subject) -> None:
    told = _door(lambda body, headers: Answered(400, f"{len(headers)} headers".encode()), whole)
    assert "door-detail" in told


def test_our_own_door_holds(whole: Subject, compiled: Path) -> None:
    findings = certify(replace(whole, make_door=door(compiled.parent)), only=("door",))
    assert {verdict.rule.id: verdict.state for verdict in findings.verdicts() if verdict.state != "pass"} == {
        "certificate-trusted": "not checked"
    }
