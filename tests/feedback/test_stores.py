"""The contract, on every store that people run, and what only one of them has to promise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from feedback.contract import DAY, FeedbackContract, rating, token
from feedback.servers import Server, dynamo_table, free_port, postgres_address, postgres_database

from skill.errors import FeedbackLoginRefused, FeedbackUnavailable
from skill.feedback.connect import connect
from skill.feedback.record import Count, FeedbackStore


class TestStores(FeedbackContract):
    @pytest.fixture
    def store(self, address: str) -> Iterator[FeedbackStore]:
        store = connect(address, Path())
        yield store
        store.close()


def test_counts_are_there_after_a_restart(address: str) -> None:
    first = connect(address, Path())
    first.add(token(), rating())
    first.close()
    again = connect(address, Path())
    assert list(again.counts()) == [Count("back-pain", 1, 0)]
    again.close()


def test_two_that_open_an_empty_store_at_once_share_it(address: str) -> None:
    stores = [connect(address, Path()) for _ in range(2)]
    for store in stores:
        store.add(token(), rating())
    assert [store.counts() for store in stores] == [[Count("back-pain", 2, 0)]] * 2
    for store in stores:
        store.close()


@pytest.fixture
def database(postgres: Server) -> str:
    pytest.importorskip("sqlalchemy", reason="the extra `postgres` is not installed")
    return postgres_database(postgres)


def columns(database: str) -> dict[str, set[str]]:
    import psycopg  # noqa: PLC0415

    with psycopg.connect(database) as connection:
        rows = connection.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        ).fetchall()
    return {table: {column for name, column in rows if name == table} for table, _ in rows}


def test_postgresql_keeps_nothing_but_what_the_design_names(database: str) -> None:
    store = connect(database, Path())
    store.add(token(), rating())
    store.close()
    assert columns(database) == {
        "feedback_tally": {
            "origin", "kind", "topic", "aspect", "answer", "locale", "content_version", "day", "times"
        },
        "feedback_token": {"kind", "token", "day"},
        "feedback_identity": {"number", "id"},
        "feedback_schema": {"version"},
    }  # fmt: skip


def test_postgresql_tokens_are_gone_a_day_later(database: str) -> None:
    store = connect(database, Path())
    store.add(token(), rating(day=DAY))
    store.add(token(), rating(day=DAY + timedelta(days=2)))
    assert store.forget_tokens(DAY + timedelta(days=2)) == 0
    store.close()


def test_tables_of_a_newer_release_are_left_alone(database: str) -> None:
    import psycopg  # noqa: PLC0415

    connect(database, Path()).close()
    with psycopg.connect(database) as connection:
        connection.execute("CREATE TABLE feedback_schema (version INTEGER)")
        connection.execute("INSERT INTO feedback_schema VALUES (99)")
    store = connect(database, Path())
    with pytest.raises(FeedbackUnavailable, match="newer release"):
        store.ping()
    store.close()
    assert set(columns(database)) == {"feedback_schema"}


def test_an_error_of_postgresql_shows_neither_topic_nor_token_nor_password(postgres: Server) -> None:
    pytest.importorskip("sqlalchemy", reason="the extra `postgres` is not installed")
    store = connect(postgres_address(postgres, "no-such-database"), Path())
    key = token()
    with pytest.raises(FeedbackUnavailable) as raised:
        store.add(key, rating())
    assert not any(word in str(raised.value) for word in (key, "back-pain", "correct-horse"))
    store.close()


@pytest.mark.parametrize("wrong", ["password", "database"])
def test_a_login_that_postgresql_refuses_is_told_apart_from_a_server_out_of_reach(postgres: Server, wrong: str) -> None:
    pytest.importorskip("sqlalchemy", reason="the extra `postgres` is not installed")
    password = {"password": "battery-staple"} if wrong == "password" else {}
    with closing(connect(postgres_address(postgres, "no-such-database", **password), Path())) as store:
        with pytest.raises(FeedbackLoginRefused, match="refuses the login") as raised:
            store.ping()
        assert raised.value.__cause__ is None
        assert not any(word in str(raised.value) for word in ("battery", "correct-horse", "no-such-database", "bump"))


def test_a_postgresql_that_is_out_of_reach_is_no_refused_login() -> None:
    pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
    pytest.importorskip("sqlalchemy", reason="the extra `postgres` is not installed")
    with closing(connect(f"postgresql://bump:secret@127.0.0.1:{free_port()}/d", Path())) as store:
        with pytest.raises(FeedbackUnavailable, match="OperationalError") as raised:
            store.ping()
        assert not isinstance(raised.value, FeedbackLoginRefused)


@pytest.mark.usefixtures("aws_credentials")
def test_an_item_of_dynamodb_holds_nothing_but_what_the_design_names(dynalite: Server) -> None:
    boto3 = pytest.importorskip("boto3", reason="the extra `aws` is not installed")
    address = dynamo_table(dynalite)
    store = connect(address, Path())
    key = token()
    store.add(key, rating())
    client = boto3.client("dynamodb", "eu-west-1", endpoint_url=f"http://127.0.0.1:{dynalite.port}")
    table = address.removeprefix("dynamodb://").partition("?")[0]
    (item,) = client.scan(TableName=table)["Items"]
    shard = item["item"]["S"].rpartition("own.")[2][0]
    assert item == {
        "item": {"S": f'["rating", "back-pain", "causes", "en-GB", "0123456789ab", "2026-06-01", "own.{shard}"]'},
        "times helpful": {"N": "1"},
        "tokens": {"SS": [key]},
        "token_day": {"S": "2026-06-01"},
    }
    store.forget_tokens(DAY + timedelta(days=1))
    (item,) = client.scan(TableName=table)["Items"]
    assert set(item) == {"item", "times helpful"}
    client.close()
    store.close()
