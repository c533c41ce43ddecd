"""Ratings in memory: for one `ask` on the command line, whose ratings are nobody's."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from datetime import date

from skill.feedback.record import Count, Feedback, Missing, ReasonCount


class MemoryStore:
    """Keeps ratings until it is closed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tokens: dict[str, date] = {}
        self._counts: Counter[tuple[str, bool]] = Counter()
        self._reasons: Counter[tuple[str, str]] = Counter()

    def add(self, token: str, feedback: Feedback) -> bool:
        """See FeedbackStore."""
        with self._lock:
            if not self._is_fresh(token, feedback.day):
                return False
            self._counts[feedback.topic, feedback.helpful] += 1
            return True

    def add_reason(self, token: str, missing: Missing) -> bool:
        """See FeedbackStore."""
        with self._lock:
            if not self._is_fresh(token, missing.day):
                return False
            self._reasons[missing.topic, missing.reason] += 1
            return True

    def _is_fresh(self, token: str, day: date) -> bool:
        if token in self._tokens:
            return False
        self._tokens[token] = day
        return True

    def reasons(self) -> Sequence[ReasonCount]:
        """See FeedbackStore."""
        with self._lock:
            return [ReasonCount(topic, reason, times) for (topic, reason), times in sorted(self._reasons.items())]

    def counts(self) -> Sequence[Count]:
        """See FeedbackStore."""
        with self._lock:
            topics = sorted({topic for topic, _ in self._counts})
            return [Count(topic, self._counts[topic, True], self._counts[topic, False]) for topic in topics]

    def forget_tokens(self, before: date) -> int:
        """See FeedbackStore."""
        with self._lock:
            old = [token for token, day in self._tokens.items() if day < before]
            for token in old:
                del self._tokens[token]
            return len(old)

    def ping(self) -> None:
        """Memory is always there."""

    def close(self) -> None:
        """Nothing to let go of."""
