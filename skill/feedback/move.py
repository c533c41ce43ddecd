"""Counts from one store to another, by a file of JSON lines.

    {"bump_guide_feedback": 1, "lines": 2}
    {"origin": "0f3c…", "kind": "rating", "topic": "back-pain", "aspect": "causes", "answer": "helpful",
     "locale": "en-GB", "content_version": "0123456789ab", "day": "2026-06-01", "times": 3}

A count belongs to the store that counted it. Taking it over raises it to what the file says and never lowers it, so the
same file twice, an older one after a newer, or a file of one's own change nothing that is right. Tokens stay behind.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from skill.errors import InputInvalid, counted
from skill.feedback.record import OWN, Feedback, FeedbackStore, Tally

VERSION = 1
_HEAD = "bump_guide_feedback"

Word = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[\w.-]+$")]


class _Line(BaseModel):
    """One count. Its order of fields is the order in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    origin: Annotated[str, Field(pattern=r"^[0-9a-f]{32}(\.\d{1,3})?$", description="Which store counted it.")]
    kind: Word
    topic: Word
    aspect: Annotated[str, Field(max_length=100, pattern=r"^[\w.-]*$")]
    answer: Word
    locale: Word
    content_version: Word
    day: date
    times: Annotated[int, Field(ge=1, lt=2**53, strict=True)]


def export_lines(store: FeedbackStore) -> list[str]:
    """Everything that `store` knows, in a fixed order. Raises FeedbackUnavailable."""
    name = store.identity()
    lines = sorted(
        _Line(**vars(tally.feedback), times=tally.times, origin=_renamed(tally.origin, OWN, name)).model_dump_json()
        for tally in store.tallies()
    )
    return [json.dumps({_HEAD: VERSION, "lines": len(lines)}), *lines]


def import_lines(store: FeedbackStore, lines: Sequence[str], file: str) -> int:
    """Takes over the counts of `lines`, the text of `file`. Gives how many changed.

    Raises InputInvalid with every fault, and then has changed nothing; FeedbackUnavailable, and then the same again
    does the rest.
    """
    tallies = _read(lines, file)
    name = store.identity()
    return store.merge(Tally(each.feedback, each.times, _renamed(each.origin, name, OWN)) for each in tallies)


def _renamed(origin: str, old: str, new: str) -> str:
    whose, point, part = origin.partition(".")
    return f"{new}{point}{part}" if whose == old else origin


def _read(lines: Sequence[str], file: str) -> list[Tally]:
    faults = [*_head_faults(lines, file)]
    found: list[_Line] = []
    for number, line in enumerate(lines[1:], 2):
        try:
            found.append(_Line.model_validate_json(line))
        except ValidationError as error:
            faults += [_sentence(file, number, fault["loc"], fault["msg"]) for fault in error.errors()]
    faults += _twice(found, file)
    if faults:
        raise InputInvalid("\n".join([*faults, f"{counted(faults, 'fault')}; nothing was taken over."]))
    return [_tally(line) for line in found]


def _head_faults(lines: Sequence[str], file: str) -> list[str]:
    try:
        head = json.loads(lines[0])
        version, expected = head[_HEAD], head["lines"]
    except (IndexError, ValueError, KeyError, TypeError):
        return [f"{file}, line 1: this is no feedback export. Make one with `bump-guide feedback export FILE`."]
    if version != VERSION:
        return [f"{file}, line 1: {_HEAD}: version {version!r} is not known here. Use the release that wrote it."]
    if expected != len(lines) - 1:
        return [
            f"{file}, line 1: lines: it says {expected} and {len(lines) - 1} follow, so the file is not whole."
            " Export it again."
        ]
    return []


def _sentence(file: str, number: int, where: Iterable[object], problem: str) -> str:
    key = ".".join(map(str, where)) or "the line"
    return f"{file}, line {number}: {key}: {problem[0].lower()}{problem[1:]}. Mend it, or export it again."


def _twice(found: Iterable[_Line], file: str) -> list[str]:
    times = Counter(line.model_copy(update={"times": 1}) for line in found)
    return [
        f"{file}: {line.model_dump_json(exclude={'times'})} stands there {often} times. Leave one."
        for line, often in times.items()
        if often > 1
    ]


def _tally(line: _Line) -> Tally:
    feedback = Feedback(
        line.topic, line.aspect, line.answer, line.locale, line.content_version, line.day, kind=line.kind
    )
    return Tally(feedback, line.times, line.origin)
