"""virtual-alexa, somebody else's client, with our interaction model against the running server: ten turns, no error."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import CONTENT, MODELS
from listening import listening

from skill.feedback.memory import MemoryStore
from skill.settings import Settings
from skill.web.app import create_app

HERE = Path(__file__).parent
SECONDS_AT_MOST = 300

TALK = {
    "open bump guide": None,
    "what helps heartburn": "heartburn",
    "yes": None,
    "why do i have back pain": "back-pain",
    "what else could it be": "back-pain",
    "who says so": "back-pain",
    "when should i call": "back-pain",
    "say that again": "back-pain",
    "help": None,
    "what is constipation": "constipation",
    "stop": None,
}
"""What is said, and the topic that is understood. Its matcher takes samples word for word; "tell" and "ask" launch."""


@pytest.fixture
def address(tmp_path: Path, compiled: Path) -> Iterator[str]:
    """Our web service in development, listening."""
    data = tmp_path / "data"
    shutil.copytree(compiled.parent, data)
    app = create_app(Settings(content=CONTENT, models=MODELS, data=data), feedback=MemoryStore())
    with listening(app) as port:
        yield f"http://127.0.0.1:{port}/"


def talk(address: str, *sentences: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        ["node", str(HERE / "talk.js"), address, str(MODELS / "en-US.json"), "en-US", *sentences],
        capture_output=True,
        text=True,
        timeout=SECONDS_AT_MOST,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
@pytest.mark.skipif(not (HERE / "node_modules").is_dir(), reason="npm packages are missing: npm ci in tests/certify")
def test_ten_turns_are_held_without_an_error(address: str) -> None:
    responses = talk(address, *TALK)
    assert len(responses) == len(TALK) > 10
    for (said, topic), response in zip(TALK.items(), responses, strict=True):
        body = response["response"]
        assert body["outputSpeech"]["ssml"], said
        assert "went wrong" not in body["outputSpeech"]["ssml"], said
        assert body["shouldEndSession"] is (said == "stop"), said
        assert response["sessionAttributes"].get("understood", {}).get("topic") == topic, said
