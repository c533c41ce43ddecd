"""Utterances made comparable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.text import comparable, tokens


@pytest.mark.parametrize(
    ("said", "made"),
    [
        ("My waters've gone, I can't feel him!", "my waters have gone i can not feel him"),
        ("she\u2019s fitting", "she is fitting"),
        ("wife's fitting", "wife fitting"),
        ("my mum's tummy", "my mom belly"),
        ("anaemia and diarrhoea in labour", "anemia and diarrhea in labor"),
        ("38.5", "thirty eight point five"),
        ("bp 170/110", "bp one hundred and seventy over one hundred and ten"),
        ("i cannae breathe", "i can not breathe"),
        ("dont know", "do not know"),
        ("won't stop", "will not stop"),
        ("pre-eclampsia", "preeclampsia"),
        ("", ""),
        ("?!", ""),
    ],
)
def test_comparable(said: str, made: str) -> None:
    assert comparable(said) == made
    assert tokens(said) == made.split()


@given(st.text(max_size=300))
def test_comparable_is_words_and_stays_the_same_when_repeated(text: str) -> None:
    made = comparable(text)
    assert all("a" <= letter <= "z" or letter == " " for letter in made)
    assert comparable(made) == made
