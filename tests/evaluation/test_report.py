"""The report: tables with the modes side by side, and JSON that the next run is compared with."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from labelled_lines import answer, choice, got, outside, topic
from rich.console import Console

from skill.errors import InputInvalid
from skill.evaluation.against import compare, read_figures
from skill.evaluation.labelled import Asked
from skill.evaluation.report import Report, misses_table, print_tables, report, tables, to_json

GOOD = [topic(answer(score=0.9), style="asr"), topic(answer("acne", score=0.7)), outside(got("unknown"))]
BAD = [topic(answer(score=0.9), style="asr"), topic(got("unknown")), outside(answer())]


def told(*, with_misses: bool = False) -> Report:
    return report({"alexa": GOOD, "lossy": BAD}, with_misses=with_misses)


def test_the_modes_stand_side_by_side() -> None:
    first = next(tables(told()))
    assert first.head == ("", "alexa", "lossy")
    assert first.rows == [
        ("clean", "0.0 % of 1", "0.0 % of 1"),
        ("misheard", "100.0 % of 1", "100.0 % of 1"),
        ("all", "50.0 % of 2", "50.0 % of 2"),
    ]


def test_the_first_mode_is_looked_into() -> None:
    by_title = {table.title: table.rows for table in tables(told())}
    assert by_title["Topics taken for others (alexa): the commonest 1 of 1 pairs"] == [("heartburn", "acne", "1")]
    assert by_title["How far the score can be believed (alexa)"] == [
        ("0.7 to 0.8", "0.70", "0.0 % of 1"),
        ("0.9 to 1.0", "0.90", "100.0 % of 1"),
    ]
    missed = misses_table(told(with_misses=True))
    assert missed.title == "Misses (alexa): 1"
    assert missed.rows == [("t1", "topic", "why does it burn", "heartburn or reflux", "acne")]


def test_without_scores_nothing_is_said_of_them() -> None:
    titles = [table.title for table in tables(report({"alexa": [topic(answer())]}, with_misses=False))]
    assert not [title for title in titles if "score" in title]


def test_a_miss_stays_on_one_line_where_the_output_is_no_terminal() -> None:
    out = io.StringIO()
    print_tables(told(with_misses=True), Console(file=out))
    (line,) = [line for line in out.getvalue().splitlines() if line.split()[:1] == ["t1"]]
    assert line.strip().endswith("acne")


def test_words_in_brackets_are_no_markup() -> None:
    out = io.StringIO()
    print_tables(report({"alexa": [topic(answer("[red]"))]}, with_misses=False), Console(file=out))
    assert "[red]" in out.getvalue()


def test_json_holds_all_figures_and_texts_only_when_asked() -> None:
    data = json.loads(to_json(told()))
    assert data["questions"] == 3
    assert data["modes"]["lossy"]["out_of_scope_answered"]["dosing"] == {"percent": 100.0, "points": 1.0, "of": 1}
    assert data["looked_into"]["confusions"] == [{"wanted": "heartburn", "got": "acne", "count": 1}]
    assert "why does it burn" not in json.dumps(data)
    assert json.loads(to_json(told(with_misses=True)))["looked_into"]["misses"][0]["text"] == "why does it burn"


def written(path: Path, asked: dict[str, list[Asked]]) -> Path:
    path.write_text(to_json(report(asked, with_misses=False)), encoding="utf-8")
    return path


def test_what_is_worse_depends_on_the_figure(tmp_path: Path) -> None:
    before = read_figures(written(tmp_path / "figures.json", {"alexa": GOOD}), ["alexa"])
    compared = compare(report({"alexa": BAD}, with_misses=False).figures, before)
    assert compared.worse == [
        "alexa: out_of_scope_answered: dosing: 100.0 %, was 0.0 %",
        "alexa: out_of_scope_answered: all: 100.0 %, was 0.0 %",
    ]
    back = read_figures(written(tmp_path / "figures.json", {"alexa": BAD}), ["alexa"])
    assert compare(report({"alexa": GOOD}, with_misses=False).figures, back).worse == [
        "alexa: topic_wrong: clean: 100.0 %, was 0.0 %",
        "alexa: topic_wrong: all: 50.0 %, was 0.0 %",
    ]


@pytest.mark.parametrize(("wrong", "names"), [(1, 0), (2, 2)])
def test_one_point_is_tolerated(tmp_path: Path, wrong: int, names: int) -> None:
    before = read_figures(written(tmp_path / "figures.json", {"alexa": [topic(answer())] * 100}), ["alexa"])
    now = [*[topic(got("unknown"))] * wrong, *[topic(answer())] * (100 - wrong)]
    assert len(compare(report({"alexa": now}, with_misses=False).figures, before).worse) == names


def test_how_the_words_arrived_is_never_worse(tmp_path: Path) -> None:
    asked = [outside(got("unknown", channel="list"))]
    before = read_figures(written(tmp_path / "figures.json", {"alexa": asked}), ["alexa"])
    now = report({"alexa": [outside(got("unknown", channel="query"))]}, with_misses=False)
    assert compare(now.figures, before).worse == []


def test_figures_that_are_not_measured_now_are_named(tmp_path: Path) -> None:
    before = read_figures(written(tmp_path / "figures.json", {"alexa": GOOD, "whole": BAD}), ["alexa"])
    compared = compare(report({"alexa": [topic(choice("acne", "heartburn"))]}, with_misses=False).figures, before)
    assert "alexa: out_of_scope_answered: all: was 0.0 %" in compared.not_measured
    assert not [name for name in compared.not_measured if name.startswith("whole")]


def test_a_file_that_is_no_report_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    for text in ("nope", "[]", '{"modes": {}}', '{"modes": {"alexa": {"topic_right": 3}}}'):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputInvalid, match="not what `bump-guide evaluate --json` writes"):
            read_figures(path, ["alexa"])
    with pytest.raises(InputInvalid, match="no figures of strict, only of alexa"):
        read_figures(written(path, {"alexa": GOOD}), ["strict"])
