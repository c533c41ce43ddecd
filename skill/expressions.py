"""Lists of expressions, compiled: how content files name words and short phrases to listen for.

An expression is words of comparable text; `bleed*` stands for any word that begins so, `..` for up to three words in
between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable


def expression(words: str) -> str:
    """`soak* .. pad` → a regular expression over comparable text."""
    pattern = ""
    for word in words.split():
        if word == "..":
            pattern += r"(?: \w+){0,3}"
        else:
            pattern += (" " if pattern else "") + re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "")
    return pattern


def any_of(expressions: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of the expressions, longer ones first; of none, one that finds nothing."""
    by_length = sorted((expression(words) for words in expressions), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(by_length) + r")\b") if by_length else re.compile(r"(?!)")
