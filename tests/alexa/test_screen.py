"""Screens and touches on the way to Alexa and back."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skill.alexa.handle import Skill
from skill.alexa.screen import to_directive
from skill.alexa.touch import as_spoken
from skill.answers import pages
from skill.check import ASPECTS
from skill.dialogue.core import Core
from skill.dialogue.questions import answer_on
from skill.library.locales import LOCALES
from skill.screens.screen import Verb
from skill.simulator.converse import Conversation, plain
from skill.simulator.envelope import Device, touch_envelope
from skill.turn import Asked, Session, Turn

Json = dict[str, Any]
RENDER = "Alexa.Presentation.APL.RenderDocument"
MOST_BYTES = 24_000
"""Of a whole response: alexa-games/litexa issue 44, the older and smaller of the two known limits."""


def screens(response: Json) -> list[Json]:
    return [entry for entry in response["response"].get("directives", []) if entry["type"] == RENDER]


def touch(arguments: Any, attributes: Json | None = None, locale: str = "en-US") -> Json:
    envelope = touch_envelope(Device(locale=locale, screen=True), [], attributes or {}, new=False)
    envelope["request"]["arguments"] = arguments
    return envelope


def speech(response: Json) -> str:
    return plain(response["response"]["outputSpeech"]["ssml"])


def test_a_device_with_a_screen_is_shown_what_it_hears_and_one_without_is_not(
    talk: Callable[..., Conversation],
) -> None:
    with_screen, without = (talk(screen=screen).say("<oneshot> what causes heartburn") for screen in (True, False))
    assert len(screens(with_screen.response)) == 1
    assert screens(without.response) == []
    assert with_screen.speech == without.speech


@pytest.mark.parametrize(
    ("interface", "shows"),
    [
        ({"runtime": {"maxVersion": "1.4"}}, True),
        ({"runtime": {"maxVersion": "2024.3"}}, True),
        ({"runtime": {"maxVersion": "1.3"}}, False),
        ({"runtime": {"maxVersion": "1.10"}}, True),
        ({}, True),
        ({"runtime": "new"}, True),
        ({"runtime": {"maxVersion": ["1.4"]}}, True),
        (None, False),
        ("yes", False),
    ],
)
def test_the_device_says_which_version_it_has(interface: Any, shows: bool, skill: Skill) -> None:
    envelope = touch(["choose", "heartburn"])
    envelope["context"]["System"]["device"]["supportedInterfaces"] = {"Alexa.Presentation.APL": interface}
    assert bool(screens(skill.handle(envelope))) is shows


def test_a_device_for_four_letters_has_no_screen(skill: Skill) -> None:
    envelope = touch(["choose", "heartburn"])
    envelope["context"]["System"]["device"]["supportedInterfaces"] = {"Alexa.Presentation.APLT": {"runtime": {}}}
    assert screens(skill.handle(envelope)) == []


def test_the_whole_response_stays_small_for_every_topic_and_aspect(core: Core, skill: Skill) -> None:
    """The answer to a touch holds speech, session and document; the other aspects differ in the screen's data alone."""
    sizes = {topic: len(json.dumps(skill.handle(touch(["choose", topic])))) for topic in core.library.names}
    assert max(sizes.values()) < MOST_BYTES, max(sizes, key=lambda topic: sizes[topic])
    largest: dict[str, int] = {}
    for locale in LOCALES:
        voice = core.library.voice(locale)
        for topic in core.library.names:
            article = core.library.article(topic)
            assert article is not None
            for aspect in ASPECTS:
                for page in range(pages(article, aspect)):
                    turn = Turn(intent="TopicIntent", locale=locale, session=Session())
                    reply = answer_on(turn, core, topic, aspect, page)
                    shown = to_directive(reply, core.library, voice)
                    assert shown is not None
                    size = len(json.dumps(shown.to_dict())) + 3 * len(reply.text) + 2_000
                    largest[f"{topic} {aspect} {page} {locale}"] = size
    assert max(largest.values()) < MOST_BYTES


def test_touching_a_topic_answers_it(core: Core, skill: Skill) -> None:
    """As naming it does; for some, what to do comes first."""
    understood = {
        topic: skill.handle(touch(["choose", topic]))["sessionAttributes"]["understood"] for topic in core.library.names
    }
    assert [topic for topic, found in understood.items() if found.get("topic") != topic] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_a_touch_is_answered_as_the_same_words_are(locale: str, talk: Callable[..., Conversation]) -> None:
    pairs = {
        "<touch> open 2": "the second one",
        "<touch> more": "more",
        "<touch> again": "repeat that",
        "<touch> topics": "what can i ask about",
        "<touch> helpful yes": "yes",
        "<touch> helpful no": "no",
    }
    for touched, spoken in pairs.items():
        replies = []
        for words in (touched, spoken):
            conversation = talk(locale, screen=True)
            conversation.say("<touch> choose back-pain")
            exchange = conversation.say(words)
            replies.append((exchange.speech, exchange.ends, {**exchange.attributes, "token": None}))
        assert replies[0] == replies[1], touched


def test_a_touch_in_an_open_choice_keeps_what_was_asked(skill: Skill) -> None:
    attributes = {"version": 3, "asked": "choice", "choices": ["heartburn", "chest-pain"], "choice_aspect": "relief"}
    response = skill.handle(touch(["choose", "heartburn"], attributes))
    assert response["sessionAttributes"]["aspect"] == "relief"


def test_a_second_tap_on_no_does_not_close_the_session(talk: Callable[..., Conversation]) -> None:
    conversation = talk(screen=True)
    conversation.say("<touch> choose heartburn")
    assert "Thank" in conversation.say("<touch> helpful no").speech
    again = conversation.say("<touch> helpful no")
    assert not again.ends
    assert again.speech.endswith("Anything else?")


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_whether_to_go_on_is_answered_by_touch_as_by_word(answer: str, talk: Callable[..., Conversation]) -> None:
    replies = []
    for words in (f"<touch> go_on {answer}", answer):
        conversation = talk(screen=True)
        conversation.say("<touch> choose back-pain")
        conversation.say("what else could it be")
        conversation.say("both")
        assert conversation.kept.attributes["asked"] == "go_on"
        replies.append(conversation.say(words).speech)
    assert replies[0] == replies[1]


def test_a_tap_on_going_on_that_comes_too_late_does_not_rate_or_close(talk: Callable[..., Conversation]) -> None:
    conversation = talk(screen=True)
    conversation.say("<touch> choose heartburn")
    late = conversation.say("<touch> go_on no")
    assert not late.ends
    assert late.speech.endswith("Anything else?")


def test_no_slot_is_elicited_after_a_touch(talk: Callable[..., Conversation]) -> None:
    exchange = talk(screen=True).say("<touch> topics")
    assert [entry["type"] for entry in exchange.response["response"]["directives"]] == [RENDER]


ODD = [
    None, [], "choose", {"choose": "heartburn"}, [None], [["choose", "heartburn"]], [{"verb": "choose"}], ["choose"],
    ["choose", "no-such-topic"], ["choose", 7], ["choose", "../secrets"], ["choose", "x" * 8000], ["x" * 8000],
    ["open"], ["open", "2"], ["open", 0], ["open", 4], ["open", -1], ["open", True], ["open", 10**30], ["helpful"],
    ["helpful", "maybe"], ["helpful", 1], ["go_on"], ["go_on", "maybe"], ["Choose", "heartburn"],
    ["more"] * 500, ["🤰"], ["ظهري"], [1.5], [True],
]  # fmt: skip


@pytest.mark.parametrize("arguments", ODD, ids=lambda value: repr(value)[:40])
def test_a_touch_that_is_not_ours_gets_a_safe_reply(
    arguments: Any, skill: Skill, caplog: pytest.LogCaptureFixture
) -> None:
    answered = skill.handle(touch(["choose", "heartburn"]))["sessionAttributes"]
    for attributes in ({}, answered):
        response = skill.handle(touch(arguments, attributes))
        assert speech(response)
        assert response["response"]["shouldEndSession"] is False
        assert "went wrong" not in speech(response)
    assert caplog.text == ""


@given(
    arguments=st.lists(st.one_of(st.sampled_from([*Verb]), st.integers(), st.text(max_size=30), st.none()), max_size=6),
    asked=st.sampled_from([*Asked]),
)
@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_arguments_become_an_intent(arguments: list[Any], asked: Asked, core: Core) -> None:
    intent, slots = as_spoken(arguments, "en-US", Session(asked=asked), core.library)
    assert intent
    assert all(slot.heard and slot.ids for slot in slots)


@pytest.mark.parametrize("locale", [None, 7, "", "xx-XX"])
def test_a_touch_without_a_known_locale_is_answered(locale: Any, skill: Skill) -> None:
    envelope = touch(["choose", "heartburn"])
    envelope["request"]["locale"] = locale
    if locale is None:
        del envelope["request"]["locale"]
    assert "went wrong" not in speech(skill.handle(envelope))


def test_a_touch_says_nothing_of_the_components_to_anyone(skill: Skill) -> None:
    envelope = touch(["choose", "heartburn"])
    envelope["request"] |= {"source": {"x": object.__name__}, "components": {"a": [1]}, "token": "t"}
    assert "Heartburn" in speech(skill.handle(envelope))


@pytest.mark.parametrize(
    ("kind", "logged"),
    [("RuntimeError", "RuntimeError"), ("LoadIndexListData", "something else"), ("secretword", "something else")],
)
def test_what_a_screen_reports_gets_an_empty_response_and_nothing_of_it_is_logged_as_sent(
    kind: str, logged: str, skill: Skill, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    envelope = touch([])
    envelope["request"] |= {"type": f"Alexa.Presentation.APL.{kind}", "errors": [{"message": "secretword"}]}
    assert skill.handle(envelope) == {"version": "1.0", "response": {}}
    assert logged in caplog.text
    assert "secretword" not in caplog.text
    assert envelope["session"]["sessionId"] not in caplog.text


def test_a_screen_that_cannot_be_made_costs_no_words(
    talk: Callable[..., Conversation], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secretword")

    monkeypatch.setattr("skill.alexa.screen.compose", broken)
    exchange = talk(screen=True).say("<oneshot> what causes heartburn")
    assert "eartburn" in exchange.speech
    assert screens(exchange.response) == []
    assert "secretword" not in caplog.text
    assert "RuntimeError" in caplog.text
