from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from feedback.contract import DAY, rating, token

from skill.errors import FeedbackUnavailable
from skill.feedback.record import Count
from skill.feedback.sqlite import SqliteStore


def test_it_writes_ahead(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "feedback.sqlite")
    other = sqlite3.connect(tmp_path / "feedback.sqlite")
    assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    other.close()
    store.close()


def test_tokens_are_gone_a_day_later(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "feedback.sqlite")
    store.add(token(), rating(day=DAY))
    store.add(token(), rating(day=DAY + timedelta(days=2)))
    assert store.forget_tokens(DAY + timedelta(days=2)) == 0
    store.close()


def test_nothing_but_what_the_design_names_is_kept(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "feedback.sqlite")
    columns = store._connection.execute(
        "SELECT tables.name, columns.name FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns"
        " WHERE tables.type = 'table'"
    ).fetchall()
    assert set(columns) == {
        *(("feedback_tally", name) for name in (
            "origin", "kind", "topic", "aspect", "answer", "locale", "content_version", "day", "times"
        )),
        *(("feedback_token", name) for name in ("kind", "token", "day")),
        *(("feedback_identity", name) for name in ("number", "id")),
    }  # fmt: skip
    store.close()


FIRST_RELEASE = """
CREATE TABLE rating (
    topic TEXT NOT NULL, aspect TEXT NOT NULL, helpful INTEGER NOT NULL, locale TEXT NOT NULL,
    content_version TEXT NOT NULL, day TEXT NOT NULL, times INTEGER NOT NULL,
    PRIMARY KEY (topic, aspect, helpful, locale, content_version, day)
) WITHOUT ROWID;
CREATE TABLE token (token TEXT PRIMARY KEY, day TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO rating VALUES ('back-pain', 'causes', 1, 'en-GB', '0123456789ab', '2026-06-01', 3);
INSERT INTO rating VALUES ('back-pain', 'causes', 0, 'en-GB', '0123456789ab', '2026-06-01', 2);
INSERT INTO token VALUES ('seen', '2026-06-01');
"""


def test_a_file_of_the_first_release_is_carried_over(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "feedback.sqlite")) as old:
        old.executescript(FIRST_RELEASE)
    store = SqliteStore(tmp_path / "feedback.sqlite")
    assert store.add("seen", rating()) is False
    assert store.add("new", rating()) is True
    assert list(store.counts()) == [Count("back-pain", 4, 2)]
    store.close()


def test_a_file_of_a_newer_release_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "feedback.sqlite")) as newer:
        newer.execute("PRAGMA user_version = 99")
    with pytest.raises(FeedbackUnavailable, match="newer release"):
        SqliteStore(tmp_path / "feedback.sqlite")


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FeedbackUnavailable, match="BUMP_GUIDE_DATA"):
        SqliteStore(tmp_path / "file" / "feedback.sqlite")


def test_a_damaged_file_is_unavailable_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "feedback.sqlite"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(FeedbackUnavailable):
        SqliteStore(path)
    assert path.read_bytes() == b"this is no database" * 100
