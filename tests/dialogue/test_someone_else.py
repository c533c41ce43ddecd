"""Somebody else's symptom: said for her where the words allow, never over a budget, and never before what is urgent."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from skill.answers import ANSWER_WORDS
from skill.check import ASPECTS
from skill.dialogue.answering import answer_on
from skill.dialogue.core import Core
from skill.dialogue.replies import FIRST_REPLY_WORDS, LATER_REPLY_WORDS
from skill.library.article import count_words
from skill.simulator.converse import Conversation
from skill.turn import Session, Turn

LEAD = "What I'd tell her is this: "


@pytest.mark.parametrize("locale", ["en-US", "en-GB"])
def test_the_lead_is_said_where_it_fits_and_only_there(locale: str, core: Core) -> None:
    led = 0
    for topic in core.library.names:
        for aspect in ASPECTS:
            for disclaimed in (False, True):
                turn = Turn("", locale, Session(disclaimed=disclaimed), text="my wife has it")
                reply = answer_on(turn, core, topic, aspect)
                assert count_words(reply.text) <= (LATER_REPLY_WORDS if disclaimed else FIRST_REPLY_WORDS)
                answer = reply.session.said
                fits = count_words(LEAD + answer) <= ANSWER_WORDS
                assert reply.text.startswith(LEAD) <= fits
                led += reply.text.startswith(LEAD)
    assert led > len(core.library.names)


@pytest.mark.parametrize("said", ["my baby has a rash", "my newborn won't feed", "i have a headache", "he's got colic"])
def test_a_baby_or_herself_is_nobody_else(said: str, core: Core) -> None:
    assert not core.talk.is_for_another(said)


@pytest.mark.parametrize("said", ["my wife is bleeding heavily", "she's having a fit", "my partner can't breathe"])
def test_what_is_urgent_begins_with_what_to_do(said: str, talk: Callable[..., Conversation]) -> None:
    assert talk().say(f"<oneshot> {said}").speech.startswith("Call 911 now")
