"""The profiler page in Chromium: many sentences in, a table, a CSV file and a confusion matrix out."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import MODELS

from bench.talking import held_back
from skill.bench.profile import ProfileAsked
from skill.bench.profile import profile as profile_here
from skill.bench.road import Road
from skill.dialogue.core import Core

LABELLED = "\n".join(
    [
        "text,topic,urgent",
        "why does my back hurt,back-pain,none",
        '"well, what helps heartburn",nausea,none',
        "i am bleeding a lot and i feel faint,,emergency",
        "why do i have sciatica,sciatica,none",
    ]
)


@pytest.fixture
def profiler(page: Any, address: str) -> Any:
    page.goto(f"{address}/profiler")
    return page


def profile(page: Any, text: str) -> None:
    page.fill("#lines", text)
    page.click("#start")
    page.wait_for_selector("#cancel[disabled]")
    page.wait_for_selector("#results:not([hidden])")


def cells(page: Any, column: int) -> list[str]:
    return [row.inner_text() for row in page.locator(f"#rows tr td:nth-child({column})").all()]


def saved(page: Any, tmp_path: Path) -> list[list[str]]:
    with page.expect_download() as download:
        page.click("#csv")
    path = tmp_path / "profile.csv"
    download.value.save_as(path)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_sentences_become_a_table(profiler: Any, fits: Callable[[], None]) -> None:
    profile(profiler, "why does my back hurt\n\nwhat helps heartburn\n")
    assert cells(profiler, 1) == ["why does my back hurt", "what helps heartburn"]
    assert cells(profiler, 5) == ["back-pain", "heartburn"]
    assert profiler.inner_text("#count").startswith("2 of 2 in ")
    assert profiler.is_hidden("#confusion")
    fits()


def test_expected_columns_become_a_confusion_matrix(profiler: Any, fits: Callable[[], None]) -> None:
    profile(profiler, LABELLED)
    assert "2 of 3 as expected" in profiler.inner_text("#right")
    row = profiler.locator("#matrix tbody tr", has_text="nausea")
    assert row.locator("td.off").inner_text() == "1"
    profiler.select_option("#column", "urgent")
    assert "4 of 4 as expected" in profiler.inner_text("#right")
    fits()


def test_json_lines_and_files_are_read_too(profiler: Any, tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"text": "what helps heartburn", "topic": "heartburn"}\n', encoding="utf-8")
    profiler.set_input_files("#file", path)
    profiler.wait_for_selector("#lines")
    profiler.click("#start")
    profiler.wait_for_selector("#matrix td.same")
    assert "1 of 1 as expected" in profiler.inner_text("#right")


@pytest.mark.parametrize(
    "table",
    [
        "text\ttopic\nwell, what helps heartburn\theartburn",
        "text;topic\nwell, what helps heartburn;heartburn",
        'topic , text\n heartburn , "well, what helps heartburn" ',
    ],
    ids=["tabs", "semicolons", "spaces"],
)
def test_a_table_is_read_whatever_stands_between_its_cells(profiler: Any, table: str) -> None:
    profile(profiler, table)
    assert cells(profiler, 1) == ["well, what helps heartburn"]
    assert "1 of 1 as expected" in profiler.inner_text("#right")
    assert profiler.inner_text("#unused") == ""


def test_level_is_what_urgent_is_expected_to_be(profiler: Any) -> None:
    profile(profiler, '{"id": 1, "text": "i am bleeding a lot and i feel faint", "level": "emergency", "sign": "x"}')
    assert profiler.locator("#column option").all_inner_texts() == ["urgent"]
    assert "1 of 1 as expected" in profiler.inner_text("#right")
    assert profiler.inner_text("#unused").startswith("Not used: id, sign.")


@pytest.mark.parametrize(
    "lines",
    [
        '{"text": "what helps heartburn", "topic": "acne", "also_ok": ["nausea", "heartburn"]}\n'
        '{"text": "what helps heartburn", "topic": "acne", "also_ok": ["nausea"]}',
        "text,topic,also_ok\nwhat helps heartburn,acne,nausea heartburn\nwhat helps heartburn,acne,nausea",
    ],
    ids=["JSON", "CSV"],
)
def test_a_topic_that_is_as_right_counts_as_met(profiler: Any, lines: str) -> None:
    profile(profiler, lines)
    assert "1 of 2 as expected" in profiler.inner_text("#right")
    assert profiler.locator("#matrix td.same").inner_text() == "1"
    assert profiler.locator("#matrix td.off").inner_text() == "1"
    assert profiler.inner_text("#unused") == ""


def test_a_sentence_that_is_too_long_is_left_out_and_named(profiler: Any) -> None:
    profile(profiler, f"what helps heartburn\n{'why ' * 250}me\nwhat helps acne")
    assert cells(profiler, 1) == ["what helps heartburn", "what helps acne"]
    assert "longer than 1,000 characters: sentence 2." in profiler.inner_text("#unused")


def test_rows_are_filtered_and_sorted(profiler: Any) -> None:
    profile(profiler, LABELLED)
    profiler.fill("#filter", "heartburn")
    assert cells(profiler, 5) == ["heartburn"]
    profiler.fill("#filter", "")
    profiler.check("#misses")
    assert cells(profiler, 1) == ["well, what helps heartburn"]
    profiler.uncheck("#misses")
    profiler.get_by_role("button", name="text").click()
    assert cells(profiler, 1) == sorted(cells(profiler, 1))
    profiler.get_by_role("button", name="text").click()
    assert cells(profiler, 1) == sorted(cells(profiler, 1), reverse=True)
    assert profiler.get_attribute("#head th:first-child", "aria-sort") == "descending"


def test_the_csv_file_holds_no_formula(profiler: Any, tmp_path: Path) -> None:
    profile(profiler, '=HYPERLINK("http://x","y")\n+1 day overdue\n@home my back hurts\nmy "back" hurts, badly')
    head, *rows = saved(profiler, tmp_path)
    assert head[:2] == ["text", "intent"]
    assert [row[0] for row in rows] == [
        '\'=HYPERLINK("http://x","y")', "'+1 day overdue", "'@home my back hurts", 'my "back" hurts, badly',
    ]  # fmt: skip


def test_a_list_can_be_cancelled(profiler: Any) -> None:
    profiler.fill("#lines", "\n".join(f"my back hurts since {number} days" for number in range(1000)))
    profiler.click("#start")
    profiler.wait_for_selector("#cancel:not([disabled])")
    profiler.click("#cancel")
    profiler.wait_for_selector("#cancel[disabled]")
    words = profiler.inner_text("#count").split()
    assert words[0] == "Cancelled"
    assert int(words[2]) < 1000


def test_what_is_expected_and_does_not_exist_is_said_by_row_and_in_all(profiler: Any, fits: Callable[[], None]) -> None:
    profile(profiler, "text,topic,urgent\nwhy does my back hurt,bak-pain,none\nwhat helps heartburn,heartburn,nnoe")
    assert profiler.inner_text("#unknown") == (
        "1 of 2 rows expect what no topic is called, and count as not met: bak-pain."
        " 1 of 2 rows expect what no urgent is called, and count as not met: nnoe."
    )
    assert cells(profiler, 9) == ["bak-pain (no such topic)", "heartburn"]
    assert "1 of 2 as expected" in profiler.inner_text("#right")
    fits()
    profile(profiler, "text,topic\nwhat helps heartburn,heartburn")
    assert profiler.is_hidden("#unknown")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("utterance,topic\nwhy does my back hurt,back-pain", "names utterance, topic, but no column text"),
        ('{"question": "why"}', 'Line 1 has no "text"'),
        ('{"text": "why"}\nwhy', "Line 2 is not JSON"),
        ("{}", 'Line 1 has no "text"'),
    ],
)
def test_a_table_without_sentences_names_what_is_missing(profiler: Any, text: str, told: str) -> None:
    profiler.fill("#lines", text)
    profiler.click("#start")
    assert told in profiler.inner_text("#problem")


def test_a_csv_file_without_the_column_is_refused_when_it_is_chosen(profiler: Any, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("utterance\nwhat helps heartburn\n", encoding="utf-8")
    profiler.set_input_files("#file", path)
    profiler.wait_for_selector("#problem:not([hidden])")
    assert "Known are text, intent" in profiler.inner_text("#problem")


def test_columns_that_nothing_is_done_with_are_named(profiler: Any) -> None:
    profile(profiler, "id,text,topc\n1,what helps heartburn,heartburn")
    assert profiler.inner_text("#unused").startswith("Not used: id, topc.")
    profile(profiler, 'what helps heartburn, please\n""')
    assert profiler.inner_text("#unused") == ""
    assert cells(profiler, 1)[0] == "what helps heartburn, please"


def column(page: Any, name: str) -> list[str]:
    return [cell.inner_text() for cell in page.locator(f'#rows [data-column="{name}"]').all()]


def test_the_sentences_are_heard_in_the_chosen_locale_and_mode(profiler: Any) -> None:
    heard = {}
    for locale, mode in (("en-US", "alexa"), ("en-US", "strict"), ("en-GB", "strict"), ("en-US", "whole")):
        profiler.select_option("#locale", locale)
        profiler.select_option("#hear", mode)
        profile(profiler, "what helps anaemia\nis heartburn dangerous for the baby")
        heard[locale, mode] = [*zip(column(profiler, "intent"), column(profiler, "channel"), strict=True)]
    assert heard == {
        ("en-US", "alexa"): [("WhatHelpsIntent", "list"), ("IsItNormalIntent", "list")],  # as near as can be misheard
        ("en-US", "strict"): [("WhatHelpsPhraseIntent", "query"), ("AMAZON.FallbackIntent", "fallback")],
        ("en-GB", "strict"): [("WhatHelpsIntent", "list"), ("AMAZON.FallbackIntent", "fallback")],
        ("en-US", "whole"): [("ComplaintIntent", "complaint"), ("ComplaintIntent", "complaint")],
    }


LEG = "i have got terrible pain down my left leg when i walk"


def test_confidence_is_that_of_the_topic_and_sorted_as_a_number(profiler: Any, tmp_path: Path, core: Core) -> None:
    lines = [LEG, "what helps heartburn", "stop", "why does my back hurt"]
    expected = [row["confidence"] for row in profile_here(Road(lambda: core, MODELS), ProfileAsked(lines=lines))]
    profile(profiler, "\n".join(lines))
    assert column(profiler, "confidence") == ["" if score is None else f"{score:.2f}" for score in expected]
    assert [score is None for score in expected] == [False, False, True, False]
    profiler.get_by_role("button", name="confidence").click()
    shown = [float(score) for score in column(profiler, "confidence") if score]
    assert shown == sorted(shown)
    assert shown[0] < shown[-1]
    head, *rows = saved(profiler, tmp_path)
    assert {row[0]: row[head.index("confidence")] for row in rows} == {
        line: "" if score is None else str(score) for line, score in zip(lines, expected, strict=True)
    }


def test_the_bar_rises_with_every_part_that_is_done(profiler: Any) -> None:
    held = held_back(profiler, "**/profile")
    profiler.fill("#lines", "\n".join(f"my back hurts since {number} days" for number in range(60)))
    profiler.click("#start")
    seen = []
    for done in (20, 40, 60):
        wait_until(profiler, lambda: bool(held))
        held.pop(0).continue_()
        profiler.wait_for_function(f"() => document.getElementById('count').textContent.startsWith('{done} of 60')")
        seen.append(
            profiler.evaluate("() => { const bar = document.getElementById('progress'); return [bar.value, bar.max]; }")
        )
    assert seen == [[20, 60], [40, 60], [60, 60]]
    profiler.wait_for_selector("#cancel[disabled]")


def wait_until(page: Any, happened: Callable[[], bool]) -> None:
    """What comes over the browser's line is taken in while the page waits."""
    for _ in range(600):
        if happened():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it has not happened")


def test_the_bar_is_there_only_while_it_works(profiler: Any) -> None:
    assert profiler.is_hidden("#progress")
    held = held_back(profiler, "**/profile")
    with profiler.expect_request("**/profile"):
        profiler.fill("#lines", "what helps heartburn")
        profiler.click("#start")
    assert profiler.is_visible("#progress")
    assert profiler.inner_text("#count") == "Working …"
    [route] = held
    route.continue_()
    profiler.wait_for_selector("#cancel[disabled]")
    assert profiler.is_hidden("#progress")
    assert profiler.inner_text("#count").startswith("1 of 1 in ")


def test_on_a_narrow_screen_every_cell_is_seen_with_its_column(profiler: Any) -> None:
    profile(profiler, LABELLED)
    profiler.set_viewport_size({"width": 360, "height": 760})
    cut = profiler.evaluate("""() => [...document.querySelectorAll("#rows td")].filter((cell) => cell.offsetParent
        && (cell.getBoundingClientRect().right > innerWidth || cell.scrollWidth > cell.clientWidth)).length""")
    assert cut == 0
    shown = profiler.locator("#rows tr").first.locator('[data-column="topic"]')
    assert shown.evaluate("(cell) => getComputedStyle(cell, '::before').content") == '"topic"'
    profiler.get_by_role("button", name="text").click()
    assert cells(profiler, 1) == sorted(cells(profiler, 1))


def test_what_cannot_be_read_is_said(profiler: Any) -> None:
    profiler.fill("#lines", '{"text": "a"}\n{"text": ')
    profiler.click("#start")
    assert "Line 2 is not JSON" in profiler.inner_text("#problem")
    profiler.fill("#lines", "  \n")
    profiler.click("#start")
    assert "no sentence" in profiler.inner_text("#problem")
