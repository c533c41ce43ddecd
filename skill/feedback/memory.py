"""Ratings in memory: for one `ask` on the command line, whose ratings are nobody's."""

from __future__ import annotations

import secrets
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from skill.feedback.record import OWN, Count, Feedback, Tally, count_by_topic


class MemoryStore:
    """Keeps ratings until it is closed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._identity = secrets.token_hex(16)
        self._tokens: dict[tuple[str, str], date] = {}
        self._times: Counter[tuple[str, Feedback]] = Counter()

    def add(self, token: str, feedback: Feedback) -> bool:
        """See FeedbackSink."""
        with self._lock:
            if (feedback.kind, token) in self._tokens:
                return False
            self._tokens[feedback.kind, token] = feedback.day
            self._times[OWN, feedback] += 1
            return True

    def counts(self) -> Sequence[Count]:
        """See FeedbackStore."""
        return count_by_topic(self.tallies())

    def forget_tokens(self, before: date) -> int:
        """See FeedbackStore."""
        with self._lock:
            old = [key for key, day in self._tokens.items() if day < before]
            for key in old:
                del self._tokens[key]
            return len(old)

    def identity(self) -> str:
        """See FeedbackStore."""
        return self._identity

    def tallies(self) -> Sequence[Tally]:
        """See FeedbackStore."""
        with self._lock:
            return [Tally(feedback, times, origin) for (origin, feedback), times in self._times.items()]

    def merge(self, tallies: Iterable[Tally]) -> int:
        """See FeedbackStore."""
        with self._lock:
            raised = [tally for tally in tallies if tally.times > self._times[tally.origin, tally.feedback]]
            for tally in raised:
                self._times[tally.origin, tally.feedback] = tally.times
            return len(raised)

    def prepare(self) -> None:
        """Memory needs nothing."""

    def ping(self) -> None:
        """Memory is always there."""

    def close(self) -> None:
        """Nothing to let go of."""
