"""What people say in passing, in every state of a talk: a fitting reply, and after an urgent one nothing leads away."""

from __future__ import annotations

import re
from collections.abc import Callable
from statistics import median

import pytest

from skill.dialogue.core import Core
from skill.dialogue.get_care import reply_get_care
from skill.dialogue.rating import no
from skill.dialogue.still_care import reply_still_and_offer, reply_still_get_care
from skill.library.article import count_words
from skill.library.locales import LOCALES
from skill.library.signs import Level
from skill.simulator.converse import Conversation
from skill.turn import Session, Turn
from skill.urgent import Verdict

STATES = {
    "launched": ["<launch>"],
    "groups": ["<oneshot> what can i ask about"],
    "choice": ["<oneshot> my pelvis hurts"],
    "answered": ["<oneshot> why does my back hurt"],
    "list": ["<oneshot> what else could back pain be"],
    "same-day": ["<oneshot> my hands and face are suddenly swollen"],
    "emergency": ["<oneshot> i'm bleeding heavily and soaking pads"],
}
PHRASES = [
    "hang on", "wait a minute", "sorry what", "huh", "say that bit about the doctor again", "which one's worst",
    "no the other one", "that's not what i asked", "can you text me that", "are you sure", "i don't understand",
    "is that serious", "what did you say the number was", "what number do i call", "i don't know", "i'm not sure",
    "can you call them for me", "nobody's answering", "i can't get through", "i'm scared", "should i go in now",
    "can i talk to a real person", "okay",
    "got it", "are you there", "that's not helpful", "you already said that", "it's for my friend", "thank you",
]  # fmt: skip
NOT_UNDERSTOOD = ("don't know that one", "don't have an answer", "not one i know", "didn't catch", "missed that")
ABOUT_NOTHING_YET = {"which one's worst", "should i go in now", "say that bit about the doctor again"}
"""Where nothing has been said yet, these cannot be understood."""
TO_CALL = re.compile(r"\b(?:call|calling)\b")
CLAIMS_TO_CALL = re.compile(
    r"\bI(?:'m| am|'ll| will|'ve| have)? (?:be )?(?:call|called|calling|sending|connecting|getting)\b"
    r"|\bis on (?:its|the) way\b",
    re.IGNORECASE,
)


def arrive(state: str, talk: Callable[..., Conversation]) -> Conversation:
    conversation = talk()
    for said in STATES[state]:
        conversation.say(said)
    return conversation


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("phrase", PHRASES)
def test_it_is_understood_and_the_talk_goes_on(phrase: str, state: str, talk: Callable[..., Conversation]) -> None:
    exchange = arrive(state, talk).say(phrase)
    assert not exchange.ends
    assert exchange.speech.endswith("?")
    if phrase not in ABOUT_NOTHING_YET or state not in {"launched", "groups"}:
        assert not [words for words in NOT_UNDERSTOOD if words in exchange.speech.lower()]


@pytest.mark.parametrize("state", ["same-day", "emergency"])
@pytest.mark.parametrize("phrase", PHRASES)
def test_after_an_urgent_reply_the_call_is_named_again(
    phrase: str, state: str, talk: Callable[..., Conversation]
) -> None:
    assert TO_CALL.search(arrive(state, talk).say(phrase).speech.lower())


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("phrase", ["ok thanks bye", "okay bye", "no i'm good"])
def test_a_goodbye_in_her_own_words_ends_it(phrase: str, state: str, talk: Callable[..., Conversation]) -> None:
    assert arrive(state, talk).say(phrase).ends


@pytest.mark.parametrize("locale", LOCALES)
def test_no_emergency_reply_lets_her_wait_for_help_that_was_not_sent(locale: str, core: Core) -> None:
    """Silence after an emergency is when somebody may be waiting: the reprompt says that we cannot call."""
    for sign in core.library.signs.values():
        level = Level.EMERGENCY
        reply = reply_get_care(Turn("", locale, Session(), text="it hurts"), core, Verdict(sign.id, level, ()))
        assert reply.reprompt is not None
        assert sign.manner == "violence" or "I can't call for you." in reply.reprompt, sign.id
        assert not CLAIMS_TO_CALL.search(f"{reply.text} {reply.reprompt}"), sign.id


@pytest.mark.parametrize("locale", LOCALES)
def test_after_an_emergency_silence_is_answered_in_few_words(locale: str, core: Core) -> None:
    """The action, with the number that it names, and not all that could be said beside it: first, and later."""
    number, counts = core.library.voice(locale).emergency_number, []
    for sign in (sign for sign in core.library.signs.values() if sign.manner != "violence"):
        first = reply_get_care(Turn("", locale, Session()), core, Verdict(sign.id, Level.EMERGENCY, ()))
        later = reply_still_get_care(Turn("", locale, first.session), core)
        for reply in (first, later):
            assert reply.reprompt is not None
            assert reply.reprompt.endswith("Say it again?")
            assert (number in reply.reprompt) >= (number in reply.text.split(". ")[0]), sign.id
            counts.append(count_words(reply.reprompt))
    assert median(counts) <= 12
    assert max(counts) <= 20


def test_after_silence_the_question_is_the_one_that_was_asked(core: Core) -> None:
    first = reply_get_care(Turn("", "en-US", Session()), core, Verdict("preterm-labor-or-waters", Level.URGENT, ()))
    offer = reply_still_and_offer(Turn("", "en-US", first.session), core, "foot-pain", corrected=False)
    declined = no(Turn("AMAZON.NoIntent", "en-US", first.session), core)
    for reply in (first, offer, declined):
        assert reply.reprompt is not None
        assert reply.reprompt.endswith(reply.text.split("\n")[-1])


@pytest.mark.parametrize("said", ["call an ambulance", "get me an ambulance please", "call nine one one for me"])
def test_who_asks_it_to_call_hears_that_it_cannot(said: str, talk: Callable[..., Conversation]) -> None:
    speech = talk().say(f"<oneshot> {said}").speech
    assert speech.startswith("Call 911 now")
    assert "I can't call for you." in speech


def test_a_claim_to_call_would_be_noticed() -> None:
    for claim in ("I'm calling them now.", "I will call 911.", "Help is on its way.", "I've called an ambulance."):
        assert CLAIMS_TO_CALL.search(claim)
