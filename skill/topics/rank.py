"""The topics that a text may be about, best first, each with its probability and the signals that carried it.

Three signals: meaning (the encoder), letters (character n-grams, which stand a recogniser's mishearing), and the list
values that Alexa resolved. Weights and temperature were fitted on questions that nothing was trained on:
docs/decisions/0008. Without the encoder only the list speaks.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from skill.encoder.reading import Reader, Reading
from skill.topics.candidate import LIST_EVIDENCE, Candidate
from skill.topics.known_ranks import KnownRanks
from skill.topics.letters import Floats, LetterIndex
from skill.topics.meaning import MeaningIndex

LETTERS = 0.3
"""What the n-grams weigh beside meaning."""
TEMPERATURE = 0.1
"""Turns the difference of two scores into odds."""
OTHER_STAGE = 0.3
"""What a topic loses that belongs to the other side of the birth than she is for certain."""
_MOST = 5


class Ranker:
    """Ranks the topics of one language; read-only, safe to share between threads."""

    def __init__(
        self,
        index: LetterIndex,
        meaning: MeaningIndex,
        encoder: Reader | None,
        stages: Mapping[str, str],
        known: KnownRanks | None = None,
    ) -> None:
        """`stages`: topic → pregnancy, after-birth or both, of the topics that have articles. `known`: what this very
        ranking gave at build time.
        """
        self._index = index
        self._meaning = meaning
        self._reader = encoder if len(meaning.topic_of) else None
        self._known = known or KnownRanks({})
        self._place_of = {topic: place for place, topic in enumerate(index.topics)}
        self._before = np.array([stages.get(topic) == "pregnancy" for topic in index.topics])
        self._after = np.array([stages.get(topic) == "after-birth" for topic in index.topics])

    def rank(self, text: str, listed: Mapping[str, float], *, born: bool | None) -> tuple[Candidate, ...]:
        """A text, made comparable, and what the list evidence of topics is worth → up to five candidates. `born`: the
        birth is over, or still to come, or it is not known. Raises nothing.
        """
        known = self._find(text, listed, born)
        return self._rank(text, listed, born) if known is None else known

    def _find(self, text: str, listed: Mapping[str, float], born: bool | None) -> tuple[Candidate, ...] | None:
        if len(listed) != 1:
            return None
        ((topic, worth),) = listed.items()
        return self._known.find((text, topic, born)) if worth == LIST_EVIDENCE else None

    def _rank(self, text: str, listed: Mapping[str, float], born: bool | None) -> tuple[Candidate, ...]:
        from_list = np.zeros(len(self._index.topics), dtype=np.float32)
        for topic, worth in listed.items():
            from_list[self._place_of[topic]] = worth
        reading = self._read(text)
        if reading is None:
            return self._only_listed(from_list)
        letters = self._index.scores(text)
        beside = LETTERS * letters + from_list - self._of_the_other_stage(born)
        near, nearest = self._meaning.scores(reading.embedding, beside)
        scores = near + beside
        odds = np.exp((scores - scores.max()) / TEMPERATURE)
        shares = odds / odds.sum()
        order = self._best_first(scores)
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

    def _best_first(self, scores: Floats) -> npt.NDArray[np.intp]:
        """The places of the best few; of equals the first."""
        likely = (
            np.flatnonzero(scores >= np.partition(scores, -_MOST)[-_MOST]) if len(scores) > _MOST else scores.argsort()
        )
        return likely[np.argsort(-scores[likely], kind="stable")][:_MOST]

    def in_scope(self, text: str) -> float:
        """Probability that an article could answer it at all; 1 where there is no encoder to say."""
        reading = self._read(text)
        return 1.0 if reading is None else reading.in_scope

    def _read(self, text: str) -> Reading | None:
        return None if self._reader is None else self._reader.read(text)

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
