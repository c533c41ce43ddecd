"""On a server no answer waits for the store, whatever state that is in, and what was taken is written once."""

from __future__ import annotations

import logging
import os
import signal
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import ROOT
from feedback.contract import DAY, rating, token
from feedback.servers import Server, address_of

from skill.errors import FeedbackUnavailable
from skill.feedback.connect import connect, opener
from skill.feedback.record import Count
from skill.feedback.spool import Spool

MANY = 20
SHORTEST_WAIT = 0.25
"""Seconds: SQLite's for another writer. Every other store is waited for longer, so who waited took at least this."""


def until(holds: Callable[[], bool], seconds: float = 300) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def today() -> date:
    return DAY


@contextmanager
def spooling(address: str, folder: Path, **more: int) -> Iterator[Spool]:
    spool = Spool(opener(address, folder), folder / "waiting", today, **more)
    try:
        yield spool
    finally:
        spool.close(within=30)


def add_many(spool: Spool) -> None:
    """Adds MANY, and holds that none waited for the store and that half took no more than the budget of 50 ms."""
    took = []
    for _ in range(MANY):
        began = time.perf_counter()
        assert spool.add(token(), rating())
        took.append(time.perf_counter() - began)
    assert statistics.median(took) < 0.05
    assert max(took) < SHORTEST_WAIT


def counted(address: str) -> list[Count]:
    store = connect(address, Path())
    with closing(store):
        return list(store.counts())


def test_what_is_taken_is_written_once(address: str, tmp_path: Path) -> None:
    key = token()
    with spooling(address, tmp_path) as spool:
        spool.add(key, rating())
        spool.add(key, rating(helpful=False))
        until(lambda: spool.state().waiting == 0)
        assert (spool.state().written, spool.state().repeated) == (1, 1)
        spool.ping()
    assert counted(address) == [Count("back-pain", 1, 0)]
    assert not list((tmp_path / "waiting").iterdir())


def test_what_is_taken_just_before_the_end_is_written(address: str, tmp_path: Path) -> None:
    with spooling(address, tmp_path) as spool:
        spool.add(token(), rating())
    assert counted(address) == [Count("back-pain", 1, 0)]


@contextmanager
def locked(address: str) -> Iterator[None]:
    with closing(sqlite3.connect(address.removeprefix("sqlite:"), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def stopped(server: Server) -> Iterator[None]:
    server.stop()
    try:
        yield
    finally:
        server.go_on()


def test_a_store_that_does_not_answer_delays_nothing(
    address: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server = {"postgresql": "postgres", "dynamodb": "dynalite"}.get(address.partition(":")[0])
    with spooling(address, tmp_path) as spool:
        spool.add(token(), rating())
        until(lambda: spool.state().written == 1)
        with stopped(request.getfixturevalue(server)) if server else locked(address):
            add_many(spool)
            assert spool.state().waiting == MANY
        until(lambda: spool.state().waiting == 0)
    assert counted(address) == [Count("back-pain", MANY + 1, 0)]


@pytest.mark.parametrize("kind", ["postgres", "dynamodb"])
@pytest.mark.usefixtures("aws_credentials")
def test_a_server_that_is_down_is_said_and_caught_up_with(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    address = address_of(kind, request)
    server: Server = request.getfixturevalue({"postgres": "postgres", "dynamodb": "dynalite"}[kind])
    server.down()
    keys = []
    try:
        with spooling(address, tmp_path) as spool:
            add_many(spool)
            keys.append(token())
            spool.add(keys[0], rating())
            until(lambda: not spool.state().available)
            with pytest.raises(FeedbackUnavailable):
                spool.ping()
            server.up()
            if kind == "dynamodb":  # dynalite has forgotten everything: the table is made anew
                connect(address, tmp_path).prepare()
            until(lambda: spool.state().waiting == 0)
            spool.ping()
            assert sum(spool.state().failures.values()) > 0
    finally:
        if server.process is None:
            server.up()
    assert counted(address) == [Count("back-pain", MANY + 1, 0)]
    assert "ratings wait" in caplog.text
    assert "can be written again" in caplog.text
    assert not any(word in caplog.text for word in ("back-pain", "causes", keys[0]))


def test_a_wrong_password_is_said_and_nothing_is_lost(
    tmp_path: Path, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    right = address_of("postgres", request)
    with spooling(right.replace("correct-horse", "wrong-horse"), tmp_path) as spool:
        add_many(spool)
        until(lambda: not spool.state().available)
    assert "horse" not in caplog.text
    with spooling(right, tmp_path) as spool:
        spool.ping()
        until(lambda: spool.state().written == MANY)
    assert counted(right) == [Count("back-pain", MANY, 0)]


def test_a_database_that_is_read_only_is_said_and_nothing_is_lost(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    address = address_of("postgres", request)
    counted(address)  # makes the tables
    with spooling(address + "?options=-cdefault_transaction_read_only%3Don", tmp_path) as spool:
        add_many(spool)
        until(lambda: not spool.state().available)
        with pytest.raises(FeedbackUnavailable, match="ReadOnlySqlTransaction"):
            spool.ping()
        assert spool.state().written == 0
    with spooling(address, tmp_path) as spool:
        spool.ping()
        until(lambda: spool.state().written == MANY)
    assert counted(address) == [Count("back-pain", MANY, 0)]


def test_a_damaged_file_is_said_and_left_and_a_new_one_is_written(tmp_path: Path) -> None:
    path = tmp_path / "feedback.sqlite"
    with spooling(f"sqlite:{path}", tmp_path) as spool:
        spool.add(token(), rating())
        until(lambda: spool.state().written == 1)
        for part in tmp_path.glob("feedback.sqlite*"):
            part.write_bytes(b"this is no database" * 1000)
        add_many(spool)
        until(lambda: not spool.state().available)
        # The file itself last, so that none is begun anew before; the spool drops what stands beside it when it likes.
        for part in sorted(tmp_path.glob("feedback.sqlite*"), reverse=True):
            with suppress(FileNotFoundError):
                part.rename(part.with_name(f"damaged-{part.name}"))
        until(lambda: spool.state().waiting == 0)
    assert counted(f"sqlite:{path}") == [Count("back-pain", MANY, 0)]


def test_too_many_that_wait_are_refused_and_counted(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with spooling(f"sqlite:{tmp_path}/file/feedback.sqlite", tmp_path, most_waiting=3) as spool:
        for _ in range(3):
            spool.add(token(), rating())
        with pytest.raises(FeedbackUnavailable, match="3 ratings wait"):
            spool.add(token(), rating())
        assert (spool.state().waiting, spool.state().refused) == (3, 1)


def test_one_rating_that_the_store_never_takes_holds_up_no_other(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    address = address_of("postgres", request)
    with spooling(address, tmp_path) as spool:
        spool.add(token(), rating("no\0text"))
        spool.add(token(), rating())
        until(lambda: spool.state().waiting == 0)
        assert (spool.state().refused, spool.state().written) == (1, 1)
    assert counted(address) == [Count("back-pain", 1, 0)]


def test_what_may_be_written_already_is_left_out_once_its_token_is_forgotten(tmp_path: Path) -> None:
    (tmp_path / "in-the-way").write_text("")
    days = [DAY]
    spool = Spool(opener(f"sqlite:{tmp_path}/in-the-way/f", tmp_path), tmp_path / "waiting", lambda: days[-1])
    spool.add(token(), rating())
    spool.add(token(), rating("nausea"))
    until(lambda: sum(spool.state().failures.values()) >= 2)  # the first was tried, and who knows how far it came
    days.append(DAY + timedelta(days=5))
    (tmp_path / "in-the-way").unlink()
    until(lambda: spool.state().waiting == 0)
    assert (spool.state().given_up, spool.state().written) == (1, 1)
    spool.close()
    assert counted(f"sqlite:{tmp_path}/in-the-way/f") == [Count("nausea", 1, 0)]


def test_tokens_of_past_days_are_forgotten_though_nobody_rates(tmp_path: Path) -> None:
    address = f"sqlite:{tmp_path}/feedback.sqlite"
    with closing(connect(address, tmp_path)) as store:
        store.add("old", rating(day=DAY - timedelta(days=2)))
    with spooling(address, tmp_path) as spool, closing(sqlite3.connect(tmp_path / "feedback.sqlite")) as file:
        spool.ping()
        until(lambda: file.execute("SELECT count(*) FROM feedback_token").fetchone() == (0,))
    with closing(connect(address, tmp_path)) as store:
        assert store.counts() == [Count("back-pain", 1, 0)]


def test_a_child_process_does_not_write_what_its_parent_holds(tmp_path: Path) -> None:
    address = f"sqlite:{tmp_path}/feedback.sqlite"
    with spooling(address, tmp_path) as spool:
        spool.ping()
        until((tmp_path / "feedback.sqlite").exists)
        with locked(address):
            spool.add(token(), rating())
            child = os.fork()
            if child == 0:
                os._exit(spool.state().waiting + (0 if spool._thread is None else 10))
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
            assert spool.state().waiting == 1
        until(lambda: spool.state().written == 1)


SCRIPT = """
import json, os, resource, sys, time, secrets
from datetime import date
from pathlib import Path
import skill.feedback.sqlite
from skill.feedback.connect import opener
from skill.feedback.record import HELPFUL, Feedback
from skill.feedback.spool import Spool

folder = Path(sys.argv[1])
spool = Spool(opener("", folder), folder / "waiting", lambda: date(2026, 6, 1))
one = Feedback("back-pain", "causes", HELPFUL, "en-GB", "0123456789ab", date(2026, 6, 1))

def add(many):
    for _ in range(many):
        spool.add(secrets.token_hex(16), one)

def until(holds):
    while not holds(spool.state()):
        time.sleep(0.02)
"""


def run(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", SCRIPT + script, str(folder)],
        env=environment, cwd=folder, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_a_full_disk_costs_nothing_while_the_process_lives(tmp_path: Path) -> None:
    done = run(
        """
add(1)
until(lambda state: state.written == 1)
most = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (1, most[1]))
add(20)
until(lambda state: not state.available)
print(spool.state().in_memory_only, spool.state().written, flush=True)
resource.setrlimit(resource.RLIMIT_FSIZE, most)
until(lambda state: state.waiting == 0)
spool.close()
""",
        tmp_path,
    )
    assert done.stdout.split() == ["20", "1"], done.stderr
    assert "memory only" in done.stderr
    assert "back-pain" not in done.stderr
    assert counted(f"sqlite:{tmp_path}/feedback.sqlite") == [Count("back-pain", 21, 0)]


def test_a_folder_that_cannot_be_written_costs_nothing_while_the_process_lives(tmp_path: Path) -> None:
    done = run(
        """
folder.chmod(0o555)
if os.geteuid() == 0:
    for parent in list(folder.parents)[:-2]:  # each worker's folder lies one deeper
        parent.chmod(0o755)
    os.seteuid(65534)
add(20)
until(lambda state: not state.available)
print(spool.state().in_memory_only)
os.seteuid(os.getuid())
folder.chmod(0o755)
until(lambda state: state.waiting == 0)
spool.close()
""",
        tmp_path,
    )
    assert done.stdout.split() == ["20"], done.stderr
    assert counted(f"sqlite:{tmp_path}/feedback.sqlite") == [Count("back-pain", 20, 0)]


def test_a_process_that_is_killed_loses_nothing_that_it_took(tmp_path: Path) -> None:
    (tmp_path / "feedback.sqlite").mkdir()  # in the way: the store cannot be opened
    done = run("add(200)\nuntil(lambda state: not state.available)\nos.kill(os.getpid(), 9)\n", tmp_path)
    assert done.returncode == -signal.SIGKILL
    (tmp_path / "feedback.sqlite").rmdir()
    with (left := next((tmp_path / "waiting").iterdir())).open("ab") as journal:
        journal.write(b'{"token": "the power went o')
    with spooling("", tmp_path) as spool:
        spool.ping()
        until(lambda: spool.state().written == 200)
    assert counted(f"sqlite:{tmp_path}/feedback.sqlite") == [Count("back-pain", 200, 0)]
    assert not left.exists()


def test_a_journal_that_grows_long_is_followed_by_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    monkeypatch.setattr("skill.feedback.journals._MOST_BYTES", 1000)
    (tmp_path / "feedback.sqlite").mkdir()
    with spooling("", tmp_path) as spool:
        for _ in range(30):
            spool.add(token(), rating())
        assert len(list((tmp_path / "waiting").iterdir())) > 3
        (tmp_path / "feedback.sqlite").rmdir()
        until(lambda: spool.state().waiting == 0)
        assert len(list((tmp_path / "waiting").iterdir())) == 1
    assert counted(f"sqlite:{tmp_path}/feedback.sqlite") == [Count("back-pain", 30, 0)]
