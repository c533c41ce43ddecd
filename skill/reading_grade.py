"""The reading grade of a spoken text: Flesch-Kincaid as the package textstat computes it.

The formula counts syllables, so a term that has no shorter word (medical-terms.yaml) counts as one short word; it has
to be explained where it is used. Numbers to call count as one short word too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

HIGHEST_GRADE = 8.0
_SHORT_WORD = "word"


def reading_grade(terms: Iterable[str]) -> Callable[[str], float] | None:
    """Terms excused → a function from text to school grade. None where textstat is not installed (extra `editor`)."""
    try:
        from textstat import textstat  # noqa: PLC0415 - an editor's tool, not needed to serve
    except ImportError:
        return None
    longest_first = sorted(terms, key=len, reverse=True)
    excused = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})s?\b", re.IGNORECASE)

    def grade(text: str) -> float:
        plain = excused.sub(_SHORT_WORD, text)
        plain = re.sub(r"\d[\d. ]*\b", f"{_SHORT_WORD} ", plain).replace("-", " ")
        return float(textstat.flesch_kincaid_grade(plain))

    return grade
