"""Signs that arrive in pieces are heard together; questions and denials are not. Nothing told leaves the session."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

import pytest

from skill.alexa.handle import Skill
from skill.dialogue.core import Core
from skill.dialogue.pieces import heard_in_pieces, with_told
from skill.dialogue.respond import listen
from skill.library.signs import Level
from skill.simulator.converse import Conversation
from skill.turn import LONGEST_TOLD, MOST_TOLD, Session, Turn


def statement(text: str, *, told: tuple[str, ...] = (), aspect: str | None = None, **session: object) -> Turn:
    known = Session(told=told).updated(**session)
    return Turn("ComplaintIntent", "en-US", known, heard=text, text=text, aspect=aspect)


TOGETHER = [
    (("i have a headache",), "i see spots in front of my eyes"),
    (("my head hurts a little",), "my face is puffy today"),
    (("i am thirty weeks",), "my bump goes tight every five minutes"),
    (("i have a fever", "i got home from work"), "i am shivering and confused"),
]


@pytest.mark.parametrize(("told", "text"), TOGETHER)
def test_pieces_that_belong_together_are_an_alarm(told: tuple[str, ...], text: str, core: Core) -> None:
    turn = statement(text, told=told)
    assert core.rules(text) is not None or heard_in_pieces(turn, core) is not None


def test_neither_piece_alone_is_the_sign_that_both_are(core: Core) -> None:
    told, text = ("i have a headache",), "there are flashing lights"
    together = heard_in_pieces(statement(text, told=told), core)
    assert core.rules(told[0]) is None
    assert together is not None
    assert together.sign not in {verdict.sign for verdict in core.rules.all_signs(text)}


APART = {
    "a question about the other piece": ((), "why do people see flashing lights"),
    "a question after a statement": (("i have a headache",), "what do flashing lights mean"),
    "is it normal": (("i have a headache",), "is it normal to see flashing lights"),
    "a denial": (("i have a headache",), "no i do not see any flashing lights"),
    "i do not have": (("i have a headache",), "i do not have flashing lights"),
    "nothing of the kind": (("i have a headache",), "my feet are cold"),
    "three ordinary things": (("i have heartburn", "i am so tired", "my nose is blocked"), "my back aches a bit"),
}


@pytest.mark.parametrize("name", APART)
def test_questions_and_denials_are_no_alarm(name: str, core: Core) -> None:
    told, text = APART[name]
    assert heard_in_pieces(statement(text, told=told), core) is None


def test_a_sign_that_was_answered_is_not_said_again(core: Core) -> None:
    told, text = ("i have a headache",), "there are flashing lights"
    heard = heard_in_pieces(statement(text, told=told), core)
    assert heard is not None
    again = statement(text, told=told, sign=heard.sign, sign_level=heard.level.value)
    assert heard_in_pieces(again, core) is None


def test_what_becomes_graver_is_said(core: Core) -> None:
    told, text = ("i have a fever",), "i am shivering and confused"
    heard = heard_in_pieces(statement(text, told=told), core)
    if heard is None:
        pytest.skip("heard at once")
    graver = statement(text, told=told, sign=heard.sign, sign_level="urgent")
    assert (heard_in_pieces(graver, core) is not None) is (heard.level is Level.EMERGENCY)


def test_a_piece_that_is_a_sign_itself_is_heard_with_the_others_too(core: Core) -> None:
    told, text = (
        ("i have a terrible headache", "thirty two weeks", "it will not ease"),
        "there are spots before my eyes",
    )
    heard = listen(statement(text, told=told, sign="severe-headache", sign_level="urgent"), core).verdict
    alone = core.rules(text)
    assert alone is not None
    assert alone.level is Level.URGENT
    assert heard is not None
    assert heard.level is Level.EMERGENCY


def test_only_statements_are_kept_and_only_the_last_few_in_part(core: Core) -> None:
    session = Session()
    for text in (
        "i have a headache",
        "what helps a headache",
        "no fever",
        "my feet " + "swell " * 80,
        "i am tired",
        "my nose is blocked",
        "i have heartburn",
        "so",
    ):
        session = with_told(statement(text, told=session.told), core)
    assert len(session.told) == MOST_TOLD
    assert max(map(len, session.told)) <= LONGEST_TOLD
    assert "what helps a headache" not in session.told
    assert "no fever" not in session.told


def test_a_question_around_a_topic_is_no_statement(core: Core) -> None:
    assert with_told(statement("headache", aspect="relief"), core).told == ()


def test_nothing_told_leaves_the_session(
    talk: Callable[..., Conversation], skill: Skill, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    conversation = talk()
    conversation.say("<oneshot> i have a markedword headache")
    last = conversation.say("and i see flashing lights")
    assert "markedword" not in caplog.text
    assert "markedword" not in json.dumps(last.response["response"])
    assert last.attributes["understood"]["urgent"] != "none"


def test_it_is_forgotten_once_it_is_over(talk: Callable[..., Conversation]) -> None:
    conversation = talk()
    conversation.say("<oneshot> she's having a fit")
    conversation.say("i have a headache")
    assert "told" not in conversation.say("false alarm").attributes
