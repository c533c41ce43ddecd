"""The topics that a text may be about, best first, each with its probability and the signals that carried it.

Three signals: meaning (the encoder), letters (character n-grams, which stand a recogniser's mishearing), and the list
values that Alexa resolved. Weights and temperature were fitted on questions that nothing was trained on:
docs/decisions/0008. Without the encoder only the list speaks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from skill.encoder.encoder import Encoder
from skill.topics.letters import Floats, LetterIndex
from skill.topics.meaning import MeaningIndex

LETTERS = 0.3
"""What the n-grams weigh beside meaning."""
TEMPERATURE = 0.1
"""Turns the difference of two scores into odds."""
OTHER_STAGE = 0.3
"""What a topic loses that belongs to the other side of the birth than she is for certain."""
_MOST = 5


@dataclass(frozen=True)
class Candidate:
    """One topic and how well it fits."""

    topic: str
    score: float
    """Probability, 0 to 1, among all topics."""
    entry: str
    """The name, phrase or question that was nearest, for the developer's eye."""
    signals: Mapping[str, float]
    """Meaning, letters and list, as they went into the score."""


class Ranker:
    """Ranks the topics of one language; read-only, safe to share between threads."""

    def __init__(
        self, index: LetterIndex, meaning: MeaningIndex, encoder: Encoder | None, stages: Mapping[str, str]
    ) -> None:
        """`stages`: topic → pregnancy, after-birth or both, of the topics that have articles."""
        self._index = index
        self._meaning = meaning
        self._encoder = encoder if len(meaning.topic_of) else None
        self._before = np.array([stages.get(topic) == "pregnancy" for topic in index.topics])
        self._after = np.array([stages.get(topic) == "after-birth" for topic in index.topics])

    def rank(self, text: str, listed: Mapping[str, float], *, born: bool | None) -> tuple[Candidate, ...]:
        """A text, made comparable, and what the list evidence of topics is worth → up to five candidates. `born`: the
        birth is over, or still to come, or it is not known. Raises nothing.
        """
        from_list = np.array([listed.get(topic, 0.0) for topic in self._index.topics], dtype=np.float32)
        if self._encoder is None:
            return self._only_listed(from_list)
        near, nearest = self._meaning.scores(self._encoder.read(text).embedding)
        letters = self._index.scores(text)
        scores = near + LETTERS * letters + from_list - self._of_the_other_stage(born)
        odds = np.exp((scores - scores.max()) / TEMPERATURE)
        shares = odds / odds.sum()
        order = np.argsort(-scores, kind="stable")[:_MOST]
        return tuple(
            Candidate(
                self._index.topics[place],
                round(float(shares[place]), 4),
                self._index.texts[nearest[place]],
                {
                    "meaning": round(float(near[place]), 4),
                    "letters": round(float(letters[place]), 4),
                    "list": round(float(from_list[place]), 4),
                },
            )
            for place in order.tolist()
        )

    def in_scope(self, text: str) -> float:
        """Probability that an article could answer it at all; 1 where there is no encoder to say."""
        return 1.0 if self._encoder is None else self._encoder.read(text).in_scope

    def _of_the_other_stage(self, born: bool | None) -> Floats:
        if born is None:
            return np.zeros(len(self._before), dtype=np.float32)
        return np.asarray(OTHER_STAGE * (self._before if born else self._after), dtype=np.float32)

    def _only_listed(self, from_list: Floats) -> tuple[Candidate, ...]:
        places = np.flatnonzero(from_list)
        best = sorted(places.tolist(), key=lambda place: -float(from_list[place]))[:_MOST]
        return tuple(
            Candidate(self._index.topics[place], round(1 / len(best), 4), "(list)", {"list": float(from_list[place])})
            for place in best
        )
