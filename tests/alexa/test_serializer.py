"""QuickSerializer against the SDK's own: what one gives, or refuses, the other does, for every model class."""

from __future__ import annotations

import copy
import json
from decimal import Decimal
from typing import Any

import pytest
from alexa.model_json import ODD, any_model, children, model_classes, named, whole_model
from ask_sdk_core.exceptions import SerializationException
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import Request, RequestEnvelope, Response, ResponseEnvelope
from ask_sdk_model.interfaces.alexa.presentation.apl import RenderDocumentDirective
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skill.alexa.serializer import QuickSerializer
from skill.screens.documents import PAGE

SDKS, QUICK = DefaultSerializer(), QuickSerializer()
REQUESTS = sorted((ROOT / "tests" / "requests").glob("*.json"))
SLOW_TO_DRAW = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


def outcome(do: Any, *args: Any) -> Any:
    """What it gives, or the kind and words of what it raises."""
    try:
        return alike(do(*args))
    except Exception as error:
        return type(error), str(error)


def alike(value: Any) -> Any:
    """A value with its types, so that 1, 1.0 and True differ, and objects by their class and everything in them."""
    if isinstance(value, dict):
        return type(value), [
            (key, alike(inside)) for key, inside in sorted(value.items(), key=lambda entry: str(entry[0]))
        ]
    if isinstance(value, list | tuple):
        return type(value), [alike(inside) for inside in value]
    if type(value).__module__.startswith("ask_sdk_model") and hasattr(value, "deserialized_types"):
        return type(value), alike(vars(value))
    return type(value), value


def agree_on_reading(payload: Any, kind: Any) -> None:
    text = json.dumps(payload)
    before = copy.deepcopy(payload)
    expected = outcome(SDKS.deserialize, text, kind)
    assert outcome(QUICK.deserialize, text, kind) == expected
    if isinstance(payload, dict):
        assert outcome(QUICK.deserialize, payload, kind) == expected
        assert payload == before


def read_or_none(payload: Any, kind: Any) -> Any:
    """None for what the SDK refuses."""
    try:
        return SDKS.deserialize(json.dumps(payload), kind)
    except SerializationException:
        return None


def agree_on_writing(value: Any) -> None:
    assert outcome(QUICK.serialize, value) == outcome(SDKS.serialize, value)


@pytest.mark.parametrize("path", REQUESTS, ids=lambda path: path.stem)
def test_a_recorded_request_is_read_and_written_alike(path: Any) -> None:
    payload = json.loads(path.read_text())
    agree_on_reading(payload, RequestEnvelope)
    agree_on_writing(SDKS.deserialize(json.dumps(payload), RequestEnvelope))


@pytest.mark.parametrize("path", REQUESTS, ids=lambda path: path.stem)
def test_a_recorded_request_takes_the_quick_way(path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else all would agree, and nothing would be quicker."""
    monkeypatch.setattr(QUICK, "_sdks", None)
    assert QUICK.deserialize(path.read_text(), RequestEnvelope).request is not None


@pytest.mark.parametrize("pick", range(5))
@pytest.mark.parametrize("name", children(Request))
def test_every_request_type_is_read_alike(name: str, pick: int) -> None:
    request = whole_model(named(Request.discriminator_value_class_map[name]), 0, pick) | {"type": name}
    envelope = whole_model(RequestEnvelope, 0, pick) | {"request": request}
    agree_on_reading(envelope, RequestEnvelope)
    agree_on_writing(QUICK.deserialize(envelope, RequestEnvelope))


@pytest.mark.parametrize("pick", range(3))
def test_every_model_class_is_read_and_written_alike(pick: int) -> None:
    assert len(model_classes()) > 400
    for kind in model_classes():
        payload = whole_model(kind, 0, pick)
        agree_on_reading(payload, kind)
        agree_on_writing(read_or_none(payload, kind))
        agree_on_writing(kind())


def test_nothing_that_can_change_is_shared_between_objects() -> None:
    """Fields start as the class sets them, copied from one object: so none of them may be a list or the like."""
    for kind in model_classes():
        assert {type(value) for value in vars(kind()).values()} <= {type(None), str, int, float, bool}


@SLOW_TO_DRAW
@given(st.data())
def test_random_requests_are_read_alike(data: st.DataObject) -> None:
    agree_on_reading(data.draw(any_model(RequestEnvelope)), RequestEnvelope)


@SLOW_TO_DRAW
@given(st.data())
def test_random_objects_of_every_class_are_read_and_written_alike(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(model_classes()))
    payload = data.draw(any_model(kind))
    agree_on_reading(payload, kind)
    agree_on_writing(read_or_none(payload, kind))


@given(
    ODD, st.sampled_from([RequestEnvelope, "str", "int", "datetime", "list[str]", "dict(str, str)", "no.such.Thing"])
)
def test_anything_at_all_is_read_alike(payload: Any, kind: Any) -> None:
    agree_on_reading(payload, kind)


@pytest.mark.parametrize("text", ["", "{", "nonsense", '"x"', "null", "NaN", '{"a": 1, "a": 2}', "[" * 100_000])
def test_text_that_is_no_request_is_refused_alike(text: str) -> None:
    assert outcome(QUICK.deserialize, text, RequestEnvelope) == outcome(SDKS.deserialize, text, RequestEnvelope)


@pytest.mark.parametrize(
    "time",
    ["2026-06-01T12:00:00Z", "2026-06-01T12:00:00.5Z", "2026-06-01T12:00:00+05:30", "2026-06-01T12:00:00",
     "2026-13-01T12:00:00Z", "2026-02-30T12:00:00Z", "2026-06-01T24:00:00Z", "2026-06-01T12:00:60Z", "tomorrow", "",
     "1 June 2026", "0001-01-01T00:00:00Z", "\uff12\uff10\uff12\uff16-06-01T12:00:00Z", 1780315200, 1780315200000,
     True, [], {}],
)  # fmt: skip
def test_a_time_is_read_alike(time: Any) -> None:
    request = {"type": "LaunchRequest", "timestamp": time}
    agree_on_reading({"request": request}, RequestEnvelope)


def test_values_of_every_kind_are_written_alike() -> None:
    moment = SDKS.deserialize('"2026-06-01T12:00:00Z"', "datetime")
    values: list[Any] = [None, "x", 1, 1.5, True, b"x", (1, "a"), moment, moment.date(), Decimal("2"), Decimal("2.5")]
    agree_on_writing([*values, {"a": values, 3: None}])
    agree_on_writing(object())


def test_a_document_is_written_as_it_is_and_alike() -> None:
    response = ResponseEnvelope(
        response=Response(directives=[RenderDocumentDirective(token="t", document=PAGE, datasources={"a": {"b": 1}})])
    )
    written = QUICK.serialize(response)
    assert written["response"]["directives"][0]["document"] is PAGE
    assert json.dumps(written) == json.dumps(SDKS.serialize(response))
