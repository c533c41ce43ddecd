"""Character n-grams of words, hashed into a fixed number of buckets. Pure functions.

They stand a recogniser's mishearing, where words do not. Hashed, a table by n-gram is a flat array that opens without
parsing.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log, sqrt

BUCKETS = 1 << 18
_SIZES = (2, 3, 4, 5)
_LONGEST_WORD = 30
_MOST_WORDS = 60
"""A longer text is read by its first words: the recogniser hands over one breath."""
_LIGHT = 0.15
"""Weight of words that say little ("why does my"), beside 1 for the others."""


def counts(words: Sequence[str], light: frozenset[str] = frozenset()) -> dict[int, float]:
    """Bucket → damped count of its n-grams, inside words and over each pair of words."""
    found: dict[int, float] = defaultdict(float)
    for gram, weight in _grams(words[:_MOST_WORDS], light):
        found[gram] += weight
    return {gram: 1 + log(count) if count > 1 else count for gram, count in found.items()}


def unit(weights: Mapping[int, float]) -> dict[int, float]:
    """The same, of length one."""
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {gram: weight / length for gram, weight in weights.items()}


def _grams(words: Sequence[str], light: frozenset[str]) -> Iterator[tuple[int, float]]:
    for word in words:
        weight = _LIGHT if word in light else 1.0
        for gram in _of_word(word):
            yield gram, weight
    for first, second in pairwise(words):
        weight = _LIGHT if first in light and second in light else 1.0
        yield zlib.crc32(f"{first}_{second}".encode()) % BUCKETS, weight


@lru_cache(maxsize=32_768)
def _of_word(word: str) -> tuple[int, ...]:
    """The buckets of a word's n-grams: a language's words come again and again."""
    padded = f" {word[:_LONGEST_WORD]} "
    return tuple(
        zlib.crc32(padded[start : start + size].encode()) % BUCKETS
        for size in _SIZES
        for start in range(max(1, len(padded) - size + 1))
    )
