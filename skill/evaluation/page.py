"""A report → one page of HTML that needs nothing else: the tables, a map of the confusions and the reliability curve.

The charts are SVG of our own. Here they become numbers, in pixels; templates/page.html draws them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, select_autoescape

from skill.evaluation.report import Report, misses_table, tables
from skill.evaluation.score import Bin, Confusion

_CELL = 22
_LETTER = 7
"""Width of a letter of the labels, 12 pixels high; rather too much than too little."""
_SIDE = 320
"""Side of the reliability curve's square."""
_FAINTEST, _STRONGEST = 0.15, 0.75
"""Opacity of a cell: the number in it stays readable on either."""


@dataclass(frozen=True)
class Cell:
    """One pair of topics that were confused."""

    x: int
    y: int
    confusion: Confusion
    opacity: float


@dataclass(frozen=True)
class HeatMap:
    """Wanted topics down, understood topics across: only those that are confused."""

    cell: int
    margin: int
    """Room for the names, left and above."""
    wanted: Sequence[str]
    got: Sequence[str]
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Point:
    """One bin of the reliability curve; y grows downwards."""

    x: float
    y: float
    radius: float
    """Its area grows with the number of questions."""
    bin: Bin


@dataclass(frozen=True)
class Curve:
    """Mean score across, share of right first guesses up."""

    side: int
    points: Sequence[Point]


def page(report: Report) -> str:
    """The page as HTML."""
    template = Environment(
        loader=PackageLoader("skill.evaluation"), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
    ).get_template("page.html")
    return template.render(
        report=report,
        tables=list(tables(report)),
        misses=misses_table(report) if report.misses else None,
        heat_map=heat_map(report.confusions) if report.confusions else None,
        curve=curve(report.calibration) if report.calibration else None,
    )


def heat_map(confusions: Sequence[Confusion]) -> HeatMap:
    """At least one confusion → the map. Topics stand in order of their names."""
    wanted = sorted({pair.wanted for pair in confusions})
    got = sorted({pair.got for pair in confusions})
    most = max(pair.count for pair in confusions)
    return HeatMap(
        cell=_CELL,
        margin=max(map(len, (*wanted, *got))) * _LETTER + 30,
        wanted=wanted,
        got=got,
        cells=[
            Cell(
                x=got.index(pair.got) * _CELL,
                y=wanted.index(pair.wanted) * _CELL,
                confusion=pair,
                opacity=round(_FAINTEST + (_STRONGEST - _FAINTEST) * pair.count / most, 2),
            )
            for pair in confusions
        ],
    )


def curve(bins: Sequence[Bin]) -> Curve:
    """At least one bin → the curve."""
    most = max(one.of for one in bins)
    return Curve(
        side=_SIDE,
        points=[
            Point(
                x=round(one.score * _SIDE, 1),
                y=round((1 - one.right / one.of) * _SIDE, 1),
                radius=round(3 + 7 * math.sqrt(one.of / most), 1),
                bin=one,
            )
            for one in bins
        ],
    )
