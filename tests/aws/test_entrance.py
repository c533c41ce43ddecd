"""The Lambda entrances use the same skill; the skill id is checked there too, and little is loaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
from conftest import MODELS, ROOT

from skill.aws_lambda import nightly
from skill.aws_lambda.entrance import Handler, entrance
from skill.errors import RequestRejected, SettingsInvalid
from skill.feedback.connect import connect
from skill.feedback.record import HELPFUL, Count, Feedback
from skill.settings import Settings
from skill.simulator.envelope import Device, intent_envelope, launch_envelope
from skill.simulator.hear import HearingModel, hear

SKILL_ID = "amzn1.ask.skill.11111111-2222-3333-4444-555555555555"
RECORDED_ID = "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"
"""Of the requests in tests/requests/."""


@pytest.fixture(scope="module")
def settings(compiled: Path) -> Settings:
    """As template.yaml sets them: content compiled, its files elsewhere."""
    return Settings(
        production=True, skill_id=SKILL_ID, content=Path("/nowhere"), data=compiled.parent, feedback="memory:",
        serve_unreviewed=True,
    )  # fmt: skip


@pytest.fixture(scope="module")
def handler(settings: Settings) -> Handler:
    return entrance(settings)


def test_it_answers(handler: Handler) -> None:
    heard = hear(HearingModel.load(MODELS / "en-US.json"), "what causes heartburn")
    envelope = intent_envelope(Device(skill_id=SKILL_ID), heard, {}, new=True, elicited=False)
    assert "Heartburn" in handler(envelope, None)["response"]["outputSpeech"]["ssml"]


def test_another_skill_is_rejected(handler: Handler) -> None:
    with pytest.raises(RequestRejected):
        handler(launch_envelope(Device(skill_id="amzn1.ask.skill.other"), {}), None)


def test_without_a_skill_id_it_does_not_start(settings: Settings) -> None:
    with pytest.raises(SettingsInvalid, match="BUMP_GUIDE_SKILL_ID"):
        entrance(replace(settings, skill_id=None))


def test_without_a_signed_article_it_does_not_start_unless_told_to(settings: Settings) -> None:
    with pytest.raises(SettingsInvalid, match="No clinician has signed"):
        entrance(replace(settings, serve_unreviewed=False))


def in_a_process(script: str, compiled: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    env = {
        **os.environ, "BUMP_GUIDE_DATA": str(compiled.parent), "BUMP_GUIDE_SKILL_ID": SKILL_ID,
        "BUMP_GUIDE_FEEDBACK": "dynamodb://ratings?region=eu-west-1", **settings,
    }  # fmt: skip
    return subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, text=True, check=True)


@pytest.mark.skipif(find_spec("boto3") is None, reason="the extra `aws` is not installed")
def test_what_writes_a_rating_is_loaded_before_the_first_turn(compiled: Path) -> None:
    script = "import sys; from skill.aws_lambda.alexa import handler; print('boto3' in sys.modules)"
    assert in_a_process(script, compiled).stdout == "True\n"
    assert in_a_process(script, compiled, BUMP_GUIDE_FEEDBACK="memory:").stdout == "False\n"


def test_a_cold_start_loads_nothing_that_only_other_entrances_need(compiled: Path) -> None:
    others = "click cryptography flask markdown_it num2words pydantic requests rich yaml skill.build skill.web"
    script = (
        "import sys, json; from skill.aws_lambda.alexa import handler; print(callable(handler));"
        f" print(json.dumps([name for name in {others.split()!r} if name in sys.modules]))"
    )
    ready, loaded = in_a_process(script, compiled).stdout.splitlines()
    assert ready == "True"
    assert json.loads(loaded) == []


def test_what_understands_free_text_is_loaded_with_the_first_of_it(compiled: Path) -> None:
    script = (
        "import json, sys; from pathlib import Path; from skill.aws_lambda.alexa import handler\n"
        "for name in ('launch', 'free-complaint'):\n"
        "    request = Path(f'tests/requests/{name}.json').read_text()\n"
        f"    event = json.loads(request.replace('{RECORDED_ID}', '{SKILL_ID}'))\n"
        "    print('outputSpeech' in handler(event, None)['response'], 'onnxruntime' in sys.modules)"
    )
    assert in_a_process(script, compiled).stdout.splitlines() == ["True False", "True True"]


def test_the_nightly_entrance_forgets_tokens_and_keeps_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BUMP_GUIDE_DATA", str(tmp_path))
    monkeypatch.setenv("BUMP_GUIDE_FEEDBACK", f"sqlite:{tmp_path}/feedback.sqlite")
    day = datetime.now(UTC).date() - timedelta(days=3)
    with closing(connect(f"sqlite:{tmp_path}/feedback.sqlite", tmp_path)) as store:
        store.add("00", Feedback("heartburn", "causes", HELPFUL, "en-US", "0123456789ab", day))
        assert nightly.handler({}, None) == {"forgotten": 1}
        assert store.counts() == [Count("heartburn", 1, 0)]
