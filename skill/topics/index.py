"""Topics by letters: how well a text fits each, from what was computed at build time.

Character n-grams inside word boundaries, weighted by how rare they are: they stand a recogniser's mishearing, where
words do not ("back egg", "hot burn"). A topic's score joins how near its nearest phrases are with how near it is as a
whole (its centroid): the first finds what was said before, the second what was not. docs/decisions/0004 has the
figures. n-grams are hashed into a fixed number of buckets, so that the index is flat arrays that open without parsing.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np
import numpy.typing as npt

from skill.library.store import Library
from skill.ngrams import BUCKETS, counts, unit
from skill.text import tokens

_ARRAYS = ("topic_of", "starts", "entries", "weights", "rarity", "whole_starts", "whole_topics", "whole_weights")
_WHOLE = 0.6
"""Share of the centroid in a score; the rest is the nearest phrases."""
_NEAREST, _NEAREST_SHARE = 3, 0.3
"""Of the nearest phrases: the mean of the best three counts this much, the best one the rest."""

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True)
class TopicIndex:
    """Two tables by n-gram. Bucket b stands in the phrases `entries[starts[b]:starts[b + 1]]` with `weights`, and in
    the topics `whole_topics[whole_starts[b]:whole_starts[b + 1]]` with `whole_weights`.
    """

    topics: tuple[str, ...]
    texts: tuple[str, ...]
    """The phrases themselves, in order."""
    light: tuple[str, ...]
    """Words that say little about a symptom."""
    topic_of: Ints
    """Phrase → place in `topics`. Phrases of one topic stand together."""
    starts: Ints
    entries: Ints
    weights: Floats
    rarity: Floats
    """Bucket → weight of its n-gram in a text; one that stands in no phrase is as rare as can be."""
    whole_starts: Ints
    whole_topics: Ints
    whole_weights: Floats

    NAME = "topics"
    """Under this name the index of articles stands in the compiled library."""

    @classmethod
    def build(cls, labelled: Iterable[tuple[str, str]], light: Sequence[str]) -> TopicIndex:
        """Pairs (topic id, phrase) → index. The same pairs give the same arrays."""
        by_topic: dict[str, list[str]] = defaultdict(list)
        for topic, text in labelled:
            by_topic[topic].append(text)
        topics = tuple(by_topic)
        texts = tuple(text for topic in topics for text in by_topic[topic])
        topic_of = np.array([place for place, topic in enumerate(topics) for _ in by_topic[topic]], dtype=np.int32)
        found = [counts(tokens(text), frozenset(light)) for text in texts]
        rarity = _rarity(found)
        phrases = [unit({gram: count * float(rarity[gram]) for gram, count in entry.items()}) for entry in found]
        wholes: list[dict[int, float]] = [defaultdict(float) for _ in topics]
        for place, phrase in zip(topic_of, phrases, strict=True):
            for gram, weight in phrase.items():
                wholes[place][gram] += weight
        starts, entries, weights = _table(phrases)
        whole_starts, whole_topics, whole_weights = _table([unit(whole) for whole in wholes])
        return cls(
            topics,
            texts,
            tuple(light),
            topic_of,
            starts,
            entries,
            weights,
            rarity,
            whole_starts,
            whole_topics,
            whole_weights,
        )

    @classmethod
    def from_library(cls, library: Library, name: str) -> TopicIndex:
        """The index of that name as it was worked out at build time."""
        lists: list[Any] = [library.texts(f"{name}.{part}") for part in ("topics", "texts", "light")]
        return cls(*lists, *(library.array(f"{name}.{part}") for part in _ARRAYS))

    def arrays(self, name: str) -> dict[str, np.ndarray[Any, Any]]:
        """The arrays to be kept in the compiled library under that name."""
        return {f"{name}.{part}": getattr(self, part) for part in _ARRAYS}

    def lists(self, name: str) -> dict[str, tuple[str, ...]]:
        """The texts to be kept in the compiled library under that name."""
        return {f"{name}.topics": self.topics, f"{name}.texts": self.texts, f"{name}.light": self.light}

    def scores(self, text: str) -> Floats:
        """A text → how well each topic fits by its letters, 0 to 1; zeros for a text without words. Raises nothing."""
        found = counts(tokens(text), frozenset(self.light))
        if not found:
            return np.zeros(len(self.topics), dtype=np.float32)
        asked = unit({gram: count * float(self.rarity[gram]) for gram, count in found.items()})
        phrases = _gather(asked, self.starts, self.entries, self.weights, len(self.texts))
        whole = _gather(asked, self.whole_starts, self.whole_topics, self.whole_weights, len(self.topics))
        return np.asarray(_WHOLE * whole + (1 - _WHOLE) * self._nearest(phrases), dtype=np.float32)

    def _nearest(self, phrases: Floats) -> Floats:
        """Phrase scores → topic scores: the best one, and the mean of the best few."""
        first = np.searchsorted(self.topic_of, np.arange(len(self.topics)))
        best = np.maximum.reduceat(phrases, first)
        bounds = [*first.tolist(), len(phrases)]
        few = [np.sort(phrases[start:end])[-_NEAREST:].sum() / _NEAREST for start, end in itertools.pairwise(bounds)]
        return (1 - _NEAREST_SHARE) * best + _NEAREST_SHARE * np.array(few, dtype=np.float32)


def _rarity(entries: Sequence[Mapping[int, float]]) -> Floats:
    holders: dict[int, int] = defaultdict(int)
    for entry in entries:
        for gram in entry:
            holders[gram] += 1
    rarity = np.full(BUCKETS, log(1 + len(entries)) + 1, dtype=np.float32)
    for gram, held in holders.items():
        rarity[gram] = log((1 + len(entries)) / (1 + held)) + 1
    return rarity


def _table(rows: Sequence[Mapping[int, float]]) -> tuple[Ints, Ints, Floats]:
    """Rows of bucket → weight, turned over: where each bucket's part starts, the rows in it, their weights."""
    flat = sorted((gram, number, weight) for number, row in enumerate(rows) for gram, weight in row.items())
    grams = np.array([gram for gram, _, _ in flat], dtype=np.int64)
    return (
        np.searchsorted(grams, np.arange(BUCKETS + 1)).astype(np.int32),
        np.array([number for _, number, _ in flat], dtype=np.int32),
        np.array([weight for _, _, weight in flat], dtype=np.float32),
    )


def _gather(asked: Mapping[int, float], starts: Ints, rows: Ints, weights: Floats, size: int) -> Floats:
    """The cosine of the text with every row of a table."""
    scores = np.zeros(size, dtype=np.float32)
    for gram, weight in asked.items():
        start, end = starts[gram], starts[gram + 1]
        if start < end:
            scores[rows[start:end]] += np.float32(weight) * weights[start:end]
    return scores
