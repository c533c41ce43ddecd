"""Rules on the values of list types, and on the size of it all."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator

from skill.alexa.model_check.limits import LIMITS, ModelFault, fault
from skill.alexa.model_check.parts import Case, SlotType, Value
from skill.alexa.model_check.words import normalise

_VALUE_MARKS = " ,'.-&@"
"""Beside letters and digits: spaces, commas, apostrophes, periods, hyphens, ampersand, @."""
_ID = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")
_CAUTIOUS_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def values_say_something(case: Case) -> Iterator[ModelFault]:
    """A value and a synonym have a word."""
    for value, phrase in _phrases(case):
        if not phrase.strip():
            yield fault("value-empty", value.where, "A value or synonym is empty.", "Remove it.")


def value_characters(case: Case) -> Iterator[ModelFault]:
    """Letters, digits, spaces, commas, apostrophes, periods, hyphens, ampersand, @."""
    for value, phrase in _phrases(case):
        strange = "".join(dict.fromkeys(character for character in phrase if not _allowed(character)))
        if strange:
            remedy = "Use letters, digits, spaces, commas, apostrophes, periods, hyphens, & and @."
            yield fault("value-characters", value.where, f"“{phrase}” has {strange!r}.", remedy)


def value_lengths(case: Case) -> Iterator[ModelFault]:
    """At most as many characters as Alexa takes."""
    limit = LIMITS["value-length"]
    for value, phrase in _phrases(case):
        if len(phrase) > limit.number:
            yield fault("value-length", value.where, f"“{phrase}” has {len(phrase)} characters.", f"Keep to {limit}.")


def phrases_once(case: Case) -> Iterator[ModelFault]:
    """A phrase stands once in its type: as one value or one synonym."""
    for one in case.model.types or ():
        yield from _phrases_twice(one)


def _phrases_twice(one: SlotType) -> Iterator[ModelFault]:
    seen: dict[str, Value] = {}
    for value in one.values:
        for phrase in value.phrases:
            heard = normalise(phrase)
            if not heard:
                continue
            if heard in seen:
                problem = f"“{phrase}” stands in the type already, under {seen[heard].where}."
                yield fault("value-twice", value.where, problem, "Keep it where it fits best.")
            seen.setdefault(heard, value)


def value_ids(case: Case) -> Iterator[ModelFault]:
    """Well formed, unique in the type; all of a type's values have one, or none has."""
    for one in case.model.types or ():
        ids = [value.id for value in one.values]
        if any(ids):
            yield from (_missing_id(value) for value in one.values if value.id is None)
        yield from _ids_twice(one)
        yield from (_malformed_id(value) for value in one.values if value.id and not _well_formed(value.id))
        risky = [name for name in ids if name and _well_formed(name) and not _CAUTIOUS_ID.fullmatch(name)]
        if risky:
            problem = f"{len(risky)} ids, such as “{risky[0]}”, have capitals, periods or underscores."
            yield fault("value-id-caution", one.where, problem, "Try them on the live console before you rely on them.")


def _missing_id(value: Value) -> ModelFault:
    return fault("value-id-missing", value.where, "Other values of the type have an id, it has none.", "Give it one.")


def _malformed_id(value: Value) -> ModelFault:
    limit = LIMITS["value-id-length"]
    remedy = f"Use lower-case letters and digits with hyphens between them, at most {limit}."
    return fault("value-id-form", value.where, f"“{value.id}” is not well formed.", remedy)


def _ids_twice(one: SlotType) -> Iterator[ModelFault]:
    seen: dict[str, Value] = {}
    for value in one.values:
        if value.id is not None and value.id in seen:
            problem = f"{seen[value.id].where} has the id “{value.id}” already."
            yield fault("value-id-twice", value.where, problem, "Give each its own, or make one a synonym.")
        if value.id is not None:
            seen.setdefault(value.id, value)


def phrases_per_value(case: Case) -> Iterator[ModelFault]:
    """Our design: at most so many phrases a topic."""
    limit = LIMITS["phrases-per-value"]
    for value in _values(case):
        if len(value.phrases) > limit.number:
            yield fault("phrases-per-value", value.where, f"It has {len(value.phrases)} phrases.", f"Keep to {limit}.")


def total_values(case: Case) -> Iterator[ModelFault]:
    """At most so many in all types together. Synonyms are counted too: the sources do not say that they are free."""
    count, limit = sum(len(value.phrases) for value in _values(case)), LIMITS["total-values"]
    if count > limit.number:
        yield fault("total-values", "types", f"There are {count:,}.", f"Keep to {limit}.")


def model_size(case: Case) -> Iterator[ModelFault]:
    """Measured as our own files are written, with one space of indentation: the larger of two readings of the limit."""
    text = json.dumps(case.raw, indent=1, ensure_ascii=False, default=str)
    size, limit, once = len(text.encode("utf-8", "surrogatepass")), LIMITS["model-size"], LIMITS["model-size-once"]
    if size > limit.number:
        yield fault("model-size", "the file", f"It has {size:,} bytes.", f"Keep to {limit}: fewer phrases.")
    elif len(text) > once.number:
        yield fault("model-size-once", "the file", f"It has {len(text):,} characters.", f"Better keep to {once}.")


def _values(case: Case) -> Iterator[Value]:
    return (value for one in case.model.types or () for value in one.values)


def _phrases(case: Case) -> Iterator[tuple[Value, str]]:
    return ((value, phrase) for value in _values(case) for phrase in value.phrases)


def _allowed(character: str) -> bool:
    return character in _VALUE_MARKS or unicodedata.category(character)[0] in "LMN"


def _well_formed(identifier: str) -> bool:
    return len(identifier) <= LIMITS["value-id-length"].number and _ID.fullmatch(identifier) is not None


CHECKS = (
    values_say_something, value_characters, value_lengths, phrases_once, value_ids, phrases_per_value, total_values,
    model_size,
)  # fmt: skip
