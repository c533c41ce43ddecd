"""Yes and no: to "was this helpful?" and to whatever else was asked last."""

from __future__ import annotations

import logging

from skill.dialogue import commands, follow_ups
from skill.dialogue.core import Core, Speaker
from skill.dialogue.get_care import action_again, reply_rest, reply_still_get_care
from skill.dialogue.questions import offer_again
from skill.dialogue.replies import ask_openly, next_turn
from skill.errors import FeedbackUnavailable
from skill.feedback.record import HELPFUL, NOT_HELPFUL, Feedback
from skill.library.phrases import Variants
from skill.turn import Asked, Reply, Turn, Understood

_log = logging.getLogger(__name__)


def yes(turn: Turn, core: Core) -> Reply:
    """What yes means follows from what was asked."""
    asked = turn.session.asked
    if asked is Asked.RATING:
        return _rated(turn, core, helpful=True)
    if asked is Asked.CHOICE:
        return offer_again(turn, core)
    if asked is Asked.SAY_AGAIN:
        return reply_still_get_care(turn, core)
    if asked is Asked.URGENT_MORE:
        return reply_rest(turn, core)
    if asked is Asked.ANYTHING_ELSE:
        return follow_ups.something_else(turn, core)
    return _open(turn, core, core.library.said.yes_without_question)


def no(turn: Turn, core: Core) -> Reply:
    """What no means follows from what was asked."""
    asked = turn.session.asked
    if asked is Asked.RATING:
        return _rated(turn, core, helpful=False)
    if asked in {Asked.SAY_AGAIN, Asked.URGENT_MORE}:
        return _call_please(turn, core)
    if asked is Asked.CHOICE:
        return follow_ups.something_else(turn, core)
    if asked in {Asked.ANYTHING_ELSE, Asked.OPEN}:
        return commands.stop(turn, core)
    return _open(turn, core, core.library.said.no_without_question)


def _rated(turn: Turn, core: Core, *, helpful: bool) -> Reply:
    _keep(turn, core, helpful=helpful)
    speaker = Speaker(turn, core)
    thanks = speaker.prompts.thanks_yes if helpful else speaker.prompts.thanks_no
    return Reply(
        text=speaker.say(thanks),
        session=next_turn(turn.session).updated(asked=Asked.ANYTHING_ELSE, understood=Understood()),
        reprompt=speaker.say(speaker.prompts.anything_else_reprompt),
    )


def _keep(turn: Turn, core: Core, *, helpful: bool) -> None:
    """Counts the rating. A store that is down costs the count, never the answer."""
    session = turn.session
    if session.token is None or session.topic not in core.library.names:
        return
    feedback = Feedback(
        topic=session.topic or "",
        aspect=session.aspect or "",
        answer=HELPFUL if helpful else NOT_HELPFUL,
        locale=turn.locale,
        content_version=core.library.version,
        day=core.today(),
    )
    try:
        core.feedback.add(session.token, feedback)
    except FeedbackUnavailable as error:
        _log.error("A rating was not kept: %s", error)


def _call_please(turn: Turn, core: Core) -> Reply:
    reply = reply_still_get_care(turn, core)
    speaker = Speaker(turn, core)
    return Reply(
        text=speaker.say(speaker.prompts.urgent_not_repeated, answer=action_again(turn, core)),
        session=reply.session.updated(asked=Asked.ANYTHING_ELSE),
        reprompt=reply.reprompt,
    )


def _open(turn: Turn, core: Core, prompt: Variants) -> Reply:
    speaker = Speaker(turn, core)
    return ask_openly(turn, core, speaker.say(prompt), speaker.say(speaker.prompts.launch_reprompt))
