"""Utterances made comparable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.text import comparable, legible, tokens


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


@pytest.mark.parametrize(
    ("arrived", "read"),
    [
        ("i'm bl\u00adeeding", "i'm bleeding"),
        ("\uff49 can&#39;t", "i can't"),
        ("can&amp;#39;t", "can't"),
        ("bre\x00athe", "breathe"),
        ("<speak>my <emphasis level='strong'>back</emphasis></speak>", " my  back  "),
        ("<i'm bleeding>", "<i'm bleeding>"),
        ("pain <3 days & fever &not better; 38.5\u00b0C", "pain <3 days & fever &not better; 38.5\u00b0C"),
        ("38\u00ba", "38\u00b0"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_what_is_read_of_what_arrives(arrived: str, read: str) -> None:
    assert legible(arrived) == read


@given(st.text(st.sampled_from("abcdefghij '.,;?!-/%()0123456789"), max_size=80))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert legible(text) == text


@given(st.text(max_size=300))
def test_comparable_is_words_and_stays_the_same_when_repeated(text: str) -> None:
    made = comparable(text)
    assert all("a" <= letter <= "z" or letter == " " for letter in made)
    assert comparable(made) == made
