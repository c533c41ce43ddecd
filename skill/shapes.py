"""JSON that comes back from outside → a frozen value of ours, or a refusal: what fits the annotations of its class.

It does for a few small classes, at every turn, what a library of schemas does for content files, since somebody who
waits for a launch on Lambda would wait for that library too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Protocol, Union, get_args, get_origin, get_type_hints

Read = Callable[[Any], Any]
"""Parsed JSON in, the value out. Raises ValueError for what does not fit."""


class Limit(Protocol):
    """What an annotation may ask of a value beside its type."""

    def allows(self, value: Any) -> bool:
        """Whether it is kept."""


@dataclass(frozen=True)
class Within:
    """A number."""

    least: int
    most: int

    def allows(self, value: Any) -> bool:
        """See Limit."""
        return bool(self.least <= value <= self.most)


@dataclass(frozen=True)
class AtMost:
    """A text by its characters, or a list by its entries."""

    most: int

    def allows(self, value: Any) -> bool:
        """See Limit."""
        return len(value) <= self.most


@dataclass(frozen=True)
class Like:
    """A text as a regular expression describes it, all of it."""

    pattern: str

    def allows(self, value: Any) -> bool:
        """See Limit."""
        return re.fullmatch(self.pattern, value) is not None


def reader(kind: Any) -> Read:
    """What reads a `kind`: a dataclass, an enumeration, a plain type, a choice or tuple of these, limited or not."""
    if (parts := get_args(kind)) and (origin := get_origin(kind)) is not None:
        return _COMPOSED[origin](parts)
    if isinstance(kind, type) and is_dataclass(kind):
        return _fields(kind)
    return kind if issubclass(kind, Enum) else _plain(kind)


def _limited(parts: tuple[Any, ...]) -> Read:
    read, (limit,) = reader(parts[0]), parts[1:]

    def limited(value: Any) -> Any:
        found = read(value)
        _demand(limit.allows(found))
        return found

    return limited


def _either(kinds: tuple[Any, ...]) -> Read:
    """A kind or None: there is no other choice among the few classes."""
    (read,) = (reader(kind) for kind in kinds if kind is not NoneType)
    return lambda value: None if value is None else read(value)


def _one_of(values: tuple[Any, ...]) -> Read:
    def one(value: Any) -> Any:
        _demand(any(type(value) is type(other) and value == other for other in values))
        return value

    return one


def _listed(parts: tuple[Any, ...]) -> Read:
    return _each(reader(parts[0])) if parts[-1] is ... else _in_turn([reader(part) for part in parts])


def _each(read: Read) -> Read:
    def each(value: Any) -> tuple[Any, ...]:
        _demand(isinstance(value, list))
        return tuple(map(read, value))

    return each


def _in_turn(reads: list[Read]) -> Read:
    def in_turn(value: Any) -> tuple[Any, ...]:
        _demand(isinstance(value, list) and len(value) == len(reads))
        return tuple(read(part) for read, part in zip(reads, value, strict=True))

    return in_turn


_COMPOSED = {Annotated: _limited, Union: _either, UnionType: _either, Literal: _one_of, tuple: _listed}


def _fields(kind: Any) -> Read:
    hints = get_type_hints(kind, include_extras=True)
    reads = {field.name: reader(hints[field.name]) for field in fields(kind)}

    def read(value: Any) -> Any:
        _demand(isinstance(value, dict) and value.keys() <= reads.keys())
        return kind(**{name: reads[name](part) for name, part in value.items()})

    return read


def _plain(kind: type) -> Read:
    """A truth value is no number, whatever Python says; a whole number is one with a point."""
    kinds = (int, float) if kind is float else (kind,)

    def plain(value: Any) -> Any:
        _demand(type(value) in kinds)
        return value

    return plain


def _demand(fits: bool) -> None:
    if not fits:
        raise ValueError("is not of this shape")
