"""Frozen values: what content files are read into and what the compiled library gives back, whole and unchecked.

What a file may hold stands in their annotations, in the words of `kinds.py`; nothing evaluates those before a file is
checked, so that an instance on Lambda answers without loading what checks files.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, FrozenInstanceError, dataclass, fields
from datetime import date
from enum import Enum
from inspect import cleandoc
from typing import Any, ClassVar, NoReturn, Self, TypeVar, dataclass_transform

_T = TypeVar("_T", bound=Callable[..., Any])

_KIND = ""
"""The key under which a value written as JSON says of which class it is: no key of content is empty."""
_CLASSES: dict[str, Callable[..., Any]] = {"date": date}


def written_by_name(cls: _T) -> _T:
    """A class whose values can stand in the compiled library. Names are unique."""
    _CLASSES[cls.__name__] = cls
    return cls


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Frozen:
    """Nobody edits what passes through; an unknown key is a spelling mistake, so it is refused.

    Its classes are dataclasses to whoever looks at their fields. What `dataclass` would write anew for each of forty
    stands here once, because an answer to a launch would wait for it.
    """

    __pydantic_config__: ClassVar[dict[str, Any]]
    _defaults: ClassVar[Mapping[str, Any]]

    def __init_subclass__(cls) -> None:
        made: Any = dataclass(init=False, repr=False, eq=False, kw_only=True)(cls)
        cls._defaults = {each.name: each.default for each in fields(made) if each.default is not MISSING}
        cls.__pydantic_config__ = {"extra": "forbid", "json_schema_extra": {"description": cleandoc(cls.__doc__ or "")}}
        written_by_name(cls)

    def __init__(self, **values: Any) -> None:
        vars(self).update({**self._defaults, **values})
        self.__post_init__()

    def __post_init__(self) -> None:
        """Raises ValueError where fields do not agree with one another."""

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError(f"{name} of {type(self).__name__}")

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """Each field and its value."""
        yield from vars(self).items()

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash(frozenset(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self)})"

    def updated(self, **changes: Any) -> Self:
        """A new one with these fields changed."""
        return type(self)(**{**vars(self), **changes})


def to_json(value: object) -> str:
    """Frozen values, dates, and lists and mappings of them."""
    return json.dumps(_plain(value), separators=(",", ":"), ensure_ascii=False)


def from_json(text: str) -> Any:
    """What `to_json` was given; lists are tuples. Nothing is checked: it was before it was written."""
    found = json.loads(text, object_hook=_revived)
    return tuple(found) if isinstance(found, list) else found


def _plain(value: object) -> object:
    if isinstance(value, Frozen):
        return {_KIND: type(value).__name__, **{name: _plain(part) for name, part in value}}
    if isinstance(value, Enum):
        return {_KIND: type(value).__name__, "value": value.value}
    if isinstance(value, date):
        return {_KIND: "date", "year": value.year, "month": value.month, "day": value.day}
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value


def _revived(found: dict[str, Any]) -> Any:
    kind = found.pop(_KIND, None)
    values = {key: tuple(part) if isinstance(part, list) else part for key, part in found.items()}
    return values if kind is None else _CLASSES[kind](**values)
