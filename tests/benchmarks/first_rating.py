"""The Lambda entrance with ratings in DynamoDB: what loading its driver adds to the start, and what a rating takes.

    python -m benchmarks.first_rating [ROUNDS]

Whole processes, with and without the driver by turns. The table is dynalite's, on this machine: what the way to
Amazon's adds is not in here. Needs `make services`; without it there is no row.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from benchmarks.cold_start import as_in_the_function
from benchmarks.material import SKILL_ID, TESTS
from benchmarks.rows import Row, Spread
from feedback.servers import OFFLINE_AWS, dynamo_table, running_dynalite

from skill.feedback.connect import connect
from skill.feedback.one_write import LIMIT_SECONDS
from skill.settings import PREFIX

ROUNDS = 15
MODEL = TESTS.parent / "interaction_models" / "en-US.json"
QUESTIONS = ("what causes heartburn", "what causes back pain")
_RATE = f"""
from skill.aws_lambda.alexa import handler
import sys, time
ready = time.monotonic()
from pathlib import Path
from skill.simulator.converse import Conversation
from skill.simulator.envelope import Device
from skill.simulator.hear import HearingModel
model, device = HearingModel.load(Path(sys.argv[1])), Device(skill_id={SKILL_ID!r})
talk = Conversation(model, lambda event: handler(event, None), device)
print(ready)
for question in {QUESTIONS!r}:
    talk.say(question)
    began = time.monotonic()
    talk.say("yes")
    print(time.monotonic() - began)
"""


def rows(rounds: int = ROUNDS) -> Iterator[Row]:
    """The start with the driver in that without, and both rating turns in milliseconds."""
    os.environ.update(OFFLINE_AWS)
    try:
        with running_dynalite() as server, tempfile.TemporaryDirectory() as folder:
            table = dynamo_table(server)
            env = as_in_the_function(Path(folder))
            _start(env, table)  # writes Python's own compiled files
            pairs = [(_start(env, table), _start(env, "memory:")) for _ in range(rounds)]
            kept = _kept(table)
    except pytest.skip.Exception as error:
        yield Row("Lambda entrance, ratings in DynamoDB", f"not measured: {error}")
        return
    assert kept == len(QUESTIONS) * (rounds + 1), f"{kept} ratings were kept"
    driver = Spread.of(1000 * (ours[0] - without[0]) for ours, without in pairs)
    yield Row("loading DynamoDB's driver, in the start of a function", f"{driver} ms")
    for turn, which in ((1, "first"), (2, "second")):
        taken = Spread.of(1000 * ours[turn] for ours, _ in pairs)
        yield Row(f"the {which} rating's turn, written to dynalite", f"{taken} ms", f"{LIMIT_SECONDS * 1000:.0f} ms")


def _start(env: dict[str, str], table: str) -> list[float]:
    """Seconds until a new process is ready, of its first rating's turn, and of its second's."""
    command = [sys.executable, "-W", "ignore", "-c", _RATE, str(MODEL)]
    began = time.monotonic()  # one clock for all processes of a machine
    done = subprocess.run(
        command, env=env | {PREFIX + "FEEDBACK": table}, check=True, stdout=subprocess.PIPE, text=True
    )
    ready, *turns = map(float, done.stdout.split())
    return [ready - began, *turns]


def _kept(table: str) -> int:
    with closing(connect(table, Path())) as store:
        return sum(tally.times for tally in store.tallies())


if __name__ == "__main__":
    for row in rows(*map(int, sys.argv[1:2])):
        sys.stdout.write(f"{row.line}\n")
