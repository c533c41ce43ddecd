"""Signed requests over HTTP: gunicorn with two workers, asked by wrk, beside a route of the same server that returns a
constant. Needs wrk (Debian's package) and gunicorn; without them there is no row.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.material import SKILL_ID, alexa, listed_questions
from benchmarks.rows import Row, Spread
from benchmarks.served import CHAIN, ROOT
from chains import ADDRESS

from skill.assemble import open_library
from skill.settings import PREFIX, Settings

_WORKERS, _CONNECTIONS = 2, 16
_ROUNDS, _SECONDS = 9, 4
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_REFUSED = re.compile(r"Non-2xx or 3xx responses: (\d+)")


def rows() -> Iterator[Row]:
    """Both routes in turn, a few seconds each."""
    missing = [name for name, there in (("wrk", shutil.which("wrk")), ("gunicorn", find_spec("gunicorn"))) if not there]
    if missing:
        yield Row(
            "HTTP, 2 workers, against a constant route", f"not measured: {' and '.join(missing)} missing", "50 / 70 %"
        )
        return
    with TemporaryDirectory() as folder, _serving(Path(folder)) as port:
        requests = Path(folder) / "requests"
        rates = []
        for _ in range(_ROUNDS):
            _write_requests(requests)  # anew each round, because a request is good for 150 seconds
            rates.append((_rate(port, "/", requests), _rate(port, "/constant", requests)))
    share = Spread.of(100 * ours / constant for ours, constant in rates)
    ours, constant = (Spread.of(pair[which] for pair in rates).median for which in (0, 1))
    what = f"HTTP, {_WORKERS} workers, signed requests, against a route that returns a constant"
    yield Row(what, f"{share} % ({ours:.0f} and {constant:.0f} a second)", "50 / 70 %")


def _write_requests(path: Path) -> None:
    library = open_library(Settings.from_env())
    parts = []
    for question in list(listed_questions(library))[::5]:
        body = json.dumps(question).encode()
        parts.append(f"{ADDRESS} {alexa().headers(body)['Signature-256']} {len(body)}\n".encode() + body + b"\n")
    library.close()
    path.write_bytes(b"".join(parts))


def _rate(port: int, path: str, requests: Path) -> float:
    """Requests a second. A refused one would be quick, so there must be none."""
    script = str(Path(__file__).with_name("wrk.lua"))
    command = ["wrk", "-t1", f"-c{_CONNECTIONS}", f"-d{_SECONDS}s", "-s", script, f"http://127.0.0.1:{port}"]
    said = subprocess.run([*command, str(requests), path], check=True, capture_output=True, text=True).stdout
    if refused := _REFUSED.search(said):
        raise RuntimeError(f"{refused[1]} requests to {path} were refused: nothing was measured.")
    found = _RATE.search(said)
    assert found is not None
    return float(found[1])


@contextlib.contextmanager
def _serving(folder: Path) -> Iterator[int]:
    """gunicorn with two workers that share what one process has loaded; gives its port."""
    (folder / "chain.pem").write_bytes(alexa().chain)
    (folder / "root.pem").write_bytes(alexa().root.pem)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    env = os.environ | {
        CHAIN: str(folder / "chain.pem"), ROOT: str(folder / "root.pem"), PREFIX + "SKILL_ID": SKILL_ID,
        PREFIX + "PRODUCTION": "yes", PREFIX + "SERVE_UNREVIEWED": "yes",
    }  # fmt: skip
    options = [
        "--workers",
        str(_WORKERS),
        "--preload",
        "--bind",
        f"127.0.0.1:{port}",
        "--log-level",
        "error",
        "--graceful-timeout",
        "1",
    ]
    command = [sys.executable, "-W", "ignore", "-m", "gunicorn", *options, "benchmarks.served:application()"]
    server = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        _wait_for(port)
        yield port
    finally:
        os.killpg(server.pid, signal.SIGKILL)  # it and its workers, whatever they are doing
        server.wait()


def _wait_for(port: int, seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.2)
    raise RuntimeError("The server did not start.")
