"""Yes and no: to "was this helpful?" and to whatever else was asked last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from skill.dialogue import commands, follow_ups
from skill.dialogue.choices import not_chosen, offer_after_wait
from skill.dialogue.core import Core, Speaker
from skill.dialogue.counted import count_answer
from skill.dialogue.lists import answer_in_turn
from skill.dialogue.reasons import ask_which_reason, ask_why
from skill.dialogue.replies import anything_else, ask_anything_else, ask_whats_happening, parts, short_disclaimer
from skill.dialogue.still_care import action_again, is_just_told, reply_rest, reply_still_get_care, stands_by
from skill.feedback.record import HELPFUL, NOT_HELPFUL, RATING
from skill.turn import Asked, Reply, Turn


def yes(turn: Turn, core: Core) -> Reply:
    """What yes means follows from what was asked."""
    return _YES.get(turn.session.asked, _yes_to_nothing)(turn, core)


def no(turn: Turn, core: Core) -> Reply:
    """What no means follows from what was asked."""
    return _NO.get(turn.session.asked, _no_to_nothing)(turn, core)


def okay(turn: Turn, core: Core) -> Reply:
    """ "Okay": yes to an offer to go on; else heard, and the talk goes on."""
    asked = turn.session.asked
    if asked in {Asked.GO_ON, Asked.URGENT_MORE}:
        return yes(turn, core)
    if is_just_told(turn, core):
        return reply_still_get_care(turn, core)
    if turn.session.choices:
        return offer_after_wait(turn, core)
    return _yes_to_nothing(turn, core) if asked in {Asked.OPEN, Asked.NOTHING} else _not_going_on(turn, core)


def not_helpful(turn: Turn, core: Core) -> Reply:
    """ "That's not helpful": a rating where one was asked; else told in her own words."""
    if turn.session.asked is Asked.RATING:
        return no(turn, core)
    return follow_ups.not_mine(turn, core)


def _yes_to_nothing(turn: Turn, core: Core) -> Reply:
    return ask_whats_happening(turn, core, Speaker(turn, core).say(core.library.said.yes_without_question))


def _no_to_nothing(turn: Turn, core: Core) -> Reply:
    return ask_whats_happening(turn, core, Speaker(turn, core).say(core.library.said.no_without_question))


def _go_on(turn: Turn, core: Core) -> Reply:
    return answer_in_turn(turn, core, turn.session.next_up) if turn.session.next_up else _yes_to_nothing(turn, core)


def _not_going_on(turn: Turn, core: Core) -> Reply:
    return ask_anything_else(turn, core, Speaker(turn, core).say(core.library.said.not_going_on))


def _rated(turn: Turn, core: Core, *, helpful: bool) -> Reply:
    count_answer(turn, core, HELPFUL if helpful else NOT_HELPFUL, RATING)
    if not helpful and core.ask_why and not turn.session.asked_why:
        return ask_why(turn, core)
    speaker = Speaker(turn, core)
    return ask_anything_else(
        turn, core, speaker.say(speaker.prompts.thanks_yes if helpful else speaker.prompts.thanks_no)
    )


def _call_please(turn: Turn, core: Core) -> Reply:
    """She does not want to hear it again: the call once more, and nothing of it after violence."""
    if not stands_by(turn, core):
        return _not_going_on(turn, core)
    speaker = Speaker(turn, core)
    question = anything_else(speaker)
    text = speaker.say(speaker.prompts.urgent_not_repeated, answer=action_again(turn, core))
    reply = reply_still_get_care(turn, core, question=question)
    return replace(reply, text=parts(text, short_disclaimer(turn, speaker), question.text))


_Answer = Callable[[Turn, Core], Reply]
_YES: dict[Asked, _Answer] = {
    Asked.RATING: partial(_rated, helpful=True),
    Asked.CHOICE: not_chosen,
    Asked.SAY_AGAIN: partial(reply_still_get_care, whole=True),
    Asked.URGENT_MORE: reply_rest,
    Asked.GO_ON: _go_on,
    Asked.WHY_NOT: ask_which_reason,
    Asked.ANYTHING_ELSE: follow_ups.something_else,
}
_NO: dict[Asked, _Answer] = {
    Asked.RATING: partial(_rated, helpful=False),
    Asked.CHOICE: follow_ups.something_else,
    Asked.SAY_AGAIN: _call_please,
    Asked.URGENT_MORE: _call_please,
    Asked.GO_ON: _not_going_on,
    Asked.WHY_NOT: _not_going_on,
    Asked.ANYTHING_ELSE: commands.stop,
    Asked.OPEN: commands.stop,
}
