"""Topics by letters: how well a text fits each, from what was computed at build time.

Character n-grams inside word boundaries, weighted by how rare they are: they stand a recogniser's mishearing, where
words do not ("back egg", "hot burn"). A topic is the direction of all its lines together, its centroid; decision 4 has
the figures. n-grams are hashed into a fixed number of buckets, so that the index is flat arrays that open without
parsing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from skill.library.store import Library
from skill.ngrams import BUCKETS, counts
from skill.text import tokens

_ARRAYS = ("topic_of", "starts", "entries", "weights", "rarity")

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True)
class LetterIndex:
    """A table by n-gram: bucket b stands in the topics `entries[starts[b]:starts[b + 1]]` with `weights`."""

    topics: tuple[str, ...]
    texts: tuple[str, ...]
    """The lines themselves, in order."""
    light: tuple[str, ...]
    """Words that say little about a symptom."""
    topic_of: Ints
    """Line → place in `topics`. Lines of one topic stand together."""
    starts: Ints
    entries: Ints
    weights: Floats
    rarity: Floats
    """Bucket → weight of its n-gram in a text; one that stands in no line is as rare as can be."""

    NAME = "letters"
    """Under this name the index stands in the compiled library."""

    @classmethod
    def build(cls, labelled: Iterable[tuple[str, str]], light: Sequence[str]) -> LetterIndex:
        """Pairs (topic id, line) → index. The same pairs give the same arrays."""
        by_topic: dict[str, list[str]] = defaultdict(list)
        for topic, text in labelled:
            by_topic[topic].append(text)
        topics = tuple(by_topic)
        texts = tuple(text for topic in topics for text in by_topic[topic])
        topic_of = np.array([place for place, topic in enumerate(topics) for _ in by_topic[topic]], dtype=np.int32)
        rows, grams, weights = _flat([counts(tokens(text), frozenset(light)) for text in texts])
        held = np.bincount(grams, minlength=BUCKETS)
        rarity = (np.log((1 + len(texts)) / (1 + held)) + 1).astype(np.float32)
        weights = _of_length_one(rows, weights * rarity[grams], len(texts))
        rows, grams, weights = _summed(topic_of[rows], grams, weights)
        order = np.argsort(grams, kind="stable")
        return cls(
            topics,
            texts,
            tuple(light),
            topic_of,
            starts=np.searchsorted(grams[order], np.arange(BUCKETS + 1)).astype(np.int32),
            entries=rows[order],
            weights=_of_length_one(rows, weights, len(topics))[order],
            rarity=rarity,
        )

    @classmethod
    def from_library(cls, library: Library) -> LetterIndex:
        """As it was worked out at build time."""
        lists: list[Any] = [library.texts(f"{cls.NAME}.{part}") for part in ("topics", "texts", "light")]
        return cls(*lists, *(library.array(f"{cls.NAME}.{part}") for part in _ARRAYS))

    def arrays(self) -> dict[str, np.ndarray[Any, Any]]:
        """The arrays to be kept in the compiled library."""
        return {f"{self.NAME}.{part}": getattr(self, part) for part in _ARRAYS}

    def lists(self) -> dict[str, tuple[str, ...]]:
        """The texts to be kept in the compiled library."""
        return {f"{self.NAME}.{part}": getattr(self, part) for part in ("topics", "texts", "light")}

    @cached_property
    def _light(self) -> frozenset[str]:
        return frozenset(self.light)

    def scores(self, text: str) -> Floats:
        """A text → how well each topic fits by its letters, 0 to 1; zeros for a text without words. Raises nothing."""
        found = counts(tokens(text), self._light)
        grams = np.fromiter(found, dtype=np.intp, count=len(found))
        asked = np.fromiter(found.values(), dtype=np.float32, count=len(found)) * self.rarity[grams]
        starts = self.starts[grams]
        sizes = self.starts[grams + 1] - starts
        # Where each n-gram's entries stand in the table, one after another.
        before = np.cumsum(sizes) - sizes
        places = np.repeat(starts - before, sizes) + np.arange(sizes.sum())
        weights = np.repeat(asked / (np.linalg.norm(asked) or 1.0), sizes) * self.weights[places]
        return np.bincount(self.entries[places], weights, minlength=len(self.topics)).astype(np.float32)


def _flat(found: Sequence[Mapping[int, float]]) -> tuple[Ints, Ints, Floats]:
    """Texts' n-grams → one entry for each: the text, the bucket, the weight."""
    rows = np.repeat(np.arange(len(found), dtype=np.int32), [len(entry) for entry in found])
    grams = np.fromiter((gram for entry in found for gram in entry), dtype=np.int32, count=len(rows))
    weights = np.fromiter((weight for entry in found for weight in entry.values()), dtype=np.float32, count=len(rows))
    return rows, grams, weights


def _of_length_one(rows: Ints, weights: Floats, size: int) -> Floats:
    lengths = np.sqrt(np.bincount(rows, weights.astype(np.float64) ** 2, minlength=size))
    return np.asarray(weights / lengths[rows], dtype=np.float32)


def _summed(rows: Ints, grams: Ints, weights: Floats) -> tuple[Ints, Ints, Floats]:
    """Entries of the same row and bucket added up."""
    keys, place = np.unique(rows.astype(np.int64) * BUCKETS + grams, return_inverse=True)
    sums = np.bincount(place, weights, minlength=len(keys)).astype(np.float32)
    return (keys // BUCKETS).astype(np.int32), (keys % BUCKETS).astype(np.int32), sums
