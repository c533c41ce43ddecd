"""`bump-guide evaluate` as CI calls it: a process of its own, the real skill, few questions."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

COMMAND = [str(Path(sys.executable).parent / "bump-guide"), "evaluate"]
LINES = [
    {"id": 1, "text": "what causes heartburn", "topic": "heartburn", "aspect": "causes", "style": "clean"},
    {"id": 2, "text": "she's having a seizure", "level": "emergency", "either_level": False},
]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return {**os.environ, "BUMP_GUIDE_DATA": str(tmp_path_factory.mktemp("data"))}


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    folder = tmp_path / "questions"
    folder.mkdir()
    (folder / "few.jsonl").write_text("\n".join(json.dumps(line) for line in LINES), encoding="utf-8")
    return folder


def run(*arguments: object, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], capture_output=True, text=True, env=env, cwd=ROOT, timeout=120, check=False
    )


def test_figures_are_written_and_compared_with(environment: dict[str, str], questions: Path, tmp_path: Path) -> None:
    done = run(questions, "--json", "--hear", "alexa", "--hear", "whole", env=environment)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert list(figures["modes"]) == ["alexa", "whole"]
    assert figures["modes"]["alexa"]["led_at_level"]["emergency"]["of"] == 1

    before = tmp_path / "figures.json"
    before.write_text(done.stdout, encoding="utf-8")
    page = tmp_path / "page.html"
    again = run(questions, "--hear", "alexa", "--misses", "--html", page, "--against", before, env=environment)
    assert again.returncode == 0, again.stderr
    assert "Urgent lines led with care" in again.stdout
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")

    figures["modes"]["alexa"]["alarms"]["ordinary topic questions"]["percent"] = -2
    before.write_text(json.dumps(figures), encoding="utf-8")
    worse = run(questions, "--hear", "alexa", "--against", before, env=environment)
    assert worse.returncode == 1
    assert worse.stderr == "worse: alexa: alarms: ordinary topic questions: 0.0 %, was -2.0 %\n"


def test_questions_that_cannot_be_read_are_named(environment: dict[str, str], tmp_path: Path) -> None:
    done = run(tmp_path / "none.jsonl", env=environment)
    assert done.returncode == 1
    assert "none.jsonl: cannot be read" in done.stderr
