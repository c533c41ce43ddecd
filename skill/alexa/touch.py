"""A touch on our screen → the intent and slots that would have been spoken, so that it takes the same road.

What arrives is not to be trusted: any arguments that are not one of ours, of an item that is not there, or of a screen
that is no longer shown, become something that can always be said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from skill.library.store import Library
from skill.screens.screen import Verb
from skill.turn import Asked, Session, Slot

USER_EVENT = "Alexa.Presentation.APL.UserEvent"

Spoken = tuple[str, tuple[Slot, ...]]
"""An intent's name and its slots."""

_NOT_OURS: Spoken = ("AMAZON.FallbackIntent", ())
_ALREADY_DONE: Spoken = ("ThanksIntent", ())
"""A second tap on yes or no, when the question is another one by now."""
_ORDINALS = {1: "first", 2: "second", 3: "third"}


def as_spoken(arguments: object, locale: str, session: Session, library: Library) -> Spoken:
    """What the touch stands for; the fallback where it stands for nothing. Raises nothing."""
    verb, *about = arguments if isinstance(arguments, list) and arguments else [None]
    meaning = _MEANINGS.get(verb) if isinstance(verb, str) else None
    return meaning(about[0] if about else None, locale, session, library) if meaning else _NOT_OURS


def _choose(topic: object, locale: str, session: Session, library: Library) -> Spoken:
    if not isinstance(topic, str) or topic not in library.names:
        return _NOT_OURS
    if topic in session.choices:  # one of those offered: what was asked about it stays asked
        return _open(session.choices.index(topic) + 1, locale, session, library)
    return "TopicIntent", (Slot("topic", library.voice(locale)(library.names[topic]), (topic,)),)


def _open(number: object, locale: str, session: Session, library: Library) -> Spoken:
    if isinstance(number, bool) or not isinstance(number, int) or number not in _ORDINALS:
        return _NOT_OURS
    ordinal = _ORDINALS[number]
    return "ChooseIntent", (Slot("choice", library.interaction.choices[ordinal][0], (ordinal,)),)


def _yes_or_no(to: Asked) -> Callable[[object, str, Session, Library], Spoken]:
    """Yes or no to this question, and to no other."""
    intents = {"yes": "AMAZON.YesIntent", "no": "AMAZON.NoIntent"}

    def meaning(answer: object, locale: str, session: Session, library: Library) -> Spoken:
        if session.asked is not to:
            return _ALREADY_DONE
        return (intents[answer], ()) if isinstance(answer, str) and answer in intents else _NOT_OURS

    return meaning


def _always(intent: str) -> Callable[[object, str, Session, Library], Spoken]:
    return lambda about, locale, session, library: (intent, ())


_MEANINGS: Mapping[str, Callable[[Any, str, Session, Library], Spoken]] = {
    Verb.CHOOSE: _choose,
    Verb.OPEN: _open,
    Verb.HELPFUL: _yes_or_no(Asked.RATING),
    Verb.GO_ON: _yes_or_no(Asked.GO_ON),
    Verb.MORE: _always("AMAZON.MoreIntent"),
    Verb.AGAIN: _always("AMAZON.RepeatIntent"),
    Verb.TOPICS: _always("TopicListIntent"),
}
