"""After a loss was told nothing speaks of a pregnancy or a baby to come, in any answer, and every answer warns."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from skill.answers import ANSWER_WORDS, pages
from skill.check import ASPECTS
from skill.dialogue.answering import answer_on
from skill.dialogue.core import Core
from skill.dialogue.get_care import EMERGENCY_WORDS, URGENT_WORDS, reply_get_care
from skill.dialogue.loss import in_place_of
from skill.dialogue.replies import FIRST_REPLY_WORDS, LATER_REPLY_WORDS
from skill.library.article import count_words
from skill.library.locales import LOCALES
from skill.library.signs import Level
from skill.simulator.converse import Conversation
from skill.turn import Session, Turn
from skill.urgent import Verdict

HURTS = re.compile(
    r"\b(pregnancy|pregnant|(?:your|the) bab(?:y|ies)|births?|labou?r|weeks pregnant|newborn|trimester|congratulations|"
    r"helpful|glad)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("locale", LOCALES)
def test_no_answer_speaks_of_a_pregnancy_and_each_says_when_to_call(locale: str, core: Core) -> None:
    for topic in core.library.names:
        article = core.article(topic)
        assert article is not None
        if article.tone == "loss":
            continue
        for aspect in ASPECTS:
            for page in range(pages(article, aspect)):
                for disclaimed, most in ((False, FIRST_REPLY_WORDS), (True, LATER_REPLY_WORDS)):
                    turn = Turn("", locale, Session(lost=True, unrated=True, disclaimed=disclaimed))
                    reply = answer_on(turn, core, topic, aspect, page)
                    said = reply.session.said
                    assert not HURTS.search(said), (topic, aspect, said)
                    assert re.search(r"\b(call|see|ask|go|tell|phone)\b", said, re.IGNORECASE), (topic, aspect, said)
                    assert count_words(said) <= ANSWER_WORDS
                    assert count_words(reply.text) <= most


@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_said_in_place_of_an_article_warns_and_fits(locale: str, core: Core) -> None:
    turn = Turn("", locale, Session(lost=True, unrated=True))
    assert core.library.after_loss
    for entry in core.library.after_loss:
        for topic in entry.topics:
            reply = in_place_of(turn, core, (topic,))
            assert reply is not None
            assert count_words(reply.text) <= LATER_REPLY_WORDS
            warning = re.search(r"\bcall\b", reply.text, re.IGNORECASE)
            assert warning is not None
            text = core.library.voice(locale)(entry.text)
            assert not entry.reassures or warning.start() < reply.text.index(text)
    assert in_place_of(Turn("", locale, Session()), core, ("breast-pain",)) is None


@pytest.mark.parametrize("locale", LOCALES)
def test_no_urgent_reply_speaks_of_a_pregnancy(locale: str, core: Core) -> None:
    for sign in core.library.signs.values():
        if sign.stage == ("newborn",) or sign.manner != "ordinary":
            continue
        for level, most in ((Level.EMERGENCY, EMERGENCY_WORDS), (sign.level, URGENT_WORDS)):
            turn = Turn("", locale, Session(lost=True, unrated=True))
            reply = reply_get_care(turn, core, Verdict(sign.id, level, ()))
            assert not HURTS.search(reply.text), reply.text
            assert not HURTS.search(reply.reprompt or ""), reply.reprompt
            assert count_words(reply.text) <= most
            assert re.search(r"\b(?:call|go|phone|ring|get)\b", reply.text.split(". ")[0], re.IGNORECASE), reply.text


ASKED = {
    "my breasts are sore": "bra",
    "it hurts seeing other bumps": "others pregnant",
    "i can't stop crying": "grief",
    "i'm so tired": "worn out",
    "i have cramps": "heat pack",
    "when will my period come back": "four to six weeks",
    "when can we try again": "nobody has to hurry",
    "what happens now": "check some weeks later",
    "how do i tell people": "only those you want",
    "was it my fault": "blame yourself",
    "when will i stop bleeding": "week or two",
}


@pytest.mark.parametrize("told", ["i had a miscarriage", "i had a stillbirth"])
@pytest.mark.parametrize("said", ASKED)
def test_each_question_about_a_loss_has_a_reply_of_its_own(
    said: str, told: str, talk: Callable[..., Conversation]
) -> None:
    conversation = talk()
    conversation.say(f"<oneshot> {told}")
    exchange = conversation.say(said)
    assert ASKED[said] in exchange.speech.lower()
    assert "your baby" not in exchange.speech.lower()
    assert "helpful" not in exchange.speech.lower()
    assert not exchange.ends


def test_who_is_pregnant_again_hears_of_pregnancy_again(talk: Callable[..., Conversation]) -> None:
    conversation = talk()
    conversation.say("<oneshot> i had a miscarriage")
    conversation.say("i'm ten weeks pregnant now")
    assert "first weeks" in conversation.say("my breasts are sore").speech


def test_a_loss_takes_back_the_weeks_told_before(talk: Callable[..., Conversation]) -> None:
    conversation = talk()
    conversation.say("<oneshot> i'm ten weeks pregnant")
    lost = conversation.say("i had a miscarriage")
    assert "weeks" not in lost.attributes
    assert "stages" not in lost.attributes
