"""Off the air: a withdrawn topic, or an unreviewed one where only signed ones are served. Signs work all the same."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import CONTENT

from skill.alexa.handle import Skill
from skill.assemble import assemble, withheld_always
from skill.cli import main
from skill.dialogue.core import Core
from skill.errors import ContentInvalid, SettingsInvalid
from skill.feedback.memory import MemoryStore
from skill.library.store import Library
from skill.library.withdrawn import WithdrawnTopics
from skill.settings import Settings
from skill.simulator.converse import Conversation
from skill.simulator.envelope import Device
from skill.simulator.hear import HearingModel

SKILL_ID = "amzn1.ask.skill.11111111-2222-3333-4444-555555555555"
ASKS = "<oneshot> what helps heartburn"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return tmp_path / "withdrawn.yaml"


@pytest.fixture
def talk(library: Library, register: Path, hearing: Callable[[str], HearingModel]) -> Callable[[], Conversation]:
    core = assemble(Settings(content=CONTENT, withdrawn=register), library, MemoryStore())
    skill = Skill(core)
    return lambda: Conversation(hearing("en-GB"), skill.handle, Device(locale="en-GB"), "alexa")


def withdraw(register: Path, *options: str, topic: str = "heartburn") -> str:
    os.environ["BUMP_GUIDE_WITHDRAWN"] = str(register)
    done = CliRunner().invoke(main, ["withdraw", topic, *options])
    return done.output if done.exit_code == 0 else f"failed: {done.output}"


def test_a_withdrawn_topic_is_off_the_air_at_once_and_back_at_once(
    talk: Callable[[], Conversation], register: Path
) -> None:
    assert talk().say(ASKS).attributes["understood"]["outcome"] == "answer"
    assert "off the air" in withdraw(register, "--reason", "a doubt about antacids")
    speech = talk().say(ASKS).speech
    assert "can't talk about heartburn just now" in speech
    assert "midwife" in speech
    assert "antacid" not in speech
    assert "on the air again" in withdraw(register, "--restore")
    assert talk().say(ASKS).attributes["understood"]["outcome"] == "answer"


def test_it_is_not_said_again_nor_more_of_it(talk: Callable[[], Conversation], register: Path) -> None:
    conversation = talk()
    conversation.say(ASKS)
    withdraw(register, "--reason", "a doubt")
    for follow_up in ("more", "repeat that", "when should i call", "shorter"):
        assert "can't talk about heartburn" in conversation.say(follow_up).speech, follow_up


def test_its_urgent_signs_still_work(talk: Callable[[], Conversation], register: Path) -> None:
    withdraw(register, "--reason", "a doubt")
    speech = talk().say("<oneshot> i have heartburn and chest pain").speech
    assert speech.startswith("Call 999 now")


def test_it_is_not_offered(core: Core) -> None:
    without = replace(core, withheld=lambda: frozenset({"back-pain"}))
    assert "back-pain" in core.on_air()
    assert "back-pain" not in without.on_air()


def test_a_register_that_breaks_keeps_what_was_withdrawn(register: Path) -> None:
    withdraw(register, "--reason", "a doubt")
    topics = WithdrawnTopics(register)
    register.write_text("heartburn: [", encoding="utf-8")
    assert topics() == {"heartburn"}
    with pytest.raises(ContentInvalid):
        WithdrawnTopics(register)


def test_a_withdrawal_needs_a_reason_and_a_topic_that_is_there(register: Path) -> None:
    assert "Say why" in withdraw(register)
    assert "no article" in withdraw(register, "--reason", "x", topic="no-such-topic")
    assert "is not withdrawn" in withdraw(register, "--restore")
    assert not register.exists()


def test_production_serves_no_unreviewed_article_unless_it_is_told_to(library: Library) -> None:
    production = Settings(production=True, skill_id=SKILL_ID)
    with pytest.raises(SettingsInvalid, match="SERVE_UNREVIEWED=yes"):
        withheld_always(production, library)
    assert withheld_always(replace(production, serve_unreviewed=True), library) == frozenset()
    assert withheld_always(Settings(withdrawn_topics=("heartburn",)), library) == {"heartburn"}
