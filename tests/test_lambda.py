"""The Lambda entrance uses the same skill; the skill id is checked there too."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import MODELS

from skill import aws_lambda
from skill.errors import RequestRejected, SettingsInvalid
from skill.simulator.envelope import Device, intent_envelope, launch_envelope
from skill.simulator.hear import HearingModel, hear

SKILL_ID = "amzn1.ask.skill.11111111-2222-3333-4444-555555555555"


@pytest.fixture
def entrance(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setitem(os.environ, "BUMP_GUIDE_SKILL_ID", SKILL_ID)
    monkeypatch.setitem(os.environ, "BUMP_GUIDE_DATA", str(tmp_path))
    monkeypatch.setitem(os.environ, "BUMP_GUIDE_FEEDBACK", "memory:")
    aws_lambda._skill.cache_clear()
    yield
    aws_lambda._skill.cache_clear()


@pytest.mark.usefixtures("entrance")
def test_it_answers() -> None:
    heard = hear(HearingModel.load(MODELS / "en-US.json"), "what causes heartburn")
    envelope = intent_envelope(Device(skill_id=SKILL_ID), heard, {}, new=True, elicited=False)
    assert "Heartburn" in aws_lambda.handler(envelope, None)["response"]["outputSpeech"]["ssml"]


@pytest.mark.usefixtures("entrance")
def test_another_skill_is_rejected() -> None:
    with pytest.raises(RequestRejected):
        aws_lambda.handler(launch_envelope(Device(skill_id="amzn1.ask.skill.other"), {}), None)


@pytest.mark.usefixtures("entrance")
def test_without_a_skill_id_it_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(os.environ, "BUMP_GUIDE_SKILL_ID")
    with pytest.raises(SettingsInvalid, match="BUMP_GUIDE_SKILL_ID"):
        aws_lambda.handler(launch_envelope(Device(), {}), None)
