"""Requests as Alexa sends them, recorded in shape in tests/requests/, and what has to come back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from conftest import ROOT

from skill.alexa.handle import Skill
from skill.simulator.converse import Conversation, plain

REQUESTS = {path.stem: json.loads(path.read_text()) for path in sorted((ROOT / "tests" / "requests").glob("*.json"))}


def speech(response: dict[str, Any]) -> str:
    return plain(response["response"]["outputSpeech"]["ssml"])


def test_a_launch_is_welcomed_with_a_question_and_the_complaint_elicited(skill: Skill) -> None:
    response = skill.handle(REQUESTS["launch"])
    directive, shown = response["response"]["directives"]
    assert shown["type"] == "Alexa.Presentation.APL.RenderDocument"
    assert speech(response).endswith("What's happening?")
    assert directive["type"] == "Dialog.ElicitSlot"
    assert directive["slotToElicit"] == "complaint"
    assert directive["updatedIntent"]["name"] == "ComplaintIntent"


@pytest.mark.parametrize(("name", "word"), [("listed-topic", "Heartburn"), ("free-complaint", "Back pain")])
def test_a_question_is_answered(name: str, word: str, skill: Skill) -> None:
    response = skill.handle(REQUESTS[name])
    assert word in speech(response)
    assert response["response"]["shouldEndSession"] is False
    assert response["response"]["reprompt"]["outputSpeech"]["type"] == "SSML"
    assert [entry["type"] for entry in response["response"]["directives"]] == ["Alexa.Presentation.APL.RenderDocument"]


def test_an_urgent_sign_is_answered_before_anything_else(skill: Skill) -> None:
    response = skill.handle(REQUESTS["urgent-complaint"])
    assert speech(response).startswith("Call 911")
    assert response["sessionAttributes"]["understood"]["urgent"] == "emergency"


def test_stop_closes_the_session(skill: Skill) -> None:
    response = skill.handle(REQUESTS["stop"])
    assert response["response"]["shouldEndSession"] is True
    assert "reprompt" not in response["response"]


def test_a_session_that_ended_gets_nothing_said(skill: Skill) -> None:
    assert skill.handle(REQUESTS["session-ended"]) == {"version": "1.0", "response": {}}


@pytest.mark.parametrize("name", REQUESTS)
def test_responses_are_far_below_alexas_limit(name: str, skill: Skill) -> None:
    """120 kB for the whole response (alexa-games/litexa issue 44 quotes the older 24 kB)."""
    assert len(json.dumps(skill.handle(REQUESTS[name]))) < 24_000


def test_nothing_in_the_request_is_changed(skill: Skill) -> None:
    before = json.dumps(REQUESTS["listed-topic"])
    skill.handle(REQUESTS["listed-topic"])
    assert json.dumps(REQUESTS["listed-topic"]) == before


def test_an_error_of_ours_still_speaks_and_logs_no_words(
    skill: Skill, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secretword")

    monkeypatch.setattr(type(skill.core.resolver), "resolve", broken)
    response = skill.handle(REQUESTS["free-complaint"])
    assert "something went wrong" in speech(response)
    assert "911" in speech(response)
    assert "secretword" not in caplog.text
    assert "RuntimeError" in caplog.text


def test_an_urgent_sign_is_heard_even_when_the_search_is_broken(skill: Skill, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(type(skill.core.resolver), "resolve", broken)
    assert speech(skill.handle(REQUESTS["urgent-complaint"])).startswith("Call 911")


def test_the_session_survives_an_error(talk: Callable[..., Conversation], monkeypatch: pytest.MonkeyPatch) -> None:
    conversation = talk()
    conversation.say("<oneshot> what causes heartburn")
    monkeypatch.setattr("skill.dialogue.follow_ups.pages", None)
    assert "went wrong" in conversation.say("more").speech
    monkeypatch.undo()
    assert conversation.say("what helps").attributes["understood"]["topic"] == "heartburn"
