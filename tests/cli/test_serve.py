"""`bump-guide serve` and the Makefile around it: started for real, and refused with a sentence when it cannot start."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from conftest import ROOT

COMMAND = [str(Path(sys.executable).parent / "bump-guide"), "serve"]
SECONDS_AT_MOST = 180
"""Compiling takes a minute where the machine is busy."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "BUMP_GUIDE_DATA": str(tmp_path / "data")}


@contextmanager
def greeted(environment: dict[str, str]) -> Iterator[str]:
    """What a started server prints; it is stopped at the end."""
    command = [*COMMAND, "--port", str(free_port())]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
    assert server.stdout is not None
    lines: list[str] = []
    started = time.monotonic()
    while not any("Ctrl-C" in line for line in lines) and time.monotonic() - started < SECONDS_AT_MOST:
        lines.append(server.stdout.readline())
    yield "".join(lines)
    server.terminate()
    server.wait(SECONDS_AT_MOST)
    server.stdout.close()


@pytest.fixture
def greeting(environment: dict[str, str]) -> Iterator[str]:
    with greeted(environment) as printed:
        yield printed


def test_it_says_that_it_compiles_and_how_long_that_took(greeting: str, environment: dict[str, str]) -> None:
    said = [line.split(maxsplit=2)[0] for line in greeting.splitlines()[:2]]
    assert said == ["Compiling", "Compiled"]
    assert re.search(r"Compiled in \d+ s\.", greeting)
    with greeted(environment) as again:
        assert again.startswith("Bump Guide is listening")


def test_it_prints_its_address_and_lines_that_work(greeting: str, environment: dict[str, str]) -> None:
    assert "listening on http://127.0.0.1:" in greeting
    assert "from this machine only" in greeting
    ask = next(line for line in greeting.splitlines() if " ask " in line)
    done = subprocess.run(
        shlex.split(ask),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        timeout=SECONDS_AT_MOST,
        check=False,
    )
    assert "Back pain" in done.stdout
    curl = next(line for line in greeting.splitlines() if "curl " in line)
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    answered = subprocess.run(shlex.split(curl), capture_output=True, text=True, timeout=SECONDS_AT_MOST, check=False)
    assert "Back pain" in answered.stdout


def test_what_an_open_library_page_asks_all_the_time_is_not_logged(environment: dict[str, str], tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    with log.open("w") as target:
        server = subprocess.Popen([*COMMAND, "--port", str(port)], stdout=target, stderr=target, env=environment)
    try:
        for page in ("/bench/library-state?x", "/bench/library-state", "/healthz"):
            ask_when_it_listens(f"http://127.0.0.1:{port}{page}")
    finally:
        server.terminate()
        server.wait(SECONDS_AT_MOST)
    assert "/healthz" in log.read_text()
    assert "library-state" not in log.read_text()


def ask_when_it_listens(address: str) -> None:
    started = time.monotonic()
    while time.monotonic() - started < SECONDS_AT_MOST:
        with suppress(URLError), urlopen(address) as answer:  # noqa: S310 - http, and our own
            assert answer.status == 200
            return
        time.sleep(0.1)
    pytest.fail(f"{address} does not answer")


def refused(*arguments: str, env: dict[str, str]) -> str:
    done = subprocess.run(
        [*COMMAND, *arguments], capture_output=True, text=True, env=env, timeout=SECONDS_AT_MOST, check=False
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    return done.stderr


def test_a_port_in_use_is_named_with_what_to_do(environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = refused("--port", port, env=environment)
    assert port in said
    assert "PORT=" in said


def test_a_data_folder_that_cannot_be_written_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    folder = str(tmp_path / "file" / "data")
    said = refused("--port", str(free_port()), env={**os.environ, "BUMP_GUIDE_DATA": folder})
    assert folder in said
    assert "BUMP_GUIDE_DATA" in said


FAKE_PYTHONS = {
    "too old": ('case "$*" in *version_info*) exit 1;; *--version*) echo Python 3.9.2;; esac', "3.11 or later"),
    "without venv": ('case "$*" in *ensurepip*) exit 1;; esac', "python3-venv"),
}


@pytest.mark.parametrize("name", FAKE_PYTHONS)
def test_a_python_that_will_not_do_is_named_with_what_to_do(name: str, tmp_path: Path) -> None:
    script, words = FAKE_PYTHONS[name]
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    fake = tmp_path / "fake-python"
    fake.write_text(f"#!/bin/sh\n{script}\n")
    fake.chmod(0o755)
    done = subprocess.run(
        ["make", "run", f"PYTHON={fake}"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=SECONDS_AT_MOST,
        check=False,
    )
    assert done.returncode != 0
    said = [line for line in done.stderr.splitlines() if not re.match(r"make(\[\d+\])?: \*\*\*", line)]
    assert len(said) == 1
    assert words in said[0]
