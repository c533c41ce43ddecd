"""The skill listening as a stranger meets it, and signed requests as Alexa sends them."""

from __future__ import annotations

import functools
import http.client
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chains import ADDRESS, NOW, Issued, root, signer
from conftest import MODELS
from listening import listening

from skill.alexa.verify import RequestVerifier
from skill.feedback.memory import MemoryStore
from skill.feedback.record import FeedbackSink
from skill.settings import Settings
from skill.simulator.envelope import Device, intent_envelope
from skill.simulator.hear import HearingModel, hear
from skill.web.app import create_app

SKILL_ID = "amzn1.ask.skill.11111111-2222-3333-4444-555555555555"
SECONDS_AT_MOST = 15
"""Generous: a rejection that takes longer waits for something it should not."""


@dataclass
class Served:
    """The skill, listening."""

    port: int

    def post(self, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS_AT_MOST)
        try:
            connection.request("POST", "/", body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def get(self, path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS_AT_MOST)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


@contextmanager
def serving(
    settings: Settings,
    verifier: RequestVerifier,
    *,
    feedback: FeedbackSink | None = None,
    now: Callable[[], datetime] = lambda: NOW,
) -> Iterator[Served]:
    app = create_app(settings, verifier=verifier, feedback=feedback or MemoryStore(), now=now)
    with listening(app) as port:
        yield Served(port)


def verifier_for(chain: Callable[[], bytes]) -> RequestVerifier:
    """One that downloads what `chain` gives, and trusts our root only."""
    return RequestVerifier(fetch=lambda url: chain(), trust_roots=[root().certificate], now=lambda: NOW)


def envelope(**changes: Any) -> dict[str, Any]:
    """What Alexa sends for "what causes heartburn", at NOW."""
    data: dict[str, Any] = json.loads(_envelope())
    data["request"].update(changes)
    return data


@functools.cache
def _envelope() -> str:
    """Made once: to load the model takes a second."""
    heard = hear(HearingModel.load(MODELS / "en-GB.json"), "what causes heartburn")
    data = intent_envelope(Device(locale="en-GB", skill_id=SKILL_ID), heard, {}, new=True, elicited=False)
    data["request"]["timestamp"] = NOW.strftime("%Y-%m-%dT%H:%M:%SZ")
    return json.dumps(data)


def encoded(data: Any) -> bytes:
    return json.dumps(data).encode()


def headers(body: bytes, by: Issued | None = None, address: str = ADDRESS) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "SignatureCertChainUrl": address,
        "Signature-256": (by or signer()).sign(body),
    }
