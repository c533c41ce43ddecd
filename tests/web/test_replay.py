"""A signed request that somebody recorded and sends again, within the 150 seconds in which it is still fresh: whoever
does so learns nothing new, and nothing that is kept changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from chains import NOW, good_chain
from conftest import CONTENT, MODELS
from web.door import SKILL_ID, Served, encoded, headers, serving, verifier_for

from skill.feedback.record import Count
from skill.feedback.sqlite import SqliteStore
from skill.settings import Settings
from skill.simulator.converse import Conversation, plain, speech_of
from skill.simulator.envelope import Device
from skill.simulator.hear import HearingModel

Answer = tuple[int, dict[str, Any]]


@dataclass
class Recorded:
    """A door in production with a store in a file, and everything that was sent through it."""

    served: Served
    store: SqliteStore
    folder: Path
    clock: list[datetime]
    sent: list[bytes]

    def knock(self, body: bytes) -> Answer:
        status, answer = self.served.post(body, headers(body))
        return status, json.loads(answer or b"{}")

    def converse(self, *sentences: str) -> list[str]:
        """What is said to these sentences, one after another in one session."""

        def send(request: dict[str, Any]) -> dict[str, Any]:
            request["request"]["timestamp"] = NOW.strftime("%Y-%m-%dT%H:%M:%SZ")
            self.sent.append(encoded(request))
            return self.knock(self.sent[-1])[1]

        talk = Conversation(HearingModel.load(MODELS / "en-US.json"), send, Device(skill_id=SKILL_ID))
        return [talk.say(sentence).speech for sentence in sentences]

    def kept(self) -> tuple[list[Count], dict[Path, bytes]]:
        """The counts, and every byte in the data folder but the store's own journal."""
        files = (path for path in self.folder.rglob("*") if path.is_file() and "feedback.sqlite" not in path.name)
        return list(self.store.counts()), {path: path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def recorded(folder: Path, tmp_path: Path) -> Iterator[Recorded]:
    settings = Settings(
        production=True, serve_unreviewed=True, skill_id=SKILL_ID, content=CONTENT, models=MODELS, data=folder
    )
    store, clock = SqliteStore(tmp_path / "feedback.sqlite"), [NOW]
    with serving(settings, verifier_for(good_chain), feedback=store, now=lambda: clock[0]) as served:
        yield Recorded(served, store, folder, clock, [])


QUESTION = "<oneshot> what causes heartburn"


def test_a_rating_sent_again_counts_once(recorded: Recorded) -> None:
    recorded.converse(QUESTION, "yes")
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(recorded.knock, [recorded.sent[-1]] * 24))
    assert {status for status, _ in answers} == {200}
    assert list(recorded.store.counts()) == [Count("heartburn", 1, 0)]


def test_two_ratings_of_one_answer_count_once(recorded: Recorded) -> None:
    """The session's state is the sender's to repeat: what was rated with yes cannot be rated with no afterwards."""
    recorded.converse(QUESTION, "yes")
    rated = json.loads(recorded.sent[-1])
    rated["request"]["intent"]["name"] = "AMAZON.NoIntent"
    assert recorded.knock(encoded(rated))[0] == 200
    assert list(recorded.store.counts()) == [Count("heartburn", 1, 0)]


@pytest.mark.parametrize(
    "sentences",
    [
        pytest.param([QUESTION], id="a question"),
        pytest.param([QUESTION, "tell me more"], id="more of it"),
        pytest.param(["<oneshot> i am bleeding heavily"], id="an emergency"),
        pytest.param(["<launch>", "i'm twenty weeks"], id="weeks told"),
        pytest.param([QUESTION, "stop"], id="the end"),
    ],
)
def test_a_turn_sent_again_says_the_same_and_changes_nothing_kept(recorded: Recorded, sentences: list[str]) -> None:
    spoken = recorded.converse(*sentences)
    before = recorded.kept()
    for _ in range(3):
        status, answer = recorded.knock(recorded.sent[-1])
        assert status == 200
        assert said(answer) == spoken[-1]
    assert recorded.kept() == before


def said(answer: dict[str, Any]) -> str:
    return plain(speech_of(answer["response"]))


def test_after_its_time_it_is_refused(recorded: Recorded) -> None:
    recorded.converse(QUESTION, "yes")
    before = recorded.kept()
    recorded.clock[0] = NOW + timedelta(seconds=151)
    assert recorded.knock(recorded.sent[-1]) == (400, {})
    recorded.clock[0] = NOW + timedelta(seconds=150)
    assert recorded.knock(recorded.sent[-1])[0] == 200
    assert recorded.kept() == before


def test_it_cannot_be_made_fresh_again(recorded: Recorded) -> None:
    """The time is inside what is signed."""
    recorded.converse(QUESTION)
    later = NOW + timedelta(seconds=151)
    recorded.clock[0] = later
    body = recorded.sent[-1]
    renewed = body.replace(NOW.strftime("%H:%M:%SZ").encode(), later.strftime("%H:%M:%SZ").encode())
    assert renewed != body
    assert recorded.served.post(renewed, headers(body)) == (400, b"")
