"""The example for Home Assistant in docs/tasks: what hassil hears goes back together, to the API, and is spoken."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import CONTENT, MODELS, ROOT
from jinja2.sandbox import ImmutableSandboxedEnvironment

from skill.exports.hassil import INTENT
from skill.feedback.memory import MemoryStore
from skill.settings import Settings
from skill.web.app import create_app

PAGE = ROOT / "docs/tasks/use-with-home-assistant.md"
TOKEN = "a-token-of-the-tests-0123456789"


class _Loader(yaml.SafeLoader):
    """Home Assistant's YAML: `!secret` takes a value from another file."""


_Loader.add_constructor("!secret", lambda loader, node: f"Bearer {TOKEN}")


@pytest.fixture(scope="module")
def example() -> dict[str, Any]:
    [block] = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    example: dict[str, Any] = yaml.load(block, _Loader)  # noqa: S506 - a safe loader, with one tag more
    return example


def rendered(template: str, **variables: Any) -> str:
    """As Home Assistant renders it; `to_json` is a filter of its own."""
    environment = ImmutableSandboxedEnvironment()
    environment.filters["to_json"] = json.dumps
    return environment.from_string(template).render(**variables)


def sentence_of(example: dict[str, Any], **slots: str) -> str:
    return rendered(example["intent_script"][INTENT]["action"][0]["variables"]["sentence"], **slots)


def test_no_word_is_lost_between_hassil_and_the_skill(example: dict[str, Any]) -> None:
    both = sentence_of(example, question="i have {topic} and {complaint}", topic="back pain", complaint="i am bleeding")
    assert both == "i have back pain and i am bleeding"
    for slot in ("topic", "complaint", "opener", "phrase"):
        assert sentence_of(example, question=f"{{{slot}}} today", **{slot: "it hurts"}) == "it hurts today"


def test_what_the_api_answers_is_spoken(example: dict[str, Any], compiled: Path) -> None:
    settings = Settings(content=CONTENT, models=MODELS, data=compiled.parent, api_token=TOKEN)
    client = create_app(settings, feedback=MemoryStore()).test_client()
    command = example["rest_command"]["bump_guide"]
    heard = {"topic": "back pain", "complaint": "i am bleeding a lot"}
    sentence = sentence_of(example, question="i have {topic} and {complaint}", **heard)
    answer = client.open(
        command["url"].partition(":5000")[2], method=command["method"].upper(), headers=command["headers"],
        content_type=command["content_type"], data=rendered(command["payload"], sentence=sentence),
    )  # fmt: skip
    speech = example["intent_script"][INTENT]["speech"]["text"]
    said = rendered(speech, action_response={"status": answer.status_code, "content": answer.json})
    assert said.startswith("Call 999")


def test_where_the_skill_cannot_be_reached_a_safe_sentence_is_spoken(example: dict[str, Any]) -> None:
    at_first = example["intent_script"][INTENT]["action"][0]["variables"]["answer"]
    said = rendered(example["intent_script"][INTENT]["speech"]["text"], action_response=at_first)
    assert "999" in said
