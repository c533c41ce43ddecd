"""`make bench`: every budget of the design, measured, as one table that can be pasted into docs/performance.md.

    python -m benchmarks.everything [PART …]     parts: turns start rating http large

Processor time where one process is compared with itself, the clock on the wall where whole processes are. Median and
quartiles of ratios of pairs run in turn; times of one run are to be compared with one another only.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence

from benchmarks import cold_start, first_rating, large, over_http
from benchmarks.rows import Row, machine

PARTS: dict[str, Callable[[], Iterable[Row]]] = {
    "start": cold_start.rows,
    "rating": first_rating.rows,
    "http": over_http.rows,
    "large": large.rows,
}


def main(arguments: Sequence[str]) -> None:
    """Runs the parts named, or all, and prints one table at the end. A part that fails loses the others nothing: it has
    a line that says so, and then the exit code is 1.
    """
    wanted = [part for part in ("turns", *PARTS) if part in arguments] or ["turns", *PARTS]
    found: list[str] = []
    failed = False
    for part in wanted:
        sys.stderr.write(f"measuring: {part} ...\n")
        try:
            found.extend(_turns() if part == "turns" else [row.line for row in PARTS[part]()])
        except (OSError, RuntimeError, subprocess.CalledProcessError) as error:
            failed = True
            found.append(Row(part, f"not measured: {error}", "").line)
    sys.stdout.write(
        "\n".join([machine(), "", Row("what", "measured", "at least / aim").line, "|---|---|---|", *found])
    )
    sys.stdout.write("\n")
    sys.exit(failed)


def _turns() -> Iterable[str]:
    """In a process of its own, as it keeps to one core."""
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.turns"]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()


if __name__ == "__main__":
    main(sys.argv[1:])
