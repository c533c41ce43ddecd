"""Figures beside those of before: what became worse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError

from skill.errors import InputInvalid
from skill.evaluation.score import MEASURES, Better, Figures, Measure

TOLERANCE = 1.0
"""Percent points by which a figure may be worse than before."""

Before = Mapping[str, Mapping[str, Mapping[str, float | None]]]
"""Hearing mode → measure → row → percent; None where nothing was counted."""


@dataclass(frozen=True)
class Comparison:
    """What became of the figures of before, a line each, named as in the JSON."""

    worse: Sequence[str]
    """Worse by more than TOLERANCE. Which way is worse is the measure's to say."""
    not_measured: Sequence[str]
    """These questions say nothing about them."""


class _Figure(BaseModel):
    percent: float | None


class _Written(BaseModel):
    modes: Annotated[dict[str, dict[str, dict[str, _Figure]]], Field(min_length=1)]


def read_figures(path: Path, modes: Sequence[str]) -> Before:
    """A file that `report.to_json` wrote → its figures of these hearing modes.

    Raises InputInvalid where it is none, or holds none of these modes.
    """
    try:
        written = _Written.model_validate_json(path.read_text(encoding="utf-8"))
    except (ValidationError, UnicodeDecodeError) as error:
        raise InputInvalid(f"{path} is not what `bump-guide evaluate --json` writes.") from error
    ours = {mode: measures for mode, measures in written.modes.items() if mode in modes}
    if not ours:
        raise InputInvalid(f"{path} has no figures of {', '.join(modes)}, only of {', '.join(written.modes)}.")
    return {
        mode: {name: {row: figure.percent for row, figure in rows.items()} for name, rows in measures.items()}
        for mode, measures in ours.items()
    }


def compare(figures: Mapping[str, Figures], before: Before) -> Comparison:
    """The figures of some hearing modes beside those of before, which are of the same modes or of fewer."""
    worse, not_measured = [], []
    for mode, measure, row, was in _one_by_one(before):
        name = f"{mode}: {measure.id}: {row}"
        share = figures[mode].get(measure.id, {}).get(row)
        now = share.percent if share else None
        if now is None:
            not_measured.append(f"{name}: was {was:.1f} %")
        elif _worse_by(measure.better, was, now) > TOLERANCE:
            worse.append(f"{name}: {now:.1f} %, was {was:.1f} %")
    return Comparison(worse, not_measured)


def _one_by_one(before: Before) -> Iterator[tuple[str, Measure, str, float]]:
    for mode, measures in before.items():
        for measure in MEASURES:
            for row, was in measures.get(measure.id, {}).items():
                if was is not None:
                    yield mode, measure, row, was


def _worse_by(better: Better, was: float, now: float) -> float:
    """Percent points; rounded, so that a whole point is not more than one."""
    change = {Better.HIGH: was - now, Better.LOW: now - was, Better.NEITHER: 0.0}[better]
    return round(change, 2)
