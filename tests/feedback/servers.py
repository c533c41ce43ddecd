"""Real servers for the contract: PostgreSQL as Debian ships it, and dynalite, a DynamoDB that runs on one machine.

Each is started once, on a port of its own, in a folder that is thrown away, by the first test that asks for it. Where
one is not installed its tests are skipped, with the reason: `make services` installs dynalite, apt-get install
postgresql the other.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
DYNALITE = HERE / "dynalite.js"
PASSWORD = "correct-horse"


@dataclass
class Server:
    """A server process that a test can stop, let go on, end and start again."""

    port: int
    start: Callable[[], subprocess.Popen[bytes]]
    pids: Callable[[int], list[int]]
    process: subprocess.Popen[bytes] | None = None

    def up(self) -> None:
        self.process = self.start()
        deadline = time.monotonic() + 300
        while not self._listens():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.process.kill()
                pytest.fail("the server did not start")
            time.sleep(0.1)

    def down(self) -> None:
        if self.process is not None:
            self.go_on()
            self.process.send_signal(signal.SIGINT)
            self.process.wait(300)
            self.process = None

    def stop(self) -> None:
        """The server does not answer any more, but the connections stay."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        assert self.process is not None
        for pid in self.pids(self.process.pid):
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                continue

    def _listens(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return True
        except OSError:
            return False


@contextmanager
def up_while_used(server: Server) -> Iterator[None]:
    server.up()
    try:
        yield
    finally:
        server.down()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def with_children(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *map(int, children)]


def postgres_tool(name: str) -> str | None:
    """Debian keeps the server's tools out of PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


@contextmanager
def running_postgres() -> Iterator[Server]:
    """A cluster of its own, by a user without rights: PostgreSQL refuses to run as root."""
    initdb, postgres = postgres_tool("initdb"), postgres_tool("postgres")
    if not initdb or not postgres:
        pytest.skip("no PostgreSQL server on this machine: apt-get install postgresql")
    user: dict[str, Any] = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="bump-guide-postgres-"))
    try:
        (folder / "password").write_text(PASSWORD)
        if user:
            for path in (folder, folder / "password"):
                shutil.chown(path, user["user"], user["group"])
        made = [initdb, "--auth=scram-sha-256", "--username=bump", f"--pwfile={folder / 'password'}", "--no-sync"]
        subprocess.run([*made, "-E", "UTF8", "--locale=C", "-D", folder / "data"], check=True, capture_output=True,
                       cwd="/", **user)  # fmt: skip
        port = free_port()
        command = [postgres, "-D", folder / "data", "-p", str(port), "-k", folder, "-h", "127.0.0.1", "-F"]
        log = (folder / "log").open("wb")
        server = Server(
            port,
            lambda: subprocess.Popen(command, cwd="/", stdout=log, stderr=log, **user),
            with_children,
        )
        with log, up_while_used(server):
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_dynalite() -> Iterator[Server]:
    """What it lacks of AWS's: it takes any credentials, has no limits of rate, an index is up to date at once, and
    nothing outlives it. So wrong credentials are tried against a stand-in that answers as AWS does.
    """
    node = shutil.which("node")
    if node is None or not (HERE / "node_modules" / "dynalite").is_dir():
        pytest.skip("no dynalite here: make services (needs npm)")
    port = free_port()
    command = [node, str(DYNALITE), str(port)]
    server = Server(
        port,
        lambda: subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL),
        lambda pid: [pid],
    )
    with up_while_used(server):
        yield server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def dynalite() -> Iterator[Server]:
    with running_dynalite() as server:
        yield server


def postgres_database(server: Server, password: str = PASSWORD) -> str:
    """The address of a new, empty database."""
    import psycopg  # noqa: PLC0415 - only where its tests are not skipped

    name = f"t{secrets.token_hex(8)}"
    with psycopg.connect(postgres_address(server, "postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return postgres_address(server, name, password)


def postgres_address(server: Server, database: str, password: str = PASSWORD) -> str:
    return f"postgresql://bump:{password}@127.0.0.1:{server.port}/{database}"


def dynamo_table(server: Server) -> str:
    """The address of a new, empty table."""
    from skill.feedback.connect import connect  # noqa: PLC0415

    address = f"dynamodb://t{secrets.token_hex(8)}?region=eu-west-1&endpoint=http://127.0.0.1:{server.port}"
    store = connect(address, Path())
    store.prepare()
    store.close()
    return address


OFFLINE_AWS = {
    "AWS_ACCESS_KEY_ID": "offline",
    "AWS_SECRET_ACCESS_KEY": "offline",
    "AWS_EC2_METADATA_DISABLED": "true",
}


@pytest.fixture
def aws_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in OFFLINE_AWS.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(params=["sqlite", "postgres", "dynamodb"])
def address(request: pytest.FixtureRequest, tmp_path: Path, aws_credentials: None) -> str:
    """An empty store of each kind that people run, one after the other."""
    if request.param == "sqlite":
        return f"sqlite:{tmp_path / 'feedback.sqlite'}"
    return address_of(request.param, request)


def address_of(kind: str, request: pytest.FixtureRequest) -> str:
    if kind == "postgres":
        pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
        pytest.importorskip("sqlalchemy", reason="the extra `postgres` is not installed")
        return postgres_database(request.getfixturevalue("postgres"))
    pytest.importorskip("boto3", reason="the extra `aws` is not installed")
    return dynamo_table(request.getfixturevalue("dynalite"))
