"""How far along she is, told before a question or after it: kept for this session only."""

from __future__ import annotations

from dataclasses import replace

from skill.dialogue.answering import answer_on, compose
from skill.dialogue.choices import note_in_choice
from skill.dialogue.core import Core, Speaker
from skill.dialogue.get_care import reply_get_care
from skill.dialogue.misses import not_known
from skill.dialogue.replies import ask_anything_else, ask_whats_happening, aspect_now
from skill.dialogue.still_care import is_just_told, reply_still_get_care
from skill.library.article import Article, Aspect
from skill.library.signs import Level
from skill.stages import is_after_birth
from skill.text import comparable
from skill.topics.resolve import Found
from skill.turn import Asked, Outcome, Reply, Session, Turn

_CHANGES = (Aspect.SUMMARY, Aspect.CAUSES)
"""What is said differently once the baby is born."""


def note_stage(turn: Turn, core: Core) -> Reply:
    """Noted in few words; the last question is answered again where that changes what is said."""
    if is_just_told(turn, core):
        return _heard_at_her_stage(turn, core) or reply_still_get_care(turn, core)
    if turn.session.choices:
        return note_in_choice(turn, core)
    speaker = Speaker(turn, core)
    article = core.article(turn.session.topic)
    if _was_answered_last(turn.session) and article is not None:
        sibling = _of_her_stage(turn, core, article)
        if sibling != article.id or _says_otherwise(turn, core, article):
            lead = speaker.say(speaker.prompts.with_that_in_mind)
            return answer_on(turn, core, sibling, aspect_now(turn.session), lead=lead)
        return ask_anything_else(turn, core, speaker.say(speaker.prompts.noted))
    return ask_whats_happening(turn, core, _noted(turn, speaker))


def _heard_at_her_stage(turn: Turn, core: Core) -> Reply | None:
    """What she told before a same-day reply that was for another stage than hers, heard anew: "contractions", "i'm
    thirty nine weeks". It can be another sign, or none, and then it is answered. None where the reply stands.
    """
    session, stages = turn.session, frozenset(turn.session.stages)
    of_sign = core.library.signs[session.sign or ""].stage
    if session.sign_level == Level.EMERGENCY.value or not stages or "any" in of_sign or not stages.isdisjoint(of_sign):
        return None
    told = [text for text in reversed(session.told) if not core.talk.tells_only_stage(text)]
    # "every four minutes" is no complaint: what came before it is
    whole = next((text for text in told if not core.talk.tells_only_details(text)), "")
    before = replace(turn, text=whole, heard=whole, slots=())
    if (verdict := core.urgent(whole, stages)) is not None:
        return None if verdict.sign == session.sign else reply_get_care(before, core, verdict)
    resolution = core.resolver.resolve(before)
    if not isinstance(resolution, Found):
        return None
    speaker = Speaker(turn, core)
    lead = speaker.say(speaker.prompts.with_that_in_mind)
    return answer_on(turn, core, resolution.topic, Aspect.SUMMARY, lead=lead)


def _was_answered_last(session: Session) -> bool:
    """Whether an answer is what was said last, but for asking whether there is anything else after it."""
    just_noted = session.asked is Asked.ANYTHING_ELSE and session.said_as.outcome is Outcome.ANSWER
    return session.aspect is not None and (session.understood.outcome is Outcome.ANSWER or just_noted)


def how_far_along(turn: Turn, core: Core) -> Reply:
    """ "How far along am i": what she told in this session, or that she has not."""
    if is_just_told(turn, core):
        return reply_still_get_care(turn, core)
    if turn.session.lost:
        return not_known(turn, core)
    speaker = Speaker(turn, core)
    prompts = speaker.prompts
    if is_after_birth(turn.session.stages):
        return ask_anything_else(turn, core, speaker.say(prompts.told_birth))
    if turn.session.weeks is None:
        return ask_whats_happening(turn, core, speaker.say(prompts.weeks_not_told))
    return ask_anything_else(turn, core, speaker.say(prompts.told_weeks, weeks=_weeks(turn)))


def _weeks(turn: Turn) -> str:
    return comparable(str(turn.session.weeks))


def _noted(turn: Turn, speaker: Speaker) -> str:
    if is_after_birth(turn.session.stages):
        return speaker.say(speaker.prompts.noted_birth)
    if turn.session.weeks is None:
        return speaker.say(speaker.prompts.noted_openly)
    return speaker.say(speaker.prompts.noted_weeks, weeks=_weeks(turn))


def _of_her_stage(turn: Turn, core: Core, article: Article) -> str:
    """The topic of that name on her side of the birth: back pain, or back pain after birth."""
    born = is_after_birth(turn.session.stages)
    if article.stage == "both" or born is (article.stage == "after-birth"):
        return article.id
    name = Speaker(turn, core).name(article.id)
    resolution = core.resolver.resolve(replace(turn, text=name, heard=name, slots=()))
    return resolution.topic if isinstance(resolution, Found) else article.id


def _says_otherwise(turn: Turn, core: Core, article: Article) -> bool:
    """Whether the last answer would be another one now."""
    aspect = aspect_now(turn.session)
    if article.after_birth is None or aspect not in _CHANGES or turn.session.page:
        return False
    after_birth = Speaker(turn, core).voice(article.after_birth)
    said_after_birth = after_birth in turn.session.said
    return said_after_birth is not (after_birth in compose(turn, core, article, aspect).text)
