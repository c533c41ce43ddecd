"""Lists of expressions, compiled: how content files name words and short phrases to listen for.

An expression is words of comparable text; `bleed*` stands for any word that begins so, `hurt|harm` for either word,
`..` for up to three words in between.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property


def expression(words: str) -> str:
    """`soak* .. pad` → a regular expression over comparable text."""
    pattern = ""
    for word in words.split():
        if word == "..":
            pattern += r"(?: \w+){0,3}"
        else:
            pattern += (" " if pattern else "") + _either(word)
    return pattern


def _either(word: str) -> str:
    options = [re.escape(one.rstrip("*")) + (r"\w*" if one.endswith("*") else "") for one in word.split("|")]
    return options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"


class Expressions:
    """A pattern that finds any of some expressions, longer ones first; of none, nothing. Compiled when first used."""

    def __init__(self, expressions: Iterable[str]) -> None:
        self._expressions = tuple(expressions)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        by_length = sorted((expression(words) for words in self._expressions), key=len, reverse=True)
        return re.compile(r"\b(?:" + "|".join(by_length) + r")\b") if by_length else re.compile(r"(?!)")

    def search(self, text: str) -> re.Match[str] | None:
        """The first of them in a comparable text."""
        return self._pattern.search(text)

    def match(self, text: str) -> re.Match[str] | None:
        """One at the beginning of a text."""
        return self._pattern.match(text)

    def sub(self, instead: str | Callable[[re.Match[str]], str], text: str) -> str:
        """A text with something else in place of each."""
        return self._pattern.sub(instead, text)
