"""What came back, in counts that no household can be read out of."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, product
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from click.testing import CliRunner
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from bench.accessible import hold_everywhere
from skill.bench.insight import FEWEST, Insight, insight, to_csv
from skill.bench.insight_page import page as standalone
from skill.cli import main
from skill.feedback.connect import connect
from skill.feedback.memory import MemoryStore
from skill.feedback.record import HELPFUL, NOT_HELPFUL, REASON, Feedback, FeedbackStore, Tally
from skill.settings import Settings
from skill.web.app import create_app

DAY = date(2025, 6, 1)
LATER = date(2025, 8, 1)
"""When everything of June is over."""


def feedback(topic: str, *, helpful: bool = True, locale: str = "en-GB", day: date = DAY) -> Feedback:
    return Feedback(topic, "causes", HELPFUL if helpful else NOT_HELPFUL, locale, "0123456789ab", day)


def rating(topic: str, times: int, **rest: Any) -> Tally:
    return Tally(feedback(topic, **rest), times)


def reason(topic: str, times: int, why: str) -> Tally:
    return Tally(replace(feedback(topic), kind=REASON, answer=why), times)


def by(name: str, shown: Insight) -> dict[str, tuple[int, int]]:
    [table] = [table for table in shown.ratings if table.by == name]
    return {row.of: (row.helpful, row.not_helpful) for row in table.rows}


def test_counts_are_rounded_down_to_fives_and_what_is_nothing_has_no_row() -> None:
    given_ = [rating("a", 29), rating("a", 6, helpful=False), rating("b", 9), rating("b", 4, helpful=False)]
    shown = insight([*given_, rating("c", 4), rating("c", 4, helpful=False)], LATER)
    assert by("topic", shown) == {"a": (25, 5), "b": (5, 0)}
    [by_topic] = [table for table in shown.ratings if table.by == "topic"]
    assert [row.share for row in by_topic.rows] == [83, None]
    assert by("locale", shown) == {"en-GB": (40, 10)}


def test_each_month_is_counted_by_itself() -> None:
    july = DAY.replace(month=7)
    assert by("topic", insight([rating("a", 9), rating("a", 9, day=july)], LATER + timedelta(days=1))) == {"a": (10, 0)}
    assert by("topic", insight([rating("a", 4), rating("a", 4, day=july)], LATER + timedelta(days=1))) == {}


@pytest.mark.parametrize(
    ("today", "months", "days"),
    [
        (DAY, {}, {}),
        (DAY + timedelta(days=1), {}, {}),
        (DAY + timedelta(days=2), {}, {"2025-06-01": (5, 0)}),
        (date(2025, 7, 1), {}, {"2025-06-01": (5, 0)}),
        (date(2025, 7, 2), {"a": (5, 0)}, {"2025-06-01": (5, 0)}),
    ],
)
def test_a_month_and_a_day_are_told_when_a_day_has_passed_since(
    today: date, months: dict[str, Any], days: dict[str, Any]
) -> None:
    shown = insight([rating("a", 7)], today)
    assert (by("topic", shown), by("day", shown)) == (months, days)


_RATINGS = st.lists(
    st.builds(
        rating, st.sampled_from("abc"), st.integers(1, 12), helpful=st.booleans(),
        locale=st.sampled_from(["en-US", "en-GB"]), day=st.dates(DAY, DAY + timedelta(days=70)),
    ),
    max_size=30,
)  # fmt: skip


def seen(given_: list[Tally], today: date) -> Counter[tuple[str, str, str]]:
    """Every number on the page on that day, when what came later had not been counted yet."""
    shown = insight([tally for tally in given_ if tally.feedback.day <= today], today)
    return Counter(
        {
            (table.by, row.of, answer): times
            for table in shown.ratings
            for row in table.rows
            for answer, times in ((HELPFUL, row.helpful), (NOT_HELPFUL, row.not_helpful))
        }
    )


@hypothesis.settings(deadline=None, max_examples=25)
@given(_RATINGS)
def test_who_looks_every_day_sees_changes_of_five_and_more_and_by_topic_only_once_a_month(given_: list[Tally]) -> None:
    days = [DAY + timedelta(days=number) for number in range(110)]
    looks = [seen(given_, day) for day in days]
    for day, before, after in zip(days[1:], looks, looks[1:], strict=False):
        assert not before - after  # what was told stays
        for (table, _, _), change in (after - before).items():
            assert change % FEWEST == 0
            assert table == "day" or day.day == 2


A, B = {"topic": "a"}, {"topic": "b"}
US, GB, JULY = {"locale": "en-US"}, {"locale": "en-GB"}, {"day": DAY.replace(month=7)}
NO = {"helpful": False}


@pytest.mark.parametrize(
    "cells",
    [(A | US, A | GB, B | GB), (A, A | NO, B | NO), (A, B, A | JULY), (A | US, B | GB, B | US | JULY)],
    ids=["two tables", "two answers", "two months", "tables and months"],
)
def test_no_small_count_is_certain_to_who_compares_two_looks_and_all_tables(cells: tuple[dict[str, Any], ...]) -> None:
    """An adversary who knows where ratings can be at all, and thinks through every world that fits what is shown."""
    worlds: dict[object, list[tuple[int, ...]]] = {}
    for world in product(range(2 * FEWEST), repeat=len(cells)):
        given_ = [rating(times=times, **cell) for cell, times in zip(cells, world, strict=True) if times]
        looks = [seen(given_, date(2025, 7, 2)), seen(given_, LATER + timedelta(days=1))]
        if all(number <= FEWEST for look in looks for number in look.values()):  # else there are worlds not tried
            worlds.setdefault(str(looks), []).append(world)
    assert len(worlds) > 3
    parts = [part for size in (1, 2, 3) for part in combinations(range(len(cells)), size)]
    for fitting in worlds.values():
        for part in parts:
            possible = {sum(world[place] for place in part) for world in fitting}
            assert len(possible) > 1 or not 0 < min(possible) < FEWEST


def test_a_reason_is_no_rating_and_a_small_one_is_withheld_too() -> None:
    given_ = [rating("a", 20, helpful=False), reason("a", 9, "too_long"), reason("a", 2, "not_clear")]
    shown = insight(given_, LATER)
    assert by("topic", shown) == {"a": (0, 20)}
    assert [(each.topic, each.reason, each.times) for each in shown.reasons] == [("a", "too_long", 5)]
    for written in (to_csv(shown), standalone(shown)):
        assert "too" in written
        assert "clear" not in written


def test_what_was_taken_over_from_another_store_counts_too() -> None:
    elsewhere = Tally(feedback("a"), 4, origin="0" * 32)
    assert by("topic", insight([rating("a", 4), elsewhere], LATER)) == {"a": (5, 0)}


def test_the_csv_file_holds_the_same() -> None:
    shown = insight([rating("a", 20), rating("a", 6, helpful=False), rating("b", 6)], LATER)
    rows = list(csv.reader(io.StringIO(to_csv(shown))))
    assert rows[0] == ["by", "of", "ratings", "helpful", "not helpful"]
    assert ["topic", "a", "25", "20", "5"] in rows
    assert ["topic", "b", "5", "5", ""] in rows


def test_a_page_of_its_own_needs_no_server_and_asks_none() -> None:
    page = standalone(insight([rating("back-pain", 20), rating("back-pain", 6, helpful=False)], LATER))
    assert "back-pain" in page
    assert "about 80 %" in page
    assert "urgent replies by topic or by day are not here" in page
    for outside in ("http:", "https:", "<script", "src=", "href="):
        assert outside not in page


@pytest.fixture
def rated(settings: Settings) -> Iterator[FeedbackStore]:
    """The store that the served page reads."""
    with closing(connect(settings.feedback, settings.data)) as store:
        for number in range(20):
            store.add(f"{number} yes", feedback("heartburn"))
            store.add(f"{number} no", feedback("heartburn", helpful=False))
        store.add("one", feedback("nausea"))
        for number in range(6):
            store.add(f"another {number}", feedback("itching", helpful=False))
            store.add(f"another {number}", replace(feedback("itching"), kind=REASON, answer="too_long"))
        for number in range(9):
            store.add(f"today {number}", feedback("acne", day=datetime.now(UTC).date()))
        yield store


def test_the_page_draws_them(page: Any, address: str, rated: FeedbackStore, fits: Callable[[], None]) -> None:
    page.goto(f"{address}/insight")
    assert "about 50 %" in page.locator("tr", has_text="heartburn").inner_text()
    assert "withheld" in page.locator("tr", has_text="itching").first.inner_text()
    for too_few_or_too_new in ("nausea", "acne"):
        assert too_few_or_too_new not in page.inner_text("main")
    assert "too long" in page.get_by_role("region", name="Table of reasons").inner_text()
    assert page.locator("svg rect.good").count() >= 1
    with page.expect_download() as download:
        page.click("text=Download CSV")
    assert "topic,heartburn,40,20,20" in Path(download.value.path()).read_text(encoding="utf-8")
    assert "urgent replies by topic or by day are not here" in page.inner_text("main")
    fits()


def test_the_command_writes_the_same_without_a_server(
    settings: Settings, rated: FeedbackStore, tmp_path: Path, chromium: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUMP_GUIDE_DATA", str(settings.data))
    ran = CliRunner().invoke(main, ["feedback", "--html", str(tmp_path / "insight.html")])
    assert ran.exit_code == 0, ran.output
    page = chromium.new_page()
    page.goto((tmp_path / "insight.html").as_uri())
    assert "about 50 %" in page.locator("tr", has_text="heartburn").inner_text()
    assert "withheld" in page.locator("tr", has_text="itching").first.inner_text()
    for too_few_or_too_new in ("nausea", "acne"):
        assert too_few_or_too_new not in page.inner_text("main")
    hold_everywhere(page)
    page.close()


def test_a_store_that_cannot_be_read_is_said_and_the_page_stands(settings: Settings, tmp_path: Path) -> None:
    broken = tmp_path / "broken.sqlite"
    broken.write_text("this is no database, and it is long enough to be looked at as one" * 20, encoding="utf-8")
    app = create_app(replace(settings, feedback=f"sqlite:{broken}"), feedback=MemoryStore())
    answer = app.test_client().get("/bench/insight")
    assert answer.status_code == 200
    assert "cannot be reached" in answer.get_data(as_text=True)
    assert app.test_client().get("/bench/insight.csv").status_code == 503


def test_what_is_tried_on_the_bench_is_not_counted(app: Flask, ratings: MemoryStore) -> None:
    before = list(ratings.tallies())
    client = app.test_client()
    kept = client.post("/bench/turn", json={"say": "what is heartburn"}).json["kept"]
    assert client.post("/bench/turn", json={"say": "yes", "kept": kept}).status_code == 200
    assert list(ratings.tallies()) == before
