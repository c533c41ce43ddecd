"""The text that goes out is the response, whatever is said in it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from skill.alexa import response_body as room
from skill.alexa.handle import Skill
from skill.alexa.response_body import response_body
from skill.screens.documents import PAGE, URGENT

REQUESTS = {path.stem: json.loads(path.read_text()) for path in sorted((ROOT / "tests" / "requests").glob("*.json"))}


@pytest.mark.parametrize("name", REQUESTS)
def test_what_goes_out_is_the_response(name: str, skill: Skill) -> None:
    response = skill.handle(REQUESTS[name])
    assert json.loads(response_body(response)) == json.loads(json.dumps(response))


@given(st.text(), st.sampled_from([PAGE, URGENT]), st.lists(st.text(), max_size=2))
def test_words_can_be_anything(said: str, document: dict[str, Any], others: list[str]) -> None:
    directives = [*({"type": other} for other in others), {"type": "Render", "document": document, "datasources": said}]
    response = {"version": "1.0", "sessionAttributes": {"told": said}, "response": {"directives": directives}}
    assert json.loads(response_body(response)) == json.loads(json.dumps(response))


def test_the_stand_in_is_never_sent(skill: Skill) -> None:
    body = response_body(skill.handle(REQUESTS["listed-topic"]))
    assert '"document": {"type": "APL"' in body
    assert room._HERE not in body
