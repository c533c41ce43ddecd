"""What is kept of a rating, and what a store of ratings promises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

RATING = "rating"
REASON = "reason"
"""The kinds of feedback: was it helpful, and why not."""
HELPFUL = "helpful"
NOT_HELPFUL = "not-helpful"

OWN = "own"
"""The origin of what a store counted itself; a part of it may stand behind a point, as in `own.3`."""


@dataclass(frozen=True)
class Feedback:
    """One answer to one of our questions. No user, device, session or request id of Alexa's, no words, no week of
    pregnancy: design.md, "What is kept".
    """

    topic: str
    aspect: str
    answer: str
    """HELPFUL or NOT_HELPFUL for a rating; for a reason which of those that were offered. No words of hers."""
    locale: str
    content_version: str
    day: date
    kind: str = RATING
    """What was asked. Stores know nothing of kinds but that a token counts once in each."""


@dataclass(frozen=True)
class Tally:
    """How often the same feedback came in, and where it was counted."""

    feedback: Feedback
    times: int
    origin: str = OWN
    """OWN, or the identity of the store that it was taken over from."""


@dataclass(frozen=True)
class Count:
    """How often a topic was rated."""

    topic: str
    helpful: int
    not_helpful: int


@dataclass(frozen=True)
class ReasonCount:
    """How often one reason was given for a topic."""

    topic: str
    reason: str
    times: int


class FeedbackSink(Protocol):
    """Takes ratings in. All that the dialogue needs."""

    def add(self, token: str, feedback: Feedback) -> bool:
        """Counts a rating once. `token` is the random key of the answer that was rated: the same token again, in the
        same kind, counts nothing and gives False, so that a repeated delivery does no harm. Raises FeedbackUnavailable.
        """

    def ping(self) -> None:
        """Raises FeedbackUnavailable where ratings cannot be written now."""

    def close(self) -> None:
        """Lets go of files and connections."""


class FeedbackStore(FeedbackSink, Protocol):
    """Keeps ratings as counts. One contract for every store; tests/feedback/contract.py holds them to it."""

    def prepare(self) -> None:
        """Makes what the store needs, where it is not there yet. Raises FeedbackUnavailable."""

    def counts(self) -> Sequence[Count]:
        """Every topic that was rated, by id. Raises FeedbackUnavailable."""

    def forget_tokens(self, before: date) -> int:
        """Removes the tokens of days before `before`; the counts stay. Gives how many. Raises FeedbackUnavailable."""

    def identity(self) -> str:
        """The random name of this store, made once: 32 hexadecimal digits. Raises FeedbackUnavailable."""

    def tallies(self) -> Sequence[Tally]:
        """Everything that was counted, here and where it was taken over from. Raises FeedbackUnavailable."""

    def merge(self, tallies: Iterable[Tally]) -> int:
        """Raises each count to what is given, by feedback and origin; lowers none. So the same again, and an older
        state after a newer one, change nothing. Gives how many changed. Raises FeedbackUnavailable.
        """


def count_by_topic(tallies: Iterable[Tally]) -> list[Count]:
    """Ratings by topic, sorted by its id, whatever their origin."""
    times: Counter[tuple[str, str]] = Counter()
    for tally in tallies:
        if tally.feedback.kind == RATING:
            times[tally.feedback.topic, tally.feedback.answer] += tally.times
    topics = sorted({topic for topic, _ in times})
    return [Count(topic, times[topic, HELPFUL], times[topic, NOT_HELPFUL]) for topic in topics]


def reasons_by_topic(tallies: Iterable[Tally]) -> list[ReasonCount]:
    """Reasons why an answer did not help, sorted by topic and reason, whatever their origin."""
    times: Counter[tuple[str, str]] = Counter()
    for tally in tallies:
        if tally.feedback.kind == REASON:
            times[tally.feedback.topic, tally.feedback.answer] += tally.times
    return [ReasonCount(topic, reason, count) for (topic, reason), count in sorted(times.items())]
