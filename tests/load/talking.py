"""Clients for a load: signed conversations, now and then a hostile request. Each thread keeps to its own schedule."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any

from conftest import MODELS
from production.served import SKILL_ID, Served

from skill.simulator.envelope import Device, Json, intent_envelope, launch_envelope
from skill.simulator.hear import Heard, HearingModel, hear
from skill.web.alexa_route import MOST_BYTES

HOSTILE_SHARE = 0.01
LAUNCH = "<launch>"
SCRIPTS = [
    [LAUNCH, "my back hurts", "yes", "stop"],
    ["what causes heartburn", "what else could it be", "more", "what helps", "yes", "no"],
    ["why does my back hurt in pregnancy", "no", "who says so", "something else", "stop"],
    ["i am bleeding heavily and it will not stop", "yes", "no", "stop"],
    ["i keep waking up with cramps in my legs and i do not know why", "yes", "thanks", "stop"],
    [LAUNCH, "help", "i am twenty weeks pregnant", "is it normal to be this tired", "yes", "no"],
    ["what can i ask", "the first one", "the second one", "stop"],
    ["how much does a flight to rome cost", "swollen ankles", "when should i call", "yes", "stop"],
]


@dataclass
class Result:
    """What one client saw."""

    seconds: list[float] = field(default_factory=list)
    """Of answered conversations' requests, from when each was due."""
    statuses: Counter[str] = field(default_factory=Counter)
    """Of those, and of hostile ones with "hostile " before it."""
    acknowledged: int = 0
    """Ratings that were thanked for."""

    def add(self, other: Result) -> None:
        self.seconds += other.seconds
        self.statuses += other.statuses
        self.acknowledged += other.acknowledged


def heard_sentences() -> dict[str, Heard]:
    """Every sentence, matched once: the load is for the server."""
    model = HearingModel.load(MODELS / "en-US.json")
    return {sentence: hear(model, sentence) for script in SCRIPTS for sentence in script if sentence != LAUNCH}


def requests(heard: dict[str, Heard], chance: random.Random) -> Generator[tuple[Json, bool], Json, None]:
    """Envelopes of one conversation after the other, and whether each is a rating; is sent the answer to each."""
    while True:
        device, attributes = Device(skill_id=SKILL_ID, screen=chance.random() < 0.5), {}
        for place, sentence in enumerate(chance.choice(SCRIPTS)):
            if sentence == LAUNCH:
                envelope = launch_envelope(device, {})
            else:
                envelope = intent_envelope(device, heard[sentence], attributes, new=place == 0, elicited=False)
            rating = sentence in {"yes", "no"} and attributes.get("asked") == "rating" and "token" in attributes
            answer = yield envelope, rating
            attributes = answer.get("sessionAttributes") or {}
            if answer["response"].get("shouldEndSession") is not False:
                break


def hostile(served: Served, chance: random.Random) -> str:
    """One request that must be refused; its status."""
    body = json.dumps(launch_envelope(Device(skill_id=SKILL_ID), {})).encode()
    signed = served.signing.headers(body)
    kinds: list[tuple[bytes, dict[str, str]]] = [
        (body, {}),
        (body + b" ", signed),
        (body, {**signed, "SignatureCertChainUrl": "https://s3.amazonaws.com.evil.example/echo.api/x.pem"}),
        (b"x" * (MOST_BYTES + 1), signed),
        (b"{", served.signing.headers(b"{")),
    ]
    return str(served.post(*chance.choice(kinds))[0])


def talk(served: Served, heard: dict[str, Heard], seed: int, interval: float, until: float) -> Result:
    """One thread: a request every `interval` seconds (0: as fast as it goes) until the monotonic time `until`."""
    chance, result = random.Random(seed), Result()  # noqa: S311 - no secret
    conversation = requests(heard, chance)
    envelope, rating = next(conversation)
    due = time.monotonic() + chance.random() * interval
    while (now := time.monotonic()) < until:
        time.sleep(max(0.0, due - now))
        began = due if interval else now
        due += interval
        if chance.random() < HOSTILE_SHARE:
            result.statuses[f"hostile {_tried(hostile, served, chance)}"] += 1
            continue
        envelope["request"]["timestamp"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        answer: Json = {"response": {}}
        status = _tried(_asked, served, envelope, answer)
        result.statuses[status] += 1
        if status == "200":
            result.seconds.append(time.monotonic() - began)
            result.acknowledged += rating
        envelope, rating = conversation.send(answer)
    return result


def _asked(served: Served, envelope: Json, answer: Json) -> str:
    """Sends it and fills in the answer; the status."""
    status, body = served.post(envelope)
    if status == 200:
        answer.update(json.loads(body))
    return str(status)


def _tried(send: Callable[..., str], *arguments: Any) -> str:
    """What `send` gives, or the name of the error where there was no answer."""
    try:
        return send(*arguments)
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__


def client(served: Served, seed: int, threads: int, interval: float, seconds: float, results: Any) -> None:
    """One process of the load; puts its Result into `results`."""
    heard, together, lock = heard_sentences(), Result(), threading.Lock()
    until = time.monotonic() + seconds

    def run(number: int) -> None:
        found = talk(served, heard, seed * 1000 + number, interval, until)
        with lock:
            together.add(found)

    running = [threading.Thread(target=run, args=(number,)) for number in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    results.put(together)
