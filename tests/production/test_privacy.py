"""Of what a person says, and of Amazon's ids, nothing is left: not in the log, the metrics, the files or the headers.

Conversations are played through the production server with marked words and ids; then every byte that it wrote is
searched for a mark.
"""

from __future__ import annotations

import json
import shutil
import signal
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from conftest import MODELS
from production.served import SKILL_ID, Served, production, until

from skill.feedback.connect import connect
from skill.library.store import Library
from skill.simulator.converse import Conversation
from skill.simulator.envelope import Device, Json, launch_envelope
from skill.simulator.hear import HearingModel

MARK = "zxqmark"
"""Stands in every word and id that is sent, and in nothing of ours."""
LATITUDE, LONGITUDE = 47.112358, -122.271828

CONVERSATIONS = [
    ["<launch>", "my back hurts {mark}words", "yes", "why do i have {mark}one", "<silence>", "<silence>"],
    ["<oneshot> what causes heartburn", "yes", "what else could it be", "i have heartburn and {mark}two", "no", "no"],
    ["<oneshot> i am bleeding heavily {mark}three", "yes", "no", "more", "stop"],
    ["<oneshot> i want to kill myself {mark}four", "i am {mark}five weeks", "i am 31 weeks", "help"],
    ["<oneshot> {mark}six", "<noise>", "<noise>", "the second one", "send it to my phone", "cancel"],
    ["<oneshot> what helps with heartburn", "<touch> more", "<touch> {mark}seven 2", "<touch> yes"],
]


@dataclass
class Played:
    """What was played, and what came back."""

    served: Served
    headers: list[tuple[str, str]] = field(default_factory=list)
    page: bytes = b""

    def endpoint(self, envelope: Json) -> Json:
        """Marks what the simulator does not, and sends it."""
        marked = json.loads(json.dumps(envelope))
        request, system = marked["request"], marked["context"]["System"]
        request["requestId"] = f"amzn1.echo-api.request.{MARK}"
        marked["session"] |= {"sessionId": f"amzn1.echo-api.session.{MARK}", "user": system["user"]}
        system["device"]["deviceId"] = f"amzn1.ask.device.{MARK}"
        system["user"] |= {"userId": f"amzn1.ask.account.{MARK}"}
        system["user"] |= {"accessToken": f"{MARK}-access", "permissions": {"consentToken": f"{MARK}-consent"}}
        system["person"] = {"personId": f"amzn1.ask.person.{MARK}", "accessToken": f"{MARK}-person"}
        system["apiAccessToken"] = f"{MARK}-api"
        marked["context"]["Geolocation"] = {
            "coordinate": {"latitudeInDegrees": LATITUDE, "longitudeInDegrees": LONGITUDE, "accuracyInMeters": 12.1}
        }
        answer = self.served.ask(marked)
        self.headers += self.served.seen_headers
        return answer


def play(played: Played) -> None:
    model = HearingModel.load(MODELS / "en-US.json")
    for sentences in CONVERSATIONS:
        conversation = Conversation(model, played.endpoint, Device(skill_id=SKILL_ID, screen=True))
        for sentence in sentences:
            conversation.say(sentence.replace("{mark}", MARK))


def odd_requests(played: Played) -> None:
    """What is refused, and what the skill does not expect."""
    served = played.served
    served.get(f"/{MARK}?{MARK}={MARK}")
    served.send("POST", f"/{MARK}", MARK.encode(), {"X-Forwarded-For": MARK, "User-Agent": MARK, "Referer": MARK})
    served.send("POST", "/", b'{"request": "%b"}' % MARK.encode(), {"Signature-256": MARK})
    served.post(f'{{"{MARK}": '.encode())
    served.post({"request": {"type": MARK, "locale": MARK, "timestamp": MARK, "intent": {"name": MARK}}})
    for raw in (f"{MARK}\r\n\r\n", f"GET / HTTP/1.1\r\n{MARK} : a\r\n\r\n", f"{MARK} /{MARK} HTTP/1.1\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", served.port), timeout=60) as connection:
            connection.sendall(raw.encode())
            connection.recv(4096)
    device = Device(skill_id=SKILL_ID)
    for request in (
        {"type": "SessionEndedRequest", "reason": "ERROR", "error": {"type": f"{MARK}", "message": MARK}},
        {"type": f"AlexaSkillEvent.{MARK}", "body": {"userInformationPersistenceStatus": MARK}},
        {"type": "Alexa.Presentation.APL.RuntimeError", "errors": [{"message": MARK}], "token": MARK},
        {"type": "IntentRequest", "intent": {"name": f"{MARK}Intent", "slots": {MARK: {"name": MARK, "value": MARK}}}},
        {"type": "IntentRequest", "locale": f"en-{MARK}", "intent": {"name": "ComplaintIntent", "slots": {}}},
    ):
        envelope = launch_envelope(device, {MARK: MARK, "version": 2, "said": MARK}, new=False)
        played.endpoint({**envelope, "request": {**envelope["request"], **request}})


@pytest.fixture(scope="module")
def played(furnished: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    folder = furnished(tmp_path_factory.mktemp("privacy"))
    in_the_way = folder / "data" / "feedback.sqlite"
    in_the_way.mkdir()  # so that ratings wait, and failures are logged
    with production(folder, ASK_WHY="yes") as served:
        played = Played(served)
        play(played)
        odd_requests(played)
        until(lambda: served.metrics().get("bump_guide_feedback_waiting", 0) > 0)
        shutil.copytree(served.data, folder / "while-waiting")
        in_the_way.rmdir()
        until(lambda: served.metrics().get('bump_guide_feedback_total{state="written"}', 0) > 0)
        served.hang_up()
        play(played)
        played.page = served.get("/metrics", port=served.metrics_port)[1]
        shutil.copytree(metrics_folder(served), folder / "counts")
        served.process.send_signal(signal.SIGTERM)
        served.process.wait(60)
        yield played


def metrics_folder(served: Served) -> Path:
    maps = Path(f"/proc/{served.workers()[0]}/maps").read_text(encoding="utf-8")
    return Path(next(part for part in maps.split() if "bump-guide-metrics-" in part)).parent


def everything(played: Played) -> dict[str, bytes]:
    """By name: every byte of the log, the page of metrics, the headers, and each file that was written."""
    folder = played.served.log.parent
    files = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    written = {name: path.read_bytes() for name, path in files.items() if not name.endswith(".pem")}
    return {**written, "page": played.page, "headers": json.dumps(played.headers).encode()}


def test_nothing_that_was_sent_is_left_anywhere(played: Played) -> None:
    kept = everything(played)
    assert {"log", "page", "headers", "data/feedback.sqlite"} <= kept.keys()
    assert any(name.startswith("while-waiting/feedback-waiting") for name in kept)
    assert any(name.startswith("counts/") for name in kept)
    marks = [MARK, str(LATITUDE), str(LONGITUDE), "amzn1.ask.account", "amzn1.ask.device", "amzn1.echo-api"]
    found = [(name, mark) for name, content in kept.items() for mark in marks if mark.encode() in content.lower()]
    assert found == []


def test_a_line_with_an_id_names_no_topic_and_no_intent(played: Played, library: Library) -> None:
    lines = [line for line in played.served.logged() if "request" in line]
    assert len(lines) > 50
    said = json.dumps(lines).lower()
    assert [topic for topic in library.names if topic in said] == []
    assert "intent" not in said
    assert {line["request"] for line in lines} >= set(played.served.ids)


def test_no_topic_stands_in_the_metrics(played: Played, library: Library) -> None:
    page = played.page.decode()
    values = [part for line in page.splitlines() for part in line.split('"')[1::2]]
    assert "urgent" in values
    assert not set(values) & (set(library.names) | set(library.signs))


def test_ratings_were_kept_without_a_mark(played: Played) -> None:
    store = connect("", played.served.data)
    counted: list[Any] = list(store.counts())
    store.close()
    assert counted


def test_a_mark_would_be_found(played: Played) -> None:
    """The search itself: what is said in reply is in the marked folder's content, and so is found."""
    assert b"heartburn" in everything(played)["data/library.sqlite"]
