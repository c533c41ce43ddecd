"""She cannot go on like this, or does not want the baby: no lecture and no guess, but whom to tell, and room to ask."""

from __future__ import annotations

from dataclasses import replace

from skill.dialogue.core import Core, Speaker
from skill.dialogue.replies import ask_openly, keep_to_repeat, parts, short_disclaimer
from skill.dialogue.still_care import country_of_numbers, holds_first, reply_still_get_care
from skill.turn import Reply, Turn


def reply_to(turn: Turn, core: Core) -> Reply | None:
    """The reply where she says so, and after an urgent reply what to do once more; None to anything else."""
    if turn.names_topic or not core.talk.is_overwhelmed(turn.text):
        return None
    if holds_first(turn, core):
        return reply_still_get_care(turn, core)
    speaker = Speaker(turn, core)
    told = speaker.say(speaker.prompts.overwhelmed)
    told = " ".join(filter(None, (told, country_of_numbers(turn, speaker, told))))
    text = parts(told, short_disclaimer(turn, speaker), speaker.say(speaker.prompts.loss_question))
    reply = ask_openly(turn, core, text, speaker.say(speaker.prompts.loss_reprompt))
    session = reply.session.updated(country_named=True, unrated=True)
    return replace(reply, session=keep_to_repeat(session, text, openly=True))
