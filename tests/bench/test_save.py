"""A conversation saved on the bench: the test says what was held, or that it cannot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import MODELS

from skill.bench.road import Road
from skill.bench.save import SaveAsked, save_as_test
from skill.dialogue.core import Core
from skill.errors import InputInvalid
from skill.simulator.conversation_tests import load_conversations, run_conversation
from skill.simulator.converse import Conversation

END = {"end": "USER_INITIATED"}


@pytest.fixture
def saved(core: Core, talk: Callable[..., Conversation], tmp_path: Path) -> Callable[..., tuple[str, list[Any]]]:
    """Saves the turns, holds the test, and gives the text with the test's turns."""

    def save(*turns: object) -> tuple[str, list[Any]]:
        _, text = save_as_test(Road(lambda: core, MODELS), SaveAsked.model_validate({"said": turns}))
        path = tmp_path / "saved.yaml"
        path.write_text(text, encoding="utf-8")
        [dialog] = load_conversations(path)
        assert run_conversation(dialog, talk).passed
        return text, dialog["turns"]

    return save


def test_a_session_that_was_ended_is_no_longer_there_in_the_test(
    saved: Callable[..., tuple[str, list[Any]]],
) -> None:
    text, turns = saved("what is heartburn", END, "what helps")
    assert [turn["say"] for turn in turns] == ["what is heartburn", "<oneshot> what helps"]
    assert turns[1]["expect"]["topic"] == "none"
    assert "# In turn 2 the session was ended" in text
    _, unbroken = saved("what is heartburn", "what helps")
    assert unbroken[1]["expect"]["topic"] == "heartburn"


def test_what_opens_a_session_by_itself_stays_as_it_was_said(saved: Callable[..., tuple[str, list[Any]]]) -> None:
    _, turns = saved("what is heartburn", END, "<launch>", END, "<oneshot> what is acne")
    assert [turn["say"] for turn in turns] == ["what is heartburn", "<launch>", "<oneshot> what is acne"]


def test_what_is_left_out_is_named(saved: Callable[..., tuple[str, list[Any]]]) -> None:
    text, turns = saved("what is heartburn", {"bad_signature": True}, END, "<silence>", "what is acne", END)
    assert [turn["say"] for turn in turns] == ["what is heartburn", "<oneshot> what is acne"]
    for told in (
        "# Left out: turn 2, a bad signature",
        "# In turn 3 the session was ended",
        "# Left out: turn 4, silence",
        "# Left out: turn 6, the end of the session",
    ):
        assert told in text


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (["<launch>", "What helps heartburn?", "more"], "what-helps-heartburn"),
        (["why does it hurt so much when i sit"], "why-does-it-hurt-so-much"),
        (["<launch>"], "conversation"),
        (["../../etc/passwd .yaml"], "etc-passwd-yaml"),
        (["я болен"], "conversation"),
        (["a" * 500], "a" * 60),
    ],
)
def test_it_is_named_after_the_first_sentence_so_that_a_file_can_be(core: Core, said: list[str], name: str) -> None:
    saved = save_as_test(Road(lambda: core, MODELS), SaveAsked(said=said))
    assert saved.name == name
    assert f"id: {name}\n" in saved.text


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (["what is heartburn", {"edited": True}, "what helps"], "Turn 2 is an edited request"),
        ([END, {"bad_signature": True}], "Nothing was said"),
        ([END, "<silence>"], "Nothing was said"),
    ],
)
def test_what_no_test_can_hold_is_refused(core: Core, turns: list[object], told: str) -> None:
    with pytest.raises(InputInvalid, match=told):
        save_as_test(Road(lambda: core, MODELS), SaveAsked.model_validate({"said": turns}))


def test_of_one_turn_those_before_it_are_said_and_nothing_is_expected_of_them(
    core: Core, talk: Callable[..., Conversation], tmp_path: Path
) -> None:
    asked = SaveAsked(said=["what is heartburn", "more", "what helps"], only_last=True)
    name, text = save_as_test(Road(lambda: core, MODELS), asked)
    path = tmp_path / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    [dialog] = load_conversations(path)
    assert path.name == "what-helps.yaml"
    assert dialog["turns"][:2] == [{"say": "what is heartburn"}, {"say": "more"}]
    assert dialog["turns"][2]["expect"]["topic"] == "heartburn"
    assert run_conversation(dialog, talk).passed
    cold = {**dialog, "turns": dialog["turns"][2:]}
    assert not run_conversation(cold, talk).passed


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        (["what is heartburn", {"edited": True}, "what helps"], "depends on an edited request"),
        (["what is heartburn", END, "<silence>"], "Nothing was said"),
    ],
)
def test_a_turn_that_no_test_can_hold_is_refused(core: Core, turns: list[object], told: str) -> None:
    asked = SaveAsked.model_validate({"said": turns, "only_last": True})
    with pytest.raises(InputInvalid, match=told):
        save_as_test(Road(lambda: core, MODELS), asked)
