"""What can be touched as the answer to a question, on a page as on an urgent screen."""

from __future__ import annotations

from skill.library.store import Library
from skill.screens.screen import Button, Verb
from skill.turn import Asked, Session

_ANSWERED = {Asked.RATING: Verb.HELPFUL, Asked.GO_ON: Verb.GO_ON}


def yes_and_no(session: Session, library: Library) -> tuple[Button, ...]:
    """Both, where the question that was asked takes one of them by touch; else nothing."""
    verb = _ANSWERED.get(session.asked)
    if verb is None:
        return ()
    return Button(library.shown.say_yes, (verb, "yes")), Button(library.shown.say_no, (verb, "no"))
