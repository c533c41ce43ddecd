"""A turn → the topic she asks about, a choice of two or three, or none, with the reasons.

A list match is evidence, not the last word. Honest about not knowing: where two topics are close both are offered,
where none is near, or the question is a dose, a diagnosis or somebody else's illness, no article is stretched over it.
The thresholds were chosen on questions that nothing was trained on; docs/decisions/0008 has the figures.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from skill.expressions import Expressions
from skill.library.cues import Cues
from skill.stages import is_after_birth
from skill.text import comparable
from skill.topics.candidate import COMPLAINT_EVIDENCE, LIST_EVIDENCE, Candidate
from skill.turn import Turn

if TYPE_CHECKING:
    from skill.topics.rank import Ranker

ANSWER_FROM = 0.35
"""Probability from which the best topic is answered."""
CHOOSE_FROM = 0.4
"""Probability that the two or three best share, from which they are offered."""
OFFERED_FROM = 0.15
"""Probability below which a topic is no option of a choice."""
IN_SCOPE_FROM = 0.95
"""Probability of our scope below which no article is read or offered, but for what is listed, or nearly:"""
LISTED_FROM = 0.85
"""nearness of meaning from which a text counts as listed. "I'm constipated", which is, was refused as out of scope."""


@dataclass(frozen=True)
class Found:
    """One topic fits."""

    topic: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class Ambiguous:
    """Two or three fit about as well."""

    topics: tuple[str, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class NotFound:
    """No article answers this."""

    reason: Literal["far", "unwritten", "out_of_scope", "dose", "diagnosis", "someone_else", "other_domain",
                    "nothing_heard"]  # fmt: skip
    candidates: tuple[Candidate, ...] = ()


Resolution = Found | Ambiguous | NotFound


class Resolver:
    """Finds topics in one language's index."""

    def __init__(self, ranker: Callable[[], Ranker], cues: Cues, written: Iterable[str]) -> None:
        """Read-only and thread-safe. `ranker` gives the same one each time, and may load it with the first text;
        `written`: the topics that have articles.
        """
        self._ranker = ranker
        self._written = frozenset(written)
        scope = cues.out_of_scope
        self._about_doses = Expressions(scope.dose)
        self._about_diagnosis = Expressions(scope.diagnosis)
        self._about_someone_else = Expressions(scope.someone_else)
        self._about_something_else = Expressions(scope.other_domain)
        self._pregnant = Expressions(cues.pregnant)

    def resolve(self, turn: Turn) -> Resolution:
        """A turn's slots and text → Found, Ambiguous or NotFound. Raises nothing."""
        listed = self._listed(turn)
        text = comparable(turn.text)
        if not text:
            return NotFound("nothing_heard")
        if (reason := self._out_of_scope(text)) is not None:
            return NotFound(reason)
        named = max(listed.values(), default=0.0) >= LIST_EVIDENCE
        sounds_foreign = not named and self._ranker().in_scope(text) < IN_SCOPE_FROM
        candidates = self.near(turn)
        if sounds_foreign and not _is_listed(text, candidates):
            return NotFound("out_of_scope")
        return self._decide(candidates)

    def near(self, turn: Turn) -> tuple[Candidate, ...]:
        """The topics that a turn is nearest to, best first, whatever is decided about them. Raises nothing."""
        return self._ranker().rank(comparable(turn.text), self._listed(turn), born=is_born(turn.session.stages))

    def _listed(self, turn: Turn) -> Mapping[str, float]:
        """Topic → what its list matches are worth."""
        worth: dict[str, float] = {}
        for slot in turn.slots:
            evidence = LIST_EVIDENCE if slot.name == "topic" else COMPLAINT_EVIDENCE
            for topic in slot.ids:
                if topic in self._written:
                    worth[topic] = max(worth.get(topic, 0.0), evidence)
        return worth

    def _out_of_scope(self, text: str) -> Literal["dose", "diagnosis", "someone_else", "other_domain"] | None:
        if self._about_doses.search(text):
            return "dose"
        if self._about_diagnosis.search(text):
            return "diagnosis"
        if self._about_someone_else.search(text) and not self._pregnant.search(text):
            return "someone_else"
        return "other_domain" if self._about_something_else.search(text) else None

    def _decide(self, candidates: tuple[Candidate, ...]) -> Resolution:
        if not candidates:
            return NotFound("far")
        best = candidates[0]
        if best.score >= ANSWER_FROM:
            return Found(best.topic, candidates) if best.topic in self._written else NotFound("unwritten", candidates)
        options = [other for other in candidates[:3] if other.score >= OFFERED_FROM and other.topic in self._written]
        if len(options) > 1 and sum(option.score for option in options) >= CHOOSE_FROM:
            return Ambiguous(tuple(option.topic for option in options), candidates)
        return NotFound("far", candidates)


def _is_listed(text: str, candidates: tuple[Candidate, ...]) -> bool:
    """Whether the text is a line of the best topic, or means as good as the same."""
    if not candidates:
        return False
    best = candidates[0]
    return best.signals.get("meaning", 0.0) >= LISTED_FROM or comparable(best.entry) == text


def is_born(stages: Collection[str]) -> bool | None:
    """Whether the birth is over, as far as the stages she has named say so."""
    if not stages:
        return None
    return is_after_birth(stages) if is_after_birth(stages) or "after-birth" not in stages else None
