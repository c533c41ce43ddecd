"""Feedback: counted once, for the topic and nothing else; a store that is down never spoils an answer."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import CONTENT, MODELS

from skill.alexa.handle import Skill
from skill.assemble import assemble
from skill.errors import FeedbackUnavailable
from skill.feedback.memory import MemoryStore
from skill.feedback.record import Count, Feedback
from skill.feedback.sqlite import SqliteStore
from skill.library.store import Library
from skill.settings import Settings
from skill.simulator.converse import Conversation
from skill.simulator.envelope import Device
from skill.simulator.hear import HearingModel


@pytest.mark.parametrize(("answer", "count"), [("yes", Count("heartburn", 1, 0)), ("no", Count("heartburn", 0, 1))])
def test_an_answer_can_be_rated(
    answer: str, count: Count, talk: Callable[..., Conversation], store: MemoryStore
) -> None:
    conversation = talk()
    conversation.say("<oneshot> what causes heartburn")
    reply = conversation.say(answer)
    assert list(store.counts()) == [count]
    assert reply.speech.endswith("Anything else?")
    assert not reply.ends


@pytest.mark.parametrize("said", ["a bit", "kind of", "yeah it was", "sort of", "a little bit"])
def test_a_lukewarm_yes_is_a_yes(said: str, talk: Callable[..., Conversation], store: MemoryStore) -> None:
    conversation = talk()
    conversation.say("<oneshot> what causes heartburn")
    assert conversation.say(said).speech.endswith("Anything else?")
    assert list(store.counts()) == [Count("heartburn", 1, 0)]


def test_a_yes_with_a_question_is_counted_and_answered(talk: Callable[..., Conversation], store: MemoryStore) -> None:
    conversation = talk()
    conversation.say("<oneshot> what causes heartburn")
    answered = conversation.say("yes thanks what can i do")
    assert answered.attributes["aspect"] == "relief"
    assert list(store.counts()) == [Count("heartburn", 1, 0)]


def test_a_request_that_is_delivered_twice_counts_once(
    talk: Callable[..., Conversation], store: MemoryStore, skill: Skill
) -> None:
    conversation = talk()
    conversation.say("<oneshot> what causes heartburn")
    rated = conversation.say("yes")
    assert rated.request is not None
    skill.handle(rated.request)
    assert list(store.counts()) == [Count("heartburn", 1, 0)]


def test_yes_to_another_question_is_no_rating(talk: Callable[..., Conversation], store: MemoryStore) -> None:
    conversation = talk()
    conversation.say("<oneshot> what causes heartburn")
    conversation.say("say that again")
    conversation.say("yes")
    assert list(store.counts()) == []


def test_nothing_is_rated_after_an_emergency(talk: Callable[..., Conversation], store: MemoryStore) -> None:
    conversation = talk()
    assert "helpful" not in conversation.say("<oneshot> she's having a fit").speech
    assert "helpful" not in conversation.say("what causes heartburn").speech
    conversation.say("yes")
    assert list(store.counts()) == []


def test_nothing_is_rated_after_a_loss(talk: Callable[..., Conversation], store: MemoryStore) -> None:
    conversation = talk()
    answer = conversation.say("<oneshot> what causes miscarriage")
    assert answer.attributes["understood"]["topic"] == "miscarriage"
    assert "helpful" not in answer.speech
    assert "your baby" not in answer.speech
    conversation.say("yes")
    assert list(store.counts()) == []


class DownStore:
    """A fake: a store that always fails, which a real one does too seldom to be waited for."""

    def add(self, token: str, feedback: Feedback) -> bool:
        raise FeedbackUnavailable("down")

    def ping(self) -> None:
        raise FeedbackUnavailable("down")

    def close(self) -> None: ...


def test_a_store_that_is_down_does_not_spoil_the_answer(library: Library, caplog: pytest.LogCaptureFixture) -> None:
    skill = Skill(assemble(Settings(content=CONTENT), library, DownStore()))
    conversation = Conversation(HearingModel.load(MODELS / "en-US.json"), skill.handle, Device())
    conversation.say("<oneshot> what causes heartburn")
    assert conversation.say("yes").speech.endswith("Anything else?")
    assert "not kept" in caplog.text
    assert "heartburn" not in caplog.text


MARKED = Device(
    user_id="amzn1.ask.account.MARKEDUSER", device_id="amzn1.ask.device.MARKEDDEVICE", session_id="MARKEDSESSION"
)


def test_neither_words_nor_ids_reach_the_store_or_the_log(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    store = SqliteStore(tmp_path / "feedback.sqlite")
    skill = Skill(assemble(Settings(content=CONTENT), library, store))
    seen: list[dict[str, Any]] = []

    def endpoint(request: dict[str, Any]) -> dict[str, Any]:
        request["session"]["sessionId"] = MARKED.session_id
        request["session"]["user"]["userId"] = MARKED.user_id
        request["context"]["System"]["device"]["deviceId"] = MARKED.device_id
        request["request"]["requestId"] = "MARKEDREQUEST"
        seen.append(request)
        return skill.handle(request)

    conversation = Conversation(HearingModel.load(MODELS / "en-GB.json"), endpoint, Device(locale="en-GB"))
    for said in (
        "<launch>",
        "i'm thirty two weeks",
        "markedword heartburn is killing me",
        "yes",
        "she's fitting",
        "stop",
    ):
        conversation.say(said)
    store.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir()).lower() + caplog.text.lower().encode()
    assert b"heartburn" in kept
    assert b"marked" not in kept
    assert b"thirty" not in kept
    assert "MARKEDUSER" in json.dumps(seen)
