"""The tables and statements of a store in SQL, in words that SQLite and PostgreSQL share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from skill.feedback.record import OWN, Feedback, Tally

CREATE_TABLES = """
CREATE TABLE feedback_tally (
    origin TEXT NOT NULL, kind TEXT NOT NULL, topic TEXT NOT NULL, aspect TEXT NOT NULL, answer TEXT NOT NULL,
    locale TEXT NOT NULL, content_version TEXT NOT NULL, day TEXT NOT NULL, times BIGINT NOT NULL,
    PRIMARY KEY (origin, kind, topic, aspect, answer, locale, content_version, day)
);
CREATE TABLE feedback_token (kind TEXT NOT NULL, token TEXT NOT NULL, day TEXT NOT NULL, PRIMARY KEY (kind, token));
CREATE INDEX feedback_token_day ON feedback_token (day);
CREATE TABLE feedback_identity (number INTEGER PRIMARY KEY CHECK (number = 1), id TEXT NOT NULL);
"""

TAKE_ONCE = "INSERT INTO feedback_token (kind, token, day) VALUES (:kind, :token, :day) ON CONFLICT DO NOTHING"

_INSERT_TALLY = """
INSERT INTO feedback_tally (origin, kind, topic, aspect, answer, locale, content_version, day, times)
VALUES (:origin, :kind, :topic, :aspect, :answer, :locale, :content_version, :day, :times)
ON CONFLICT (origin, kind, topic, aspect, answer, locale, content_version, day)
"""
ADD_ONE = _INSERT_TALLY + "DO UPDATE SET times = feedback_tally.times + excluded.times"
RAISE = _INSERT_TALLY + "DO UPDATE SET times = excluded.times WHERE feedback_tally.times < excluded.times"

ALL_TALLIES = "SELECT topic, aspect, answer, locale, content_version, day, kind, times, origin FROM feedback_tally"

NAME_ONCE = "INSERT INTO feedback_identity (number, id) VALUES (1, :id) ON CONFLICT DO NOTHING"
IDENTITY = "SELECT id FROM feedback_identity"


def row(tally: Tally) -> dict[str, str | int]:
    """The parameters of ADD_ONE and RAISE."""
    return {**vars(tally.feedback), "day": tally.feedback.day.isoformat(), "times": tally.times, "origin": tally.origin}


def rows_in_order(tallies: Iterable[Tally]) -> list[dict[str, str | int]]:
    """The parameters of many, in one order for everybody, so that two writers do not wait for one another in a ring."""
    return sorted((row(tally) for tally in tallies), key=lambda each: [str(value) for value in each.values()])


def tally_from(values: Iterable[object]) -> Tally:
    """A row of ALL_TALLIES as a Tally."""
    topic, aspect, answer, locale, version, day, kind, times, origin = map(str, values)
    feedback = Feedback(topic, aspect, answer, locale, version, date.fromisoformat(day), kind)
    return Tally(feedback, int(times), origin)


def last_day_to_forget(feedback: Feedback) -> str:
    """Tokens of days before this one are forgotten once `feedback` is written: a token is kept for a day."""
    return (feedback.day - timedelta(days=1)).isoformat()


def one(feedback: Feedback) -> dict[str, str | int]:
    """The parameters that count `feedback` once."""
    return row(Tally(feedback, 1, OWN))
