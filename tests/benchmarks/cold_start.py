"""From the start of a process to the first answers: the Lambda entrance beside a handler of the bare SDK.

    python -m benchmarks.cold_start [ROUNDS]

Whole processes, ours and the bare one by turns, so that whatever else the machine does falls on both. Figures are
ratios with their spread. Elapsed time is what somebody waits for; processor time is what a busy machine leaves alone.
Lambda's own part (fetching the folder, starting Python) is the same for both and not in here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.material import SKILL_ID, TESTS
from benchmarks.rows import Row, Spread

from skill.assemble import load_encoder
from skill.build import build
from skill.settings import PREFIX

ROOT = TESTS.parent
TURNS = {"launch": "first launch answer", "free-complaint": "first free-text answer"}
TARGETS = {"launch": "2.0 / 1.5 times", "free-complaint": "4.0 / 3.0 times"}
ROUNDS = 15
_KEEPS_NOTHING = "PYTHONDONTWRITEBYTECODE"

OURS = "from skill.aws_lambda.alexa import handler"
BARE = "from benchmarks.hello_world import hello_world; handler = hello_world().lambda_handler()"
_ASK = """
import json, sys, time
for path in sys.argv[1:]:
    with open(path) as file:
        event = json.load(file)
    assert handler(event, None)["response"]["outputSpeech"]["ssml"]
    print(time.monotonic(), time.process_time())
"""


@dataclass(frozen=True)
class Start:
    """What one process took, turn by turn."""

    elapsed: tuple[float, ...]
    """Seconds from its start to each answer."""
    processor: tuple[float, ...]
    """Seconds of processor time it had used by then."""


def rows(rounds: int = ROUNDS) -> Iterator[Row]:
    """Our time in the bare SDK's, turn by turn, elapsed and on the processor."""
    pairs = list(_pairs(rounds))
    for turn, (request, name) in enumerate(TURNS.items()):
        for measure in ("elapsed", "processor"):
            ours, bare = ([getattr(one, measure)[turn] for one in side] for side in zip(*pairs, strict=True))
            ratio = Spread.of(mine / theirs for mine, theirs in zip(ours, bare, strict=True))
            theirs, mine = (Spread.of(value * 1000 for value in side).median for side in (bare, ours))
            yield Row(
                f"process start to {name}, {measure} time, against bare",
                f"{ratio} times ({mine:.0f} and {theirs:.0f} ms)",
                TARGETS[request] if measure == "elapsed" else "",
            )


def _pairs(rounds: int) -> Iterator[tuple[Start, Start]]:
    with tempfile.TemporaryDirectory() as folder:
        env = as_in_the_function(Path(folder))
        for program in (OURS, BARE):  # the first run writes Python's own compiled files
            _start(program, env)
        for _ in range(rounds):
            yield _start(OURS, env), _start(BARE, env)


def as_in_the_function(folder: Path) -> dict[str, str]:
    """Our code and the compiled content in a folder of their own, without the content files; gives the environment, in
    which Python keeps what it compiles, as it is shipped with the function.
    """
    shutil.copytree(ROOT / "skill", folder / "skill", ignore=shutil.ignore_patterns("__pycache__"))
    build(ROOT / "content", folder / "data" / "library.sqlite", load_encoder())
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith((PREFIX, _KEEPS_NOTHING))},
        "PYTHONPATH": f"{folder}{os.pathsep}{TESTS}",
        PREFIX + "DATA": str(folder / "data"),
        PREFIX + "FEEDBACK": "memory:",
        PREFIX + "SKILL_ID": SKILL_ID,
    }


def _start(program: str, env: dict[str, str]) -> Start:
    requests = [str(TESTS / "requests" / f"{request}.json") for request in TURNS]
    # -P: of that folder, not of the one that this is run in
    command = [sys.executable, "-P", "-W", "ignore", "-c", f"{program}\n{_ASK}", *requests]
    began = time.monotonic()  # one clock for all processes of a machine
    done = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    lines = [tuple(map(float, line.split())) for line in done.stdout.splitlines()]
    return Start(tuple(at - began for at, _ in lines), tuple(used for _, used in lines))


if __name__ == "__main__":
    for row in rows(*map(int, sys.argv[1:2])):
        sys.stdout.write(f"{row.line}\n")
