from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from feedback.contract import DAY, FeedbackContract, rating, token

from skill.errors import FeedbackUnavailable, SettingsInvalid
from skill.feedback.connect import connect
from skill.feedback.memory import MemoryStore
from skill.feedback.record import Count
from skill.feedback.sqlite import SqliteStore


class TestSqliteStore(FeedbackContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[SqliteStore]:
        store = SqliteStore(tmp_path / "feedback.sqlite")
        yield store
        store.close()


def test_counts_are_there_after_a_restart(tmp_path: Path) -> None:
    first = SqliteStore(tmp_path / "feedback.sqlite")
    first.add(token(), rating())
    first.close()
    again = SqliteStore(tmp_path / "feedback.sqlite")
    assert list(again.counts()) == [Count("back-pain", 1, 0)]
    again.close()


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
    for table, answer in (("rating", "helpful"), ("reason", "reason")):
        columns = store._connection.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()
        assert {name for (name,) in columns} == {
            "topic", "aspect", answer, "locale", "content_version", "day", "times"
        }  # fmt: skip
    store.close()


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


def test_addresses_lead_to_their_stores(tmp_path: Path) -> None:
    assert isinstance(connect("memory:", tmp_path), MemoryStore)
    store = connect(f"sqlite:{tmp_path}/other.sqlite", tmp_path)
    assert isinstance(store, SqliteStore)
    store.close()
    with pytest.raises(SettingsInvalid, match="BUMP_GUIDE_FEEDBACK"):
        connect("carrier-pigeon:coop", tmp_path)
