"""Ratings in memory: for one `ask` on the command line, whose ratings are nobody's."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from datetime import date

from skill.feedback.record import Count, Feedback


class MemoryStore:
    """Keeps ratings until it is closed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tokens: dict[str, date] = {}
        self._counts: Counter[tuple[str, bool]] = Counter()

    def add(self, token: str, feedback: Feedback) -> bool:
        """See FeedbackStore."""
        with self._lock:
            if token in self._tokens:
                return False
            self._tokens[token] = feedback.day
            self._counts[feedback.topic, feedback.helpful] += 1
            return True

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
