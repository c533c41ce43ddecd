"""Topics by meaning: which topic's names, phrases and questions lie nearest to a text in the encoder's space.

The vectors are computed once, at build time. A new article is found by its own lines, without training anything. Only
the topics whose middle is nearest are looked at line by line, so that a search costs about the same among a hundred
topics and among twenty thousand; the lines are kept as bytes, which the encoder's own precision allows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from skill.encoder.encoder import quantized
from skill.library.store import Library

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.intp]

_NEAREST = 5
"""Lines of a topic whose mean counts beside its best one."""
_LOOKED_AT = 24
"""Topics that are looked at line by line. With 24 of 102, 8 of 2,087 test questions are decided otherwise than with
all of them; with 16, 9; with 8, 18.
"""
_AT_A_DISTANCE = (0.911, 0.120)
"""What a topic that was not looked at would have scored, from how near its middle is: slope and start of the line
through those questions.
"""
_STEPS = 254
"""Of a line's vector as bytes, to the unit: as fine as the largest numbers of one allow."""
_ARRAYS = ("topic_of", "vectors", "lengths", "centers")


@dataclass(frozen=True)
class MeaningIndex:
    """The lines of one language's topics, read-only."""

    topic_of: npt.NDArray[np.int32]
    """Line → place of its topic; lines of one topic stand together."""
    vectors: npt.NDArray[np.int8]
    """(lines, dimensions); no rows where there was no encoder at build time."""
    lengths: Floats
    """Line → the length of its vector: divided by it, it is of unit length."""
    centers: Floats
    """(topics, dimensions): the direction of the mean of a topic's lines."""

    NAME = "meaning"
    """Under this name it stands in the compiled library."""

    @classmethod
    def build(cls, topics: npt.ArrayLike, embeddings: Floats) -> MeaningIndex:
        """Line → topic, and its embedding → the index."""
        topic_of = np.array(topics, dtype=np.int32)
        if not len(topic_of):
            return cls(topic_of, np.empty((0, 1), np.int8), np.empty(0, np.float32), np.empty((0, 1), np.float32))
        vectors = quantized(embeddings, _STEPS)
        lengths = np.linalg.norm(vectors.astype(np.float32), axis=1)
        sums = np.add.reduceat(vectors / lengths[:, None], _starts(topic_of))
        centers = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return cls(topic_of, vectors, lengths, centers.astype(np.float32))

    @classmethod
    def from_library(cls, library: Library) -> MeaningIndex:
        """As it was worked out at build time; its topics are those of the n-gram index, in its order."""
        topic_of, vectors, lengths, centers = (library.array(f"{cls.NAME}.{part}") for part in _ARRAYS)
        dimensions = len(vectors) // max(1, len(topic_of))
        return cls(topic_of, vectors.reshape(-1, max(1, dimensions)), lengths, centers.reshape(-1, max(1, dimensions)))

    def arrays(self) -> dict[str, np.ndarray[Any, Any]]:
        """The arrays to be kept in the compiled library."""
        return {f"{self.NAME}.{part}": getattr(self, part) for part in _ARRAYS}

    def directions(self) -> Floats:
        """The lines as vectors of unit length: a copy four times as large."""
        return np.asarray(self.vectors / self.lengths[:, None], dtype=np.float32)

    @cached_property
    def _lines(self) -> Places:
        """(topics, most lines of a topic): each topic's lines, minus one where it has fewer."""
        starts = _starts(self.topic_of)
        sizes = np.append(starts[1:], len(self.topic_of)) - starts
        places = np.arange(max(_NEAREST, sizes.max()))[None, :]
        return np.where(places < sizes[:, None], starts[:, None] + places, -1)

    def scores(self, embedding: Floats, beside: Floats) -> tuple[Floats, Places]:
        """An embedding, and what else speaks for each topic → how near each topic is, up to 1, and the place of its
        nearest line.
        """
        middle = self.centers @ embedding
        slope, start = _AT_A_DISTANCE
        scores, nearest = slope * middle + start, self._lines[:, 0].copy()
        looked_at = _highest(middle + beside, _LOOKED_AT)
        lines = self._lines[looked_at]
        by_topic = np.empty(lines.shape, dtype=np.float32)
        for near, places in zip(by_topic, lines, strict=True):  # all at once would take 7 MB for each thread
            np.matmul(self.vectors.take(places, axis=0).astype(np.float32), embedding, out=near)
        by_topic /= self.lengths.take(lines)
        by_topic[lines < 0] = -1
        best = lines[np.arange(len(lines)), by_topic.argmax(axis=1)]
        few = np.partition(by_topic, -_NEAREST, axis=1)[:, -_NEAREST:]
        scores[looked_at] = 0.25 * few.max(axis=1) + 0.25 * few.mean(axis=1) + 0.5 * middle[looked_at]
        nearest[looked_at] = best
        return scores.astype(np.float32), nearest


def _starts(topic_of: npt.NDArray[np.int32]) -> Places:
    """Topic → its first line."""
    return np.flatnonzero(np.diff(topic_of, prepend=-1))


def _highest(values: Floats, most: int) -> Places:
    if len(values) <= most:
        return np.arange(len(values))
    return np.argpartition(values, -most)[-most:]
