"""What came back, in counts that no household can be read out of."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
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

DAY = date(2026, 6, 1)


def feedback(topic: str, *, helpful: bool = True, locale: str = "en-GB", day: date = DAY) -> Feedback:
    return Feedback(topic, "causes", HELPFUL if helpful else NOT_HELPFUL, locale, "0123456789ab", day)


def rating(topic: str, times: int, **rest: Any) -> Tally:
    return Tally(feedback(topic, **rest), times)


def reason(topic: str, times: int, why: str) -> Tally:
    return Tally(replace(feedback(topic), kind=REASON, answer=why), times)


def by(name: str, shown: Insight) -> dict[str, tuple[int | None, int | None]]:
    [table] = [table for table in shown.ratings if table.by == name]
    return {row.of: (row.times, row.helpful) for row in table.rows}


def test_counts_of_five_and_more_are_shown() -> None:
    shown = by("topic", insight([rating("back-pain", 9), rating("back-pain", 6, helpful=False)]))
    assert shown == {"back-pain": (15, 9)}


def test_a_small_count_is_withheld_and_another_with_it_so_that_it_cannot_be_subtracted() -> None:
    given_ = [rating("a", 20), rating("a", 20, helpful=False), rating("b", 9), rating("c", 4)]
    shown = by("topic", insight(given_))
    assert shown == {"a": (40, 20), "b": (None, None), "c": (None, None)}


def test_helpful_and_not_are_told_apart_only_where_both_are_five() -> None:
    given_ = [rating("a", 20), rating("a", 2, helpful=False), rating("b", 8), rating("b", 7, helpful=False)]
    assert by("topic", insight(given_)) == {"a": (22, None), "b": (15, None)}


_RATINGS = st.lists(
    st.builds(
        rating, st.sampled_from("abcdef"), st.integers(1, 30), helpful=st.booleans(),
        locale=st.sampled_from(["en-US", "en-GB"]), day=st.sampled_from([DAY, DAY + timedelta(days=1)]),
    ),
    max_size=20,
)  # fmt: skip


@hypothesis.settings(deadline=None)
@given(_RATINGS)
def test_nothing_small_is_shown_and_nothing_small_is_left_when_the_shown_is_taken_away(
    given_: list[Tally],
) -> None:
    total = sum(tally.times for tally in given_)
    for table in insight(given_).ratings:
        times = [row.times for row in table.rows]
        shown = [count for count in times if count is not None]
        assert all(count >= FEWEST for count in shown)
        assert all(
            min(row.helpful, row.not_helpful) >= FEWEST
            for row in table.rows
            if row.helpful is not None and row.not_helpful is not None
        )
        if shown and None in times:
            assert times.count(None) >= 2
            assert total - sum(shown) >= FEWEST


def test_a_reason_is_no_rating_and_a_small_one_is_withheld_too() -> None:
    given_ = [rating("a", 20), rating("a", 20, helpful=False), rating("b", 20)]
    given_ += [
        rating("c", 6),
        rating("c", 6, helpful=False),
        reason("a", 9, "too_long"),
        reason("a", 7, "not_mine"),
        reason("a", 2, "not_clear"),
        reason("b", 9, "too_long"),
    ]
    shown = insight(given_)
    assert by("topic", shown) == {"a": (40, 20), "b": (20, None), "c": (12, None)}
    assert [(each.topic, each.reason, each.times) for each in shown.reasons] == [
        ("a", "not_clear", None),
        ("a", "not_mine", None),  # else the other could be subtracted
        ("a", "too_long", 9),
        ("b", "too_long", None),
    ]
    for told in (to_csv(shown), standalone(shown)):
        assert "too" in told
        assert "2" not in [cell for row in csv.reader(io.StringIO(told)) for cell in row]


def test_what_was_taken_over_from_another_store_counts_too() -> None:
    elsewhere = Tally(feedback("a"), 4, origin="0" * 32)
    assert by("topic", insight([rating("a", 4), elsewhere])) == {"a": (8, None)}


def test_the_csv_file_holds_the_same() -> None:
    rows = list(csv.reader(io.StringIO(to_csv(insight([rating("a", 20), rating("a", 6, helpful=False)])))))
    assert rows[0] == ["by", "of", "ratings", "helpful", "not helpful"]
    assert ["topic", "a", "26", "20", "6"] in rows


def test_a_page_of_its_own_needs_no_server_and_asks_none() -> None:
    page = standalone(insight([rating("back-pain", 20), rating("back-pain", 6, helpful=False)]))
    assert "back-pain" in page
    assert "77 %" in page
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
            store.add(f"another {number}", feedback("itching"))
            store.add(f"another {number}", replace(feedback("itching"), kind=REASON, answer="too_long"))
        yield store


def test_the_page_draws_them(page: Any, address: str, rated: FeedbackStore, fits: Callable[[], None]) -> None:
    page.goto(f"{address}/insight")
    assert "withheld" in page.locator("tr", has_text="nausea").inner_text()
    assert "50 %" in page.locator("tr", has_text="heartburn").inner_text()
    assert "too long" in page.get_by_role("region", name="Table of reasons").inner_text()
    assert page.locator("svg rect.good").count() >= 1
    with page.expect_download() as download:
        page.click("text=Download CSV")
    assert "heartburn,40,20,20" in Path(download.value.path()).read_text(encoding="utf-8")
    fits()


def test_the_command_writes_the_same_without_a_server(
    settings: Settings, rated: FeedbackStore, tmp_path: Path, chromium: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUMP_GUIDE_DATA", str(settings.data))
    ran = CliRunner().invoke(main, ["feedback", "--html", str(tmp_path / "insight.html")])
    assert ran.exit_code == 0, ran.output
    page = chromium.new_page()
    page.goto((tmp_path / "insight.html").as_uri())
    assert "withheld" in page.locator("tr", has_text="nausea").inner_text()
    assert "50 %" in page.locator("tr", has_text="heartburn").inner_text()
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
