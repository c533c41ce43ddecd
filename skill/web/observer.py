"""What an operator may learn of requests. Everything that counts them is told here, and nowhere else."""

from __future__ import annotations

from typing import Protocol

from skill.alexa.seen import Seen
from skill.errors import RequestRejected, RequestTooLarge

TOO_LARGE, OTHER = "too large", "other"
_STEPS = (
    "header",
    "signature",
    "certificate address",
    "certificate download",
    "certificate chain",
    "the body",
    "timestamp",
    "skill id",
    "unsigned",
)
"""The checks at the door, as the messages of RequestRejected begin."""


def kind_of(error: RequestRejected) -> str:
    """Which check said no: one of a short list, so that it can be a label."""
    if isinstance(error, RequestTooLarge):
        return TOO_LARGE
    return next((step for step in _STEPS if str(error).startswith(step)), OTHER)


class Observer(Protocol):
    """Is told of every request at the door, in the request's thread."""

    def answered(self, seen: Seen, seconds: float) -> None:
        """A request was answered; `seconds` from its first look at to the response."""

    def refused(self, kind: str) -> None:
        """A request was not let in: `kind` is from a short list."""


class Nobody:
    """Does not watch."""

    def answered(self, seen: Seen, seconds: float) -> None:
        """See Observer."""

    def refused(self, kind: str) -> None:
        """See Observer."""
