"""A turn → the topic she asks about, a choice of two or three, or none, with the reasons.

A list match is evidence, not the last word. Honest about not knowing: where two topics are close both are offered,
where none is near, or the question is a dose, a diagnosis or somebody else's illness, no article is stretched over it.
The thresholds were chosen on phrases held out of the index; docs/decisions/0004 has the figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from skill.expressions import any_of
from skill.library.cues import Cues
from skill.text import comparable
from skill.topics.index import Candidate, TopicIndex
from skill.turn import Turn

ANSWER_FROM = 0.20
"""Score from which the best topic is answered when nothing else is near."""
CHOOSE_FROM = 0.17
"""Score from which a topic may be offered in a choice."""
CLEAR_LEAD = 0.04
"""How far the best has to be ahead to be answered rather than offered."""
LIST_EVIDENCE = 0.30
"""What a match in the list of topics adds to that topic's score."""
COMPLAINT_EVIDENCE = 0.20
"""What a listed phrase adds to the topic it stands under."""
_LONGEST_FOLLOW_UP = 9
UNWRITTEN = 0.85
"""What a topic that has no article yet weighs beside one that has: it is known by its name only."""


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

    reason: Literal["far", "unwritten", "dose", "diagnosis", "someone_else", "other_domain", "nothing_heard"]
    candidates: tuple[Candidate, ...] = ()


Resolution = Found | Ambiguous | NotFound


class Resolver:
    """Finds topics in one language's index."""

    def __init__(self, index: TopicIndex, cues: Cues, written: Iterable[str]) -> None:
        """Compiles the cues once; read-only and thread-safe from then on. `written`: the topics that have articles."""
        self._index = index
        self._written = frozenset(written)
        scope = cues.out_of_scope
        self._about_doses = any_of(scope.dose)
        self._about_diagnosis = any_of(scope.diagnosis)
        self._about_someone_else = any_of(scope.someone_else)
        self._about_something_else = any_of(scope.other_domain)
        self._pregnant = any_of(cues.pregnant)
        self._follow_ups = any_of(cues.follow_ups)

    def resolve(self, turn: Turn) -> Resolution:
        """A turn's slots and text → Found, Ambiguous or NotFound. Raises nothing."""
        listed = self._listed(turn)
        text = comparable(turn.text)
        if not text:
            return NotFound("nothing_heard")
        if (reason := self._out_of_scope(text)) is not None:
            return NotFound(reason)
        return self._decide(self._weigh(self._index.rank(text), listed))

    def follows_up(self, text: str) -> bool:
        """Whether a text only asks on about what was being talked about: "how long does it last"."""
        said = comparable(text)
        return len(said.split()) <= _LONGEST_FOLLOW_UP and bool(self._follow_ups.search(said))

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

    def _weigh(self, ranked: list[Candidate], listed: Mapping[str, float]) -> list[Candidate]:
        by_text = {candidate.topic: candidate for candidate in ranked}
        for topic in listed:
            by_text.setdefault(topic, Candidate(topic, 0.0, "(list)"))
        weighed = [
            Candidate(topic, round(min(1.0, self._fit(candidate) + listed.get(topic, 0.0)), 4), candidate.entry)
            for topic, candidate in by_text.items()
        ]
        return sorted(weighed, key=lambda candidate: -candidate.score)

    def _fit(self, candidate: Candidate) -> float:
        return candidate.score if candidate.topic in self._written else UNWRITTEN * candidate.score

    def _decide(self, weighed: list[Candidate]) -> Resolution:
        candidates = tuple(weighed[:5])
        if not weighed or weighed[0].score < CHOOSE_FROM:
            return NotFound("far", candidates)
        best = weighed[0]
        if best.topic not in self._written:
            return NotFound("unwritten", candidates)
        near = [other for other in weighed[1:] if self._rivals(other, best)][:2]
        if near:
            return Ambiguous((best.topic, *(other.topic for other in near)), candidates)
        if best.score < ANSWER_FROM:
            return NotFound("far", candidates)
        return Found(best.topic, candidates)

    def _rivals(self, other: Candidate, best: Candidate) -> bool:
        close = other.score >= CHOOSE_FROM and best.score - other.score < CLEAR_LEAD
        return close and other.topic in self._written
