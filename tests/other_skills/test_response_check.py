"""A response against Alexa's limits: every fault a sentence."""

from __future__ import annotations

from typing import Any

import pytest

from skill.other_skills.response_check import check_response


def response(speech: Any = None, **more: Any) -> dict[str, Any]:
    body = {"outputSpeech": speech or {"type": "PlainText", "text": "Hello."}, "shouldEndSession": True, **more}
    return {"version": "1.0", "response": body}


def ssml(text: str) -> dict[str, str]:
    return {"type": "SSML", "ssml": text}


RIGHT = [
    response(),
    response(ssml('<speak>Hi <amazon:effect name="whispered">there</amazon:effect><break time="10s"/></speak>')),
    {"version": "1.0", "response": {"shouldEndSession": False, "directives": [{"type": "Dialog.Delegate"}]}},
]


@pytest.mark.parametrize("right", RIGHT)
def test_a_good_response_is_left_alone(right: dict[str, Any]) -> None:
    assert [*check_response(right)] == []


WRONG = {
    "8,000": response({"type": "PlainText", "text": "x" * 8001}),
    "120,000": response(card={"type": "Simple", "content": "ok"}, more="x" * 120_000),
    "SSML": response({"type": "ssml", "ssml": "<speak/>"}),
    "missing or empty": response({"type": "SSML", "text": "hi"}),
    "&amp;": response(ssml("<speak>salt & pepper</speak>")),
    "<speak>": response(ssml("<p>hi</p>")),
    "<b> is no tag": response(ssml("<speak><b>hi</b></speak>")),
    "6 audio clips": response(ssml("<speak>" + '<audio src="x"/>' * 6 + "</speak>")),
    "a pause of 11s": response(ssml('<speak><break time="11s"/></speak>')),
    "entities": response(ssml('<!DOCTYPE speak [<!ENTITY a "b">]><speak>&a;</speak>')),
    "card.type": response(card={"type": "simple"}),
    "the card has": response(card={"type": "Simple", "title": "x" * 5000, "content": "x" * 4000}),
    "reprompt": response(reprompt={"outputSpeech": {"type": "PlainText", "text": "x" * 8001}}),
    "shouldEndSession is not there": response(shouldEndSession=None),
    "true or false": response(shouldEndSession="no"),
    "never answered": response(directives=[{"type": "Dialog.ElicitSlot"}]),
    "no type": response(directives=[{}]),
    "beside Dialog.Delegate": response(shouldEndSession=False, directives=[{"type": "Dialog.Delegate"}]),
    "nothing is said": {"version": "1.0", "response": {"shouldEndSession": False}},
    "version": {"response": {"shouldEndSession": True}},
}


@pytest.mark.parametrize("words", WRONG)
def test_a_fault_is_one_clear_sentence(words: str) -> None:
    (problem,) = check_response(WRONG[words])
    assert words in problem
