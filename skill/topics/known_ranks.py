"""How listed sentences rank, worked out at build time: what is asked most is not searched for anew each time.

It holds for a sentence, the one listed topic in it, and a listener of whom only this sentence may say whether the birth
is over; for all else Ranker ranks.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass

from skill.library.store import Library
from skill.topics.candidate import Candidate

Asked = tuple[str, str, bool | None]
"""A comparable sentence, the listed topic in it, and whether the birth is over."""

_PARTS = ("texts", "topics", "born", "candidates")
_BORN = {"yes": True, "no": False, "": None}


@dataclass(frozen=True)
class KnownRanks:
    """Read-only."""

    candidates: Mapping[Asked, str]
    """What was asked → the candidates as JSON, read when they are needed."""

    NAME = "ranks"
    """Under this name they stand in the compiled library."""

    @classmethod
    def of(cls, asked: Iterable[Asked], rank: Callable[[Asked], tuple[Candidate, ...]]) -> KnownRanks:
        """What is asked, and what ranks it."""
        return cls({each: json.dumps([astuple(candidate) for candidate in rank(each)]) for each in asked})

    @classmethod
    def from_library(cls, library: Library) -> KnownRanks:
        """As they were worked out at build time."""
        texts, topics, born, candidates = (library.texts(f"{cls.NAME}.{part}") for part in _PARTS)
        asked = zip(texts, topics, (_BORN[each] for each in born), strict=True)
        return cls(dict(zip(asked, candidates, strict=True)))

    def lists(self) -> dict[str, tuple[str, ...]]:
        """The texts to be kept in the compiled library."""
        said = {is_over: word for word, is_over in _BORN.items()}
        rows = [(text, topic, said[born], kept) for (text, topic, born), kept in self.candidates.items()]
        columns = zip(*rows, strict=True) if rows else ((),) * len(_PARTS)
        return {f"{self.NAME}.{part}": tuple(column) for part, column in zip(_PARTS, columns, strict=True)}

    def find(self, asked: Asked) -> tuple[Candidate, ...] | None:
        """The candidates; None where they are not known."""
        kept = self.candidates.get(asked)
        return None if kept is None else tuple(Candidate(*fields) for fields in json.loads(kept))
