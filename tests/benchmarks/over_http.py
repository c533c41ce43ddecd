"""Signed requests over HTTP: the production server with two workers, asked by wrk, beside a route of the same server
that returns a constant; its log and metrics as in production. Needs wrk (Debian's package); without it there is no row.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.material import SKILL_ID, listed_questions
from benchmarks.rows import Row, Spread
from chains import ADDRESS
from production.served import Served, production

from skill.assemble import open_library
from skill.settings import Settings

_WORKERS, _CONNECTIONS = 2, 16
_ROUNDS, _SECONDS = 9, 4
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_REFUSED = re.compile(r"Non-2xx or 3xx responses: (\d+)")


def rows() -> Iterator[Row]:
    """Both routes in turn, a few seconds each."""
    if shutil.which("wrk") is None:
        yield Row("HTTP, 2 workers, against a constant route", "not measured: wrk missing", "50 / 70 %")
        return
    program = Path(__file__).with_name("served.py")
    with TemporaryDirectory() as folder:
        requests = Path(folder) / "requests"
        with production(Path(folder), workers=_WORKERS, program=program, SKILL_ID=SKILL_ID) as served:
            _write_requests(requests, served)
            # Not counted: each worker downloads the chain, and may refuse who comes meanwhile.
            _ask(served, "/", requests)
            rates = []
            for _ in range(_ROUNDS):
                _write_requests(requests, served)  # anew each round, because a request is good for 150 seconds
                rates.append((_rate(served, "/", requests), _rate(served, "/constant", requests)))
    share = Spread.of(100 * ours / constant for ours, constant in rates)
    ours, constant = (Spread.of(pair[which] for pair in rates).median for which in (0, 1))
    what = f"HTTP, {_WORKERS} workers, signed requests, against a route that returns a constant"
    yield Row(what, f"{share} % ({ours:.0f} and {constant:.0f} a second)", "50 / 70 %")


def _write_requests(path: Path, served: Served) -> None:
    with closing(open_library(Settings.from_env())) as library:
        bodies = [json.dumps(question).encode() for question in list(listed_questions(library))[::5]]
    signed = ((body, served.signing.headers(body)["Signature-256"]) for body in bodies)
    path.write_bytes(
        b"".join(f"{ADDRESS} {signature} {len(body)}\n".encode() + body + b"\n" for body, signature in signed)
    )


def _rate(served: Served, path: str, requests: Path) -> float:
    """Requests a second. A refused one would be quick, so there must be none."""
    said = _ask(served, path, requests)
    if refused := _REFUSED.search(said):
        raise RuntimeError(f"{refused[1]} requests to {path} were refused: nothing was measured.")
    found = _RATE.search(said)
    assert found is not None
    return float(found[1])


def _ask(served: Served, path: str, requests: Path) -> str:
    """What wrk says of a few seconds."""
    script = str(Path(__file__).with_name("wrk.lua"))
    command = ["wrk", "-t1", f"-c{_CONNECTIONS}", f"-d{_SECONDS}s", "-s", script, f"http://127.0.0.1:{served.port}"]
    return subprocess.run([*command, str(requests), path], check=True, capture_output=True, text=True).stdout
