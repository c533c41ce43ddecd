"""Every state of a conversation is entered, and what does not hold there is named with the state."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest
from subjects import Model, failures, subject, wrapped

from skill.alexa.handle import Skill
from skill.assemble import assemble
from skill.certify.everywhere import check_in_state, enter_all
from skill.certify.findings import Findings
from skill.certify.run import Subject, probing
from skill.certify.states import BEGUN, Entered, State, sentences_of, states
from skill.feedback.memory import MemoryStore
from skill.library.content import Content
from skill.library.store import Library
from skill.turn import Asked

LOCALE = "en-GB"
SPEECH = {"type": "SSML", "ssml": "<speak>Hm.</speak>"}


@pytest.fixture(scope="module")
def whole(content: Content, library: Library) -> Subject:
    return subject(content, library, LOCALE)


def all_states(whole: Subject) -> list[State]:
    sentences = sentences_of(whole.content, whole.models[LOCALE], None, whole.settings.invocation_name)
    return states(whole.content, sentences, asks_why=whole.settings.ask_why)


@pytest.fixture(scope="module")
def entered(whole: Subject) -> list[Entered]:
    findings = Findings()
    there = enter_all(probing(whole, LOCALE, findings)[0], all_states(whole))
    assert failures(findings) == {}
    return there


def test_whatever_can_be_asked_is_a_state(entered: list[Entered]) -> None:
    assert {state.answer.asked for state in entered} == {asked.value for asked in Asked}


def test_whatever_was_told_and_turns_the_talk_is_a_state(entered: list[Entered]) -> None:
    """What a session remembers, each thing in one state at least."""
    remembered = set().union(*(state.answer.attributes for state in entered))
    told = {"lost", "calmed", "private", "unrated", "sign", "misses", "asked_why"}
    assert remembered >= told | {"listed", "group", "choices", "next_up"}


def _wrong(request: Model, response: Model) -> Model:
    """What must never be said, to whatever is possible in every state."""
    body: dict[str, Any] = {"outputSpeech": SPEECH, "shouldEndSession": True}
    name = (request["request"].get("intent") or {}).get("name", request["request"]["type"])
    if name in ("AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.NavigateHomeIntent"):
        body["shouldEndSession"] = False
    if name in ("AMAZON.YesIntent", "AMAZON.NoIntent"):
        body["outputSpeech"] = None
    return {**response, "response": body}


def test_in_each_state_what_must_always_be_possible_is_tried(whole: Subject, entered: list[Entered]) -> None:
    always = {"help-everywhere", "stop-ends", "fallback-answers", "yes-no-anywhere"}
    for state in entered:
        findings = Findings()
        check_in_state(probing(wrapped(whole, _wrong), LOCALE, findings)[0], state)
        named = failures(findings)
        assert named.keys() >= (always if state.name == BEGUN else {*always, "silence-everywhere"}), state.name
        assert all(state.name in case.expected for rule in always for case in named[rule])


def test_a_reprompt_that_says_the_same_is_named_with_its_state(whole: Subject, entered: list[Entered]) -> None:
    state = next(state for state in entered if state.script)
    response = copy.deepcopy(state.answer.response)
    response["response"]["reprompt"] = {"outputSpeech": response["response"]["outputSpeech"]}
    findings = Findings()
    same = state._replace(answer=replace(state.answer, response=response))
    check_in_state(probing(whole, LOCALE, findings)[0], same)
    assert [state.name in case.expected for case in failures(findings)["silence-everywhere"]] == [True]


def test_a_state_that_no_sentence_leads_into_is_named(whole: Subject, library: Library) -> None:
    """An operator says that it is asked why an answer did not help, and the skill does not ask."""
    silent = Skill(assemble(replace(whole.settings, ask_why=False), library, MemoryStore()))
    findings = Findings()
    enter_all(probing(replace(whole, endpoint=silent.handle), LOCALE, findings)[0], all_states(whole))
    assert {case.sent for case in failures(findings)["stop-ends"]} == {"while it is asked why it did not help"}
