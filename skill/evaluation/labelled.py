"""Labelled questions: what is asked, what would be right, and what came of asking.

Four sorts of line, told by their keys: topic questions (`topic`, `aspect`), urgent lines (`level`), not-urgent lines
(`care_advice_ok`), out of scope (`kind`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from skill.errors import InputInvalid

OPEN = "open"
"""Instead of a sign: a careful reader can't tell."""


class Sort(StrEnum):
    """What a line is labelled for."""

    TOPIC = "topic question"
    URGENT = "urgent"
    NOT_URGENT = "not urgent"
    OUT_OF_SCOPE = "out of scope"


class Line(BaseModel):
    """One labelled line. Keys that nothing is counted by are left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: int | str
    text: str
    topic: str | None = None
    """None on a not-urgent line: it is about no topic of ours."""
    also_ok: tuple[str, ...] = ()
    """Topics that are as right as `topic`."""
    aspect: str | None = None
    style: str = "no style"
    states: str | None = None
    """The urgent sign that a topic question states: to lead with care is right there. OPEN where a careful reader can't
    tell: then either is.
    """
    level: Literal["emergency", "urgent"] | None = None
    either_level: bool = False
    """Publishers differ: an urgent reply is as right as an emergency reply."""
    care_advice_ok: bool | None = None
    """To lead with care is no mistake here, though not wanted."""
    kind: str | None = None
    """Why it is out of scope."""
    article_ok: bool = False
    """Out of scope, but to read an article out is no mistake."""

    @model_validator(mode="after")
    def _is_labelled(self) -> Line:
        if self.aspect is not None and self.topic is None:
            raise ValueError('"aspect" without "topic"')
        if self.aspect is None and self.level is None and self.care_advice_ok is None and self.kind is None:
            raise ValueError('no label: expected "topic" and "aspect", "level", "care_advice_ok" or "kind"')
        return self

    @property
    def sort(self) -> Sort:
        """What it is labelled for."""
        if self.aspect is not None:
            return Sort.TOPIC
        if self.level is not None:
            return Sort.URGENT
        return Sort.OUT_OF_SCOPE if self.kind is not None else Sort.NOT_URGENT

    @property
    def fitting(self) -> frozenset[str]:
        """The topics that are right; none where it is about no topic."""
        return frozenset({self.topic, *self.also_ok} if self.topic else ())


@dataclass(frozen=True)
class Got:
    """What came of asking one line."""

    outcome: str
    urgent: str
    """none, urgent or emergency."""
    sign: str | None
    topic: str | None
    aspect: str | None
    choices: tuple[str, ...]
    """Topics offered, best first."""
    channel: str
    speech: str
    score: float | None
    """The resolver's score of its first guess, 0 to 1; None where it gave none."""

    @property
    def guess(self) -> str | None:
        """The topic that was understood or, in a choice, named first."""
        return self.topic or next(iter(self.choices), None)


@dataclass(frozen=True)
class Asked:
    """One line with what came of it."""

    line: Line
    got: Got


def read_lines(paths: Sequence[Path]) -> list[Line]:
    """Files of JSON lines, or folders of them (every *.jsonl below) → their lines, in order.

    Raises InputInvalid naming every file and line that cannot be used.
    """
    faults: list[str] = []
    lines = [line for path in paths for file in _files(path, faults) for line in _lines_of(file, faults)]
    if faults:
        raise InputInvalid("\n".join(faults))
    if not lines:
        raise InputInvalid("There are no questions in these files.")
    return lines


def _files(path: Path, faults: list[str]) -> Sequence[Path]:
    if not path.is_dir():
        return (path,)
    files = sorted(path.rglob("*.jsonl"))
    if not files:
        faults.append(f"{path}: there is no *.jsonl file below this folder")
    return files


def _lines_of(file: Path, faults: list[str]) -> Iterator[Line]:
    try:
        texts = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        faults.append(f"{file}: cannot be read ({error})")
        return
    for number, text in enumerate(texts, start=1):
        if not text.strip():
            continue
        try:
            yield Line.model_validate_json(text)
        except ValidationError as error:
            faults.extend(f"{file}:{number}: {_problem(error, index)}" for index in range(error.error_count()))


def _problem(error: ValidationError, index: int) -> str:
    detail = error.errors(include_url=False)[index]
    key = ".".join(str(part) for part in detail["loc"])
    return f"{key}: {detail['msg']}" if key else detail["msg"]
