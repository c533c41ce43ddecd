"""Questions that were asked → tables, for the terminal and the page, and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from rich import box
from rich.console import Console
from rich.table import Table as Drawn
from rich.text import Text

from skill.evaluation.labelled import Asked
from skill.evaluation.misses import Miss, misses
from skill.evaluation.score import (
    BINS,
    MEASURES,
    Bin,
    Confusion,
    Figures,
    Measure,
    Share,
    calibration,
    confusions,
    score,
)

_COMMONEST = 20
"""Confusions in the table; the page's map and the JSON hold all."""
_WIDE = 400
"""Columns where the output is no terminal: a miss then stays on one line, for grep."""
_SPOKEN_OF_AS = {"asr": "misheard"}


@dataclass(frozen=True)
class Table:
    """A table as both the terminal and the page show it."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Report:
    """Everything that was found."""

    questions: int
    figures: Mapping[str, Figures]
    """Of each hearing mode, in the order asked for."""
    mode: str
    """The first hearing mode: what follows is told of it alone."""
    confusions: Sequence[Confusion]
    calibration: Sequence[Bin]
    """Empty where the skill tells no scores."""
    misses: Sequence[Miss]
    """Empty unless asked for."""


def report(asked: Mapping[str, Sequence[Asked]], *, with_misses: bool) -> Report:
    """Hearing mode → its questions, the first mode the one that is looked into → the report."""
    mode, first = next(iter(asked.items()))
    return Report(
        questions=len(first),
        figures={name: score(ours) for name, ours in asked.items()},
        mode=mode,
        confusions=confusions(first),
        calibration=calibration(first),
        misses=misses(first) if with_misses else (),
    )


def tables(told: Report) -> Iterator[Table]:
    """The figures, the hearing modes side by side; then what the first mode is looked into for."""
    for measure in MEASURES:
        if measure.id in told.figures[told.mode]:
            yield _figures_table(told, measure)
    if told.confusions:
        yield _confusions_table(told)
    if told.calibration:
        yield _calibration_table(told)


def misses_table(told: Report) -> Table:
    """Every miss of the first mode, where they were asked for."""
    rows = [(str(miss.id), miss.what, miss.text, miss.wanted, miss.got) for miss in told.misses]
    return Table(f"Misses ({told.mode}): {len(rows)}", ("id", "what", "text", "wanted", "got"), rows)


def print_tables(told: Report, console: Console) -> None:
    """Prints every table, the misses last."""
    if not console.is_terminal:
        console.width = max(console.width, _WIDE)
    for table in (*tables(told), *((misses_table(told),) if told.misses else ())):
        drawn = Drawn(title=table.title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
        for name in table.head:
            drawn.add_column(name, overflow="fold")
        for row in table.rows:
            drawn.add_row(*map(Text, row))
        console.print(drawn)


def to_json(told: Report) -> str:
    """All figures, as `against.read_figures` reads them. Misses, which hold texts, only where they were asked for."""
    modes = {
        mode: {name: {row: _share_json(share) for row, share in rows.items()} for name, rows in figures.items()}
        for mode, figures in told.figures.items()
    }
    looked_into = {
        "mode": told.mode,
        "confusions": [asdict(pair) for pair in told.confusions],
        "calibration": [asdict(one) for one in told.calibration],
        **({"misses": [asdict(miss) for miss in told.misses]} if told.misses else {}),
    }
    return json.dumps({"questions": told.questions, "modes": modes, "looked_into": looked_into}, indent=1)


def _share_json(share: Share) -> dict[str, float | None]:
    return {"percent": share.percent, "points": share.points, "of": share.of}


def _row_name(row: str) -> str:
    return _SPOKEN_OF_AS.get(row, row)


def _figures_table(told: Report, measure: Measure) -> Table:
    columns = [figures[measure.id] for figures in told.figures.values()]
    rows = [(_row_name(row), *(_cell(column[row]) for column in columns)) for row in columns[0]]
    return Table(measure.title, ("", *told.figures), rows)


def _cell(share: Share) -> str:
    return "-" if share.percent is None else f"{share.percent:.1f} % of {share.of}"


def _confusions_table(told: Report) -> Table:
    shown = told.confusions[:_COMMONEST]
    title = f"Topics taken for others ({told.mode}): the commonest {len(shown)} of {len(told.confusions)} pairs"
    return Table(title, ("wanted", "got", "times"), [(pair.wanted, pair.got, str(pair.count)) for pair in shown])


def _calibration_table(told: Report) -> Table:
    rows = [
        (
            f"{one.low:.1f} to {one.low + 1 / BINS:.1f}",
            f"{one.score:.2f}",
            f"{100 * one.right / one.of:.1f} % of {one.of}",
        )
        for one in told.calibration
    ]
    return Table(f"How far the score can be believed ({told.mode})", ("score", "mean score", "first guess right"), rows)
