"""What is said and what is written become the same words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.simulator.hear import normalise


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Why does my BACK hurt?!", "why does my back hurt"),
        ("I\u2019m 38 weeks", "i'm thirty eight weeks"),
        ("blood-tinged, stringy", "blood tinged stringy"),
        ("call 999", "call nine hundred and ninety nine"),
        ("1234", "one thousand two hundred and thirty four"),
        ("my 2nd baby", "my second baby"),
        ("the 1stest", "the one stest"),
        ("20wks", "twenty wks"),
        ("007", "zero zero seven"),
        ("0123456789", "zero one two three four five six seven eight nine"),
        ("38.5", "thirty eight five"),
        ("snake_case", "snake case"),
        ("caf\u00e9 cafe\u0301", "caf\u00e9 caf\u00e9"),
        ("baby\U0001f476\U0001f3fdkicks \u2764\ufe0f", "baby kicks"),
        ("\u0663 \u0623\u0633\u0627\u0628\u064a\u0639", "three \u0623\u0633\u0627\u0628\u064a\u0639"),
        ("' '' rock 'n' roll", "rock 'n' roll"),
        (" \t\n", ""),
    ],
)
def test_text_becomes_comparable_words(text, words):
    assert normalise(text) == words


@given(st.text())
def test_normalising_twice_changes_nothing_more(text):
    once = normalise(text)
    assert normalise(once) == once


@given(st.text())
def test_words_have_single_spaces_no_digits_and_no_marks(text):
    words = normalise(text)
    assert words == " ".join(words.split())
    assert all(any(map(str.isalnum, word)) for word in words.split())
    assert not any(character.isdecimal() for character in words)
    assert not set(words) & set('.,;:!?-_/()[]{}"')
