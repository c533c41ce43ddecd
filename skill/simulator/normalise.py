"""What makes a sentence and a sample comparable (rule 1): lower case, no marks but apostrophes, digits as words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from num2words import num2words

LONGEST_SPOKEN_NUMBER = 9
"""Digits. Longer runs are telephone numbers and the like: people say them digit by digit."""

_CURLY_APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u2018\u02bc\uff07", "'"))
_NOT_SAID = re.compile(r"[^a-z0-9']+")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)(?![^\W\d_])")
_DIGITS = re.compile(r"\d+")


def normalise(text: str) -> str:
    """Takes any text; gives lower-case words with single spaces between them, perhaps none. Raises nothing.

    Rule 1: lower case; punctuation but apostrophes becomes a space; digits are spelled as words ("38th" as
    "thirty eighth"). Symbols and emoji count as punctuation. A word needs a letter or a digit.
    """
    text = unicodedata.normalize("NFC", text.translate(_CURLY_APOSTROPHES)).lower()
    text = _NOT_SAID.sub(" ", text) if text.isascii() else "".join(map(_said, text))
    text = _ORDINAL.sub(lambda found: f" {_ordinal(found[1])} ", text)
    text = _DIGITS.sub(lambda found: f" {_cardinal(found[0])} ", text)
    words = unicodedata.normalize("NFC", text).split()
    return " ".join(word for word in words if any(map(str.isalnum, word)))


@lru_cache(maxsize=4096)
def _said(character: str) -> str:
    """The character itself if it is part of a word, else a space. Marks belong to the letter before them."""
    return character if character == "'" or unicodedata.category(character)[0] in "LMN" else " "


@lru_cache(maxsize=4096)
def _cardinal(digits: str) -> str:
    """ "38" as "thirty eight"; digit by digit when it begins with a zero or is too long to be a number."""
    if len(digits) > LONGEST_SPOKEN_NUMBER or (len(digits) > 1 and unicodedata.decimal(digits[0]) == 0):
        return " ".join(_plain(num2words(unicodedata.decimal(digit))) for digit in digits)
    return _plain(num2words(int(digits)))


@lru_cache(maxsize=4096)
def _ordinal(digits: str) -> str:
    """ "38" as "thirty eighth"; what is too long to be a number is read digit by digit."""
    if len(digits) > LONGEST_SPOKEN_NUMBER:
        return _cardinal(digits)
    return _plain(num2words(int(digits), to="ordinal"))


def _plain(number: str) -> str:
    """num2words writes "one hundred and twenty-one" and "one thousand, two hundred": the marks go, as in all text."""
    return _NOT_SAID.sub(" ", number)
