"""A copy of the skill with one rule broken fails, with that rule named; as it is, it fails none of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from subjects import Model, broken, door, saying, subject, with_model, wrapped

from skill.certify.findings import Findings
from skill.certify.rules import RULES
from skill.certify.run import Subject, certify
from skill.library.content import Content
from skill.library.store import Library

SPOKEN = {
    "welcome-names-skill": {"launch_first": ("Welcome. What's happening?",)},
    "welcome-differs": {
        "launch_first": ("{skill} here. What's happening?",),
        "launch_again": ("{skill} here. What's happening?",),
    },
    "help-explains": {"help": ("I know a lot. {intended_use} What would you like?",)},
    "session-question": {"goodbye": ("Goodbye. Will you come back?",)},
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
}
"""Rule → what becomes of the responses."""


@pytest.mark.parametrize("rule", ANSWERED)
def test_an_answer_that_breaks_a_rule_is_named(rule: str, whole: Subject) -> None:
    assert rule in broken(wrapped(whole, ANSWERED[rule]), RULES[rule].group)


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


def _door(status: Callable[[bytes, Mapping[str, str]], int], whole: Subject) -> Findings:
    return certify(replace(whole, make_door=lambda verifier, skill_id: status), only=("door",))


def failing(findings: Findings) -> set[str]:
    return {verdict.rule.id for verdict in findings.verdicts() if verdict.failures}


def test_a_door_that_lets_everything_in_is_named(whole: Subject) -> None:
    refusals = {"door-headers", "door-address", "door-signature", "door-time", "door-skill"}
    assert failing(_door(lambda body, headers: 200, whole)) == refusals


def test_a_door_that_lets_nobody_in_is_named(whole: Subject) -> None:
    assert failing(_door(lambda body, headers: 400, whole)) == {"door-valid"}


def test_a_door_that_breaks_on_what_it_refuses_is_named(whole: Subject) -> None:
    assert "door-headers" in failing(_door(lambda body, headers: 200 if len(headers) == 2 else 500, whole))


def test_our_own_door_holds(whole: Subject, compiled: Path) -> None:
    findings = certify(replace(whole, make_door=door(compiled.parent)), only=("door",))
    assert failing(findings) == set()
    assert {verdict.rule.id for verdict in findings.verdicts() if verdict.tried} >= {"door-valid", "door-skill"}
