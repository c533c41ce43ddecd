"""JSON ↔ the SDK's model objects, behind the SDK's own interface and quicker than its own serializer.

ask-sdk-core's DefaultSerializer looks up every class, field and type anew for every value it reads: that was five
sixths of a request's time. Here each class is looked at once, and what was found stays as a function. The libraries
that do such things (msgspec, cattrs, pydantic) make objects of their own kinds of classes only; the SDK's are plain
classes with tables of names beside them, and its handlers expect exactly those.

Whatever is out of the ordinary (another type than declared, an unknown discriminator, anything that raises) is given
to DefaultSerializer as a whole, so that its answer, or its error, is the answer. tests/alexa/test_serializer.py holds
the two equal over every model class there is.
"""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model.services import Serializer
from dateutil.parser import parse
from dateutil.tz import tzutc

from skill.screens.documents import Document

_Convert = Callable[[Any], Any]

_LIST = re.compile(r"list\[([^,]*)\]")
_DICT = re.compile(r"dict\([^,]*, (.*)\)")
_PLAIN_TIME = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
"""How Alexa writes a time; there are other ways, and dateutil, which the SDK uses, knows them."""
_UTC = tzutc()


class _Unusual(Exception):
    """Not for the quick way."""


class QuickSerializer(Serializer):  # type: ignore[misc]
    """Agrees with DefaultSerializer in what it gives and in what it refuses; safe to share between threads."""

    def __init__(self) -> None:
        self._sdks = DefaultSerializer()
        self._writers: dict[type, _Convert] = {Document: _as_it_is}
        self._families: list[tuple[Any, _Convert]] = [
            (str | int | float | bytes | type(None), _as_it_is),
            (list, self._values),
            (tuple, lambda values: tuple(self._values(values))),
            (date, lambda moment: moment.isoformat()),  # datetime is one
            (Enum, lambda member: member.value),
            (Decimal, self._sdks.serialize),
            (dict, self._entries),
        ]

    def deserialize(self, payload: str | dict[str, Any] | None, obj_type: Any) -> Any:
        """JSON → an object of `obj_type`, a class or its name as the SDK writes it. JSON that was parsed already is
        taken as well, and not changed. Raises SerializationException as the SDK's own does.
        """
        if payload is None:
            return None
        try:
            value = json.loads(payload) if isinstance(payload, str) else payload
            return None if value is None else _reader(obj_type)(value)
        except Exception:  # whatever is wrong, the SDK's own serializer finds it again and says so in its words
            return self._sdks.deserialize(payload if isinstance(payload, str) else json.dumps(payload), obj_type)

    def serialize(self, obj: Any) -> Any:
        """A model object, or any value with such in it → what can be written as JSON. A Document is given as it is."""
        kind = type(obj)
        writer = self._writers.get(kind)
        if writer is None:
            writer = self._writers[kind] = self._writer(kind)
        return writer(obj)

    def _writer(self, kind: type) -> _Convert:
        """How values of a class are written; asked in the order in which DefaultSerializer asks."""
        of_family = next((writer for family, writer in self._families if issubclass(kind, family)), None)
        if of_family is not None:
            return of_family
        return self._model_writer(kind) if hasattr(kind, "deserialized_types") else self._sdks.serialize

    def _values(self, values: list[Any]) -> list[Any]:
        return [self.serialize(value) for value in values]

    def _entries(self, values: dict[Any, Any]) -> dict[Any, Any]:
        # Most values are strings, and a call for each would cost as much as all the rest.
        return {key: value if type(value) is str else self.serialize(value) for key, value in values.items()}

    def _model_writer(self, kind: Any) -> _Convert:
        pairs = [(attribute, _name_of(attribute, kind)) for attribute in kind.deserialized_types]

        def write(model: Any) -> Any:
            own = vars(model)
            if "deserialized_types" in own or "attribute_map" in own:  # an envelope may name anything
                return self._sdks.serialize(model)
            given = ((name, getattr(model, attribute)) for attribute, name in pairs)
            return {name: self.serialize(value) for name, value in given if value is not None}

        return write


def _as_it_is(value: Any) -> Any:
    return value


def _name_of(attribute: str, kind: Any) -> str:
    """What an attribute is called in JSON."""
    return str(getattr(kind, "attribute_map", {}).get(attribute, attribute))


@cache
def _reader(declared: Any) -> _Convert:
    """How JSON of a declared type is read: the SDK's notation ("list[str]", "ask_sdk_model.slot.Slot"), or a class."""
    if declared in _SIMPLE:
        return _SIMPLE[declared]
    if isinstance(declared, type):
        return _class_reader(declared)
    if found := _LIST.fullmatch(declared):
        return _list_reader(_reader(found[1].strip()))
    if found := _DICT.fullmatch(declared):
        return _dict_reader(_reader(found[1]))
    return _reader_by_name(declared)


def _reader_by_name(name: str) -> _Convert:
    """Made when it is first needed: classes name one another in circles."""

    def read(value: Any) -> Any:
        return _named_reader(name)(value)

    return read


@cache
def _named_reader(name: str) -> _Convert:
    return _class_reader(_named(name))


def _named(name: str) -> Any:
    module, _, class_name = name.rpartition(".")
    return getattr(importlib.import_module(module), class_name)


def _moment(text: str) -> datetime:
    if _PLAIN_TIME.fullmatch(text):
        return datetime.fromisoformat(text[:-1]).replace(tzinfo=_UTC)
    moment: datetime = parse(text)
    return moment


_SIMPLE: dict[object, _Convert] = {
    "str": str, "int": int, "long": int, "float": float, "bool": bool, "object": _as_it_is, "datetime": _moment,
    str: str, int: int, float: float, bool: bool, object: _as_it_is, datetime: _moment,
}  # fmt: skip


def _list_reader(of_each: _Convert) -> _Convert:
    def read(values: Any) -> list[Any]:
        if type(values) is not list:
            raise _Unusual
        return [None if value is None else of_each(value) for value in values]

    return read


def _dict_reader(of_each: _Convert) -> _Convert:
    def read(values: Any) -> dict[str, Any]:
        if type(values) is not dict:
            raise _Unusual
        return {key: None if value is None else of_each(value) for key, value in values.items()}

    return read


def _class_reader(kind: Any) -> _Convert:
    if issubclass(kind, Enum):
        return {member.value: member for member in kind}.__getitem__
    if not hasattr(kind, "deserialized_types"):
        raise _Unusual
    if hasattr(kind, "get_real_child_model"):  # an abstract class: the JSON says which of its children it is
        return lambda value: _child_reader(kind.get_real_child_model(value))(value)
    return _model_reader(kind)


@cache
def _child_reader(name: str) -> _Convert:
    return _model_reader(_named(name))


def _model_reader(kind: Any) -> _Convert:
    fields = {
        _name_of(attribute, kind): (attribute, _reader(declared))
        for attribute, declared in kind.deserialized_types.items()
    }
    at_first = vars(kind())

    def read(value: Any) -> Any:
        if type(value) is not dict:
            raise _Unusual
        model = object.__new__(kind)
        attributes = vars(model)
        attributes.update(at_first)
        unknown = []
        for name, given in value.items():
            if name in fields:
                attribute, convert = fields[name]
                attributes[attribute] = None if given is None else convert(given)
            else:
                unknown.append(name)
        for name in unknown:  # kept like the others, last, as the SDK does
            setattr(model, name, value[name])
        return model

    return read
