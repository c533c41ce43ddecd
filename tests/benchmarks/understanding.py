"""What a free-text question costs on one core, and what the understanding costs in memory and at start.

`make bench` runs it. Each figure is taken in a process of its own where that matters; timings of one run are to be
compared with one another, not with another machine's.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from skill.encoder.encoder import Encoder

QUESTIONS = Path(__file__).parents[1] / "questions"
ROUNDS = 3


def main() -> None:
    """Prints one table."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    table = Table("what", "figure", title="Understanding, one core")
    for what, figure in _figures():
        table.add_row(what, figure)
    Console().print(table)


def _figures() -> Iterator[tuple[str, str]]:
    before = _resident_mb()
    started = time.perf_counter()
    from skill.assemble import assemble, load_encoder, open_library  # noqa: PLC0415 - the import is what is timed
    from skill.dialogue.respond import listen  # noqa: PLC0415
    from skill.feedback.memory import MemoryStore  # noqa: PLC0415
    from skill.settings import Settings  # noqa: PLC0415
    from skill.turn import Session, Slot, Turn  # noqa: PLC0415

    yield "importing", f"{time.perf_counter() - started:.2f} s"
    settings = Settings.from_env()
    yield _timed("opening the compiled library", lambda: open_library(settings))
    yield _timed("loading the encoder", load_encoder)
    core = assemble(settings, open_library(settings), MemoryStore())

    def turn(text: str) -> Turn:
        return Turn(
            intent="TellIntent",
            locale="en-US",
            session=Session(),
            slots=(Slot("complaint", text),),
            heard=text,
            text=text,
        )

    def understand(text: str) -> None:
        heard = listen(turn(text), core)
        core.resolver.resolve(heard.turn)
        core.aspect_of(text)

    yield _timed("the first question", lambda: understand("my back hurts"))
    yield "memory for all of it", f"{_resident_mb() - before:.0f} MB"
    texts = [json.loads(line)["text"] for file in sorted(QUESTIONS.rglob("*.en.jsonl")) for line in file.open()]
    taken = sorted(_milliseconds(understand, text, load_encoder()) for _ in range(ROUNDS) for text in texts)
    yield f"a free-text question, p50 of {len(taken)}", f"{statistics.median(taken):.2f} ms"
    yield "p95", f"{taken[int(len(taken) * 0.95)]:.2f} ms (at most 8)"


def _milliseconds(understand: Callable[[str], None], text: str, encoder: Encoder | None) -> float:
    # The encoder remembers what it read last; every question is to be read anew.
    if encoder is not None:
        encoder.read.cache_clear()
    started = time.perf_counter()
    understand(text)
    return (time.perf_counter() - started) * 1000


def _timed(what: str, do: Callable[[], object]) -> tuple[str, str]:
    started = time.perf_counter()
    do()
    return what, f"{(time.perf_counter() - started) * 1000:.0f} ms"


def _resident_mb() -> float:
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kilobytes / 1024 if sys.platform != "darwin" else kilobytes / 1024**2


if __name__ == "__main__":
    main()
