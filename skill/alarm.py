"""Does what was heard call for care now? The rules and a learned likeness together, so that neither alone can miss.

The rules (urgent.py) know what a sign is; the likeness knows how people sound when they have one: a logistic
regression over character n-grams, learned in a fraction of a second at build time from the lines of urgent-heard/ (and,
as harmless, its look-alikes and the phrases of ordinary topics). Where only the likeness speaks, the sign is that of
the nearest line. docs/decisions/0006 has the figures and how the threshold was chosen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import Any

import numpy as np
import numpy.typing as npt

from skill.library.cues import Cues
from skill.library.signs import UrgentSign
from skill.library.store import Library
from skill.ngrams import BUCKETS, counts, unit
from skill.text import tokens
from skill.topics.index import TopicIndex
from skill.urgent import UrgentCheck, Verdict

ALARM_FROM = 2.5
"""Log-odds from which likeness alone is an alarm: about 2 % of held-out harmless lines reach it."""
_ROUNDS, _FIRST_STEP, _BIAS_STEP, _DECAY = 12, 3.0, 0.05, 1e-5
_SEED = 0

Weights = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Likeness:
    """How much a text sounds like an urgent one, in log-odds."""

    weights: Weights
    """One for each bucket of n-grams, and the bias last."""
    light: frozenset[str] = frozenset()
    """Words that only say how far along she is: they weigh little, and alone nothing."""

    @classmethod
    def learn(cls, lines: Sequence[tuple[str, bool]], light: frozenset[str] = frozenset()) -> Likeness:
        """Pairs (text, urgent or not) → likeness. The same pairs give the same weights."""
        features = [_features(text, light) for text, _ in lines]
        weights = np.zeros(BUCKETS + 1, dtype=np.float32)
        order = np.random.default_rng(_SEED)
        for number in range(_ROUNDS):
            for place in order.permutation(len(lines)):
                buckets, values = features[place]
                odds = float(weights[buckets] @ values + weights[BUCKETS])
                error = 1 / (1 + exp(-odds)) - lines[place][1]
                weights[buckets] -= _FIRST_STEP / (1 + number) * (error * values + _DECAY * weights[buckets])
                weights[BUCKETS] -= _BIAS_STEP * error
        return cls(weights, light)

    def __call__(self, text: str) -> float:
        """Log-odds; 0 where nothing can be said. Raises nothing."""
        buckets, values = _features(text, self.light)
        return float(self.weights[buckets] @ values + self.weights[BUCKETS]) if len(buckets) else 0.0


def _features(text: str, light: frozenset[str]) -> tuple[npt.NDArray[np.int64], Weights]:
    found = unit(counts(tokens(text), light))
    return np.array(list(found), dtype=np.int64), np.array(list(found.values()), dtype=np.float32)


class Alarm:
    """Rules and likeness of one language; read-only, safe to share between threads."""

    INDEX, WEIGHTS = "signs", "alarm.weights"
    """Under these names both stand in the compiled library."""

    def __init__(
        self, rules: UrgentCheck, likeness: Likeness, nearest: TopicIndex, signs: Mapping[str, UrgentSign]
    ) -> None:
        """`nearest` ranks signs by the lines people say when they have them; words that are light to it and to the
        likeness say nothing by themselves.
        """
        self._empty = likeness.light | frozenset(nearest.light)
        self._rules = rules
        self._likeness = likeness
        self._nearest = nearest
        self._signs = signs

    @classmethod
    def from_library(cls, library: Library) -> Alarm:
        """As it was worked out at build time."""
        return cls(
            UrgentCheck(library.patterns, library.signs),
            Likeness(library.array(cls.WEIGHTS), frozenset(library.cues.far_along)),
            TopicIndex.from_library(library, cls.INDEX),
            library.signs,
        )

    def __call__(self, utterance: str, stages: frozenset[str] = frozenset()) -> Verdict | None:
        """What was said, and the stages she is known to be in (empty: every stage) → the gravest sign, or None."""
        return self._rules(utterance, stages) or self._sounds_like(utterance, stages)

    def _sounds_like(self, utterance: str, stages: frozenset[str]) -> Verdict | None:
        if self._empty.issuperset(tokens(utterance)) or self._likeness(utterance) < ALARM_FROM:
            return None
        for candidate in self._nearest.rank(utterance):
            sign = self._signs[candidate.topic]
            if not stages or "any" in sign.stage or not stages.isdisjoint(sign.stage):
                return Verdict(sign.id, sign.level, (f"sounds like: {candidate.entry}",))
        return None


def alarm_parts(
    urgent: Mapping[str, Sequence[str]], harmless: Sequence[str], cues: Cues
) -> tuple[dict[str, np.ndarray[Any, Any]], dict[str, tuple[str, ...]]]:
    """Sign → lines, and harmless lines → the arrays and lists to be kept in the compiled library."""
    index = TopicIndex.build([(sign, line) for sign, lines in urgent.items() for line in lines], cues.light)
    lines = [(line, True) for group in urgent.values() for line in group] + [(line, False) for line in harmless]
    likeness = Likeness.learn(lines, frozenset(cues.far_along))
    arrays = {Alarm.WEIGHTS: likeness.weights, **index.arrays(Alarm.INDEX)}
    return arrays, index.lists(Alarm.INDEX)
