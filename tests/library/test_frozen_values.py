"""Frozen values are written as JSON and come back equal, of their own classes."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from skill.library.article import Review
from skill.library.frozen import from_json, to_json
from skill.library.signs import Level, Pattern


def test_values_come_back_equal_and_of_their_own_classes() -> None:
    pattern = Pattern(all=("bleeding", "heavy"), within=3, level=Level.EMERGENCY)
    review = Review(status="reviewed", by="Ann", on=date(2026, 11, 26))
    again = from_json(to_json({"rules": (pattern,), "review": review, "words": {"a": ("b",)}}))
    assert again == {"rules": (pattern,), "review": review, "words": {"a": ("b",)}}
    assert again["rules"][0].level is Level.EMERGENCY
    assert isinstance(again["review"].on, date)


def test_nobody_edits_what_passes_through() -> None:
    review = Review(status="unreviewed")
    with pytest.raises(FrozenInstanceError):
        review.status = "reviewed"  # type: ignore[misc]


def test_an_updated_value_is_a_new_one_and_what_is_left_out_is_as_the_class_says() -> None:
    pattern = Pattern(all=("bleeding",))
    wider = pattern.updated(within=3)
    assert (pattern.within, wider.within) == (Pattern.within, 3)
    assert wider.updated(within=pattern.within) == pattern
