"""The fuzzer's requests and its judge, without the fuzzer: some by chance, and those that once showed a fault."""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, Response
from fuzz.door import Door, Listening, open_door
from fuzz.inputs import KINDS, Knock, World, knock, signed
from fuzz.source import Source

FOUND = sorted((Path(__file__).parent / "found").glob("*.json"))
HUNDREDS = 400


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Door, World]]:
    with open_door(tmp_path_factory.mktemp("data")) as door_and_world:
        yield door_and_world


def by_chance(world: World, count: int) -> Iterator[Knock]:
    """Always the same ones."""
    chance = random.Random(7)  # noqa: S311 - nothing secret
    for number in range(count):
        yield knock(Source(bytes([0, number % len(KINDS)]) + chance.randbytes(600)), world)


def test_hundreds_of_requests_show_no_fault(opened: tuple[Door, World]) -> None:
    door, world = opened
    seen = {}
    for sent in by_chance(world, HUNDREDS):
        reply, faults = door.judge(sent)
        assert faults == [], sent.body[:600]
        seen.setdefault(sent.kind, set()).add(reply)
    assert len(seen) == len(KINDS)
    assert seen["unsigned"] == {"400", "413"}
    assert seen["headers"] >= {"400", "spoken"}
    assert seen["words"] == {"spoken"}
    assert "spoken" in seen["state"]


def test_the_same_bytes_are_the_same_request(opened: tuple[Door, World]) -> None:
    _, world = opened
    assert list(by_chance(world, 30)) == list(by_chance(world, 30))


@pytest.mark.parametrize("file", FOUND, ids=lambda file: file.stem)
def test_what_was_found_once_stays_mended(opened: tuple[Door, World], file: Path) -> None:
    kept = json.loads(file.read_text(encoding="utf-8"))
    body = json.dumps(kept["body"]).encode()
    reply, faults = opened[0].judge(signed(kept["kind"], body, kept["owed"]))
    assert (reply, faults) == (kept["reply"], [])


BAD = {
    "answers 500": ("answered with 500", lambda: Response(status=500)),
    "answers who did not sign": ("an unsigned request was answered", lambda: Response("{}")),
    "refuses with a detail": ("a refusal says b'bad signature'", lambda: Response("bad signature", status=400)),
}


@pytest.mark.parametrize("name", BAD)
def test_the_judge_notices_a_door_that(name: str) -> None:
    fault, answer = BAD[name]
    assert fault in stub(answer).judge(Knock("unsigned", {}, b"{}", "refusal"))[1]


def test_the_judge_notices_what_is_wrong_with_an_answer() -> None:
    sent = signed("words", b'{"request": {"type": "LaunchRequest"}}', "answer")
    said = {"type": "SSML", "ssml": "<speak>Hello <audio src='x'/></speak>"}
    answers = {
        '{"version": "1.0", "response": {}}': "a person asked, and nothing is said",
        '{"version": "1.0", "response": NaN}': "the response cannot be read: NaN is no JSON",
        json.dumps({"version": "1.0", "response": {"outputSpeech": said}}): "what was said became markup",
        json.dumps({"version": "0.9", "response": {}}): "version is '0.9'; write \"1.0\".",
    }
    for answer, fault in answers.items():
        assert fault in stub(lambda answer=answer: Response(answer)).judge(sent)[1]
    assert stub(lambda: Response(status=400)).judge(sent)[1] == ["a signed request was refused"]


def test_the_judge_notices_a_traceback_and_a_failure_in_the_log() -> None:
    def answer() -> Response:
        logging.getLogger("skill").error("It failed", exc_info=ValueError())
        return Response(status=400)

    listening = Listening()
    logging.getLogger().addHandler(listening)
    try:
        _, faults = stub(answer, listening).judge(Knock("unsigned", {}, b"{}", "refusal"))
    finally:
        logging.getLogger().removeHandler(listening)
    assert faults == ["a traceback was logged: It failed"]


def stub(answer, listening: Listening | None = None) -> Door:  # type: ignore[no-untyped-def]
    app = Flask("stub")
    app.post("/")(answer)
    return Door(app, listening or Listening())
