"""Ratings from a function that is frozen after each reply: one write, in the turn that rates, with a limit of time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress

from skill.errors import FeedbackUnavailable
from skill.feedback.record import Feedback, FeedbackStore

LIMIT_SECONDS = 0.3


class OneWrite:
    """A FeedbackSink. The store is opened at once: loading its driver takes longer than a rating may, and at the start
    of a function nobody has rated yet.
    """

    def __init__(self, open_store: Callable[[], FeedbackStore], limit_seconds: float = LIMIT_SECONDS) -> None:
        """A store that cannot be opened is tried again with each rating, and stops nobody from being answered."""
        self._open_store = open_store
        self._limit = limit_seconds
        self._store: FeedbackStore | None = None
        self._failures = 0
        with suppress(FeedbackUnavailable):
            self._store = open_store()

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
