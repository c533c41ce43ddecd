"""The screen of an urgent reply: what to do, with the number very large, and under it what else was said."""

from __future__ import annotations

from skill.library.locales import Voice
from skill.library.phrases import Said
from skill.library.signs import Level, UrgentSign
from skill.library.store import Library
from skill.screens.buttons import yes_and_no
from skill.screens.screen import Button, Kind, Page, Screen, Urgent, Verb
from skill.turn import Asked, Outcome, Session

_HUSHED = frozenset({"violence", "self-harm", "psychosis"})
"""Manners of signs that nobody who passes the screen may read."""
_OPEN = frozenset({"topic_list", "help"})
"""Aspects of which nothing on the screen can name a sign."""


def show_urgent(
    session: Session, sign: UrgentSign, library: Library, voice: Voice, parts: tuple[str, str, str]
) -> Urgent:
    """`parts` are text, disclaimer and question of the reply. The action stays on the screen while more is read."""
    text, disclaimer, question = parts
    action = action_of(session, sign, library.said, voice)
    return Urgent(
        level=_level(session, sign),
        action=action,
        number=_number_in(action, voice),
        text=" ".join(text.replace(action, " ", 1).split()),
        disclaimer=disclaimer,
        question=question,
        buttons=_buttons(session, library),
    )


def is_hushed(session: Session, sign: UrgentSign) -> bool:
    """After a sign that must not be read by others: everything but answers, choices and lists of other topics."""
    if sign.manner not in _HUSHED:
        return False
    understood = session.understood
    ordinary = understood.outcome in {Outcome.ANSWER, Outcome.CHOOSE} or understood.aspect in _OPEN
    return not ordinary or not {understood.topic, *understood.choices}.isdisjoint(sign.topics)


def show_hushed(session: Session, sign: UrgentSign, said: Said, voice: Voice) -> Screen:
    """The action alone. After violence in quiet colors and without a large number: an alarm on the wall would tell the
    wrong person.
    """
    action = action_of(session, sign, said, voice)
    if sign.manner == "violence":
        return Page(Kind.PROMPT, text=action)
    return Urgent(_level(session, sign), action, _number_in(action, voice))


def action_of(session: Session, sign: UrgentSign, said: Said, voice: Voice) -> str:
    """What the urgent reply of this session told her to do: at the level that it had."""
    if sign.is_raised_to(_level(session, sign)):
        return voice(said.raised_action[0])
    return voice(sign.spoken.action)


def _level(session: Session, sign: UrgentSign) -> Level:
    return Level(session.sign_level or sign.level)


def _number_in(action: str, voice: Voice) -> str:
    return next((number for number in voice.numbers if number in action), "")


def _buttons(session: Session, library: Library) -> tuple[Button, ...]:
    if session.asked is Asked.SAY_AGAIN:
        return (Button(library.shown.again, (Verb.AGAIN,)),)
    if session.asked is Asked.URGENT_MORE:
        return (Button(library.shown.more, (Verb.MORE,)),)
    return yes_and_no(session, library)
