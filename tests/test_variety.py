"""How varied a group of lines is, counted by hand; and the command that prints it of every group."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from skill.cli import main
from skill.library.content import Content
from skill.variety import varieties, variety

VARIED = ("my back aches at night", "sore spine since tuesday", "why does lifting the toddler hurt")
FILLED = ("what can i do about back pain", "what can i do about foot pain", "what can i do about hip pain")


def test_lines_that_share_nothing_are_alone_and_distinct() -> None:
    got = variety("topic", "back-pain", VARIED)
    assert (got.lines, got.distinct, got.self_similarity, got.alone) == (3, 1.0, 0.0, 1.0)


def test_a_filled_template_is_seen() -> None:
    got = variety("topic", "pain", FILLED)
    assert got.distinct == pytest.approx(9 / 15)  # of five runs each, three are in all of them
    assert got.self_similarity == pytest.approx(6 / 8)
    assert got.alone == 0


def test_a_line_that_repeats_itself_shares_nothing_with_another() -> None:
    assert variety("urgent", "panic", ("help me right now help me right now", "she is floppy")).alone == 1.0


def test_lines_too_short_for_a_run_and_a_single_line_are_counted() -> None:
    got = variety("out of scope", "noise", ("tuesday",))
    assert (got.lines, got.distinct, got.self_similarity, got.alone) == (1, 1.0, 0.0, 1.0)


def test_the_command_prints_every_group_with_its_figures(content: Content) -> None:
    printed = CliRunner().invoke(main, ["variety"], env={"COLUMNS": "200"}, catch_exceptions=False).output
    groups = list(varieties(content))
    assert {one.sort for one in groups} == {"topic", "urgent", "not urgent", "out of scope"}
    assert sum(one.lines for one in groups) > 20_000
    for one in groups:
        shares = (one.distinct, one.self_similarity, one.alone)
        row = [one.group, str(one.lines), *(f"{100 * share:.0f} %" for share in shares)]
        assert any(line.split("│")[1].strip() == one.sort and [cell.strip() for cell in line.split("│")[2:7]] == row
                   for line in printed.splitlines() if line.count("│") == 7), one  # fmt: skip
