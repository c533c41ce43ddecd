"""An urgent sign was heard: what to do now comes first.

Design, "What is said". Emergency: the action in the first sentence, one thing to do meanwhile, "Shall I say that
again?"; no article, no rating. Urgent: the action first, then at most the summary, the short disclaimer, and an offer
to hear more. What else there is to say follows on "more".
"""

from __future__ import annotations

import logging
from dataclasses import replace

from skill.dialogue.core import CLEARLY_NAMED, Core, Speaker
from skill.dialogue.replies import next_turn, parts, places_left, short_disclaimer
from skill.dialogue.still_care import (
    country_of_numbers,
    is_just_told,
    numbers_in,
    reply_still_get_care,
    reprompt_of_action,
    what_to_do,
)
from skill.library.article import count_words
from skill.library.signs import Level, UrgentSign
from skill.topics.resolve import Found, NotFound, Resolution
from skill.turn import Asked, Outcome, Reply, Session, Turn, Understood
from skill.urgent import Verdict

_log = logging.getLogger(__name__)

URGENT_WORDS, EMERGENCY_WORDS = 105, 45
"""A same-day reply and an emergency reply, all of it."""


def reply_get_care(turn: Turn, core: Core, verdict: Verdict) -> Reply:
    """The reply to an urgent sign, whatever else was asked in the same breath."""
    if _is_told_already(turn, core, verdict):
        return reply_still_get_care(turn, core)
    sign = core.library.signs[verdict.sign]
    resolution = _resolution(turn, core)
    understood = _understood(turn, core, verdict, resolution)
    if verdict.level is Level.EMERGENCY:
        return _emergency(turn, core, sign, understood)
    if turn.session.lost:
        return _urgent_after_loss(turn, core, sign, understood)
    return _urgent(turn, core, sign, understood, resolution)


def _is_told_already(turn: Turn, core: Core, verdict: Verdict) -> bool:
    """The last reply was about this sign, at this level or a graver one: then in few words. After an emergency, too,
    where what she says now is less grave, or only sounds like another: "it's slowing down", "i'm on my own".
    """
    session = turn.session
    grave, was_grave = verdict.level is Level.EMERGENCY, session.sign_level == Level.EMERGENCY.value
    holds = session.sign == verdict.sign or (was_grave and not (grave and verdict.by_rule))
    return is_just_told(turn, core) and holds and (was_grave or not grave)


def _emergency(turn: Turn, core: Core, sign: UrgentSign, understood: Understood) -> Reply:
    speaker = Speaker(turn, core)
    action, meanwhile = what_to_do(sign, Level.EMERGENCY, speaker)
    question = speaker.say(speaker.prompts.say_again)
    end = parts(short_disclaimer(turn, speaker), question)
    by_her = speaker.say(speaker.prompts.call_yourself) if core.talk.asks_to_call(turn.text) else ""
    kind = _fitting(by_her or _kindness(turn, core, sign, Level.EMERGENCY), action, meanwhile, end)
    country = _fitting(country_of_numbers(turn, speaker, f"{action} {meanwhile}"), action, meanwhile, kind, end)
    about_it = (meanwhile, country) if numbers_in(meanwhile, speaker) else (country, meanwhile)
    session = _after(turn, sign, understood, f"{action} {meanwhile}").updated(
        asked=Asked.SAY_AGAIN, country_named=turn.session.country_named or bool(country)
    )
    again = speaker.say(speaker.prompts.say_it_again)
    return Reply(
        text=parts(" ".join(filter(None, (action, *about_it, kind))), end),
        session=session,
        reprompt=reprompt_of_action(replace(turn, session=session), core, speaker, again),
    )


def _fitting(extra: str, *others: str) -> str:
    """Something that may be said besides, where the words of an emergency reply allow."""
    return extra if count_words(" ".join((extra, *others))) <= EMERGENCY_WORDS else ""


def _kindness(turn: Turn, core: Core, sign: UrgentSign, level: Level) -> str:
    """A few words for who tells something hard; never before the action. What is self-harm's and no emergency are
    unwanted thoughts.
    """
    speaker = Speaker(turn, core)
    if core.talk.tells_a_loss(turn.text):
        return speaker.say(speaker.prompts.kind_loss)
    if sign.manner == "self-harm":
        grave = level is Level.EMERGENCY
        return speaker.say(speaker.prompts.kind_self_harm if grave else speaker.prompts.kind_unwanted)
    return speaker.say(speaker.prompts.kind_psychosis) if sign.manner == "psychosis" else ""


def _urgent(turn: Turn, core: Core, sign: UrgentSign, understood: Understood, resolution: Resolution) -> Reply:
    speaker = Speaker(turn, core)
    action = " ".join(what_to_do(sign, Level.URGENT, speaker))
    country = country_of_numbers(turn, speaker, action)
    offer = speaker.say(speaker.prompts.urgent_offer)
    end = parts(short_disclaimer(turn, speaker), offer)
    summary = _summary(core, speaker, sign, resolution)
    if count_words(f"{action} {country} {summary} {end}") > URGENT_WORDS or sign.manner != "ordinary":
        summary = ""
    session = _after(turn, sign, understood, action).updated(
        asked=Asked.URGENT_MORE, country_named=turn.session.country_named or bool(country)
    )
    return Reply(
        text=parts(" ".join(filter(None, (action, country))), _kindness(turn, core, sign, Level.URGENT), summary, end),
        session=session,
        reprompt=reprompt_of_action(replace(turn, session=session), core, speaker, offer),
    )


def _urgent_after_loss(turn: Turn, core: Core, sign: UrgentSign, understood: Understood) -> Reply:
    """Whom to call, what would be an emergency, and room to ask; what the sign would say of movements or of the baby is
    not. A loss that is told in the same breath is answered in it.
    """
    speaker = Speaker(turn, core)
    prompts = speaker.prompts
    told_now = core.talk.tells_a_loss(turn.text)
    action = speaker.say(prompts.loss_told_urgent) if told_now else what_to_do(sign, Level.URGENT, speaker)[0]
    emergencies = speaker.say(prompts.loss_emergencies)
    country = country_of_numbers(turn, speaker, emergencies)
    session = _after(turn, sign, understood, f"{action} {emergencies}").updated(
        asked=Asked.OPEN,
        topic=None,
        aspect=None,
        unrated=True,
        country_named=turn.session.country_named or bool(country),
    )
    question = speaker.say(speaker.prompts.loss_question)
    return Reply(
        text=parts(f"{action} {emergencies} {country}".strip(), short_disclaimer(turn, speaker), question),
        session=session,
        reprompt=reprompt_of_action(replace(turn, session=session), core, speaker, question),
        elicit=True,
    )


def _summary(core: Core, speaker: Speaker, sign: UrgentSign, resolution: Resolution) -> str:
    """The summary of the article that her own words name, where the sign belongs to it: any other would confuse."""
    if not isinstance(resolution, Found) or resolution.topic not in sign.topics:
        return ""
    clear = resolution.candidates[0].score >= CLEARLY_NAMED
    article = core.article(resolution.topic)
    return speaker.voice(article.summary) if article is not None and clear else ""


def _after(turn: Turn, sign: UrgentSign, understood: Understood, said: str) -> Session:
    grave = understood.urgent == Level.EMERGENCY.value or sign.manner != "ordinary"
    return next_turn(turn.session).updated(
        understood=understood,
        topic=understood.topic or turn.session.topic,
        aspect=None,
        page=0,
        back=places_left(turn.session),
        said=said,
        said_as=understood,
        said_openly=False,
        sign=sign.id,
        sign_level=understood.urgent,
        calmed=False,
        unrated=turn.session.unrated or grave,
        private=turn.session.private or sign.manner in {"violence", "self-harm"},
    )


def _resolution(turn: Turn, core: Core) -> Resolution:
    """What her words ask about; a mere detail asks about nothing. A broken search must never cost her the warning."""
    if core.talk.tells_only_details(turn.text):
        return NotFound("far")
    try:
        return core.resolver.resolve(turn)
    except Exception as error:
        _log.error("The topic of an urgent turn was not found: %s", type(error).__name__)
        return NotFound("far")


def _understood(turn: Turn, core: Core, verdict: Verdict, resolution: Resolution) -> Understood:
    """Topic and aspect are what was understood, although no article is read."""
    topic = _topic(turn, core, resolution, verdict.sign)
    aspect = turn.aspect or core.aspect_of(turn.text)
    return Understood(
        outcome=Outcome.URGENT,
        topic=topic,
        aspect=aspect if topic else None,
        urgent=verdict.level.value,
        sign=verdict.sign,
    )


def _topic(turn: Turn, core: Core, resolution: Resolution, sign: str) -> str | None:
    """The topic her words name. One that the sign does not belong to has to be named clearly, from the list or in more
    than a word such as "blood", because its summary would be read; else the first article that the sign belongs to.
    """
    of_sign = [topic for topic in core.library.signs[sign].topics if topic in core.library.names]
    if isinstance(resolution, Found):
        told = turn.names_topic or len(core.talk.content_words(turn.text)) > 1
        clear = told and resolution.candidates[0].score >= CLEARLY_NAMED
        if clear or resolution.topic in of_sign:
            return resolution.topic
    return of_sign[0] if of_sign else None
