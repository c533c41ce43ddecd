"""What comes back from outside is read by the annotations of a class, or refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest

from skill.shapes import AtMost, Like, Within, reader


class Color(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Inner:
    share: Annotated[float, Within(0, 1)] | None = None


@dataclass(frozen=True)
class Outer:
    color: Color = Color.RED
    level: Literal["low", "high"] = "low"
    number: Annotated[int, Within(1, 9)] | None = None
    names: Annotated[tuple[Annotated[str, AtMost(3)], ...], AtMost(2)] = ()
    pair: tuple[str, int] = ("", 0)
    key: Annotated[str, Like("[0-9a-f]{4}")] = "0000"
    sure: bool = False
    inner: Inner = Inner()


def test_what_fits_becomes_the_value() -> None:
    sent = {"color": "red", "level": "high", "number": 9, "names": ["ann", "bo"], "pair": ["a", 1], "key": "00ff",
            "sure": True, "inner": {"share": 1}}  # fmt: skip
    assert reader(Outer)(sent) == Outer(
        Color.RED, "high", 9, ("ann", "bo"), ("a", 1), "00ff", sure=True, inner=Inner(share=1)
    )


def test_what_is_not_there_is_as_at_the_start() -> None:
    assert reader(Outer)({}) == Outer()
    assert reader(Outer)({"number": None}) == Outer()


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        {"other": 1},
        {"color": "blue"},
        {"color": []},
        {"level": "middle"},
        {"number": 0},
        {"number": 10},
        {"number": True},
        {"number": 2.0},
        {"number": "2"},
        {"names": "ann"},
        {"names": ["anna"]},
        {"names": ["a", "b", "c"]},
        {"pair": ["a"]},
        {"pair": ["a", "b"]},
        {"key": "00ff0"},
        {"key": "00f\n"},
        {"key": None},
        {"sure": 1},
        {"inner": None},
        {"inner": {"share": float("nan")}},
        {"inner": {"share": 1.5}},
        {"inner": {"share": "1"}},
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused(sent: Any) -> None:
    with pytest.raises(ValueError, match="is not"):
        reader(Outer)(sent)
