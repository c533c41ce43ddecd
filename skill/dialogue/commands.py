"""Launch, help, stop, fallback, and who this is."""

from __future__ import annotations

from dataclasses import replace

from skill.dialogue.choices import not_chosen
from skill.dialogue.core import Core, Speaker
from skill.dialogue.misses import not_caught
from skill.dialogue.questions import ask
from skill.dialogue.replies import (
    ask_anything_else,
    ask_openly,
    ask_whats_happening,
    keep_to_repeat,
    next_turn,
)
from skill.dialogue.still_care import is_just_told, reply_still_get_care, stands_by, was_told_last
from skill.dialogue.weeks import note_stage
from skill.library.article import Aspect
from skill.library.phrases import Variants
from skill.turn import Reply, Turn, Understood


def launch(turn: Turn, core: Core) -> Reply:
    """Opened without a question: short, then what's happening."""
    speaker = Speaker(turn, core)
    prompts = speaker.prompts.launch_first if turn.session.turn == 0 else speaker.prompts.launch_again
    return _to_repeat(ask_whats_happening(turn, core, speaker.say(prompts)))


def help_(turn: Turn, core: Core) -> Reply:
    """How to use it, with a question at the end: certification fails a help that only repeats the welcome."""
    speaker = Speaker(turn, core)
    text = speaker.say(speaker.prompts.help, intended_use=speaker.say(speaker.prompts.intended_use))
    return _to_repeat(ask_openly(turn, core, text, speaker.say(speaker.prompts.help_reprompt), _about(Aspect.HELP)))


def stop(turn: Turn, core: Core) -> Reply:
    """The end. After an urgent reply the last word is the call; after a loss nothing cheerful."""
    speaker = Speaker(turn, core)
    return Reply(speaker.say(_goodbye(turn, core)), next_turn(turn.session).updated(understood=Understood()))


def _goodbye(turn: Turn, core: Core) -> Variants:
    prompts = core.library.said
    if stands_by(turn, core):
        if core.library.signs[turn.session.sign or ""].manner == "self-harm":
            return prompts.goodbye_self_harm
        return prompts.goodbye_after_urgent if was_told_last(turn.session) else prompts.goodbye_later
    if turn.session.calmed and not turn.session.private:
        return prompts.goodbye_calm
    return prompts.goodbye_quiet if turn.session.unrated else prompts.goodbye


def fallback(turn: Turn, core: Core) -> Reply:
    """Nothing could be understood at all: the emergency number is named once a session."""
    if is_just_told(turn, core):
        return reply_still_get_care(turn, core)
    if turn.session.choices:
        return not_chosen(turn, core, noise=True)
    return not_caught(turn, core)


def weeks(turn: Turn, core: Core) -> Reply:
    """She says how far along she is, and nothing else."""
    slot = turn.slot("weeks")
    return note_stage(turn, core) if slot is not None and slot.ids else ask(turn, core)


def hello(turn: Turn, core: Core) -> Reply:
    """A greeting gets one, and the question; "are you there" after an urgent reply, what to do."""
    if is_just_told(turn, core):
        return reply_still_get_care(turn, core)
    speaker = Speaker(turn, core)
    return ask_whats_happening(turn, core, speaker.say(speaker.prompts.hello))


def who_i_am(turn: Turn, core: Core) -> Reply:
    """What this is, and what it is not."""
    speaker = Speaker(turn, core)
    return _to_repeat(ask_whats_happening(turn, core, speaker.say(speaker.prompts.who_i_am)))


def thanks(turn: Turn, core: Core) -> Reply:
    """Thanked; after an urgent reply with the call once more, after a loss or the like without cheer."""
    prompts = core.library.said
    if is_just_told(turn, core):
        return reply_still_get_care(turn, core, before=Speaker(turn, core).say(prompts.welcome_urgent))
    quietly = prompts.you_are_welcome_quiet if turn.session.unrated else prompts.you_are_welcome
    return ask_anything_else(turn, core, Speaker(turn, core).say(quietly))


def went_wrong(turn: Turn, core: Core) -> Reply:
    """Something of ours failed: still a safe sentence."""
    speaker = Speaker(turn, core)
    return ask_whats_happening(turn, core, speaker.say(speaker.prompts.went_wrong))


def _to_repeat(reply: Reply) -> Reply:
    return replace(reply, session=keep_to_repeat(reply.session, reply.text, openly=True))


def _about(aspect: Aspect) -> Understood:
    return Understood(aspect=aspect.value)
