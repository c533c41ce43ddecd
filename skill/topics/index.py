"""Ranks topics for a text, from what was computed at build time.

Character n-grams inside word boundaries, weighted by how rare they are, compared by cosine: they stand a recogniser's
mishearing, where words do not ("back egg", "hot burn"). n-grams are hashed into a fixed number of buckets, so that the
index is three flat arrays that open without parsing.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from skill.library.store import Library
from skill.text import tokens

_BUCKETS = 1 << 18
_SIZES = (2, 3, 4, 5)
_ARRAYS = ("topic_of", "starts", "entries", "weights", "rarity")
_MOST_WORDS = 60  # a longer text is read by its first words: the recogniser hands over one breath

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


def _grams(words: Sequence[str]) -> Iterator[int]:
    for word in words[:_MOST_WORDS]:
        padded = f" {word[:30]} "
        for size in _SIZES:
            for start in range(max(1, len(padded) - size + 1)):
                yield zlib.crc32(padded[start : start + size].encode()) % _BUCKETS
    for first, second in zip(words, words[1:], strict=False):
        yield zlib.crc32(f"{first}_{second}".encode()) % _BUCKETS


def _counts(words: Sequence[str]) -> dict[int, float]:
    """Bucket → damped count."""
    return {gram: float(1 + np.log(count)) for gram, count in Counter(_grams(words)).items()}


@dataclass(frozen=True)
class Candidate:
    """One topic and how well it fits."""

    topic: str
    score: float
    """0 to 1."""
    entry: str
    """The name or phrase that was nearest, for the developer's eye."""


@dataclass(frozen=True)
class TopicIndex:
    """Phrases of all topics by n-gram: for bucket b, `entries[starts[b]:starts[b + 1]]` hold it, with `weights`."""

    topics: tuple[str, ...]
    texts: tuple[str, ...]
    """The entries themselves, in order."""
    topic_of: Ints
    """Entry → place in `topics`."""
    starts: Ints
    entries: Ints
    weights: Floats
    rarity: Floats
    """Bucket → weight of its n-gram in a text; 0 for one that stands in no entry gets the rarest weight."""

    @classmethod
    def build(cls, labelled: Sequence[tuple[str, str]]) -> TopicIndex:
        """Pairs (topic id, phrase) → index. The same pairs give the same arrays."""
        topics = tuple(dict.fromkeys(topic for topic, _ in labelled))
        place = {topic: number for number, topic in enumerate(topics)}
        counts = [_counts(tokens(text)) for _, text in labelled]
        holders = Counter(gram for entry in counts for gram in entry)
        rarity = np.full(_BUCKETS, np.log(1 + len(labelled)) + 1, dtype=np.float32)
        for gram, count in holders.items():
            rarity[gram] = np.log((1 + len(labelled)) / (1 + count)) + 1
        rows: list[tuple[int, int, float]] = []
        for number, entry in enumerate(counts):
            weights = {gram: count * float(rarity[gram]) for gram, count in entry.items()}
            length = float(np.sqrt(sum(weight * weight for weight in weights.values()))) or 1.0
            rows.extend((gram, number, weight / length) for gram, weight in weights.items())
        rows.sort()
        grams = np.array([row[0] for row in rows], dtype=np.int64)
        starts = np.searchsorted(grams, np.arange(_BUCKETS + 1)).astype(np.int32)
        return cls(
            topics=topics,
            texts=tuple(text for _, text in labelled),
            topic_of=np.array([place[topic] for topic, _ in labelled], dtype=np.int32),
            starts=starts,
            entries=np.array([row[1] for row in rows], dtype=np.int32),
            weights=np.array([row[2] for row in rows], dtype=np.float32),
            rarity=rarity,
        )

    @classmethod
    def from_library(cls, library: Library) -> TopicIndex:
        """The index as it was worked out at build time."""
        return cls(
            topics=library.texts("index.topics"),
            texts=library.texts("index.texts"),
            **{name: library.array(f"index.{name}") for name in _ARRAYS},
        )

    def arrays(self) -> dict[str, np.ndarray[Any, Any]]:
        """The arrays to be kept in the compiled library."""
        return {f"index.{name}": getattr(self, name) for name in _ARRAYS}

    def lists(self) -> dict[str, tuple[str, ...]]:
        """The texts to be kept in the compiled library."""
        return {"index.topics": self.topics, "index.texts": self.texts}

    def rank(self, text: str, most: int = 5) -> list[Candidate]:
        """The `most` best topics for a text, best first; empty for a text without words. Raises nothing."""
        scores = self._scores(tokens(text))
        if scores is None:
            return []
        best = np.zeros(len(self.topics), dtype=np.float32)
        np.maximum.at(best, self.topic_of, scores)
        order = np.argsort(-best, kind="stable")[:most]
        return [self._candidate(int(topic), best, scores) for topic in order if best[topic] > 0]

    def _candidate(self, topic: int, best: Floats, scores: Floats) -> Candidate:
        own = np.flatnonzero(self.topic_of == topic)
        entry = own[int(np.argmax(scores[own]))]
        return Candidate(self.topics[topic], round(float(best[topic]), 4), self.texts[entry])

    def _scores(self, words: Sequence[str]) -> Floats | None:
        counts = _counts(words)
        if not counts or not self.topics:
            return None
        scores = np.zeros(len(self.texts), dtype=np.float32)
        squares = 0.0
        for gram, count in counts.items():
            weight = count * float(self.rarity[gram])
            squares += weight * weight
            here = slice(self.starts[gram], self.starts[gram + 1])
            scores[self.entries[here]] += weight * self.weights[here]
        scores /= np.float32(np.sqrt(squares))
        return scores
