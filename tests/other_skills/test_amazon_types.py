"""What Alexa would send for words in slots of its own types."""

from __future__ import annotations

from datetime import date

import pytest
from num2words import num2words

from skill.other_skills.amazon_types import as_alexa_sends, number_of
from skill.simulator.normalise import normalise

WEDNESDAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("slot_type", "words", "sent"),
    [
        ("NUMBER", "forty two", "42"),
        ("NUMBER", "a lot", "?"),
        ("NUMBER", "one two three", "123"),
        ("FOUR_DIGIT_NUMBER", "nineteen eighty four", "1984"),
        ("FOUR_DIGIT_NUMBER", "two thousand and six", "2006"),
        ("FOUR_DIGIT_NUMBER", "one two three four", "1234"),
        ("FOUR_DIGIT_NUMBER", "one million", "?"),
        ("Ordinal", "twenty first", "21"),
        ("DATE", "today", "2026-11-18"),
        ("DATE", "tomorrow", "2026-11-19"),
        ("DATE", "wednesday", "2026-11-25"),
        ("DATE", "next friday", "2026-11-20"),
        ("DATE", "july fourth", "2027-07-04"),
        ("DATE", "february twenty ninth", "2028-02-29"),
        ("DATE", "some day", "some day"),
        ("TIME", "five pm", "17:00"),
        ("TIME", "twelve am", "00:00"),
        ("TIME", "six thirty", "06:30"),
        ("TIME", "noon", "12:00"),
        ("TIME", "evening", "EV"),
        ("TIME", "soon", "soon"),
        ("DURATION", "ten minutes", "PT10M"),
        ("DURATION", "a week", "P1W"),
        ("DURATION", "ages", "ages"),
        ("City", "new york", "new york"),
    ],
)
def test_words_are_sent_as_what_they_mean(slot_type: str, words: str, sent: str) -> None:
    assert as_alexa_sends(f"AMAZON.{slot_type}", words, WEDNESDAY) == sent


def test_every_number_that_the_matcher_spells_is_read_back() -> None:
    numbers = [*range(130), *range(130, 2000, 37), 10_000, 123_456, 1_000_000, 999_999_999]
    assert [number for number in numbers if number_of(normalise(num2words(number))) != number] == []
