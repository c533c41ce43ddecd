"""After violence: others may be listening. What she tells then is heard, nothing is said that tells of it, and nothing
leads away from it but a question about a symptom by name.
"""

from __future__ import annotations

from skill.dialogue.core import Core, Speaker
from skill.dialogue.replies import ask_openly
from skill.turn import Reply, Turn


def is_kept(turn: Turn, core: Core) -> bool:
    """Whether violence was told last of what is urgent, and she has not taken it back."""
    sign = core.library.signs.get(turn.session.sign or "")
    return sign is not None and sign.manner == "violence" and not turn.session.calmed


def tells_nothing_new(turn: Turn, core: Core) -> bool:
    """Whether she only says that she is overheard, or that she will not call: that is no other sign."""
    near = core.talk.tells_who_is_near(turn.text, overheard=True)
    return is_kept(turn, core) and (near or core.talk.is_unwilling(turn.text))


def reply_quietly(turn: Turn, core: Core) -> Reply | None:
    """The reply to what she tells while it is kept; None to a question."""
    if not is_kept(turn, core):
        return None
    prompts = core.library.said
    if core.talk.tells_who_is_near(turn.text, overheard=True):
        said = prompts.quiet_overheard
    elif core.talk.is_unwilling(turn.text):
        said = prompts.quiet_unwilling
    elif core.talk.is_statement(turn.text) and not turn.names_topic:
        said = prompts.quiet_stays
    else:
        return None
    speaker = Speaker(turn, core)
    return ask_openly(turn, core, speaker.say(said), speaker.say(prompts.quiet_reprompt))
