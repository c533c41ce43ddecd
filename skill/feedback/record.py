"""What is kept of a rating, and what a store of ratings promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol


@dataclass(frozen=True)
class Feedback:
    """One rating. No user, device, session or request id of Alexa's, no words, no week of pregnancy: design.md,
    "What is kept".
    """

    topic: str
    aspect: str
    helpful: bool
    locale: str
    content_version: str
    day: date


@dataclass(frozen=True)
class Count:
    """How often a topic was rated."""

    topic: str
    helpful: int
    not_helpful: int


@dataclass(frozen=True)
class Missing:
    """Why an answer did not help: one of three reasons that were offered. No words of hers."""

    topic: str
    aspect: str
    reason: Literal["too_long", "not_mine", "not_clear"]
    locale: str
    content_version: str
    day: date


@dataclass(frozen=True)
class ReasonCount:
    """How often one reason was given for a topic."""

    topic: str
    reason: str
    times: int


class FeedbackStore(Protocol):
    """Keeps ratings as counts. One contract for every store; tests/feedback/contract.py holds them to it."""

    def add(self, token: str, feedback: Feedback) -> bool:
        """Counts a rating once. `token` is the random key of the answer that was rated: the same token again counts
        nothing and gives False, so that a repeated delivery does no harm. Raises FeedbackUnavailable.
        """

    def add_reason(self, token: str, missing: Missing) -> bool:
        """Counts a reason once, by the same rule. Raises FeedbackUnavailable."""

    def reasons(self) -> Sequence[ReasonCount]:
        """Every reason that was given, by topic and reason. Raises FeedbackUnavailable."""

    def counts(self) -> Sequence[Count]:
        """Every topic that was rated, by id. Raises FeedbackUnavailable."""

    def forget_tokens(self, before: date) -> int:
        """Removes the tokens of days before `before`; the counts stay. Gives how many. Raises FeedbackUnavailable."""

    def ping(self) -> None:
        """Raises FeedbackUnavailable where the store cannot be used now."""

    def close(self) -> None:
        """Lets go of files and connections."""
