"""Many processes write to one store, are killed at random and begin again: nothing that was acknowledged is lost, and
nothing is counted twice.

    python tests/feedback/soak.py [--processes 8] [--records 100000] [--kills 40] [STORE …]

STORE is sqlite, postgres or dynamodb; all of them unless named. Each process writes its records in order and notes how
many the store has acknowledged; begun again it goes on from there, so that the record in flight is written a second
time. One in fifty is sent twice on purpose. At the end the store must hold each record once.
"""

from __future__ import annotations

import argparse
import os
import random
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from skill.errors import FeedbackUnavailable  # noqa: E402 - run as a script, from anywhere
from skill.feedback.connect import connect  # noqa: E402
from skill.feedback.record import HELPFUL, NOT_HELPFUL, Feedback, FeedbackStore  # noqa: E402

DAY = date(2026, 6, 1)
PATIENCE_SECONDS = 300
TOPICS = [f"topic-{number}" for number in range(20)]
ANSWERS = [HELPFUL, NOT_HELPFUL]


@dataclass(frozen=True)
class Result:
    """How a run ended."""

    records: int
    kills: int
    seconds: float
    counted: int

    @property
    def lost(self) -> int:
        return max(0, self.records - self.counted)

    @property
    def twice(self) -> int:
        return max(0, self.counted - self.records)


def record(number: int) -> Feedback:
    return Feedback(TOPICS[number % 20], "causes", ANSWERS[number // 20 % 2], "en-US", "0123456789ab", DAY)


def write(address: str, run: str, records: int, acknowledged: Path) -> None:
    """What one process does, from where it was killed to its end."""
    store: FeedbackStore | None = None
    with acknowledged.open("a+b") as note:
        number, last = note.tell(), time.monotonic()
        while number < records:
            try:
                store = store or connect(address, Path())
                for _ in range(1 + (number % 50 == 0)):
                    store.add(f"{run}{number:012x}", record(number))
            except FeedbackUnavailable:  # busy: the record is tried again until it is acknowledged
                if time.monotonic() > last + PATIENCE_SECONDS:
                    raise
                time.sleep(0.01)
                continue
            last = time.monotonic()
            note.write(b".")
            note.flush()
            number += 1


def _begin(address: str, run: str, records: int, note: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, __file__, "--worker", address, run, str(records), str(note)])


def kill_at_random(address: str, processes: int, records: int, kills: int, folder: Path) -> Result:
    """Has `processes` write `records` each, and kills one of them `kills` times while they do."""
    chance = random.Random(secrets.token_hex(8))  # noqa: S311 - which one is killed is no secret
    names = {folder / f"acknowledged-{number}": secrets.token_hex(10) for number in range(processes)}
    began = time.monotonic()
    running = {note: _begin(address, run, records, note) for note, run in names.items()}
    killed, total = 0, processes * records
    while running:
        done = sum(note.stat().st_size for note in names if note.exists())
        if killed < kills and done >= total * (killed + chance.random()) / (kills + 1):
            note = chance.choice(list(running))
            running[note].kill()
            running[note].wait()
            running[note] = _begin(address, names[note], records, note)
            killed += 1
        for note in [note for note, process in running.items() if process.poll() is not None]:
            if running.pop(note).returncode != 0:
                for process in running.values():
                    process.kill()
                raise RuntimeError("a process ended by itself")
        time.sleep(0.01)
    seconds = time.monotonic() - began
    store = connect(address, Path())
    counted = sum(tally.times for tally in store.tallies())
    store.close()
    return Result(total, killed, seconds, counted)


@contextmanager
def opened(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty store of this kind, on a server of its own."""
    from feedback import servers  # noqa: PLC0415

    if kind == "sqlite":
        yield f"sqlite:{folder / 'feedback.sqlite'}"
    elif kind == "postgres":
        with servers.running_postgres() as server:
            yield servers.postgres_database(server)
    else:
        os.environ.update(servers.OFFLINE_AWS)
        with servers.running_dynalite() as server:
            yield servers.dynamo_table(server)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    options.add_argument("--processes", type=int, default=8)
    options.add_argument("--records", type=int, default=100_000, help="of each process")
    options.add_argument("--kills", type=int, default=40)
    options.add_argument("stores", nargs="*", default=["sqlite", "postgres", "dynamodb"])
    chosen = options.parse_args()
    print("| store | processes | records | kills | seconds | a second | lost | twice |")  # noqa: T201
    print("|---|---|---|---|---|---|---|---|")  # noqa: T201
    wrong = 0
    for kind in chosen.stores:
        with tempfile.TemporaryDirectory() as folder, opened(kind, Path(folder)) as address:
            found = kill_at_random(address, chosen.processes, chosen.records, chosen.kills, Path(folder))
        wrong += found.lost + found.twice
        print(  # noqa: T201
            f"| {kind} | {chosen.processes} | {found.records:,} | {found.kills} | {found.seconds:.0f} "
            f"| {found.records / found.seconds:,.0f} | {found.lost} | {found.twice} |",
            flush=True,
        )
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--worker"]:
        write(sys.argv[2], sys.argv[3], int(sys.argv[4]), Path(sys.argv[5]))
    else:
        main()
