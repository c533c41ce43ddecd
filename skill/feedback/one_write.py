"""Ratings from a function that is frozen after each reply: one write, in the turn that rates, with a limit of time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future

from skill.errors import FeedbackUnavailable
from skill.feedback.record import Feedback, FeedbackStore

LIMIT_SECONDS = 0.3


class OneWrite:
    """A FeedbackSink. The store is opened with the first rating, so that a cold start loads no driver."""

    def __init__(self, open_store: Callable[[], FeedbackStore], limit_seconds: float = LIMIT_SECONDS) -> None:
        """Opening is not under the limit: for the stores that functions use it loads a driver and asks nobody."""
        self._open_store = open_store
        self._limit = limit_seconds
        self._store: FeedbackStore | None = None
        self._failures = 0

    def add(self, token: str, feedback: Feedback) -> bool:
        """See FeedbackSink. After the limit the write may still happen, when the function is next awake."""
        try:
            if self._store is None:
                self._store = self._open_store()
            return self._within_limit(self._store, token, feedback)
        except FeedbackUnavailable as error:
            self._failures += 1
            raise FeedbackUnavailable(f"{error} {self._failures} since this function began.") from error

    def _within_limit(self, store: FeedbackStore, token: str, feedback: Feedback) -> bool:
        outcome: Future[bool] = Future()

        def write() -> None:
            try:
                outcome.set_result(store.add(token, feedback))
            except BaseException as error:
                outcome.set_exception(error)

        threading.Thread(target=write, name="feedback", daemon=True).start()
        try:
            return outcome.result(self._limit)
        except TimeoutError as error:
            raise FeedbackUnavailable(f"The store did not answer within {self._limit * 1000:.0f} ms.") from error

    def ping(self) -> None:
        """See FeedbackSink: nothing is asked before a rating needs it."""

    def close(self) -> None:
        """Closes the store."""
        if self._store is not None:
            self._store.close()
