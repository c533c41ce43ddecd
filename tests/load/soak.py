"""The production server under load for minutes: a table, and exit 1 where a request or a rating was lost.

    python tests/load/soak.py [--minutes 10] [--rate REQUESTS] [--workers 2]

Signed conversations of many kinds, one request in a hundred hostile. Each minute an article is edited and the server
told to reload; in the middle the feedback store takes nothing for a minute. Load and server share this machine. Without
--rate it first finds what the server holds flat out, and asks half of it.
"""

from __future__ import annotations

import argparse
import multiprocessing
import signal
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from load.talking import Result, client  # noqa: E402 - run as a script, from anywhere
from production.served import Served, production, until  # noqa: E402

from skill.feedback.connect import connect  # noqa: E402

CLIENTS, THREADS = 2, 8
FINDING_SECONDS = 10
MOST_GROWTH = 1.05
LAST_RELOAD = 0.9


@dataclass
class Run:
    """One soak, as it goes."""

    served: Served
    seconds: float
    began: float = field(default_factory=time.monotonic)
    memory: list[tuple[float, int]] = field(default_factory=list)
    """Part of the time that has gone by; kilobytes of all processes together, pages that they share counted once."""
    reloads: int = 0

    @property
    def gone(self) -> float:
        return (time.monotonic() - self.began) / self.seconds

    def memory_between(self, since: float, before: float) -> int:
        """The least: while it reloads there are twice the workers, and one that compiles."""
        return min(kilobytes for gone, kilobytes in self.memory if since <= gone <= before)


def under_load(served: Served, rate: float, seconds: float) -> Iterator[Result | None]:
    """Gives None about once a second while the clients run, and their result at the end. Rate 0: flat out."""
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    interval = CLIENTS * THREADS / rate if rate else 0.0
    clients = [
        context.Process(target=client, args=(served, seed, THREADS, interval, seconds, results))
        for seed in range(CLIENTS)
    ]
    for process in clients:
        process.start()
    together, missing = Result(), CLIENTS
    while missing:
        yield None
        try:
            together.add(results.get(timeout=1.0))
            missing -= 1
        except multiprocessing.queues.Empty:  # type: ignore[attr-defined]
            if not any(process.is_alive() for process in clients):
                raise RuntimeError("a client ended without a result") from None
    for process in clients:
        process.join()
    yield together


def flat_out(served: Served) -> Result:
    """What the server holds when nobody waits for anything."""
    *_, result = under_load(served, 0, FINDING_SECONDS)
    assert result is not None
    return result


def memory(served: Served) -> int:
    pids, total = [served.process.pid, *served.workers()], 0
    for pid in pids:
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        except OSError:  # gone meanwhile
            continue
        total += sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    return total


class Outage:
    """In the middle, for a minute or a fifth of the time, somebody else has the store and does not let go."""

    def __init__(self, data: Path, seconds: float) -> None:
        half = min(30.0 / seconds, 0.1)
        self._since, self._until = 0.5 - half, 0.5 + half
        self._file = data / "feedback.sqlite"
        self._other: sqlite3.Connection | None = None

    def look(self, gone: float) -> None:
        """Begins or ends it, where it is time."""
        if self._other is None and self._since <= gone < self._until:
            self._other = sqlite3.connect(self._file, isolation_level=None, timeout=60)
            self._other.execute("BEGIN EXCLUSIVE")
        elif self._other is not None and gone >= self._until:
            self._other.close()


def reload(served: Served, number: int) -> None:
    """An article is edited, and taken on the air as docs/tasks/host-on-one-machine.md says."""
    article = served.log.parent / "content/en/articles/heartburn.yaml"
    lines = article.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("# edit ")]
    article.write_text("\n".join([*kept, f"# edit {number}", ""]), encoding="utf-8")
    served.compile()
    served.process.send_signal(signal.SIGHUP)


def soak(served: Served, rate: float, seconds: float) -> tuple[Run, Result]:
    """The load, the reloads and the outage."""
    run = Run(served, seconds)
    outage = Outage(served.data, seconds)
    reloading = threading.Thread()
    for result in under_load(served, rate, seconds):
        if result is not None:
            if run.reloads:
                reloading.join()
            return run, result
        run.memory.append((run.gone, memory(served)))
        outage.look(run.gone)
        due = (run.reloads + 0.5) * min(60.0, seconds / 2) < run.gone * seconds
        if due and run.gone < LAST_RELOAD and not reloading.is_alive():
            run.reloads += 1
            reloading = threading.Thread(target=reload, args=(served, run.reloads))
            reloading.start()
    raise AssertionError("the load gave no result")


def stored(data: Path) -> int:
    with closing(connect("", data)) as store:
        return sum(tally.times for tally in store.tallies())


def table(run: Run, result: Result, rate: float, kept: int) -> dict[str, str]:
    """Row → what was measured."""
    ends = result.statuses
    quantiles = [1000 * second for second in statistics.quantiles(result.seconds, n=100)]
    hostile = {end: times for end, times in ends.items() if end.startswith("hostile")}
    refused = sum(times for end, times in hostile.items() if end in {"hostile 400", "hostile 413"})
    first, last = run.memory_between(0.15, 0.5), run.memory_between(0.75, 1.0)
    return {
        "minutes": f"{run.seconds / 60:g}",
        "rate asked for, held (requests a second)": f"{rate:.0f}, {ends.total() / run.seconds:.0f}",
        "p50, p95, p99 (ms)": f"{quantiles[49]:.1f}, {quantiles[94]:.1f}, {quantiles[98]:.1f}",
        "answered": f"{ends['200']:,}",
        "5xx": str(sum(times for end, times in ends.items() if end.split()[-1].startswith("5"))),
        "without an answer, or with another status": str(_lost(ends)),
        "hostile, refused": f"{sum(hostile.values())}, {refused}",
        "reloads told": str(run.reloads),
        "memory at the start, at the end (MB)": f"{first / 1024:.0f}, {last / 1024:.0f} ({last / first - 1:+.1%})",
        "ratings acknowledged, stored": f"{result.acknowledged:,}, {kept:,}",
    }


def _lost(ends: dict[str, int]) -> int:
    return sum(times for end, times in ends.items() if end not in {"200", "hostile 400", "hostile 413"})


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--rate", type=float, default=0, help="requests a second; 0 finds one")
    options.add_argument("--workers", type=int, default=2)
    chosen = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server is stopped too
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copytree(ROOT / "content", folder / "content")
        content = str(folder / "content")
        with production(folder, workers=chosen.workers, CONTENT=content) as served:
            found = Result() if chosen.rate else flat_out(served)
            rate = chosen.rate or found.statuses.total() / FINDING_SECONDS / 2
            run, result = soak(served, rate, chosen.minutes * 60)
        result.acknowledged += found.acknowledged
        # What a worker that ended during the outage has left is taken over by those that begin now.
        with production(folder, workers=chosen.workers, CONTENT=content), suppress(AssertionError):
            until(lambda: stored(served.data) >= result.acknowledged, seconds=60)
        kept = stored(served.data)
        errors = [line for line in served.logged() if line["level"] in {"error", "critical"}]
    rows = table(run, result, rate, kept)
    print("| what | measured |\n|---|---|")  # noqa: T201
    print("\n".join(f"| {what} | {measured} |" for what, measured in rows.items()))  # noqa: T201
    print("\nHow requests ended:", dict(result.statuses))  # noqa: T201
    print("Errors in the log:", sorted({line["message"] for line in errors}))  # noqa: T201
    grown = run.memory_between(0.75, 1.0) > MOST_GROWTH * run.memory_between(0.15, 0.5)
    sys.exit(bool(_lost(result.statuses) or kept != result.acknowledged or (grown and chosen.minutes >= 5)))


if __name__ == "__main__":
    main()
