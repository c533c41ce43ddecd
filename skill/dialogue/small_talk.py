"""What people ask of any device: whether it records them, how it is, who checked it. One short, honest line."""

from __future__ import annotations

from skill.dialogue.core import Core, Speaker
from skill.dialogue.replies import ask_whats_happening
from skill.dialogue.sources import source
from skill.dialogue.still_care import is_just_told, reply_still_get_care
from skill.turn import Reply, Turn


def reply_to_small_talk(turn: Turn, core: Core) -> Reply | None:
    """The reply where she asks such a thing; None to anything else."""
    asked = core.talk.aside(turn.text)
    if asked is None or turn.names_topic:
        return None
    if asked == "who_checked":
        return source(turn, core)
    if is_just_told(turn, core):
        return reply_still_get_care(turn, core)
    speaker = Speaker(turn, core)
    prompts = speaker.prompts
    return ask_whats_happening(
        turn, core, speaker.say(prompts.recording if asked == "recording" else prompts.how_are_you)
    )
