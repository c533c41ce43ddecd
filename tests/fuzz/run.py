"""`make fuzz`: throws what a coverage-guided fuzzer thinks of at the whole door, and prints a table of what came back.

    python -m fuzz.run [--minutes 10] [--keep FOLDER]

Atheris (Google's fuzzer for Python, on libFuzzer) was chosen because it sees which lines of skill/ an input reaches.
What is wrong is told at the end, each kind of fault once with the request that showed it, and makes the exit code 1.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["skill"]):
    from fuzz.door import Door, open_door
    from fuzz.inputs import KINDS, Knock, World, knock

from fuzz.source import Source

REPLIES = ("spoken", "silent", "after a failure", "400", "413")


@dataclass
class Tally:
    """What was sent, and what came back."""

    replies: Counter[tuple[str, str]] = field(default_factory=Counter)
    findings: dict[tuple[str, str], Knock] = field(default_factory=dict)
    """By kind of request and fault, the first request that showed it."""
    faults: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0

    def add(self, sent: Knock, reply: str, faults: list[str], seconds: float) -> None:
        self.replies[sent.kind, reply] += 1
        self.slowest = max(self.slowest, seconds)
        for fault in faults:
            self.faults[sent.kind] += 1
            self.findings.setdefault((sent.kind, fault), sent)

    def table(self) -> str:
        """As it stands in docs/security.md."""
        columns = [*REPLIES, *sorted({reply for _, reply in self.replies} - set(REPLIES))]
        lines = [f"| kind | inputs | {' | '.join(columns)} | faults |", "|---" * (len(columns) + 3) + "|"]
        for kind in sorted({kind for kind, _ in self.replies}):
            counts = [self.replies[kind, reply] for reply in columns]
            cells = " | ".join(f"{count:,}" for count in [sum(counts), *counts, self.faults[kind]])
            lines.append(f"| {kind} | {cells} |")
        return "\n".join(lines)


def main() -> None:
    """Never returns: libFuzzer would go on for ever, so the process is ended from inside."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder, open_door(Path(folder)) as (door, world):
        tally, deadline = Tally(), time.monotonic() + options.minutes * 60

        def one(data: bytes) -> None:
            if time.monotonic() > deadline:
                _tell(tally, options)
                shutil.rmtree(folder)
                os._exit(1 if tally.findings else 0)
            _send(Source(data), door, world, tally)

        for seed in range(200):  # so that each kind is there from the first second, whatever the fuzzer prefers
            _send(Source(bytes([0, seed % len(KINDS)]) + os.urandom(600)), door, world, tally)
        limits = ["-verbosity=0", "-max_len=4096", "-rss_limit_mb=0", f"-artifact_prefix={folder}/"]
        atheris.Setup([sys.argv[0], *limits], one)
        atheris.Fuzz()


def _send(source: Source, door: Door, world: World, tally: Tally) -> None:
    try:
        sent = knock(source, world)
    except RecursionError:  # deeper than we could write it down ourselves
        return
    started = time.monotonic()
    reply, faults = door.judge(sent)
    tally.add(sent, reply, faults, time.monotonic() - started)


def _tell(tally: Tally, options: argparse.Namespace) -> None:
    total = sum(tally.replies.values())
    print(f"\n{total:,} inputs in {options.minutes:g} minutes; the slowest reply took {tally.slowest:.2f} s.\n")  # noqa: T201
    print(tally.table())  # noqa: T201
    for number, ((kind, fault), sent) in enumerate(tally.findings.items(), 1):
        print(f"\n{number}. {kind}: {fault}\n   {sent.body[:600]!r}")  # noqa: T201
        if options.keep:
            _keep(options.keep / f"{number}.json", fault, sent)
    sys.stdout.flush()


def _keep(path: Path, fault: str, sent: Knock) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    headers = {name: value.decode("latin-1") for name, value in sent.headers.items()}
    kept = {"kind": sent.kind, "fault": fault, "headers": headers, "body": sent.body.decode("latin-1")}
    path.write_text(json.dumps(kept, indent=1), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make fuzz", description="Fuzzes the whole door.")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--keep", type=Path, help="a folder for the requests that showed a fault")
    return parser.parse_args()


if __name__ == "__main__":
    main()
