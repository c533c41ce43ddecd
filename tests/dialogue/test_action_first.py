"""While an urgent reply holds, an answer on another topic comes after what to do, and is never too long."""

from __future__ import annotations

import pytest

from skill.check import ASPECTS
from skill.dialogue.answering import answer_on
from skill.dialogue.core import Core
from skill.dialogue.get_care import URGENT_WORDS, reply_get_care
from skill.dialogue.respond import Heard, respond
from skill.library.article import count_words
from skill.library.locales import LOCALES
from skill.library.signs import UrgentSign
from skill.turn import Asked, Session, Turn
from skill.urgent import Verdict

TOPICS = ("heartburn", "nausea", "back-pain", "hemorrhoids", "leg-cramps")


def told(core: Core, sign: UrgentSign, locale: str) -> Session:
    """The session after a sign's own reply."""
    return reply_get_care(Turn("", locale, Session()), core, Verdict(sign.id, sign.level, ())).session


@pytest.mark.parametrize("locale", LOCALES)
def test_what_to_do_comes_first_and_the_whole_is_not_too_long(locale: str, core: Core) -> None:
    signs = [sign for sign in core.library.signs.values() if sign.manner != "violence"]
    for sign in signs:
        turn = Turn("WhatHelpsIntent", locale, told(core, sign, locale), text="x")
        for topic in set(TOPICS) - set(sign.topics):
            for aspect in ASPECTS:
                reply = respond(Heard(turn, None), core, lambda t, c, on=topic, of=aspect: answer_on(t, c, on, of))
                first = reply.text.split(". ")[0]
                assert first.split()[0] in {"Call", "Go", "Use", "Keep", "Leave", "Get", "Put", "Kneel"}, first
                assert count_words(reply.text) <= URGENT_WORDS, reply.text
                assert reply.session.disclaimed is False


def test_at_a_calm_moment_the_answer_is_all(core: Core) -> None:
    sign = core.library.signs["chest-pain"]
    calm = told(core, sign, "en-US").updated(calmed=True)
    turn = Turn("WhatHelpsIntent", "en-US", calm, text="x")
    reply = respond(Heard(turn, None), core, lambda t, c: answer_on(t, c, "heartburn", ASPECTS[0]))
    assert not reply.text.startswith("Call 911 now.")
    assert reply.session.disclaimed


def test_what_she_agreed_to_hear_comes_alone(core: Core) -> None:
    sign = core.library.signs["one-leg-swelling"]
    offered = told(core, sign, "en-US").updated(asked=Asked.GO_ON, next_up=(("heartburn", "summary", -1),))
    turn = Turn("AMAZON.YesIntent", "en-US", offered)
    reply = respond(Heard(turn, None), core, lambda t, c: answer_on(t, c, "heartburn", ASPECTS[0]))
    assert not reply.text.startswith("Call your provider")
