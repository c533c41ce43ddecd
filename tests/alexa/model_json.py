"""JSON for every class of ask_sdk_model: filled from its own tables of names and types, whole or at random."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from enum import Enum
from functools import cache
from typing import Any

import ask_sdk_model
from hypothesis import strategies as st

_DEEPEST = 4
_OF_PRIMITIVES: dict[str, list[Any]] = {
    "str": ["", "back pain", "ß\u2028", "5"],
    "int": [0, 7, -1],
    "float": [0.5, 3, -2.25],
    "bool": [True, False],
    "object": [None, 1, "x", [1, {"a": None}], {"b": [True]}],
    "datetime": ["2026-06-01T12:00:00Z", "2026-06-01T12:00:00.250+02:00", "2026-06-01"],
}
ODD = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(-5, 5) | st.text(max_size=3),
    lambda inside: st.lists(inside, max_size=2) | st.dictionaries(st.text(max_size=3), inside, max_size=2),
    max_leaves=4,
)
ODD_NAMES = st.sampled_from(["type", "name", "object_type", "to_dict", "__dict__", "__class__", "deserialized_types"])


@cache
def model_classes() -> tuple[type, ...]:
    """Every class that ask_sdk_model can read or write."""
    found: dict[type, None] = {}
    for module in pkgutil.walk_packages(ask_sdk_model.__path__, "ask_sdk_model."):
        for thing in vars(importlib.import_module(module.name)).values():
            if inspect.isclass(thing) and hasattr(thing, "deserialized_types"):
                found[thing] = None
    return tuple(found)


def named(name: str) -> Any:
    module, _, last = name.rpartition(".")
    return getattr(importlib.import_module(module), last)


def _class_of(declared: Any) -> Any:
    """The class; a stranger for the one name in the SDK's tables (an alert's spoken info) that leads nowhere."""
    try:
        return named(declared) if isinstance(declared, str) else declared
    except ModuleNotFoundError:
        return Stranger


class Stranger:
    """Nothing is known of its fields."""

    deserialized_types: dict[str, str] = {}  # noqa: RUF012 - as the SDK's classes have it
    attribute_map: dict[str, str] = {}  # noqa: RUF012


def children(kind: Any) -> list[str]:
    """The names of what an abstract class stands for in JSON; none for any other class."""
    return sorted(getattr(kind, "discriminator_value_class_map", {}))


def whole(declared: Any, depth: int = 0, pick: int = 0) -> Any:
    """JSON with every field filled, as deep as fits; `pick` chooses among values and children."""
    if isinstance(declared, str) and declared in _OF_PRIMITIVES:
        values = _OF_PRIMITIVES[declared]
        return values[pick % len(values)]
    if isinstance(declared, str) and (inside := re.fullmatch(r"list\[(.*)\]|dict\(str, (.*)\)", declared)):
        value = whole(inside[1] or inside[2], depth + 1, pick)
        return [value, None] if inside[1] else {"one": value, "none": None}
    kind = _class_of(declared)
    if issubclass(kind, Enum):
        return list(kind)[pick % len(list(kind))].value
    return whole_model(kind, depth, pick)


def whole_model(kind: Any, depth: int = 0, pick: int = 0) -> dict[str, Any]:
    discriminator, concrete = {}, kind
    if names := children(kind):
        own = [name for name in names if named(kind.discriminator_value_class_map[name]) is kind]
        name = own[0] if own else names[pick % len(names)]
        discriminator = {kind.json_discriminator_key: name}
        concrete = named(kind.discriminator_value_class_map[name])
    if depth > _DEEPEST:
        return discriminator
    fields = {
        concrete.attribute_map[attribute]: whole(declared, depth + 1, pick)
        for attribute, declared in concrete.deserialized_types.items()
    }
    return fields | {"extra of Alexa's": {"kept": [1]}} | discriminator


def any_of(declared: Any, depth: int = 0) -> st.SearchStrategy[Any]:
    """JSON that mostly is as declared; now and then a field is missing, null, of another type or new."""
    if isinstance(declared, str) and declared in _OF_PRIMITIVES:
        return _now_and_then_odd(st.sampled_from(_OF_PRIMITIVES[declared]))
    if isinstance(declared, str) and (inside := re.fullmatch(r"list\[(.*)\]|dict\(str, (.*)\)", declared)):
        each = any_of(inside[1] or inside[2], depth + 1)
        many = st.lists(each, max_size=2) if inside[1] else st.dictionaries(st.text(max_size=3), each, max_size=2)
        return _now_and_then_odd(many)
    kind = _class_of(declared)
    if issubclass(kind, Enum):
        return _now_and_then_odd(st.sampled_from([member.value for member in kind]))
    return _now_and_then_odd(any_model(kind, depth))


def _now_and_then_odd(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.integers(0, 60).flatmap(lambda at: ODD if at == 60 else strategy)


@st.composite
def any_model(draw: st.DrawFn, kind: Any, depth: int = 0) -> dict[str, Any]:
    value: dict[str, Any] = {}
    concrete = kind
    if names := children(kind):
        name = draw(st.sampled_from(names))
        value[kind.json_discriminator_key] = name
        concrete = named(kind.discriminator_value_class_map[name])
    if depth <= _DEEPEST:
        for attribute, declared in concrete.deserialized_types.items():
            if draw(st.booleans()):
                value.setdefault(concrete.attribute_map[attribute], draw(any_of(declared, depth + 1)))
    if draw(st.integers(0, 30)) == 30:
        value[draw(ODD_NAMES | st.text(max_size=4))] = draw(ODD)
    return value
