"""Ratings in an SQLite file, in write-ahead mode, so that readers and one writer do not wait for one another."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Literal

from skill.errors import FeedbackUnavailable
from skill.feedback.record import Count, Feedback, Missing, ReasonCount

_SCHEMA = """
CREATE TABLE IF NOT EXISTS rating (
    topic TEXT NOT NULL, aspect TEXT NOT NULL, helpful INTEGER NOT NULL, locale TEXT NOT NULL,
    content_version TEXT NOT NULL, day TEXT NOT NULL, times INTEGER NOT NULL,
    PRIMARY KEY (topic, aspect, helpful, locale, content_version, day)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reason (
    topic TEXT NOT NULL, aspect TEXT NOT NULL, reason TEXT NOT NULL, locale TEXT NOT NULL,
    content_version TEXT NOT NULL, day TEXT NOT NULL, times INTEGER NOT NULL,
    PRIMARY KEY (topic, aspect, reason, locale, content_version, day)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS token (token TEXT PRIMARY KEY, day TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS token_day ON token (day);
"""
_COUNT = {
    "rating": "INSERT INTO rating VALUES (?, ?, ?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET times = times + 1",
    "reason": "INSERT INTO reason VALUES (?, ?, ?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET times = times + 1",
}
"""Table → the statement that counts one more."""
_BUSY_SECONDS = 0.25  # an answer does not wait longer than this for another writer


class SqliteStore:
    """Keeps ratings in one file; safe between threads and processes."""

    def __init__(self, path: Path) -> None:
        """Opens or makes the file. Raises FeedbackUnavailable where it cannot be written."""
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, check_same_thread=False)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._connection.executescript(_SCHEMA)
        except (sqlite3.Error, OSError) as error:
            raise FeedbackUnavailable(
                f"The feedback file {path} cannot be used ({error}). Make its folder writable, or set BUMP_GUIDE_DATA."
            ) from error

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                with self._connection:
                    yield self._connection
            except sqlite3.Error as error:
                raise FeedbackUnavailable(f"The feedback file cannot be used ({error}).") from error

    def add(self, token: str, feedback: Feedback) -> bool:
        """See FeedbackStore. Token and count are written in one transaction: both or neither."""
        return self._count(
            token, feedback.day, "rating",
            (feedback.topic, feedback.aspect, int(feedback.helpful), feedback.locale, feedback.content_version),
        )  # fmt: skip

    def add_reason(self, token: str, missing: Missing) -> bool:
        """See FeedbackStore."""
        return self._count(
            token, missing.day, "reason",
            (missing.topic, missing.aspect, missing.reason, missing.locale, missing.content_version),
        )  # fmt: skip

    def _count(self, token: str, day: date, table: Literal["rating", "reason"], key: tuple[str | int, ...]) -> bool:
        """One more in a table, unless the token was there."""
        on = day.isoformat()
        with self._transaction() as connection:
            fresh = connection.execute("INSERT OR IGNORE INTO token VALUES (?, ?)", (token, on)).rowcount == 1
            if fresh:
                connection.execute(_COUNT[table], (*key, on))
                connection.execute("DELETE FROM token WHERE day < date(?, '-1 day')", (on,))
        return fresh

    def reasons(self) -> Sequence[ReasonCount]:
        """See FeedbackStore."""
        with self._transaction() as connection:
            rows = connection.execute(
                "SELECT topic, reason, sum(times) FROM reason GROUP BY topic, reason ORDER BY topic, reason"
            ).fetchall()
        return [ReasonCount(*row) for row in rows]

    def counts(self) -> Sequence[Count]:
        """See FeedbackStore."""
        with self._transaction() as connection:
            rows = connection.execute(
                "SELECT topic, sum(times * helpful), sum(times * (1 - helpful)) FROM rating"
                " GROUP BY topic ORDER BY topic"
            ).fetchall()
        return [Count(*row) for row in rows]

    def forget_tokens(self, before: date) -> int:
        """See FeedbackStore."""
        with self._transaction() as connection:
            return connection.execute("DELETE FROM token WHERE day < ?", (before.isoformat(),)).rowcount

    def ping(self) -> None:
        """See FeedbackStore."""
        with self._transaction() as connection:
            connection.execute("SELECT 1")

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()
