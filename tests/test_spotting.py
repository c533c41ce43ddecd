"""Expressions: words, stems, choices, rows, lists of words, gaps, words that may be left out."""

from __future__ import annotations

import pytest

from skill.spotting import Spotter, UnknownWordListError


def found(expression: str, text: str) -> list[str]:
    words = text.split()
    spots = Spotter({"it": [expression]}, {"hurts": ["hurt*", "ache*"]}).find(words)
    return [" ".join(words[spot.start : spot.end]) for spot in spots]


@pytest.mark.parametrize(
    ("expression", "text", "spans"),
    [
        ("pad", "a pad here", ["pad"]),
        ("pad", "a padded seat", []),
        ("pad*", "a padded seat", ["padded"]),
        ("pad|towel", "one towel", ["towel"]),
        ("(my) chest", "my chest", ["my chest", "chest"]),
        ("back .. <hurts>", "my back really really hurts", ["back really really hurts"]),
        ("back .. <hurts>", "back one two three four hurts", []),
        ("back .... <hurts>", "back one two three four hurts", ["back one two three four hurts"]),
        ("rash .. all_over|everywhere", "a rash is all over me", ["rash is all over"]),
        ("rash .. all_over|everywhere", "a rash is all gone", []),
        ("a b", "a", []),
        ("^ (so) can .... cause", "so can plaque cause it", ["so can plaque cause"]),
        ("^ can .... cause", "so can plaque cause it", []),
    ],
)
def test_expressions(expression: str, text: str, spans: list[str]) -> None:
    assert found(expression, text) == spans


def test_longest_reading_is_kept_and_names_what_it_skipped() -> None:
    (spot,) = Spotter({"it": ["pain .. hurt*"]}, {}).find(["pain", "hurts", "it", "hurts"])
    assert (spot.start, spot.end, spot.skipped) == (0, 4, {1, 2})


def test_a_list_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownWordListError, match="'nowhere'"):
        Spotter({"it": ["a <nowhere>"]}, {})
