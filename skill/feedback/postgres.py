"""Ratings in a PostgreSQL database, through SQLAlchemy and psycopg: the extra `postgres`."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.exc import DataError, SQLAlchemyError

from skill.errors import FeedbackLoginRefused, FeedbackRefused, FeedbackUnavailable
from skill.feedback import statements as sql
from skill.feedback.record import Count, Feedback, Tally, count_by_topic

_MIGRATIONS = (sql.CREATE_TABLES + "CREATE TABLE feedback_schema (version INTEGER NOT NULL)",)
"""Each takes a database from the version that is its place to the next; version 0 has no tables of ours."""
_MIGRATION_LOCK = 0x62756D70  # "bump": one process migrates at a time

_FORGET = """
DELETE FROM feedback_token WHERE (kind, token) IN (
    SELECT kind, token FROM feedback_token WHERE day < :before FOR UPDATE SKIP LOCKED
)
"""  # two that forget at once do not wait for one another
_HAS_SCHEMA = """
SELECT 1 FROM pg_catalog.pg_class WHERE relname = 'feedback_schema' AND pg_catalog.pg_table_is_visible(oid)
"""  # not to_regclass: within a transaction it remembers that there was no such table, while another process makes it
_CONNECTING = {
    "connect_timeout": 5,
    "options": "-c statement_timeout=10s -c idle_in_transaction_session_timeout=10s",
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""So that a server that is gone is noticed: https://www.postgresql.org/docs/15/libpq-connect.html ; seconds, and
milliseconds in the last one. What the address says goes before.
"""


class PostgresStore:
    """Keeps ratings in three tables; safe between threads and processes. Connects when it is first used."""

    def __init__(self, address: str) -> None:
        """`address` is postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with libpq's options behind a question mark."""
        url = make_url(address).set(drivername="postgresql+psycopg")
        unless_said = {name: value for name, value in _CONNECTING.items() if name not in url.query}
        # Parameters are hidden from errors: a line of the log that has a token names no topic.
        self._engine = create_engine(url, connect_args=unless_said, hide_parameters=True, pool_pre_ping=True)
        self._migrated = False

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                if not self._migrated:
                    _migrate(connection)
                yield connection
            self._migrated = True
        except DataError as error:
            raise FeedbackRefused(f"PostgreSQL does not take this rating ({_kind(error)}).") from error
        except SQLAlchemyError as error:
            if _was_asked_for_a_password(error):
                # From nothing: spool.py counts failures by the name of the cause, and this one has its own name.
                raise FeedbackLoginRefused(
                    "The PostgreSQL server answers, and refuses the login: look at user, password, database and the"
                    " server's limit of connections."
                ) from None
            raise FeedbackUnavailable(f"The PostgreSQL store cannot be used ({_kind(error)}).") from error

    def add(self, token: str, feedback: Feedback) -> bool:
        """See FeedbackSink. Token and count are written in one transaction: both or neither."""
        values = {**sql.one(feedback), "token": token}
        with self._transaction() as connection:
            fresh = connection.execute(text(sql.TAKE_ONCE), values).rowcount == 1
            if fresh:
                connection.execute(text(sql.ADD_ONE), values)
                connection.execute(text(_FORGET), {"before": sql.last_day_to_forget(feedback)})
        return fresh

    def counts(self) -> Sequence[Count]:
        """See FeedbackStore."""
        return count_by_topic(self.tallies())

    def forget_tokens(self, before: date) -> int:
        """See FeedbackStore."""
        with self._transaction() as connection:
            return connection.execute(text(_FORGET), {"before": before.isoformat()}).rowcount

    def identity(self) -> str:
        """See FeedbackStore."""
        with self._transaction() as connection:
            connection.execute(text(sql.NAME_ONCE), {"id": secrets.token_hex(16)})
            return str(connection.execute(text(sql.IDENTITY)).scalar_one())

    def tallies(self) -> Sequence[Tally]:
        """See FeedbackStore."""
        with self._transaction() as connection:
            return [sql.tally_from(row) for row in connection.execute(text(sql.ALL_TALLIES))]

    def merge(self, tallies: Iterable[Tally]) -> int:
        """See FeedbackStore. All in one transaction."""
        with self._transaction() as connection:
            return sum(connection.execute(text(sql.RAISE), row).rowcount for row in sql.rows_in_order(tallies))

    def prepare(self) -> None:
        """See FeedbackStore: the first transaction makes the tables."""
        self.ping()

    def ping(self) -> None:
        """See FeedbackSink."""
        with self._transaction() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        """Closes the connections."""
        self._engine.dispose()


def _migrate(connection: Connection) -> None:
    """Brings the tables to our version. Needs no right to make tables where they are there already."""
    if _version(connection) == len(_MIGRATIONS):
        return
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
    version = _version(connection)
    if version > len(_MIGRATIONS):
        raise FeedbackUnavailable("The tables in the PostgreSQL store were made by a newer release: install that one.")
    for migration in _MIGRATIONS[version:]:
        connection.exec_driver_sql(migration)
    connection.execute(text("DELETE FROM feedback_schema"))
    connection.execute(text("INSERT INTO feedback_schema VALUES (:version)"), {"version": len(_MIGRATIONS)})


def _version(connection: Connection) -> int:
    if connection.execute(text(_HAS_SCHEMA)).first() is None:
        return 0
    return int(connection.execute(text("SELECT version FROM feedback_schema")).scalar_one())


def _kind(error: SQLAlchemyError) -> str:
    """The driver's name for what went wrong: its message may hold what was to be written."""
    return type(getattr(error, "orig", None) or error).__name__


def _was_asked_for_a_password(error: SQLAlchemyError) -> bool:
    """Whether connecting failed at a server that had been reached. Its own words are in the server's language, and
    libpq gives no code: https://www.postgresql.org/docs/15/libpq-status.html, PQconnectionUsedPassword
    """
    connecting = getattr(getattr(error, "orig", None), "pgconn", None)
    return connecting is not None and bool(connecting.used_password or connecting.needs_password)
