"""From the start of a process to the first answers: the Lambda entrance beside a handler of the bare SDK.

Whole processes, ours and the bare one by turns, so that whatever else the machine does falls on both. Figures are
ratios with their spread. Elapsed time is what somebody waits for; processor time is what a busy machine leaves alone.
Lambda's own part (fetching the folder, starting Python) is the same for both and not in here.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[2]
REQUESTS = ROOT / "tests" / "requests"
SKILL_ID = "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"
TURNS = {"launch.json": "first launch answer", "free-complaint.json": "first free-text answer"}
TARGETS = {"launch.json": "at least 2.0, aim 1.5", "free-complaint.json": "at least 4.0, aim 3.0"}
ROUNDS = 15

OURS = "from skill.aws_lambda.alexa import handler"
BARE = """
from ask_sdk_core.dispatch_components import AbstractRequestHandler
from ask_sdk_core.skill_builder import SkillBuilder

class Hello(AbstractRequestHandler):
    def can_handle(self, handler_input):
        return True
    def handle(self, handler_input):
        return handler_input.response_builder.speak("Hello").ask("Hello?").response

builder = SkillBuilder()
builder.add_request_handler(Hello())
handler = builder.lambda_handler()
"""
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


def main() -> None:
    """Prints the table; as many rounds as the first argument says."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    title = f"Cold start, {rounds} pairs of processes"
    table = Table("what", "times the bare SDK (middle half)", "bare SDK itself", "budget", title=title)
    for row in rows(rounds):
        table.add_row(*row)
    Console().print(table)


def rows(rounds: int = ROUNDS) -> Iterator[tuple[str, str, str, str]]:
    """What, our time in the bare SDK's, the bare SDK's own median, and the budget."""
    pairs = list(_pairs(rounds))
    for turn, (file, name) in enumerate(TURNS.items()):
        for measure in ("elapsed", "processor"):
            ours, bare = ([getattr(one, measure)[turn] for one in side] for side in zip(*pairs, strict=True))
            ratios = [mine / theirs for mine, theirs in zip(ours, bare, strict=True)]
            low, middle, high = statistics.quantiles(ratios, n=4)
            yield (
                f"{name}, {measure} time", f"{middle:.2f} ({low:.2f} to {high:.2f})",
                f"{statistics.median(bare) * 1000:.0f} ms", TARGETS[file] if measure == "elapsed" else "",
            )  # fmt: skip


def _pairs(rounds: int) -> Iterator[tuple[Start, Start]]:
    with tempfile.TemporaryDirectory() as folder:
        env = _as_in_the_function(Path(folder))
        for program in (OURS, BARE):  # the first run writes Python's own compiled files
            _start(program, env)
        for _ in range(rounds):
            yield _start(OURS, env), _start(BARE, env)


def _as_in_the_function(folder: Path) -> dict[str, str]:
    """Our code and the compiled content in a folder of their own, without the content files; gives the environment."""
    from skill.assemble import load_encoder  # noqa: PLC0415 - only this process needs it
    from skill.build import build  # noqa: PLC0415

    shutil.copytree(ROOT / "skill", folder / "skill", ignore=shutil.ignore_patterns("__pycache__"))
    build(ROOT / "content", folder / "data" / "library.sqlite", load_encoder())
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("BUMP_GUIDE_")},
        "PYTHONPATH": str(folder),
        "BUMP_GUIDE_DATA": str(folder / "data"),
        "BUMP_GUIDE_FEEDBACK": "memory:",
        "BUMP_GUIDE_SKILL_ID": SKILL_ID,
    }


def _start(program: str, env: dict[str, str]) -> Start:
    began = time.monotonic()  # one clock for all processes of a machine
    done = subprocess.run(
        [sys.executable, "-c", program + _ASK, *(str(REQUESTS / file) for file in TURNS)],
        env=env, check=True, capture_output=True, text=True,
    )  # fmt: skip
    lines = [tuple(map(float, line.split())) for line in done.stdout.splitlines()]
    return Start(tuple(at - began for at, _ in lines), tuple(used for _, used in lines))


if __name__ == "__main__":
    main()
