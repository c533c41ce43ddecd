"""After an urgent reply: it is over, or care is called. Taken calmly; nothing of the advice is taken back."""

from __future__ import annotations

from dataclasses import replace

from skill.dialogue.core import Core, Speaker
from skill.dialogue.replies import ask_anything_else, reply_and_ask
from skill.dialogue.still_care import (
    country_of_numbers,
    is_just_told,
    reply_even_if_over,
    reply_still_get_care,
    stands_by,
)
from skill.library.phrases import Variants
from skill.library.signs import Level
from skill.topics.resolve import Found
from skill.turn import LONGEST_TOLD, Reply, Turn


def taken_calmly(turn: Turn, core: Core) -> Reply | None:
    """The reply where her words say that she will not harm herself or, after an urgent reply in this session, that it
    is over or was none, or that care is called or about to be; what leaves open whether she will gets what to do once
    more; else None.
    """
    prompts = core.library.said
    if (denied := _denied(turn, core)) is not None or turn.session.sign is None:
        return denied
    if core.talk.has_called(turn.text):
        return _calm(turn, core, prompts.calm_called)
    if core.talk.takes_back(turn.text):
        return _calm(_as_told_now(turn, core), core, _over(turn, core))
    if core.talk.is_over(turn.text):
        return _passed(turn, core)
    if core.talk.will_call(turn.text):
        return _calm(turn, core, prompts.calm_will_call)
    return None


def _denied(turn: Turn, core: Core) -> Reply | None:
    sign = core.library.signs.get(turn.session.sign or "")
    unwanted = sign is not None and turn.session.sign_level != Level.EMERGENCY.value  # of thoughts: no more is due
    if unwanted and is_just_told(turn, core) and denies(turn, core):
        return reply_still_get_care(turn, core)
    if denies(turn, core):
        reply = _calm(turn, core, core.library.said.calm_denied)
        return replace(reply, session=reply.session.updated(denied=True))
    unclear = is_just_told(turn, core) and core.talk.denies_harm_unclearly(turn.text)
    return reply_still_get_care(turn, core) if unclear else None


def denies(turn: Turn, core: Core) -> bool:
    """Whether she says clearly that she will not harm herself, after a reply to that or while her mood is talked of."""
    sign, topic = core.library.signs.get(turn.session.sign or ""), turn.session.topic
    low = any(other.manner == "self-harm" and topic in other.topics for other in core.library.signs.values())
    return (low or (sign is not None and sign.manner == "self-harm")) and core.talk.denies_harm(turn.text)


def all_right(turn: Turn, core: Core) -> Reply:
    """ "I'm all right now", "it stopped" """
    return _passed(turn, core) if turn.session.sign else _nothing_was_wrong(turn, core)


def false_alarm(turn: Turn, core: Core) -> Reply:
    """ "False alarm", "it was nothing" """
    return _calm(turn, core, _over(turn, core)) if turn.session.sign else _nothing_was_wrong(turn, core)


def care_called(turn: Turn, core: Core) -> Reply:
    """ "I called them" """
    return _calm(turn, core, core.library.said.calm_called) if turn.session.sign else _nothing_was_wrong(turn, core)


def not_her(turn: Turn, core: Core) -> Reply:
    """ "Not me, my dog": none of hers then, and what was said holds for anyone it is for."""
    return _calm(turn, core, core.library.said.calm_not_her)


def _nothing_was_wrong(turn: Turn, core: Core) -> Reply:
    speaker = Speaker(turn, core)
    return ask_anything_else(turn, core, speaker.say(speaker.prompts.not_going_on))


def _passed(turn: Turn, core: Core) -> Reply:
    """It stopped, or she feels well. Calmly; an emergency counts even when it has passed, and what to do stands."""
    sign = core.library.signs[turn.session.sign or ""]
    counts = stands_by(turn, core) and turn.session.sign_level == Level.EMERGENCY.value and sign.manner != "self-harm"
    return reply_even_if_over(turn, core) if counts else _calm(turn, core, _over(turn, core))


def _over(turn: Turn, core: Core) -> Variants:
    prompts = core.library.said
    sign = core.library.signs[turn.session.sign or ""]
    if sign.manner == "self-harm":
        return prompts.calm_self_harm
    if sign.manner == "violence":
        return prompts.calm_quiet
    return prompts.calm_emergency if turn.session.sign_level == Level.EMERGENCY.value else prompts.calm_urgent


def _calm(turn: Turn, core: Core, prompts: Variants) -> Reply:
    sign, speaker = core.library.signs.get(turn.session.sign or ""), Speaker(turn, core)
    if sign is not None and sign.manner == "violence":
        prompts = core.library.said.calm_quiet
    text = speaker.say(prompts)
    country = country_of_numbers(turn, speaker, text)
    reply = reply_and_ask(turn, core, " ".join(filter(None, (text, country))))
    named = turn.session.country_named or bool(country)
    return replace(reply, session=reply.session.updated(calmed=True, told=(), country_named=named))


def _as_told_now(turn: Turn, core: Core) -> Turn:
    """ "I mean after my first baby, years ago": what she told before is about another topic then."""
    meant = core.talk.corrected(turn.text)
    before = [told for told in turn.session.told if told != turn.text[:LONGEST_TOLD]]
    if meant is None or not before:
        return turn
    resolution = core.resolver.resolve(replace(turn, text=f"{before[-1]} {meant}", slots=()))
    if not isinstance(resolution, Found):
        return turn
    return replace(turn, session=turn.session.updated(topic=resolution.topic))
