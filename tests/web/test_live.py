"""In development an edited article is served with the next request; a broken edit keeps the last good content."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from conftest import CONTENT, MODELS
from flask.testing import FlaskClient

from skill.feedback.memory import MemoryStore
from skill.settings import Settings
from skill.simulator.envelope import Device, intent_envelope
from skill.simulator.hear import HearingModel, hear
from skill.web.app import create_app


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


@pytest.fixture
def client(folder: Path, tmp_path: Path) -> FlaskClient:
    settings = Settings(content=folder, models=MODELS, data=tmp_path / "data")
    return create_app(settings, feedback=MemoryStore()).test_client()


def ask(client: FlaskClient) -> str:
    heard = hear(HearingModel.load(MODELS / "en-US.json"), "what is heartburn")
    body = intent_envelope(Device(), heard, {}, new=True, elicited=False)
    return str(client.post("/", json=body).json["response"]["outputSpeech"]["ssml"])


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    stamp = path.stat()
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns + 1))


def test_an_edited_article_is_served_without_a_restart(client: FlaskClient, folder: Path) -> None:
    article = folder / "en/articles/heartburn.yaml"
    before = client.get("/healthz").json["content_version"]
    assert "Zanzibar" not in ask(client)
    edit(article, "summary: ", "summary: Zanzibar is warm. ")
    assert "Zanzibar" in ask(client)
    assert client.get("/healthz").json["content_version"] != before


def test_a_broken_edit_keeps_the_last_good_content_and_says_so(
    client: FlaskClient, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    article = folder / "en/articles/heartburn.yaml"
    good = ask(client)
    edit(article, "summary:", "sumary:")
    assert ask(client) == good
    assert "last good version" in client.get("/healthz").json["content_problem"]
    assert "en/articles/heartburn.yaml: summary" in caplog.text
    edit(article, "sumary:", "summary:")
    assert ask(client) == good
    assert client.get("/healthz").json["content_problem"] is None
