"""What a benchmark gives: rows of one table, and ratios of pairs that were run in turn."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

Work = Callable[[], object]


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    measured: str
    target: str = ""
    """At least / aim; empty for what only explains another row."""

    @property
    def line(self) -> str:
        """As Markdown."""
        return f"| {self.what} | {self.measured} | {self.target} |"


@dataclass(frozen=True)
class Spread:
    """A median with its quartiles."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Spread:
        low, median, high = statistics.quantiles(values, n=4)
        return cls(median, low, high)

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.low:.2f} to {self.high:.2f})"


def ratios(work: Work, against: Work, *, pairs: int, each: int = 1) -> Spread:
    """How many times as long `work` takes. Both are run in turn, so that whatever else the machine does meets both: a
    pair is `each` runs of one and of the other, and its ratio that of their medians.
    """
    work(), against()
    return Spread.of(median_seconds(work, each) / median_seconds(against, each) for _ in range(pairs))


def median_seconds(work: Work, times: int) -> float:
    """How long one run takes, the median of some."""
    return statistics.median(seconds(work) for _ in range(times))


def seconds(work: Work) -> float:
    """How much processor time one run takes: what else the machine does meanwhile is not counted."""
    started = time.process_time()
    work()
    return time.process_time() - started


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def on_one_core() -> None:
    """From here on this process runs on one core."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def machine() -> str:
    """Where it ran: processor, cores, Python."""
    models = {
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if "model name" in line
    }
    return f"{', '.join(sorted(models))}, {os.cpu_count()} cores, Python {platform.python_version()}"
