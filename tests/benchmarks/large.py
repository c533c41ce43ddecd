"""Libraries of 1,000, 5,000 and 20,000 articles: to build, to open, to search, and what a server of them takes.

    python -m benchmarks.large [ARTICLES …] [--write]     a table; with --write, docs/scale.svg too

Every figure comes from a process of its own that finds nothing warm.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from benchmarks.made_up import write_library
from benchmarks.rows import Row, seconds

if TYPE_CHECKING:
    from skill.settings import Settings

Json = dict[str, Any]

SIZES = (102, 1000, 5000, 20_000)
_ASKED = 300
_TARGETS = {5000: "8 / 3 ms; 400 / 250 MB; 5 / 1 min"}


@dataclass(frozen=True)
class Measured:
    """One library."""

    articles: int
    build_seconds: float
    file_megabytes: float
    open_seconds: float
    """From an imported program to a skill that can answer."""
    resolve_milliseconds: float
    """Free text → topics, p50, processor time."""
    server_megabytes: float
    """Resident, with the web application made and some hundred questions answered."""


def rows(sizes: Sequence[int] = SIZES) -> Iterator[Row]:
    """One a size."""
    yield from (row(measured) for measured in measure_all(sizes))


def row(one: Measured) -> Row:
    """A size's line of the table."""
    figures = (
        f"{one.resolve_milliseconds:.2f} ms; {one.server_megabytes:.0f} MB; {one.build_seconds / 60:.1f} min"
        f" (file {one.file_megabytes:.0f} MB, ready in {one.open_seconds:.1f} s)"
    )
    what = f"{one.articles:,} articles: resolve free text p50; server memory; build"
    return Row(what, figures, _TARGETS.get(one.articles, ""))


def measure_all(sizes: Sequence[int]) -> Iterator[Measured]:
    """Makes, builds and serves each library."""
    for articles in sizes:
        with TemporaryDirectory() as folder:
            content = Path(folder) / "content"
            write_library(content, articles)
            built = _in_a_process("build", content)
            yield Measured(articles=articles, **built, **_in_a_process("serve", content))


def _in_a_process(step: str, content: Path) -> dict[str, float]:
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.large", step, str(content)]
    figures: dict[str, float] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return figures


def _build(content: Path) -> dict[str, float]:
    from skill.assemble import load_encoder  # noqa: PLC0415 - imports are no part of what is timed elsewhere
    from skill.build import build  # noqa: PLC0415

    target = content.parent / "library.sqlite"
    started = time.perf_counter()
    build(content, target, load_encoder())
    return {"build_seconds": time.perf_counter() - started, "file_megabytes": target.stat().st_size / 1e6}


def _serve(content: Path) -> dict[str, float]:
    from benchmarks.material import free_questions  # noqa: PLC0415

    from skill.feedback.memory import MemoryStore  # noqa: PLC0415
    from skill.settings import Settings  # noqa: PLC0415
    from skill.web.app import create_app  # noqa: PLC0415

    started = time.perf_counter()
    settings = Settings(content=content, models=content, data=content.parent)
    client = create_app(settings, feedback=MemoryStore()).test_client()
    ready = time.perf_counter() - started
    questions = list(free_questions())[:_ASKED]
    for question in questions:
        client.post("/", json=question)
    resident = _resident_megabytes()  # before a second skill is assembled, to be asked without the web
    return {
        "open_seconds": ready,
        "resolve_milliseconds": _resolve_p50(settings, questions),
        "server_megabytes": resident,
    }


def _resolve_p50(settings: Settings, questions: Sequence[Json]) -> float:
    from skill.assemble import assemble, load_encoder, open_library  # noqa: PLC0415
    from skill.feedback.memory import MemoryStore  # noqa: PLC0415
    from skill.turn import Session, Turn  # noqa: PLC0415

    core = assemble(settings, open_library(settings), MemoryStore())
    encoder = load_encoder()
    taken = []
    for question in questions:
        text = question["request"]["intent"]["slots"]["complaint"]["value"]
        turn = Turn(intent="ComplaintIntent", locale="en-US", session=Session(), heard=text, text=text)
        if encoder is not None:
            encoder.read.cache_clear()
        taken.append(seconds(partial(core.resolver.resolve, turn)) * 1000)
    return statistics.median(taken)


def _resident_megabytes() -> float:
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def main(arguments: Sequence[str]) -> None:
    """A table of the sizes named, or one step in a process of its own."""
    steps = {"build": _build, "serve": _serve}
    if arguments and arguments[0] in steps:
        sys.stdout.write(json.dumps(steps[arguments[0]](Path(arguments[1]))))
        return
    from benchmarks.plot import write_plot  # noqa: PLC0415

    measured = list(measure_all([int(size) for size in arguments if size.isdigit()] or SIZES))
    sys.stdout.write("\n".join(json.dumps(asdict(one)) for one in measured) + "\n")
    if "--write" in arguments:
        write_plot(measured, Path(__file__).parents[2] / "docs" / "scale.svg")


if __name__ == "__main__":
    main(sys.argv[1:])
