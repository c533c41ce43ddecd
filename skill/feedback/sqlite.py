"""Ratings in an SQLite file, in write-ahead mode, so that readers and one writer do not wait for one another."""

from __future__ import annotations

import secrets
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from skill.errors import FeedbackUnavailable
from skill.feedback import statements as sql
from skill.feedback.record import Count, Feedback, Tally, count_by_topic

_FIRST_RELEASE = """
CREATE TABLE IF NOT EXISTS rating (topic, aspect, helpful, locale, content_version, day, times);
CREATE TABLE IF NOT EXISTS token (token, day);
"""
_CARRY_OVER = """
INSERT INTO feedback_tally SELECT 'own', 'rating', topic, aspect, CASE helpful WHEN 1 THEN 'helpful' ELSE 'not-helpful'
    END, locale, content_version, day, times FROM rating;
INSERT INTO feedback_token SELECT 'rating', token, day FROM token;
DROP TABLE rating;
DROP TABLE token;
"""
_MIGRATIONS = (_FIRST_RELEASE + sql.CREATE_TABLES + _CARRY_OVER,)
"""Each takes a file from the version that is its place to the next; version 0 is nothing, or what 0.1.0 wrote."""

_FORGET = "DELETE FROM feedback_token WHERE day < :before"
_BUSY_SECONDS = 0.25  # who writes does not wait longer than this for another writer


class SqliteStore:
    """Keeps ratings in one file; safe between threads and processes."""

    def __init__(self, path: Path) -> None:
        """Opens or makes the file. Raises FeedbackUnavailable where it cannot be written."""
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                path, timeout=_BUSY_SECONDS, check_same_thread=False, isolation_level=None
            )
        except (sqlite3.Error, OSError) as error:
            raise _cannot_be_used(path, error) from error
        try:
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._migrate()
        except sqlite3.Error as error:
            self._connection.close()
            raise _cannot_be_used(path, error) from error

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    def _migrate(self) -> None:
        if self._version() == len(_MIGRATIONS):
            return
        with self._lock, _transaction(self._connection, "IMMEDIATE") as connection:
            if self._version() > len(_MIGRATIONS):
                raise sqlite3.DatabaseError("it was written by a newer release")
            for migration in _MIGRATIONS[self._version() :]:
                for statement in migration.split(";"):
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {len(_MIGRATIONS)}")

    @contextmanager
    def _using(self, kind: str) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                with _transaction(self._connection, kind) as connection:
                    yield connection
            except sqlite3.Error as error:
                raise FeedbackUnavailable(f"The feedback file cannot be used ({error}).") from error

    def add(self, token: str, feedback: Feedback) -> bool:
        """See FeedbackSink. Token and count are written in one transaction: both or neither."""
        values = {**sql.one(feedback), "token": token}
        with self._using("IMMEDIATE") as connection:
            fresh = connection.execute(sql.TAKE_ONCE, values).rowcount == 1
            if fresh:
                connection.execute(sql.ADD_ONE, values)
                connection.execute(_FORGET, {"before": sql.last_day_to_forget(feedback)})
        return fresh

    def counts(self) -> Sequence[Count]:
        """See FeedbackStore."""
        return count_by_topic(self.tallies())

    def forget_tokens(self, before: date) -> int:
        """See FeedbackStore."""
        with self._using("IMMEDIATE") as connection:
            return connection.execute(_FORGET, {"before": before.isoformat()}).rowcount

    def identity(self) -> str:
        """See FeedbackStore."""
        with self._using("IMMEDIATE") as connection:
            connection.execute(sql.NAME_ONCE, {"id": secrets.token_hex(16)})
            return str(connection.execute(sql.IDENTITY).fetchone()[0])

    def tallies(self) -> Sequence[Tally]:
        """See FeedbackStore."""
        with self._using("DEFERRED") as connection:
            return [sql.tally_from(row) for row in connection.execute(sql.ALL_TALLIES)]

    def merge(self, tallies: Iterable[Tally]) -> int:
        """See FeedbackStore. All in one transaction."""
        with self._using("IMMEDIATE") as connection:
            return sum(connection.execute(sql.RAISE, row).rowcount for row in sql.rows_in_order(tallies))

    def prepare(self) -> None:
        """See FeedbackStore: opening the file has made what it needs."""

    def ping(self) -> None:
        """See FeedbackSink."""
        with self._using("DEFERRED") as connection:
            connection.execute(sql.IDENTITY)

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()


@contextmanager
def _transaction(connection: sqlite3.Connection, kind: str) -> Iterator[sqlite3.Connection]:
    """Begun by hand, so that one that writes takes the lock first and two cannot wait for one another."""
    connection.execute(f"BEGIN {kind}")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _cannot_be_used(path: Path, error: Exception) -> FeedbackUnavailable:
    return FeedbackUnavailable(
        f"The feedback file {path} cannot be used ({error}). Make its folder writable, or set BUMP_GUIDE_DATA."
    )
