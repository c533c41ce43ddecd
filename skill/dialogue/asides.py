"""Said in passing: wait, I'm not sure, what was that number, can you call them for me, nobody answers. After an urgent
reply none of it leads away from what to do.
"""

from __future__ import annotations

from dataclasses import replace

from skill.dialogue.choices import not_chosen, offer_after_wait
from skill.dialogue.core import Core, Speaker
from skill.dialogue.replies import ask_anything_else, ask_openly, ask_whats_happening, reply_and_ask
from skill.dialogue.still_care import is_just_told, reply_still_get_care
from skill.library.phrases import Variants
from skill.library.signs import Level
from skill.turn import Asked, Reply, Turn


def wait(turn: Turn, core: Core) -> Reply:
    """ "Hang on": there is time, and what was read can be heard again or picked from still."""
    if is_just_told(turn, core):
        return reply_still_get_care(turn, core)
    if turn.session.choices:
        return offer_after_wait(turn, core)
    speaker, session = Speaker(turn, core), turn.session
    prompts = speaker.prompts
    reply = ask_openly(turn, core, speaker.say(prompts.wait), speaker.say(prompts.wait_reprompt), session.understood)
    return replace(reply, session=reply.session.updated(listed=session.listed))


def not_sure(turn: Turn, core: Core) -> Reply:
    """ "I don't know": to a choice, to an open question, or to whether it helped."""
    if is_just_told(turn, core):
        return reply_still_get_care(turn, core)
    if turn.session.choices:
        return not_chosen(turn, core)
    speaker = Speaker(turn, core)
    if turn.session.asked in {Asked.OPEN, Asked.NOTHING}:
        return ask_whats_happening(turn, core, speaker.say(speaker.prompts.not_sure))
    return ask_anything_else(turn, core, speaker.say(speaker.prompts.not_going_on))


def number(turn: Turn, core: Core) -> Reply:
    """ "What was that number": what to do once more, else the emergency number with its country."""
    if is_just_told(turn, core):
        return reply_still_get_care(turn, core, whole=True, after=_further_number(turn, core))
    return _with_number(turn, core, core.library.said.number)


def _further_number(turn: Turn, core: Core) -> str:
    """The emergency number; after self-harm the line for advice, which not every country has besides a crisis line."""
    if core.library.signs[turn.session.sign or ""].manner == "self-harm":
        return Speaker(turn, core).say(core.library.said.number_line)
    return _emergency_number(turn, core)


def _emergency_number(turn: Turn, core: Core) -> str:
    """After a same-day reply, which may have named none."""
    if turn.session.sign_level == Level.EMERGENCY.value:
        return ""
    return Speaker(turn, core).say(core.library.said.number_too)


def call_for_me(turn: Turn, core: Core) -> Reply:
    """ "Can you call them for me": she has to, so that nobody waits for help that was not sent."""
    if is_just_told(turn, core):
        return reply_still_get_care(turn, core, after=Speaker(turn, core).say(core.library.said.call_yourself))
    return _with_number(turn, core, core.library.said.cannot_call)


def no_answer(turn: Turn, core: Core) -> Reply:
    """ "Nobody's answering": where to turn then. After an urgent reply that comes first, and what was said stays."""
    if not is_just_told(turn, core):
        return _with_number(turn, core, core.library.said.no_answer)
    speaker = Speaker(turn, core)
    emergency = turn.session.sign_level == Level.EMERGENCY.value
    prompts = speaker.prompts.no_answer_emergency if emergency else speaker.prompts.no_answer_urgent
    action = speaker.say(prompts)
    return reply_still_get_care(turn, core, action=action, after=_emergency_number(turn, core))


def _with_number(turn: Turn, core: Core, prompts: Variants) -> Reply:
    """A prompt that names the emergency number with its country."""
    reply = reply_and_ask(turn, core, Speaker(turn, core).say(prompts))
    return replace(reply, session=reply.session.updated(country_named=True))
