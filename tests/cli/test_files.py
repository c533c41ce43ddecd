"""Tests and conversions by the command line, in this process: the real skill, real files."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT
from rich.console import Console

from skill.cli import main
from skill.cli.testing import show_failures
from skill.simulator.conversation_tests import ConversationResult, Failure, TurnResult

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("data"))


@pytest.fixture
def run(data: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("BUMP_GUIDE_DATA", data)

    def call(*arguments: object, given: str = "") -> Result:
        return CliRunner().invoke(main, [*map(str, arguments)], input=given)

    return call


def test_a_chat_is_saved_and_passes_as_a_test(run: Run, tmp_path: Path) -> None:
    saved = tmp_path / "backache.yaml"
    done = run("chat", "--save", saved, given="why does my back hurt\nwhat helps\nstop\n")
    assert done.exit_code == 0, done.output
    assert "4 turns" in done.output
    tested = run("test", saved)
    assert tested.output.splitlines()[-1] == "1 of 1 conversations passed"


def test_a_chat_is_not_held_when_its_file_is_there(run: Run, tmp_path: Path) -> None:
    saved = tmp_path / "mine.yaml"
    saved.write_text("mine")
    refused = run("chat", "--save", saved, given="stop\n")
    assert refused.exit_code == 1
    assert "--overwrite" in refused.output
    assert saved.read_text() == "mine"
    assert run("chat", "--save", saved, "--overwrite", given="stop\n").exit_code == 0
    assert "dialogs:" in saved.read_text()


def test_a_replay_file_is_said_again(run: Run, tmp_path: Path) -> None:
    said = ["open bump guide", "why does my back hurt", "stop", ".quit", "never said"]
    replay = {"skillId": "amzn1.ask.skill.x", "locale": "en-GB", "type": "text", "userInput": said}
    (tmp_path / "a.json").write_text(json.dumps(replay))
    done = run("test", tmp_path / "a.json")
    assert done.exit_code == 0, done.output
    assert "User  > open bump guide\nAlexa > Welcome to Bump Guide" in done.output
    assert "Back pain" in done.output
    assert "never said" not in done.output
    assert done.output.splitlines()[-1].startswith("3 sentences were said")


def test_an_annotation_set_is_held_against_the_model(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "utterance,intent,slot[topic]\nwhat is heartburn,WhatIsIntent,heartburn\nstop,AMAZON.StopIntent,\n"
        "why,NoSuchIntent,\n"
    )
    done = run("test", tmp_path / "a.csv")
    assert done.exit_code == 1
    assert "NoSuchIntent" in done.output
    assert done.output.splitlines()[-1] == "2 of 3 annotations passed"
    lines = run("test", tmp_path / "a.csv", "--json").output.splitlines()
    assert json.loads(lines[0])["utterance"] == "why"


def test_conversations_go_out_and_come_back(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "dialogs:\n- id: a\n  turns:\n  - {say: <launch>}\n  - {say: what is heartburn, expect: {topic: heartburn}}\n"
    )
    refused = run("convert", tmp_path / "a.yaml", tmp_path / "out.json")
    assert "--to replay or --to annotations" in refused.output
    done = run("convert", tmp_path / "a.yaml", tmp_path / "r.json", "--to", "replay", "--skill-id", "amzn1.ask.skill.x")
    assert done.exit_code == 0, done.output
    assert "not carried over: a: what 1 turns expect" in done.output
    assert json.loads((tmp_path / "r.json").read_text())["userInput"] == ["open bump guide", "what is heartburn"]
    assert run("convert", tmp_path / "a.yaml", tmp_path / "a.csv").exit_code == 0
    assert "what is heartburn" in (tmp_path / "a.csv").read_text()
    assert run("test", tmp_path / "a.csv").output.splitlines()[-1] == "1 of 1 annotations passed"
    again = run("convert", tmp_path / "r.json", tmp_path / "a.csv")
    assert "is there already" in again.output


def test_every_conversion_that_the_docs_show_works(run: Run, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "tasks" / "test-a-conversation.md").read_text()
    shown = re.findall(r"^    bump-guide convert (tests/\S+) (\S+)(.*)$", page, re.MULTILINE)
    assert len(shown) == 2
    for source, target, options in shown:
        done = run("convert", ROOT / source, tmp_path / target, *options.split())
        assert done.exit_code == 0, done.output
        assert (tmp_path / target).stat().st_size


def test_in_a_terminal_expected_and_got_stand_side_by_side() -> None:
    failure = Failure("topic", "back-pain", "heartburn")
    held = ConversationResult("a", (TurnResult("what helps", "Eat [small] meals.", {}, (failure,)),))
    target = io.StringIO()
    show_failures(held, Console(file=target, force_terminal=True, width=100, color_system=None))
    (row,) = [line for line in target.getvalue().splitlines() if "topic" in line]
    assert [cell.strip() for cell in row.strip("│┃ ").split("│")] == ["topic", "back-pain", "heartburn"]
    assert "Eat [small] meals." in target.getvalue()


def test_every_command_is_in_the_readme_and_has_help() -> None:
    readme = (Path(__file__).parent.parent.parent / "README.md").read_text()
    for name, command in main.commands.items():
        assert re.search(rf"`(?:bump-guide )?{name}\b", readme), f"{name} is not in README's table of commands"
        assert command.help
