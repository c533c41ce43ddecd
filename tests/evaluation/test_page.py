"""The page stands by itself: tables, a map of what is confused, a reliability curve."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

from labelled_lines import answer, choice, got, topic

from skill.evaluation.page import curve, heat_map, page
from skill.evaluation.report import report
from skill.evaluation.score import Bin, Confusion

VOID = {"meta"}


class Nesting(HTMLParser):
    """Fails on a tag that is closed before what is in it; keeps every text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        return

    def handle_data(self, data: str) -> None:
        self.texts.append(data.strip())


def drawn(*scores: float) -> str:
    asked = [topic(answer(score=score)) for score in scores]
    confused = [topic(answer("acne <b>")), topic(got("unknown")), topic(choice("acne", "nausea"))]
    return page(report({"alexa": [*asked, *confused], "strict": confused}, with_misses=True))


def test_the_page_is_whole_html_and_needs_nothing_else() -> None:
    html = drawn(0.3, 0.95)
    nesting = Nesting()
    nesting.feed(html)
    assert nesting.open == []
    assert not re.search(r"https?:|<script|<link|<img|@import|url\(", html)
    assert "prefers-color-scheme: dark" in html


def test_what_people_said_is_text_and_never_markup() -> None:
    assert "acne <b>" not in drawn()
    assert "acne &lt;b&gt;" in drawn()


def test_the_charts_have_named_axes() -> None:
    nesting = Nesting()
    nesting.feed(drawn(0.3, 0.95))
    assert {"wanted", "got", "score of the first guess", "first guess right"} <= set(nesting.texts)


def test_a_chart_without_figures_is_left_out() -> None:
    assert "Reliability" not in drawn()
    assert "<svg" not in page(report({"alexa": [topic(answer())]}, with_misses=False))


def test_the_map_holds_only_what_is_confused() -> None:
    drawn = heat_map([Confusion("a", "b", 4), Confusion("a", "d", 1), Confusion("c", "z", 2)])
    assert (drawn.wanted, drawn.got) == (["a", "c"], ["b", "d", "z"])
    at = {(cell.x // drawn.cell, cell.y // drawn.cell): cell.opacity for cell in drawn.cells}
    assert at[0, 0] > at[2, 1] > at[1, 0] > 0


def test_the_curve_rises_where_more_is_right() -> None:
    drawn = curve([Bin(0.1, 4, 1, 0.15), Bin(0.9, 1, 1, 1.0)])
    low, high = drawn.points
    assert (high.x, high.y) == (drawn.side, 0)
    assert low.y == drawn.side * 0.75
    assert low.radius > high.radius
    assert all(left.x < right.x for left, right in pairwise(drawn.points))
