"""One request, start to end, beside the bare SDK: a signed question about a listed topic, and free text."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from benchmarks.hello_world import hello_world
from benchmarks.material import (
    SKILL_ID,
    Json,
    alexa,
    as_request,
    cycle,
    free_questions,
    listed_questions,
    recorded,
)
from benchmarks.rows import Row, Spread, median_seconds, on_one_core, percentile, ratios, seconds

from skill.alexa.handle import Skill
from skill.alexa.response_body import response_body
from skill.alexa.webservice import WebserviceSkillHandler
from skill.assemble import assemble, load_encoder, open_library
from skill.feedback.memory import MemoryStore
from skill.settings import Settings
from skill.web.alexa_route import Door, web_dispatch

_PAIRS = 400


def rows() -> Iterator[Row]:
    """Runs on one core."""
    on_one_core()
    settings = Settings.from_env()
    skill = Skill(assemble(settings, open_library(settings), MemoryStore()), web_dispatch)
    bare = _bare()
    yield Row("bare SDK, hello world, unsigned: p50", f"{median_seconds(bare, _PAIRS) * 1000:.2f} ms")
    yield Row("the same with the SDK's own RequestVerifier, its import mended", f"{_with_the_sdks_verifier()} times")
    yield from _listed(skill, bare)
    yield from _free(skill, bare)


def _bare() -> Callable[[], str]:
    """Text in, text out, as Amazon's web adapter does it when it is told to verify nothing."""
    handler = WebserviceSkillHandler(skill=hello_world().create(), verify_signature=False, verify_timestamp=False)
    text = json.dumps(recorded("listed-topic"))
    return lambda: json.dumps(handler.verify_request_and_dispatch({}, text))


def _with_the_sdks_verifier() -> Spread:
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.sdk_verifier"]
    measured = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return Spread.of(measured["ratios"])


def _listed(skill: Skill, bare: Callable[[], str]) -> Iterator[Row]:
    door = Door(alexa().verifier(), SKILL_ID, production=True, now=lambda: datetime.now(UTC))
    bodies = [json.dumps(question).encode() for question in listed_questions(skill.core.library)]
    arriving = [(alexa().environ(body), body) for body in bodies]

    def answer(signed: tuple[dict[str, Any], bytes]) -> str:
        return response_body(skill.handle(door.admit(as_request(*signed))))

    for signed in arriving[:50]:
        answer(signed)
    first = ratios(cycle(_unread(answer), arriving), bare, pairs=_PAIRS)
    yield Row("signed, a listed value, never asked before: against bare, p50", f"{first} times", "2.0 / 1.0 times")
    again = ratios(cycle(answer, arriving[:50]), bare, pairs=_PAIRS)
    yield Row("the same, asked before", f"{again} times")


def _free(skill: Skill, bare: Callable[[], str]) -> Iterator[Row]:
    questions = list(free_questions())
    answer = cycle(_unread(lambda envelope: response_body(skill.handle(envelope))), questions)
    taken, beside = [], []
    for _ in questions:
        taken.append(seconds(answer) * 1000)
        beside.append(seconds(bare) * 1000)
    p50, p95 = (percentile(taken, share) for share in (0.5, 0.95))
    against = Spread.of(ours / sdks for ours, sdks in zip(taken, beside, strict=True))
    yield Row(f"free text, one core, p95 of {len(taken)} questions", f"{p95:.2f} ms", "8 ms / 3 ms")
    yield Row("free text, p50; against bare", f"{p50:.2f} ms; {against} times")


def _unread(answer: Callable[[Any], str]) -> Callable[[Any], str]:
    """As if nobody had asked it before: what the process remembers of earlier texts is taken away."""
    encoder = load_encoder()

    def once(question: Json) -> str:
        if encoder is not None:
            encoder.read.cache_clear()
        return answer(question)

    return once


if __name__ == "__main__":
    for row in rows():
        sys.stdout.write(f"{row.line}\n")
