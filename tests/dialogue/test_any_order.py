"""Any order of any turns, with anything in the slots: always a valid response within Alexa's limits, never an error.

A first form of it; the stateful test over thousands of turns comes with the issue on conversation.
"""

from __future__ import annotations

import logging
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skill.alexa.handle import Skill
from skill.alexa.handlers import COMMANDS
from skill.alexa.speech import MOST_CHARACTERS
from skill.library.interaction import SIGN_PREFIX
from skill.simulator.converse import plain

INTENTS = [
    "ComplaintIntent", "TopicIntent", "WhatCausesIntent", "WhatHelpsIntent", "IHaveIntent", "ICannotPhraseIntent",
    "NoSuchIntent", *(name for name in COMMANDS if name != "LaunchRequest"),
]  # fmt: skip
WORDS = st.one_of(
    st.sampled_from([
        "back pain", "my head hurts", "and i'm bleeding", "she's fitting", "the second one", "what else could it be",
        "thirty weeks", "how many pills can i take", "how long does it last", "<speak>&", "🤰" * 50, "ظهري", "x" * 8000,
        "",
    ]),
    st.text(max_size=60),
)  # fmt: skip
IDS = st.sampled_from(["back-pain", "nausea", "first", "second", "last", "no-such-id", SIGN_PREFIX + "seizure", "30"])
SLOTS = st.dictionaries(
    st.sampled_from(["topic", "complaint", "opener", "choice", "weeks", "phrase", "x"]),
    st.tuples(WORDS, IDS),
    max_size=3,
)


def intent_request(
    name: str, slots: dict[str, tuple[str, str]], attributes: dict[str, Any], locale: str
) -> dict[str, Any]:
    filled = {
        slot: {
            "name": slot,
            "value": words,
            "resolutions": {
                "resolutionsPerAuthority": [
                    {
                        "authority": "a",
                        "status": {"code": "ER_SUCCESS_MATCH"},
                        "values": [{"value": {"name": "n", "id": value}}],
                    }
                ]
            },
        }
        for slot, (words, value) in slots.items()
    }
    return {
        "version": "1.0",
        "session": {"new": False, "sessionId": "s", "application": {"applicationId": "a"}, "attributes": attributes},
        "context": {"System": {"application": {"applicationId": "a"}}},
        "request": {
            "type": "IntentRequest", "requestId": "r", "timestamp": "2026-06-01T00:00:00Z", "locale": locale,
            "intent": {"name": name, "slots": filled},
        },
    }  # fmt: skip


@given(
    turns=st.lists(st.tuples(st.sampled_from(INTENTS), SLOTS), min_size=1, max_size=8),
    locale=st.sampled_from(["en-US", "en-GB", "en-IN", "en-ZA", "de-DE", ""]),
)
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_turn_gets_a_valid_response(
    turns: list[tuple[str, dict[str, tuple[str, str]]]], locale: str, skill: Skill, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.clear()
    caplog.set_level(logging.WARNING)
    attributes: dict[str, Any] = {}
    for name, slots in turns:
        response = skill.handle(intent_request(name, slots, attributes, locale))
        body = response["response"]
        ssml = body["outputSpeech"]["ssml"]
        ElementTree.fromstring(ssml)  # noqa: S314 - our own markup
        assert len(ssml) <= MOST_CHARACTERS
        assert body["shouldEndSession"] is not plain(ssml).endswith("?")
        assert ("reprompt" in body) is not body["shouldEndSession"]
        attributes = response.get("sessionAttributes", {})
    assert caplog.text == ""
