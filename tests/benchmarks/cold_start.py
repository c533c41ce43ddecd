"""Lambda's cold start, as whole processes: from start to the first answer, beside a handler of the bare SDK."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.material import SKILL_ID, TESTS
from benchmarks.rows import Row, Spread

from skill.assemble import open_library
from skill.settings import PREFIX, Settings

_ROUNDS = 15
_TARGETS = {"launch": "2.0 / 1.5 times", "free-complaint": "4.0 / 3.0 times"}
_NAMES = {"launch": "launch", "free-complaint": "free-text"}


def rows() -> Iterator[Row]:
    """Each round starts all processes once, so that whatever else the machine does meets all of them."""
    settings = Settings.from_env()
    open_library(settings).close()  # compiled before, as it is shipped with the function
    with TemporaryDirectory() as folder:
        env = os.environ | {PREFIX + "SKILL_ID": SKILL_ID, PREFIX + "FEEDBACK": f"sqlite:///{folder}/ratings.sqlite"}
        requests = {name: TESTS / "requests" / f"{name}.json" for name in _TARGETS}
        for request in requests.values():
            _seconds("ours", request, env), _seconds("bare", request, env)
        taken = [
            {(which, name): _seconds(which, path, env) for name, path in requests.items() for which in ("bare", "ours")}
            for _ in range(_ROUNDS)
        ]
    for name, target in _TARGETS.items():
        ratio = Spread.of(once["ours", name] / once["bare", name] for once in taken)
        bare, ours = (Spread.of(once[which, name] * 1000 for once in taken).median for which in ("bare", "ours"))
        what = f"process start to first {_NAMES[name]} answer, against bare"
        yield Row(what, f"{ratio} times ({ours:.0f} and {bare:.0f} ms)", target)


def _seconds(which: str, request: Path, env: dict[str, str]) -> float:
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.one_start", which, str(request)]
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=env)
    return time.perf_counter() - started
