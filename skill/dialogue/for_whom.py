"""It is somebody else who is pregnant: told before a question or after it, and kept for this session only."""

from __future__ import annotations

from dataclasses import replace

from skill.dialogue.choices import note_in_choice
from skill.dialogue.core import Core, Speaker
from skill.dialogue.replies import ask_anything_else, ask_whats_happening
from skill.dialogue.still_care import is_just_told, reply_still_get_care
from skill.turn import Outcome, Reply, Turn


def note_for_whom(turn: Turn, core: Core) -> Reply:
    """ "It's for my sister": noted, and what she has is asked, unless that was told."""
    reply = _noted(turn, core)
    return replace(reply, session=reply.session.updated(for_another=True))


def _noted(turn: Turn, core: Core) -> Reply:
    if is_just_told(turn, core):
        return reply_still_get_care(turn, core, after=Speaker(turn, core).say(core.library.said.holds_for_her))
    if turn.session.choices:
        return note_in_choice(turn, core)
    speaker = Speaker(turn, core)
    if turn.session.understood.outcome is Outcome.ANSWER:
        return ask_anything_else(turn, core, speaker.say(speaker.prompts.noted_for_her_after))
    return ask_whats_happening(turn, core, speaker.say(speaker.prompts.noted_for_her))
