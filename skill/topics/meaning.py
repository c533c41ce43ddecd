"""Topics by meaning: which topic's names, phrases and questions lie nearest to a text in the encoder's space.

The vectors are computed once, at build time. A new article is found by its own lines, without training anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from skill.library.store import Library

Floats = npt.NDArray[np.float32]

_NEAREST = 5
"""Lines of a topic whose mean counts beside its best one."""


@dataclass(frozen=True)
class MeaningIndex:
    """The lines of one language's topics, read-only."""

    topic_of: npt.NDArray[np.int32]
    """Line → place of its topic; lines of one topic stand together."""
    vectors: Floats
    """(lines, dimensions), of unit length; no rows where there was no encoder at build time."""

    NAME = "meaning"
    """Under this name it stands in the compiled library."""

    @classmethod
    def from_library(cls, library: Library) -> MeaningIndex:
        """As it was worked out at build time; its topics are those of the n-gram index, in its order."""
        topic_of = library.array(f"{cls.NAME}.topic_of")
        vectors = library.array(f"{cls.NAME}.vectors").astype(np.float32)
        return cls(topic_of, vectors.reshape(len(topic_of), -1) if len(topic_of) else vectors.reshape(0, 1))

    @staticmethod
    def arrays(topics: npt.ArrayLike, vectors: Floats) -> dict[str, np.ndarray[Any, Any]]:
        """Line → topic, and its vector → the arrays to be kept. Half precision is far finer than the encoder's own."""
        topic_of = np.array(topics, dtype=np.int32)
        return {f"{MeaningIndex.NAME}.topic_of": topic_of, f"{MeaningIndex.NAME}.vectors": vectors.astype(np.float16)}

    @cached_property
    def _starts(self) -> npt.NDArray[np.intp]:
        """Topic → its first line."""
        return np.flatnonzero(np.diff(self.topic_of, prepend=-1))

    @cached_property
    def _centers(self) -> Floats:
        """Topic → the direction of the mean of its lines."""
        sums = np.add.reduceat(self.vectors, self._starts)
        return np.asarray(sums / np.linalg.norm(sums, axis=1, keepdims=True), dtype=np.float32)

    @cached_property
    def _padded(self) -> npt.NDArray[np.intp]:
        """(topics, most lines of a topic): each topic's lines, minus one where it has fewer."""
        ends = [*self._starts[1:].tolist(), len(self.topic_of)]
        sizes = ends - self._starts
        places = np.arange(max(_NEAREST, sizes.max()))[None, :]
        return np.where(places < sizes[:, None], self._starts[:, None] + places, -1)

    def scores(self, embedding: Floats) -> tuple[Floats, npt.NDArray[np.intp]]:
        """An embedding → how near each topic is, up to 1, and the place of its nearest line."""
        near = np.append(self.vectors @ embedding, np.float32(-1.0))  # the last one is for what is padded
        by_topic = near[self._padded]
        best = by_topic.argmax(axis=1)
        nearest = self._padded[np.arange(len(best)), best]
        few = np.partition(by_topic, -_NEAREST, axis=1)[:, -_NEAREST:].mean(axis=1)
        scores = 0.25 * near[nearest] + 0.25 * few + 0.5 * (self._centers @ embedding)
        return scores.astype(np.float32), nearest
