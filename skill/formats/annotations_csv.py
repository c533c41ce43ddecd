"""Annotation sets as CSV: utterance, referenceTimestamp, intent, and one column slot[NAME] for each slot.

The header is that of Amazon's description of the Skill Management API ("utterance,referenceTimestamp,intent,
slot[fromCity]"), as published in its models. Nothing there says how CSV writes several values of one slot, or several
expectations of one sentence, so neither is written: `not_in_csv` says what would be left behind. A column that no
sentence fills is kept, in JSON under `csvSlots`. Unconfirmed: quoting and encoding; we write UTF-8 as RFC 4180 has it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from skill.errors import InputInvalid
from skill.formats.annotations import Annotation, AnnotationSet, annotation

_SLOT = re.compile(r"slot\[(.+)\]", re.DOTALL)
_FIXED = ("utterance", "referenceTimestamp", "intent")


def read_csv(text: str, path: Path) -> AnnotationSet:
    """The text of a CSV file → AnnotationSet. Raises InputInvalid that names every fault with its line."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), restkey="", strict=True)
    try:
        read = [(rows.line_num, row) for row in rows]
    except csv.Error as error:
        raise InputInvalid(f"{path}: line {rows.line_num}: is no CSV: {error}.") from error
    columns = list(rows.fieldnames or ())
    faults = [*_column_faults(columns), *(fault for line, row in read for fault in _row_faults(line, row))]
    if faults:
        raise InputInvalid("\n".join(f"{path}: {fault}" for fault in faults))
    slots = {column: found[1] for column in columns if (found := _SLOT.fullmatch(column))}
    data = [_annotation(row, slots) for _, row in read]
    named = [*slots.values()]
    return AnnotationSet(data=data) if named == _filled(data) else AnnotationSet(data=data, csvSlots=named)


def _filled(data: Iterable[Annotation]) -> list[str]:
    """The slots that something is expected of, in the order in which they come up."""
    return [*dict.fromkeys(name for one in data for name in one.expected[0].intent.slots)]


def _annotation(row: dict[str, str], slots: dict[str, str]) -> Annotation:
    filled = {name: row[column] for column, name in slots.items() if row[column]}
    return annotation(row["utterance"], row["intent"], filled, row.get("referenceTimestamp", ""))


def _column_faults(columns: list[str]) -> Iterator[str]:
    for column in ("utterance", "intent"):
        if column not in columns:
            yield f"has no column {column}: write {', '.join(_FIXED)} and slot[NAME] for each slot."
    for column in dict.fromkeys(columns):
        if column not in _FIXED and not _SLOT.fullmatch(column):
            yield f"does not know the column {column!r}: known are {', '.join(_FIXED)} and slot[NAME]."
        if columns.count(column) > 1:
            yield f"has the column {column!r} twice."


def _row_faults(line: int, row: dict[str, str]) -> Iterator[str]:
    if "" in row or None in row.values():
        yield f"line {line}: has more or fewer cells than the first line."
        return
    for column in ("utterance", "intent"):
        if not row.get(column, "."):
            yield f"line {line}: {column} is empty."


def write_csv(annotations: AnnotationSet) -> str:
    """The text of the CSV file; what it cannot hold is left out, see `not_in_csv`."""
    names = dict.fromkeys([*annotations.csvSlots, *_filled(annotations.data)])
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow([*_FIXED, *(f"slot[{name}]" for name in names)])
    for one in annotations.data:
        intent = one.expected[0].intent
        cells = [wanted[0] if (wanted := _wanted(one, name)) else "" for name in names]
        writer.writerow([one.inputs.utterance, one.inputs.referenceTimestamp or "", intent.name, *cells])
    return target.getvalue()


def _wanted(one: Annotation, name: str) -> tuple[str, ...]:
    slot = one.expected[0].intent.slots.get(name)
    return slot.wanted if slot else ()


def not_in_csv(annotations: AnnotationSet) -> Iterator[str]:
    """What the CSV file does not hold, a sentence each."""
    if annotations.unknown:
        yield f"Keys that CSV has no column for: {', '.join(annotations.unknown)}."
    for one in annotations.data:
        for problem in _not_in_row(one):
            yield f"“{one.inputs.utterance}”: {problem}"


def _not_in_row(one: Annotation) -> Iterator[str]:
    first = one.expected[0]
    if len(one.expected) > 1:
        yield f"{len(one.expected)} expectations; CSV holds the first, {first.intent.name}."
    if first.domain is not None:
        yield f"the domain {first.domain}."
    for name, slot in first.intent.slots.items():
        if len(slot.wanted) > 1:
            yield f"slot {name} takes {len(slot.wanted)} values; CSV holds the first."
        elif not any(slot.wanted):
            yield f"slot {name}, which expects nothing; CSV writes it as not expected."
    slots = first.intent.slots.values()
    values = [slot.slotValue for slot in slots if slot.slotValue]
    unknown = [key for part in (one, one.inputs, first, first.intent, *slots, *values) for key in part.unknown]
    if unknown:
        yield f"keys that CSV has no column for: {', '.join(unknown)}."
