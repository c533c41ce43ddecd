"""The one place that is told of requests: every refusal has its kind, and labels are from short lists."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from conftest import CONTENT, MODELS, ROOT

from skill.alexa.handle import Skill
from skill.alexa.seen import FAILED, NONE, NOTHING, OTHER, Seen
from skill.dialogue.core import Core
from skill.errors import RequestRejected
from skill.feedback.memory import MemoryStore
from skill.settings import Settings
from skill.simulator.envelope import Device, ended_envelope, intent_request, launch_envelope, touch_envelope
from skill.web.app import create_app
from skill.web.observer import kind_of


def messages() -> Iterator[str]:
    """The beginning of every message with which the code refuses a request."""
    for path in sorted((ROOT / "skill").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args
            if named and node.func.id in {"RequestRejected", "rejecting"}:
                said = node.args[0].values[0] if isinstance(node.args[0], ast.JoinedStr) else node.args[0]
                if isinstance(said, ast.Constant):
                    yield str(said.value)


def test_every_refusal_has_its_kind() -> None:
    said = list(messages())
    assert len(said) > 20
    assert [message for message in said if kind_of(RequestRejected(message)) == "other"] == []


@dataclass
class Watching:
    """An Observer that remembers."""

    answers: list[Seen] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    def answered(self, seen: Seen, seconds: float) -> None:
        assert seconds > 0
        self.answers.append(seen)

    def refused(self, kind: str) -> None:
        self.refusals.append(kind)


def test_the_door_tells_of_answers_and_of_refusals(compiled: Path) -> None:
    watching = Watching()
    settings = Settings(content=CONTENT, models=MODELS, data=compiled.parent)
    client = create_app(settings, feedback=MemoryStore(), observer=watching).test_client()
    client.post("/", json=launch_envelope(Device(locale="en-GB"), {}))
    client.post("/", data=b"{")
    client.post("/", data=b"x" * 300_000)
    assert watching.answers == [Seen("launch", NONE, "en-GB", "command")]
    assert watching.refusals == ["the body", "too large"]


def complaint(text: str, **more: Any) -> dict[str, Any]:
    slots = {"complaint": {"name": "complaint", "value": text, "confirmationStatus": "NONE"}}
    intent = {"name": "ComplaintIntent", "confirmationStatus": "NONE", "slots": slots, **more}
    return intent_request(Device(), intent, {}, new=True, dialog_state=None)


def test_the_outcome_is_what_was_understood(skill: Skill) -> None:
    assert skill.answer(complaint("my back hurts")).seen == Seen("intent", "ComplaintIntent", "en-US", "answer")
    assert skill.answer(complaint("i am bleeding heavily")).seen.outcome == "urgent"
    assert skill.answer(touch_envelope(Device(), ["more"], {}, new=True)).seen.kind == "touch"
    assert skill.answer(ended_envelope(Device(), {})).seen == Seen("ended", NONE, "en-US", NOTHING)


@pytest.mark.parametrize("odd", ["zxq", 7, None, [], {"a": 1}])
def test_what_is_in_no_list_is_called_another(skill: Skill, odd: object) -> None:
    envelope = complaint("my back hurts", name=odd)
    envelope["request"]["locale"] = odd
    seen = skill.answer(envelope).seen
    assert {seen.intent, seen.locale} <= {OTHER, NONE}


def test_what_fails_inside_a_turn_counts_as_failed_and_the_next_does_not(core: Core) -> None:
    def broken() -> frozenset[str]:
        if broken.down:
            raise RuntimeError("zxq")
        return frozenset()

    broken.down = True
    skill = Skill(replace(core, withheld=broken))
    answered = skill.answer(complaint("my back hurts"))
    assert answered.seen.outcome == FAILED
    assert answered.response["response"]["outputSpeech"]
    broken.down = False
    assert skill.answer(complaint("my back hurts")).seen.outcome == "answer"
