"""The conversations of tests/conversations/, held over the whole road; and the runner that holds them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import CONTENT, MODELS, ROOT

from skill.cli import main
from skill.errors import InputInvalid
from skill.simulator.conversation_tests import load_conversations, run_conversation
from skill.simulator.converse import Conversation

OURS = load_conversations(ROOT / "tests" / "conversations")
EXAMPLES = ROOT.parent / "shared" / "questions" / "dialogs.example.yaml"


@pytest.mark.parametrize("dialog", OURS, ids=lambda dialog: str(dialog["id"]))
def test_a_conversation_goes_as_written(dialog: dict[str, Any], talk: Callable[..., Conversation]) -> None:
    result = run_conversation(dialog, lambda: talk(dialog.get("locale", "en-US")))
    assert [(turn.said, turn.failures, turn.speech) for turn in result.turns if turn.failures] == []


def test_the_example_conversations_pass(compiled: Path) -> None:
    """By the command, as whoever wrote them would do it."""
    if not EXAMPLES.is_file():
        pytest.skip(f"the example conversations are not here: {EXAMPLES}")
    env = {
        "BUMP_GUIDE_DATA": str(compiled.parent),
        "BUMP_GUIDE_CONTENT": str(CONTENT),
        "BUMP_GUIDE_MODELS": str(MODELS),
    }
    done = CliRunner().invoke(main, ["test", str(EXAMPLES)], env=env)
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "10 of 10 conversations passed"), done.stdout


WRONG: dict[str, dict[str, Any]] = {
    "another topic": {"topic": "nausea"},
    "another aspect": {"aspect": "tests"},
    "urgent": {"urgent": "emergency"},
    "an end": {"ends": True},
    "no question": {"asks_back": False},
    "words that are not said": {"speaks_any": ["banana"]},
    "words that must not be said": {"not_speaks": ["information"]},
}


@pytest.mark.parametrize("name", WRONG)
def test_an_expectation_that_does_not_hold_fails(name: str, talk: Callable[..., Conversation]) -> None:
    dialog = {"id": "x", "turns": [{"say": "<oneshot> what causes heartburn", "expect": WRONG[name]}]}
    result = run_conversation(dialog, talk)
    assert not result.passed
    assert len(result.turns[0].failures) == 1


def test_an_option_that_was_never_offered_fails(talk: Callable[..., Conversation]) -> None:
    dialog = {"id": "x", "turns": [{"say": "<oneshot> what causes heartburn", "expect": {"topic": "$option2"}}]}
    assert not run_conversation(dialog, talk).passed


def test_the_rest_is_skipped_after_an_unexpected_end(talk: Callable[..., Conversation]) -> None:
    dialog = {"id": "x", "turns": [{"say": "<launch>"}, {"say": "stop"}, {"say": "more"}, {"say": "<launch>"}]}
    assert [turn.said for turn in run_conversation(dialog, talk).turns] == ["<launch>", "stop", "<launch>"]


FAULTY = {
    "no list": ("conversations: []", "no list `dialogs`"),
    "no turns": ("dialogs: [{id: a}]", "`turns`"),
    "a turn without words": ("dialogs: [{id: a, turns: [{expect: {}}]}]", "needs `say`"),
    "an unknown key": ("dialogs: [{id: a, turns: [{say: hi, expect: {topik: x}}]}]", "'topik'"),
    "not YAML": ("dialogs: [", "cannot be read"),
}


@pytest.mark.parametrize("name", FAULTY)
def test_a_faulty_file_is_named_with_what_is_wrong(name: str, tmp_path: Path) -> None:
    text, problem = FAULTY[name]
    (tmp_path / "bad.yaml").write_text(text)
    (tmp_path / "good.yaml").write_text("dialogs: []")
    with pytest.raises(InputInvalid, match=r"bad\.yaml") as caught:
        load_conversations(tmp_path)
    assert problem in str(caught.value)


def test_an_empty_folder_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(InputInvalid, match="no conversations"):
        load_conversations(tmp_path)
