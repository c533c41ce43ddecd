"""The Lambda entrance uses the same skill; the skill id is checked there too."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
from conftest import MODELS, ROOT

from skill import aws_lambda
from skill.errors import RequestRejected, SettingsInvalid
from skill.feedback.connect import connect
from skill.feedback.record import HELPFUL, Count, Feedback
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


@pytest.mark.usefixtures("entrance")
def test_the_nightly_entrance_forgets_tokens_and_keeps_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(os.environ, "BUMP_GUIDE_FEEDBACK", f"sqlite:{tmp_path}/feedback.sqlite")
    day = datetime.now(UTC).date() - timedelta(days=3)
    with closing(connect(f"sqlite:{tmp_path}/feedback.sqlite", tmp_path)) as store:
        store.add("00", Feedback("heartburn", "causes", HELPFUL, "en-US", "0123456789ab", day))
        assert aws_lambda.forget_tokens({}, None) == {"forgotten": 1}
        assert store.counts() == [Count("heartburn", 1, 0)]


@pytest.mark.skipif(find_spec("boto3") is None, reason="the extra `aws` is not installed")
def test_a_cold_start_loads_no_driver_of_a_store() -> None:
    script = (
        "import sys; from pathlib import Path; import skill.aws_lambda as entrance;"
        " entrance.one_write('dynamodb://ratings?region=eu-west-1', Path()); print('boto3' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
