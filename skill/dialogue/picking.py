"""Which of a few options somebody names in part: "the pubic one", "the nerve one", "the part about labor"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

_LONGEST = 8
"""Words of a sentence that picks; a longer one tells something new."""
_STEM = 4
"""Letters that two words have to share from the start to be the same: itchy, itching."""

Weigh = Callable[[str], frozenset[str]]
"""A text → its words that carry meaning."""


def picked(said: str, options: Sequence[Sequence[str]], content_words: Weigh) -> int | None:
    """The place of the one option whose texts hold at least half of the meaning words said, and more of them than any
    other's; else None. Raises nothing.
    """
    words = content_words(said) - {"one", "ones"}
    if not words or len(said.split()) > _LONGEST:
        return None
    held = [_held(words, frozenset().union(*map(content_words, texts))) for texts in options]
    best = max(held, default=0)
    if best * 2 < len(words) or held.count(best) != 1:
        return None
    return held.index(best)


def _held(words: frozenset[str], of_option: frozenset[str]) -> int:
    return sum(any(_same(word, other) for other in of_option) for word in words)


def _same(word: str, other: str) -> bool:
    shorter = min(len(word), len(other))
    return word == other or (shorter > _STEM and word[: shorter - 1] == other[: shorter - 1])
