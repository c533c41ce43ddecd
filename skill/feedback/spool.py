"""Ratings on a server: taken at once, written by a thread of their own, so that no answer waits for the store.

They queue in memory, and in a journal on disk so that a process that ends loses none. Both are bounded. The store is
opened, asked again and tidied by that thread alone.
"""

from __future__ import annotations

import logging
import os
import threading
import time
import weakref
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from skill.errors import FeedbackRefused, FeedbackUnavailable
from skill.feedback.journal import Journal, Waiting
from skill.feedback.journals import Journals
from skill.feedback.record import Feedback, FeedbackStore

_log = logging.getLogger(__name__)

MOST_WAITING = 10_000
"""Ratings, some 200 bytes each: hours of a busy skill, and 2 MB. Beyond it new ones are refused, and counted."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 30.0  # seconds between tries of a store that is down; doubled each time
_LOG_SECONDS = 60.0
_TIDY_SECONDS = 3600.0


@dataclass(frozen=True)
class SpoolState:
    """Counts since this process began, for a page of metrics. Nothing in it names a topic."""

    waiting: int
    written: int
    repeated: int
    """Were counted already: delivered twice, or written again after a crash."""
    refused: int
    """Not taken because too many waited, or not taken by the store whatever is tried."""
    given_up: int
    """Waited so long that their token is forgotten, and may have been written before: left out, to count none twice."""
    failures: Mapping[str, int]
    """Tries that failed, by the name of the error."""
    available: bool
    """Whether the last try went well."""
    in_memory_only: int
    """Were taken while the disk took nothing: had the process ended before they were written, they were lost."""


class Spool:
    """A FeedbackSink. Begins with its first use in a process, so that it can be made before a server forks."""

    def __init__(
        self,
        open_store: Callable[[], FeedbackStore],
        folder: Path,
        today: Callable[[], date],
        most_waiting: int = MOST_WAITING,
    ) -> None:
        """`folder` is where journals lie. `open_store` raises FeedbackUnavailable while the store cannot be opened."""
        self._open_store = open_store
        self._folder = folder
        self._today = today
        self._most_waiting = most_waiting
        self._reset()
        us = weakref.ref(self)

        def after_fork() -> None:
            if (spool := us()) is not None:
                spool._after_fork()

        os.register_at_fork(after_in_child=after_fork)

    def _after_fork(self) -> None:
        """What a parent process has queued is the parent's to write, and its connections are the parent's to close."""
        for _, journal in self._queue:
            if journal is not None:
                journal.abandon()
        self._journals.abandon()
        self._of_parent = self._store
        self._reset()

    def _reset(self) -> None:
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._queue: deque[tuple[Waiting, Journal | None]] = deque()
        self._journals = Journals(self._folder)
        self._in_doubt: set[Waiting] = set()
        self._store: FeedbackStore | None = None
        self._closing = False
        self._counts: Counter[str] = Counter()
        self._failures: Counter[str] = Counter()
        self._problem: str | None = None
        self._logged = 0.0
        self._tidy_due = 0.0

    # What a request asks. None of it waits for the store.

    def add(self, token: str, feedback: Feedback) -> bool:
        """Takes a rating, to be written once. Raises FeedbackUnavailable where too many wait already."""
        waiting = Waiting(token, feedback)
        with self._wake:
            self._begin()
            if len(self._queue) >= self._most_waiting:
                self._counts["refused"] += 1
                raise FeedbackUnavailable(f"{len(self._queue)} ratings wait for the store already.")
            self._queue.append((waiting, self._journals.keep(waiting)))
            self._wake.notify()
        return True

    def ping(self) -> None:
        """See FeedbackSink: what the last try said."""
        with self._wake:
            self._begin()
            if self._problem is not None:
                raise FeedbackUnavailable(self._problem)

    def state(self) -> SpoolState:
        """The counts as they are now."""
        with self._wake:
            return SpoolState(
                waiting=len(self._queue),
                written=self._counts["written"],
                repeated=self._counts["repeated"],
                refused=self._counts["refused"],
                given_up=self._counts["given_up"],
                failures=dict(self._failures),
                available=self._problem is None,
                in_memory_only=self._journals.not_kept,
            )

    def close(self, within: float = 2.0) -> None:
        """Writes what waits, for at most `within` seconds; the rest is left to the journal."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        if self._thread is not None:
            self._thread.join(within)

    def _begin(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="feedback", daemon=True)
            self._thread.start()

    # What the thread does.

    def _run(self) -> None:
        pause = _FIRST_PAUSE
        while True:
            found = self._next()
            if found is None and self._closing:
                break
            went_well = self._tidy() if found is None else self._write(*found)
            pause = _FIRST_PAUSE if went_well else min(pause * 2, _LONGEST_PAUSE)
            if not went_well and self._rest(pause):
                break
        self._let_go()

    def _next(self) -> tuple[Waiting, Journal | None] | None:
        """The rating that has waited longest; None when it is time to tidy, or to end."""
        with self._wake:
            while not self._queue and not self._closing and time.monotonic() < self._tidy_due:
                self._wake.wait(self._tidy_due - time.monotonic())
            if not self._closing and time.monotonic() >= self._tidy_due:
                return None
            return self._queue[0] if self._queue else None

    def _rest(self, seconds: float) -> bool:
        """Waits before the next try; True where there is to be none."""
        with self._wake:
            return self._wake.wait_for(lambda: self._closing, seconds)

    def _write(self, waiting: Waiting, journal: Journal | None) -> bool:
        """Whether the store has answered, with whatever answer."""
        if waiting in self._in_doubt and waiting.feedback.day < self._today() - timedelta(days=1):
            return self._finish("given_up", journal)
        try:
            fresh = self._opened().add(waiting.token, waiting.feedback)
        except FeedbackRefused:
            return self._finish("refused", journal)
        except Exception as error:
            self._in_doubt.add(waiting)
            return self._failed(error)
        return self._finish("written" if fresh else "repeated", journal)

    def _opened(self) -> FeedbackStore:
        if self._store is None:
            self._store = self._open_store()
        return self._store

    def _finish(self, how: str, journal: Journal | None) -> bool:
        with self._wake:
            waiting, _ = self._queue.popleft()
            self._in_doubt.discard(waiting)
            self._counts[how] += 1
            if journal is not None:
                journal.done(waiting)
        self._recovered()
        return True

    def _failed(self, error: Exception) -> bool:
        """Our own errors say what is wrong without a topic; of any other only its name is logged."""
        said = str(error) if isinstance(error, FeedbackUnavailable) else f"Unforeseen: {type(error).__name__}."
        with self._wake:
            self._failures[type(error.__cause__ or error).__name__] += 1
            first, self._problem = self._problem is None, said
            waiting, failures = len(self._queue), sum(self._failures.values())
        if first or time.monotonic() > self._logged + _LOG_SECONDS:
            self._logged = time.monotonic()
            _log.error("%s %d ratings wait, %d tries have failed.", said, waiting, failures)
        self._drop_store()
        return False

    def _recovered(self) -> None:
        with self._wake:
            was, self._problem = self._problem, None
            waiting = len(self._queue)
        if was is not None:
            _log.warning("The feedback store can be written again; %d ratings that waited follow.", waiting)

    def _drop_store(self) -> None:
        """Opened anew for the next try: a file may have been replaced, a password mended."""
        store, self._store = self._store, None
        if store is not None:
            store.close()

    def _tidy(self) -> bool:
        """At the start, and once an hour: takes over what processes that are gone have left, and has the store forget
        the tokens of past days.
        """
        self._tidy_due = time.monotonic() + _TIDY_SECONDS
        self._adopt()
        try:
            self._opened().forget_tokens(self._today() - timedelta(days=1))
        except Exception as error:
            return self._failed(error)
        self._recovered()
        return True

    def _adopt(self) -> None:
        """The first rating in a journal may be written: its process may have ended before it could note that."""
        left = self._journals.left_behind()
        with self._wake:
            for journal in left:
                self._in_doubt.update(journal.waiting[:1])
                self._queue.extend((waiting, journal) for waiting in journal.waiting)

    def _let_go(self) -> None:
        self._drop_store()
        with self._wake:
            for _, journal in self._queue:
                if journal is not None:
                    journal.close()
            self._journals.close()
