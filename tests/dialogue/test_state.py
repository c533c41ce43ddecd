"""The session's state: repeated and late requests do no harm; what names nothing that there is starts afresh."""

from __future__ import annotations

import copy
import logging
from collections.abc import Callable
from typing import Any

import pytest

from skill.alexa.handle import Skill
from skill.dialogue.core import Core
from skill.feedback.memory import MemoryStore
from skill.feedback.record import Count
from skill.simulator.converse import Conversation, plain
from skill.simulator.envelope import Device, intent_request
from skill.simulator.hear import HearingModel
from skill.turn import Asked, Outcome, Session, Understood

TURNS = ["<oneshot> why does my back hurt", "what else could it be", "both", "yes", "more", "send it to my phone"]


def without_token(response: dict[str, Any]) -> dict[str, Any]:
    response = copy.deepcopy(response)
    response["sessionAttributes"].pop("token", None)
    return response


def test_a_request_delivered_twice_is_answered_in_the_same_words(
    talk: Callable[..., Conversation], skill: Skill
) -> None:
    conversation = talk()
    for said in TURNS:
        exchange = conversation.say(said)
        assert exchange.request is not None
        assert without_token(skill.handle(exchange.request)) == without_token(exchange.response), said


def test_a_late_request_does_not_disturb_a_newer_one(
    talk: Callable[..., Conversation], skill: Skill, store: MemoryStore
) -> None:
    conversation = talk()
    first = conversation.say("<oneshot> what causes heartburn")
    rated = conversation.say("yes")
    newer = conversation.say("what helps nausea")
    assert first.request is not None
    assert rated.request is not None
    for late in (rated.request, first.request, rated.request):
        skill.handle(late)
    assert list(store.counts()) == [Count("heartburn", 1, 0)]
    assert conversation.say("more").attributes["topic"] == newer.attributes["topic"] == "nausea"


NAMES_NOTHING: dict[str, Session] = {
    "a topic": Session(topic="no-such-topic"),
    "a topic gone back to": Session(back=(("no-such-topic", "causes", 0),)),
    "an aspect gone back to": Session(back=(("nausea", "no-such-aspect", 0),)),
    "a choice": Session(choices=("nausea", "no-such-topic")),
    "an aspect of a choice": Session(choices=("nausea", "heartburn"), choice_aspect="no-such-aspect"),
    "an aspect that no article has": Session(topic="nausea", aspect="help"),
    "a choice of what no article has": Session(choices=("nausea", "heartburn"), choice_aspect="source"),
    "what no article has, next": Session(next_up=(("nausea", "source", -1),)),
    "a group": Session(group="no-such-group"),
    "something listed": Session(listed=("no-such-thing",)),
    "what is next": Session(next_up=(("no-such-topic", "causes", -1),)),
    "what is next by a place that no list has": Session(next_up=(("nausea", "causes", 999),)),
    "a sign": Session(sign="no-such-sign", sign_level="urgent"),
    "a sign without its level": Session(sign="seizure"),
    "an urgent reply without its sign": Session(understood=Understood(outcome=Outcome.URGENT)),
    "whether to say again what to do, without a sign": Session(asked=Asked.SAY_AGAIN),
    "whether to go on with what to do, without a sign": Session(asked=Asked.URGENT_MORE),
}


@pytest.mark.parametrize("name", NAMES_NOTHING)
def test_what_names_nothing_that_there_is_starts_afresh(name: str, core: Core) -> None:
    assert core.sound(NAMES_NOTHING[name]) == Session()


def test_what_is_sound_is_kept(core: Core) -> None:
    session = Session(
        topic="nausea", aspect="causes", sign="seizure", sign_level="emergency", group="illness", listed=("fever",),
        next_up=(("nausea", "causes", 0), ("back-pain", "summary", -1)),
    )  # fmt: skip
    assert core.sound(session) == session


@pytest.mark.parametrize("place", [-2, -50, 1001, 10**9, "x", None])
def test_a_place_that_cannot_be_starts_afresh(place: object) -> None:
    session = Session(topic="nausea", next_up=(("nausea", "causes", 0),))
    assert Session.from_attributes(session.to_attributes()) == session
    assert Session.from_attributes(session.to_attributes() | {"next_up": [["nausea", "causes", place]]}) == Session()


@pytest.mark.parametrize("place", [-50, 999])
def test_a_place_that_no_list_has_is_no_error(
    place: int, talk: Callable[..., Conversation], skill: Skill, caplog: pytest.LogCaptureFixture
) -> None:
    """An article that was edited meanwhile has fewer, too."""
    conversation = talk()
    conversation.say("<oneshot> what causes back pain")
    request = conversation.say("yes").request
    assert request is not None
    waiting = [["back-pain", "differentials", 0], ["back-pain", "differentials", place]]
    for next_up in (waiting, waiting[1:]):
        request["session"]["attributes"] |= {"asked": "go_on", "next_up": next_up}
        assert plain(skill.handle(request)["response"]["outputSpeech"]["ssml"])
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


PAST = {
    "nothing": {},
    "a topic": {"topic": "back-pain", "aspect": "causes", "said": "Back pain is common."},
    "a choice": {"choices": ["nausea", "heartburn"], "choice_aspect": "causes"},
    "a list": {"listed": ["illness", "skin-and-hair"]},
    "an emergency": {"sign": "seizure", "sign_level": "emergency", "understood": {"outcome": "urgent"}},
    "an emergency before": {"sign": "seizure", "sign_level": "emergency", "topic": "back-pain"},
    "a loss": {"lost": True, "unrated": True, "topic": "miscarriage"},
}


@pytest.mark.parametrize("past", PAST)
@pytest.mark.parametrize("asked", Asked)
def test_every_plain_intent_is_answered_after_every_question(
    asked: Asked, past: str, skill: Skill, hearing: Callable[[str], HearingModel], caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever was asked and whatever came before, fitting or not: state that was tampered with fits nothing."""
    device, attributes = Device(), {"version": 3, "asked": asked.value, **PAST[past]}
    for name in hearing("en-US").intents:
        intent = {"name": name, "confirmationStatus": "NONE", "slots": {}}
        request = intent_request(device, intent, attributes, new=False, dialog_state=None)
        assert plain(skill.handle(request)["response"]["outputSpeech"]["ssml"]), name
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def test_the_state_stays_small(talk: Callable[..., Conversation]) -> None:
    conversation = talk()
    for said in ("<oneshot> why does my back hurt", *(["what helps nausea", "what causes heartburn"] * 6)):
        size = len(str(conversation.say(said).attributes))
    assert size < 3000
