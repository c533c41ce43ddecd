"""A conversation that was held becomes a test that passes, and says what was picked from a choice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from skill.errors import InputInvalid
from skill.simulator.conversation_tests import load_conversations, run_conversation
from skill.simulator.converse import Conversation, Exchange
from skill.simulator.saved import save, to_dialog, to_yaml

SAID = [
    "<launch>",
    "my belly hurts",
    "the second one",
    "what helps",
    "yes",
    "my waters broke and they are green",
    "<silence>",
    "<oneshot> what is heartburn",
    "<noise>",
    "<touch> choose heartburn",
    "no",
    "stop",
]


@pytest.fixture
def held(talk: Callable[..., Conversation]) -> list[Exchange]:
    conversation = talk("en-GB")
    return [conversation.say(utterance) for utterance in SAID]


def test_a_saved_conversation_passes_when_it_is_held_again(
    held: list[Exchange], talk: Callable[..., Conversation], tmp_path: Path
) -> None:
    save(tmp_path / "saved.yaml", to_yaml([to_dialog("saved", "en-GB", held)]))
    (dialog,) = load_conversations(tmp_path / "saved.yaml")
    result = run_conversation(dialog, lambda: talk(dialog["locale"]))
    assert [turn.said for turn in result.turns] == SAID
    assert [turn.failures for turn in result.turns if turn.failures] == []


def test_every_turn_expects_topic_urgency_question_and_end(held: list[Exchange]) -> None:
    turns = to_dialog("saved", "en-GB", held)["turns"]
    assert all({"topic", "urgent", "asks_back", "ends"} <= turn["expect"].keys() for turn in turns)
    assert turns[5]["expect"]["urgent"] in {"urgent", "emergency"}
    assert turns[7]["expect"]["topic"] == "heartburn"
    assert turns[7]["expect"]["aspect"] == "summary"
    assert turns[-1]["expect"]["ends"] is True


def test_a_topic_picked_from_a_choice_is_its_place_in_the_choice(held: list[Exchange]) -> None:
    turns = to_dialog("saved", "en-GB", held)["turns"]
    assert [turn["expect"]["topic"] for turn in turns[1:4]] == ["none", "$option2", "$option2"]


def test_a_changed_reply_fails_the_saved_test(held: list[Exchange], talk: Callable[..., Conversation]) -> None:
    dialog = to_dialog("saved", "en-GB", held)
    dialog["turns"][2]["say"] = "the first one"
    result = run_conversation(dialog, lambda: talk("en-GB"))
    (failure, *_) = result.turns[2].failures
    assert failure.key == "topic"
    assert failure.expected != failure.got


def test_nothing_is_written_over_unless_asked(tmp_path: Path) -> None:
    path = tmp_path / "kept.yaml"
    path.write_text("mine")
    with pytest.raises(InputInvalid, match="is there already"):
        save(path, "new")
    assert path.read_text() == "mine"
    save(path, "new", overwrite=True)
    assert path.read_text() == "new"
