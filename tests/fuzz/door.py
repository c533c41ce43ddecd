"""The whole door, in this process: the skill in production, behind the WSGI interface that a server would call; and
the judge of what it answers.
"""

from __future__ import annotations

import base64
import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from chains import ADDRESS, NOW, good_chain, root
from conftest import CONTENT, MODELS
from flask import Flask
from fuzz.inputs import Json, Knock, World, load_intents, signature
from web.door import SKILL_ID

from skill.alexa.handle import empty_response
from skill.alexa.verify import RequestVerifier
from skill.feedback.memory import MemoryStore
from skill.other_skills.response_check import check_response, shape_faults
from skill.settings import Settings
from skill.simulator.converse import Conversation, speech_of
from skill.simulator.envelope import Device
from skill.simulator.hear import HearingModel
from skill.web.app import create_app

TALKS = (
    ("<launch>", "help", "i'm twenty weeks", "what can i ask"),
    ("<oneshot> what causes heartburn", "tell me more", "yes"),
    ("<oneshot> i have pain", "the first one", "no"),
    ("<oneshot> i'm bleeding heavily", "i called them", "is that normal"),
    ("<oneshot> i have a headache", "and i see flashing lights"),
)
"""Conversations that bring the session into the states from which requests are made."""
_REFUSALS = {400, 413}


class Listening(logging.Handler):
    """Keeps what is logged while one request is served."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def open_door(folder: Path) -> Iterator[tuple[Door, World]]:
    """The door, and the world from which requests to it are made. `folder` keeps the compiled content."""
    settings = Settings(
        production=True, serve_unreviewed=True, skill_id=SKILL_ID, content=CONTENT, models=MODELS, data=folder
    )
    listening = Listening()
    logging.getLogger().addHandler(listening)
    try:
        verifier = RequestVerifier(fetch=_fetch, trust_roots=[root().certificate], now=lambda: NOW)
        door = Door(create_app(settings, verifier=verifier, feedback=MemoryStore(), now=lambda: NOW), listening)
        yield door, World(load_intents(), [{}, *door.states()])
    finally:
        logging.getLogger().removeHandler(listening)


def _fetch(url: str) -> bytes:
    if url != ADDRESS:
        raise OSError("nothing there")
    return good_chain()


class Door:
    """Takes requests and judges the answers."""

    def __init__(self, app: Flask, listening: Listening) -> None:
        self._app = app
        self._listening = listening

    def states(self) -> Iterator[Json]:
        """The session attributes after each turn of a few conversations."""
        model = HearingModel.load(MODELS / "en-US.json")
        for talk in TALKS:
            conversation = Conversation(model, self._converse, Device(skill_id=SKILL_ID))
            yield from (conversation.say(sentence).attributes for sentence in talk)

    def _converse(self, request: Json) -> Json:
        request["request"]["timestamp"] = NOW.isoformat()
        body = json.dumps(request).encode()
        status, answer = self.send(signature(body), body)
        assert status == 200
        return dict(json.loads(answer))

    def send(self, headers: dict[str, bytes], body: bytes) -> tuple[int, bytes]:
        """Status and body; what the application raises comes through."""
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "POST", "SCRIPT_NAME": "", "PATH_INFO": "/", "QUERY_STRING": "",
            "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body)), "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body), "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False, "wsgi.multiprocess": False, "wsgi.run_once": False,
        }  # fmt: skip
        for name, value in headers.items():  # latin-1, as PEP 3333 has it
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = value.decode("latin-1")
        statuses: list[int] = []
        parts = self._app.wsgi_app(environ, lambda status, *_: statuses.append(int(status[:3])))
        answer = b"".join(parts)
        return statuses[0], answer

    def judge(self, knock: Knock) -> tuple[str, list[str]]:
        """How it was answered, in a word for the table, and everything that is wrong with that."""
        self._listening.records.clear()
        try:
            status, answer = self.send(knock.headers, knock.body)
        except Exception as error:  # what a server would make 500 of
            return "raised", [f"{type(error).__name__} came out of the door"]
        failed = any(record.levelno >= logging.ERROR for record in self._listening.records)
        faults = [f"a traceback was logged: {record.msg}" for record in self._listening.records if record.exc_info]
        if status in _REFUSALS:
            return str(status), faults + _refusal_faults(knock, answer)
        if status != 200:
            return str(status), [*faults, f"answered with {status}"]
        try:
            spoken, wrong = _response_faults(knock, answer)
        except ValueError as error:
            spoken, wrong = False, [f"the response cannot be read: {error}"]
        if failed and knock.owed == "answer":
            wrong.append("something failed on the way")
        how = "after a failure" if failed else "spoken" if spoken else "silent"
        return how, faults + wrong


def _refusal_faults(knock: Knock, answer: bytes) -> list[str]:
    wrong = [f"a refusal says {answer[:40]!r}"] if answer else []
    too_large = len(knock.body) > 256 * 1024
    return wrong if knock.owed.startswith(("refusal", "any")) or too_large else [*wrong, "a signed request was refused"]


def _response_faults(knock: Knock, answer: bytes) -> tuple[bool, list[str]]:
    """Whether something is said, and what is wrong with the response."""
    if knock.owed == "refusal":
        return False, ["an unsigned request was answered"]
    if knock.owed == "any, if it is still signed" and not _still_signed(knock):
        return False, ["a request was answered whose signature is not for it"]
    response = json.loads(answer, parse_constant=_no_number)
    if not is_asked(json.loads(knock.body)):
        return False, [] if response == empty_response() else ["something is said to what nobody asked"]
    wrong = list(shape_faults(response)) or list(check_response(response))
    speech = speech_of(response.get("response") or {})
    if "<audio" in speech:
        wrong.append("what was said became markup")
    if not speech:
        wrong.append("a person asked, and nothing is said")
    return bool(speech), wrong


def is_asked(envelope: Json) -> bool:
    """Whether a person made this request and waits for words, written down once more and apart from the skill."""
    kind = envelope["request"].get("type")
    return kind in ("LaunchRequest", "IntentRequest", "Alexa.Presentation.APL.UserEvent")


def _no_number(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _still_signed(knock: Knock) -> bool:
    """By another decoder than the verifier's: lenient, so that it is the stricter judge of what may be answered."""
    sent = base64.b64decode(knock.headers["Signature-256"] + b"==")
    return sent == base64.b64decode(signature(knock.body)["Signature-256"])
