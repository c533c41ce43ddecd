"""What README, model card and decision 8 say of the understanding is what figures.json holds, as CI compares with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT

from skill.evaluation.labelled import read_lines
from skill.simulator.hear import MODES

QUESTIONS = ROOT / "tests" / "questions"
README = ROOT / "README.md"
CARD = ROOT / "skill" / "encoder" / "model" / "README.md"
DECISION = ROOT / "docs" / "decisions" / "0008-an-encoder-of-our-own.md"

ROWS = {
    "topic, a choice that holds it counting half: all · clean · terse": [
        ("topic_right", "all"), ("topic_right", "clean"), ("topic_right", "terse")
    ],
    "colloquial · misheard · indirect · rambling": [
        ("topic_right", "colloquial"), ("topic_right", "asr"), ("topic_right", "indirect"), ("topic_right", "rambling")
    ],
    "answered with a wrong topic · offered a choice": [("topic_wrong", "all"), ("topic_choice", "all")],
    "aspect, where the topic is right": [("aspect_right", "all")],
    "emergencies · urgent lines whose reply leads with what to do": [
        ("led_with_care", "emergency"), ("led_with_care", "urgent")
    ],
    "all of these lines, led at their level or higher": [("led_at_level", "all")],
    "alarms on lines that are not urgent · on ordinary topic questions": [
        ("alarms", "not urgent"), ("alarms", "ordinary topic questions")
    ],
    "out of scope answered with an article": [("out_of_scope_answered", "all")],
}  # fmt: skip
"""A row of the published table → the figures in it, by measure and row of the report."""
BESIDE = [("topic_right", "all"), ("led_with_care", "emergency"), ("led_with_care", "urgent"), ("alarms", "not urgent")]
"""What is published of every hearing mode."""


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    written: dict[str, Any] = json.loads((QUESTIONS / "figures.json").read_text(encoding="utf-8"))
    return written


def published(figures: dict[str, Any], mode: str, names: list[tuple[str, str]]) -> str:
    """Some figures as they are published: whole from ten percent on, with one decimal below."""
    shares = [figures["modes"][mode][measure][row] for measure, row in names]
    percents = [100 * share["points"] / share["of"] for share in shares]
    return " · ".join(f"{percent:.0f}" if percent >= 10 else f"{percent:.1f}" for percent in percents) + " %"


@pytest.mark.parametrize("path", [README, CARD, DECISION], ids=lambda path: path.name)
def test_every_row_says_what_was_measured(path: Path, figures: dict[str, Any]) -> None:
    text = path.read_text(encoding="utf-8")
    rows = [f"| {label} | {published(figures, 'alexa', names)} |" for label, names in ROWS.items()]
    assert [row for row in rows if row not in text] == []


@pytest.mark.parametrize("path", [CARD, DECISION], ids=lambda path: path.name)
@pytest.mark.parametrize("mode", MODES)
def test_every_hearing_mode_says_what_was_measured(path: Path, mode: str, figures: dict[str, Any]) -> None:
    assert f"| `{mode}` | {published(figures, mode, BESIDE)} |" in path.read_text(encoding="utf-8")


def test_the_figures_are_of_the_questions_that_are_there(figures: dict[str, Any]) -> None:
    lines = read_lines([QUESTIONS])
    assert figures["questions"] == len(lines)
    assert f"asks {len(lines):,} questions" in README.read_text(encoding="utf-8")


def test_what_is_said_of_long_stories_was_measured(figures: dict[str, Any]) -> None:
    right = figures["modes"]["alexa"]["topic_right"]
    points, of = (right["all"][key] - right["long story"][key] for key in ("points", "of"))
    said = f"Without the {right['long story']['of']} stories of over thirty words"
    (line,) = [line for line in README.read_text(encoding="utf-8").splitlines() if line.startswith(said)]
    assert line.endswith(f", {100 * points / of:.0f} % of topics are right.")


def test_the_commonest_kinds_of_miss_are_those_that_were_counted() -> None:
    kinds = yaml.safe_load((QUESTIONS / "kinds_of_miss.yaml").read_text(encoding="utf-8"))
    misses = [miss for those in kinds.values() for miss in those]
    assert len(misses) == len(set(misses)) >= 150
    assert {miss.split()[0] for miss in misses} <= {line.id for line in read_lines([QUESTIONS])}
    commonest = sorted(kinds, key=lambda kind: -len(kinds[kind]))[:10]
    table = "".join(f"| {kind} | {len(kinds[kind])} |\n" for kind in commonest)
    assert table in DECISION.read_text(encoding="utf-8")
