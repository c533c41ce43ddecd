"""She was not understood, or nothing is known about it. The help changes kind with each miss in a row: short, then
examples, then groups of topics.
"""

from __future__ import annotations

from dataclasses import replace

from skill.dialogue.core import Core, Speaker
from skill.dialogue.replies import ask_openly, ask_whats_happening, keep_to_repeat, parts
from skill.turn import Outcome, Reply, Session, Turn, Understood

GROUPS_AT_A_TIME = 3


def not_known(turn: Turn, core: Core, reason: str = "") -> Reply:
    """No article answers this: said so, with whom to ask; `reason`: why. The weather is nobody's to ask about."""
    speaker = Speaker(turn, core)
    prompts = speaker.prompts
    if reason == "other_domain" and not turn.session.lost:
        return _missed(turn, core, speaker.say(prompts.other_domain))
    return _missed(turn, core, speaker.say(prompts.loss_not_known if turn.session.lost else prompts.unknown))


def not_of_newborn(turn: Turn, core: Core) -> Reply:
    """No article is about the health of a baby that is born: said so, with when to call."""
    speaker = Speaker(turn, core)
    reply = _missed(turn, core, speaker.say(speaker.prompts.unknown_newborn))
    return replace(reply, session=with_emergency_named(reply.session))


def not_caught(turn: Turn, core: Core) -> Reply:
    """Nothing could be understood at all: the emergency number is named once a session."""
    reply = _missed(turn, core, did_not_catch(turn, core))
    return replace(reply, session=with_emergency_named(reply.session))


def did_not_catch(turn: Turn, core: Core) -> str:
    """That it was not caught, and the emergency number, where no miss has named it yet in this session."""
    speaker = Speaker(turn, core)
    missed = speaker.prompts.missed_again if turn.session.misses else speaker.prompts.missed
    named = turn.session.emergency_named
    return parts(speaker.say(missed), "" if named else speaker.say(speaker.prompts.missed_emergency))


def with_emergency_named(session: Session) -> Session:
    """The session after that."""
    return session.updated(emergency_named=True, country_named=True)


def _missed(turn: Turn, core: Core, lead: str) -> Reply:
    speaker = Speaker(turn, core)
    understood = Understood(outcome=Outcome.UNKNOWN)
    if turn.session.private:
        quietly = speaker.say(speaker.prompts.quiet_question)
        reply = ask_openly(turn, core, parts(lead, quietly), speaker.say(speaker.prompts.quiet_reprompt), understood)
    elif turn.session.lost:
        gently = speaker.say(speaker.prompts.loss_question)
        reply = ask_openly(turn, core, parts(lead, gently), speaker.say(speaker.prompts.loss_reprompt), understood)
    elif turn.session.misses == 0:
        reprompt = speaker.say(speaker.prompts.unknown_reprompt, options=speaker.suggestions())
        reply = ask_openly(turn, core, parts(lead, speaker.say(speaker.prompts.miss_first)), reprompt, understood)
    elif turn.session.misses == 1:
        reply = ask_whats_happening(turn, core, parts(lead, speaker.say(speaker.prompts.miss_examples)))
    else:
        reply = _name_groups(turn, core, lead)
    session = reply.session.updated(understood=understood, misses=min(turn.session.misses + 1, 1000))
    return replace(reply, session=keep_to_repeat(session, reply.text, openly=True))


def _name_groups(turn: Turn, core: Core, lead: str) -> Reply:
    """Other groups each time."""
    speaker = Speaker(turn, core)
    groups = core.library.groups
    start = (turn.session.misses - 2) * GROUPS_AT_A_TIME % len(groups)
    here = (groups[start:] + groups[:start])[:GROUPS_AT_A_TIME]
    options = speaker.groups(here)
    text = parts(lead, speaker.say(speaker.prompts.miss_groups, options=options))
    reply = ask_openly(turn, core, text, speaker.say(speaker.prompts.miss_groups_reprompt))
    return replace(reply, session=reply.session.updated(listed=tuple(group.id for group in here), group=None))
