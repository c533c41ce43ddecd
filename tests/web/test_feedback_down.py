"""A server whose feedback store is down starts, answers, and says so to who monitors it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import CONTENT, MODELS

from skill.feedback.connect import connect
from skill.feedback.record import Count
from skill.settings import Settings
from skill.simulator.converse import Conversation
from skill.simulator.envelope import Device
from skill.simulator.hear import HearingModel
from skill.web.app import create_app


def test_a_rating_is_thanked_for_and_written_when_the_store_is_back(
    compiled: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copy(compiled, tmp_path / "library.sqlite")
    (tmp_path / "feedback.sqlite").mkdir()  # in the way
    client = create_app(Settings(content=CONTENT, data=tmp_path), now=lambda: datetime.now(UTC)).test_client()
    conversation = Conversation(
        HearingModel.load(MODELS / "en-US.json"), lambda request: client.post("/", json=request).json or {}, Device()
    )
    conversation.say("<oneshot> what causes heartburn")
    assert conversation.say("yes").speech.endswith("Anything else?")
    wait_for(lambda: client.get("/healthz").json["feedback"] == "unavailable")  # type: ignore[index]
    assert "heartburn" not in caplog.text
    (tmp_path / "feedback.sqlite").rmdir()
    wait_for(lambda: client.get("/healthz").json["feedback"] == "ok")  # type: ignore[index]
    store = connect("", tmp_path)
    wait_for(lambda: list(store.counts()) == [Count("heartburn", 1, 0)])
    store.close()


def wait_for(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 300
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
