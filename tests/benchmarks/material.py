"""What the benchmarks send: requests as Alexa sends them, signed by a chain of our own that is valid today."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from chains import ADDRESS, DAY, Issued, authority, leaf, pem
from flask import Request

from skill.alexa.verify import RequestVerifier
from skill.library.store import Library

TESTS = Path(__file__).parents[1]
SKILL_ID = "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"

Json = dict[str, Any]


@dataclass(frozen=True)
class Alexa:
    """Alexa's side: who signs, and up to which root that is proven."""

    root: Issued
    intermediate: Issued
    signer: Issued

    @property
    def chain(self) -> bytes:
        return pem(self.signer, self.intermediate)

    def headers(self, body: bytes) -> dict[str, str]:
        """The two headers that go with a body; the older signature is not checked by anybody."""
        return {"SignatureCertChainUrl": ADDRESS, "Signature-256": self.signer.sign(body)}

    def environ(self, body: bytes) -> dict[str, Any]:
        """What a web server hands on for a signed body, but for the stream that it is read from."""
        headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in self.headers(body).items()}
        return {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": "/",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/json",
            "wsgi.url_scheme": "http",
            **headers,
        }

    def verifier(self) -> RequestVerifier:
        """Ours, which downloads this chain and nothing else."""
        return RequestVerifier(
            fetch=lambda address: self.chain, trust_roots=[self.root.certificate], now=lambda: datetime.now(UTC)
        )


@cache
def alexa() -> Alexa:
    today = datetime.now(UTC)
    life = {"since": today - 10 * DAY, "until": today + 10 * DAY}
    root = authority("Bench Root", **life)
    intermediate = authority("Bench Intermediate", root, path_length=0, **life)
    return Alexa(root, intermediate, leaf(intermediate, **life))


def recorded(name: str) -> Json:
    """A request of tests/requests/, sent just now."""
    envelope: Json = json.loads((TESTS / "requests" / f"{name}.json").read_text())
    envelope["request"]["timestamp"] = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return envelope


def listed_questions(library: Library) -> Iterator[Json]:
    """Every listed topic by its name, asked with every intent that stands around one."""
    template = recorded("listed-topic")
    voice = library.voice("en-US")
    for intent, asking in library.interaction.asks.items():
        if asking.aspect is None:
            continue
        for topic, name in library.names.items():
            envelope = copy.deepcopy(template)
            envelope["request"]["intent"]["name"] = intent
            slot = envelope["request"]["intent"]["slots"]["topic"]
            slot["value"] = slot["slotValue"]["value"] = voice(name)
            for resolutions in (slot["resolutions"], slot["slotValue"]["resolutions"]):
                resolutions["resolutionsPerAuthority"][0]["values"] = [{"value": {"name": voice(name), "id": topic}}]
            yield envelope


def free_questions() -> Iterator[Json]:
    """Our own test questions, each as it arrives where the whole sentence is the complaint."""
    template = recorded("free-complaint")
    for file in sorted((TESTS / "questions").rglob("*.en.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            envelope = copy.deepcopy(template)
            slot = envelope["request"]["intent"]["slots"]["complaint"]
            slot["value"] = slot["slotValue"]["value"] = json.loads(line)["text"]
            yield envelope


def as_request(environ: dict[str, Any], body: bytes) -> Request:
    """What Flask makes of it."""
    return Request({**environ, "wsgi.input": BytesIO(body)})


def cycle(work: Callable[[Any], object], things: list[Any]) -> Callable[[], object]:
    """Work on one thing after the other, and from the beginning again."""
    place = -1

    def once() -> object:
        nonlocal place
        place = (place + 1) % len(things)
        return work(things[place])

    return once
