"""How listed sentences rank, worked out at build time: what is asked most is not searched for anew each time.

It holds for a sentence, the one listed topic in it, and a listener whose stage is not known; for all else Ranker ranks.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass

from skill.library.store import Library
from skill.topics.candidate import Candidate


@dataclass(frozen=True)
class KnownRanks:
    """Read-only."""

    candidates: Mapping[tuple[str, str], str]
    """Sentence and listed topic → the candidates as JSON, read when they are needed."""

    NAME = "ranks"
    """Under this name they stand in the compiled library."""

    @classmethod
    def of(cls, sentences: Iterable[tuple[str, str]], rank: Callable[[str, str], tuple[Candidate, ...]]) -> KnownRanks:
        """Pairs of a comparable sentence and the listed topic in it, and what ranks such a pair."""
        return cls({pair: json.dumps([astuple(candidate) for candidate in rank(*pair)]) for pair in sentences})

    @classmethod
    def from_library(cls, library: Library) -> KnownRanks:
        """As they were worked out at build time."""
        texts, topics, candidates = (library.texts(f"{cls.NAME}.{part}") for part in ("texts", "topics", "candidates"))
        return cls(dict(zip(zip(texts, topics, strict=True), candidates, strict=True)))

    def lists(self) -> dict[str, tuple[str, ...]]:
        """The texts to be kept in the compiled library."""
        texts, topics = zip(*self.candidates, strict=True) if self.candidates else ((), ())
        return {
            f"{self.NAME}.texts": tuple(texts),
            f"{self.NAME}.topics": tuple(topics),
            f"{self.NAME}.candidates": tuple(self.candidates.values()),
        }

    def find(self, text: str, topic: str) -> tuple[Candidate, ...] | None:
        """The candidates of a sentence in which the list gave this topic; None where they are not known."""
        kept = self.candidates.get((text, topic))
        return None if kept is None else tuple(Candidate(*fields) for fields in json.loads(kept))
