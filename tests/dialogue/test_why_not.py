"""Why an answer did not help: asked only where the operator wants it, once a session, counted once, no words kept."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CONTENT

from skill.alexa.handle import Skill
from skill.assemble import assemble
from skill.feedback.memory import MemoryStore
from skill.feedback.record import Count, ReasonCount, reasons_by_topic
from skill.feedback.sqlite import SqliteStore
from skill.library.store import Library
from skill.settings import Settings
from skill.simulator.converse import Conversation
from skill.simulator.envelope import Device
from skill.simulator.hear import HearingModel

QUESTION = "Was it too long, not your problem, or not clear?"


@pytest.fixture
def asking(library: Library, store: MemoryStore, hearing: Callable[[str], HearingModel]) -> Callable[[], Conversation]:
    skill = Skill(assemble(Settings(content=CONTENT, ask_why=True), library, store))
    return lambda: Conversation(hearing("en-US"), skill.handle, Device(), "alexa")


def test_it_is_off_by_default(talk: Callable[..., Conversation]) -> None:
    conversation = talk()
    conversation.say("<oneshot> what helps heartburn")
    assert QUESTION not in conversation.say("no").speech
    assert Settings.from_env({}).ask_why is False
    assert Settings.from_env({"BUMP_GUIDE_ASK_WHY": "yes"}).ask_why is True


ANSWERS = {
    "too long": "too_long",
    "it was too long": "too_long",
    "the first one": "too_long",
    "not my problem": "not_mine",
    "the second one": "not_mine",
    "not clear": "not_clear",
    "i didn't understand": "not_clear",
    "the last one": "not_clear",
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_reason_is_counted_with_its_topic(
    answer: str, asking: Callable[[], Conversation], store: MemoryStore
) -> None:
    conversation = asking()
    conversation.say("<oneshot> what helps heartburn")
    assert conversation.say("no").speech == QUESTION
    reply = conversation.say(answer)
    assert reply.speech.endswith("Anything else?")
    assert reasons_by_topic(store.tallies()) == [ReasonCount("heartburn", ANSWERS[answer], 1)]
    assert list(store.counts()) == [Count("heartburn", 0, 1)]


def test_it_is_asked_once_a_session(asking: Callable[[], Conversation]) -> None:
    conversation = asking()
    conversation.say("<oneshot> what helps heartburn")
    conversation.say("no")
    conversation.say("too long")
    conversation.say("what helps nausea")
    assert QUESTION not in conversation.say("no").speech


def test_anything_else_said_instead_is_answered_and_not_counted(
    asking: Callable[[], Conversation], store: MemoryStore
) -> None:
    conversation = asking()
    conversation.say("<oneshot> what helps heartburn")
    conversation.say("no")
    assert conversation.say("what helps nausea").attributes["topic"] == "nausea"
    assert reasons_by_topic(store.tallies()) == []


def test_a_reason_delivered_twice_counts_once(
    library: Library, store: MemoryStore, hearing: Callable[[str], HearingModel]
) -> None:
    skill = Skill(assemble(Settings(content=CONTENT, ask_why=True), library, store))
    conversation = Conversation(hearing("en-US"), skill.handle, Device(), "alexa")
    for said in ("<oneshot> what helps heartburn", "no"):
        conversation.say(said)
    request = conversation.say("not clear").request
    assert request is not None
    skill.handle(request)
    assert reasons_by_topic(store.tallies()) == [ReasonCount("heartburn", "not_clear", 1)]


def test_no_words_of_hers_are_kept(
    library: Library, tmp_path: Path, hearing: Callable[[str], HearingModel], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    store = SqliteStore(tmp_path / "feedback.sqlite")
    skill = Skill(assemble(Settings(content=CONTENT, ask_why=True), library, store))
    conversation = Conversation(hearing("en-US"), skill.handle, Device(), "alexa")
    for said in ("<oneshot> what helps heartburn", "no", "markedword too long"):
        conversation.say(said)
    store.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir()) + caplog.text.encode()
    assert b"markedword" not in kept
