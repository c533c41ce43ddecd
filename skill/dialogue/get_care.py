"""An urgent sign was heard: what to do now comes first.

Design, "What is said". Emergency: the action in the first sentence, one thing to do meanwhile, "Shall I say that
again?"; no article, no rating. Urgent: the action first, then at most the summary, the short disclaimer, and an offer
to hear more. What else there is to say follows on "more" and in the reprompt.
"""

from __future__ import annotations

import logging
import re
from dataclasses import replace

from skill.dialogue.core import Core, Speaker
from skill.dialogue.replies import next_turn, parts, places_left, short_disclaimer
from skill.library.article import count_words
from skill.library.signs import Level, UrgentSign
from skill.topics.resolve import Found, NotFound, Resolution
from skill.turn import Asked, Outcome, Reply, Session, Turn, Understood
from skill.urgent import Verdict

_log = logging.getLogger(__name__)

URGENT_WORDS, EMERGENCY_WORDS = 105, 45
"""A same-day reply and an emergency reply, all of it."""
_REST_AT_A_TIME = 2
_CLEARLY_NAMED = 0.5
"""Probability from which a topic counts beside a sign that does not belong to it."""


def reply_get_care(turn: Turn, core: Core, verdict: Verdict) -> Reply:
    """The reply to an urgent sign, whatever else was asked in the same breath."""
    sign = core.library.signs[verdict.sign]
    resolution = _resolution(turn, core)
    understood = _understood(turn, core, verdict, resolution)
    if verdict.level is Level.EMERGENCY:
        return _emergency(turn, core, sign, understood)
    if core.talk.tells_a_loss(turn.text):
        return _urgent_after_loss(turn, core, sign, understood)
    return _urgent(turn, core, sign, understood, resolution)


def stands_by(turn: Turn, core: Core) -> bool:
    """Whether the session's urgent reply is said again when she is not understood: not once it is over or care is
    called, and never unasked after violence, because others may be listening.
    """
    sign = core.library.signs.get(turn.session.sign or "")
    return sign is not None and not turn.session.calmed and sign.manner != "violence"


def is_just_told(turn: Turn, core: Core) -> bool:
    """Whether the last reply was an urgent one that stands: what she says now is no reason to leave it."""
    return turn.session.understood.outcome is Outcome.URGENT and stands_by(turn, core)


def was_told_last(session: Session) -> bool:
    """Whether an urgent reply is the last thing that is worth saying again: nothing was answered since."""
    return session.sign is not None and session.said_as.outcome is Outcome.URGENT


def reply_still_get_care(
    turn: Turn, core: Core, *, whole: bool = False, action: str = "", before: str = "", after: str = ""
) -> Reply:
    """After an urgent reply, words that are no new question: the action once more, in few words; `whole`: she asked to
    hear it again, so with what to do meanwhile; `action`: what to do now instead. `before` and `after` stand around it.
    """
    speaker = Speaker(turn, core)
    if not action:
        action = turn.session.said if whole and turn.session.said else action_again(turn, core)
    country = _country(turn, speaker, action)
    understood = Understood(
        outcome=Outcome.URGENT,
        topic=turn.session.understood.topic,
        urgent=turn.session.sign_level or "urgent",
        sign=turn.session.sign,
    )
    return Reply(
        text=parts(
            " ".join(filter(None, (before, action, country, after))),
            short_disclaimer(turn, speaker),
            speaker.say(speaker.prompts.say_again),
        ),
        session=next_turn(turn.session).updated(
            asked=Asked.SAY_AGAIN,
            understood=understood,
            country_named=turn.session.country_named or bool(country),
        ),
        reprompt=_reprompt(turn, core, Speaker(turn, core)),
    )


def _reprompt(turn: Turn, core: Core, speaker: Speaker) -> str:
    """The action in few words; after violence nothing of it, because others may have come in."""
    sign = core.library.signs[turn.session.sign or ""]
    if sign.manner == "violence":
        return speaker.say(speaker.prompts.quiet_reprompt)
    return speaker.say(speaker.prompts.urgent_reprompt, answer=action_again(turn, core))


def reply_in_short(turn: Turn, core: Core) -> Reply:
    """ "Shorter": the action alone; once more: that it cannot be made shorter."""
    reply = reply_still_get_care(turn, core)
    if turn.session.shortened:
        reply = replace(
            reply, text=parts(action_again(turn, core), Speaker(turn, core).say(core.library.said.urgent_shortest))
        )
    return replace(reply, session=reply.session.updated(shortened=True))


def action_again(turn: Turn, core: Core) -> str:
    """What to do, as the session's urgent reply said it: at the level that it had. For self-harm with what to do where
    there is no danger now: without it, the action would leave her alone.
    """
    sign = core.library.signs[turn.session.sign or ""]
    action, meanwhile = _what_to_do(sign, Level(turn.session.sign_level or sign.level), Speaker(turn, core))
    return f"{action} {meanwhile}" if sign.manner == "self-harm" else action


def reply_rest(turn: Turn, core: Core) -> Reply:
    """ "More" after an urgent reply: what else has to be conveyed, two sentences at a time, the action at the end."""
    sign = core.library.signs[turn.session.sign or ""]
    speaker = Speaker(turn, core)
    start = turn.session.page * _REST_AT_A_TIME
    rest = sign.spoken.more[start : start + _REST_AT_A_TIME]
    if not rest:
        return reply_still_get_care(turn, core)
    last = start + _REST_AT_A_TIME >= len(sign.spoken.more)
    question = speaker.say(speaker.prompts.anything_else if last else speaker.prompts.urgent_offer)
    text = " ".join(speaker.voice(sentence) for sentence in rest)
    country = _country(turn, speaker, text)
    return Reply(
        text=parts(" ".join(filter(None, (text, country))), short_disclaimer(turn, speaker), question),
        session=next_turn(turn.session).updated(
            asked=Asked.ANYTHING_ELSE if last else Asked.URGENT_MORE,
            page=turn.session.page + 1,
            understood=turn.session.said_as,
            country_named=turn.session.country_named or bool(country),
        ),
        reprompt=_reprompt(turn, core, speaker),
    )


def _emergency(turn: Turn, core: Core, sign: UrgentSign, understood: Understood) -> Reply:
    speaker = Speaker(turn, core)
    action, meanwhile = _what_to_do(sign, Level.EMERGENCY, speaker)
    question = speaker.say(speaker.prompts.say_again)
    end = parts(short_disclaimer(turn, speaker), question)
    by_her = speaker.say(speaker.prompts.call_yourself) if core.talk.asks_to_call(turn.text) else ""
    kind = _fitting(by_her or _kindness(turn, core, sign, speaker), action, meanwhile, end)
    country = _fitting(_country(turn, speaker, f"{action} {meanwhile}"), action, meanwhile, kind, end)
    about_it = (meanwhile, country) if _names_numbers(meanwhile, speaker) else (country, meanwhile)
    return Reply(
        text=parts(" ".join(filter(None, (action, *about_it, kind))), end),
        session=_after(turn, sign, understood, f"{action} {meanwhile}").updated(
            asked=Asked.SAY_AGAIN, country_named=turn.session.country_named or bool(country)
        ),
        reprompt=_emergency_reprompt(sign, speaker, action),
    )


def _emergency_reprompt(sign: UrgentSign, speaker: Speaker, action: str) -> str:
    """She is silent: perhaps she waits for help that nobody sent. After violence others may have come in."""
    if sign.manner == "violence":
        return speaker.say(speaker.prompts.quiet_reprompt)
    by_her, first = speaker.say(speaker.prompts.call_yourself), speaker.voice(sign.spoken.more[0])
    return f"{action} {by_her} {first} {speaker.say(speaker.prompts.say_again)}"


def _fitting(extra: str, *others: str) -> str:
    """Something that may be said besides, where the words of an emergency reply allow."""
    return extra if count_words(" ".join((extra, *others))) <= EMERGENCY_WORDS else ""


def _country(turn: Turn, speaker: Speaker, text: str) -> str:
    """Whose numbers these are, once a session: the device's language is not its place."""
    spoken = _names_numbers(text, speaker)
    if turn.session.country_named or not spoken:
        return ""
    if len(spoken) > 1:
        return speaker.say(speaker.prompts.numbers_of_country)
    return speaker.say(speaker.prompts.number_of_country, answer=spoken[0])


def _names_numbers(text: str, speaker: Speaker) -> list[str]:
    return [number for number in speaker.voice.numbers if re.search(rf"(?<!\w){re.escape(number)}(?!\w)", text)]


def _kindness(turn: Turn, core: Core, sign: UrgentSign, speaker: Speaker) -> str:
    """A few words for who tells something hard; never before the action."""
    if core.talk.tells_a_loss(turn.text):
        return speaker.say(speaker.prompts.kind_loss)
    if sign.manner == "self-harm":
        return speaker.say(speaker.prompts.kind_self_harm)
    return speaker.say(speaker.prompts.kind_psychosis) if sign.manner == "psychosis" else ""


def _urgent(turn: Turn, core: Core, sign: UrgentSign, understood: Understood, resolution: Resolution) -> Reply:
    speaker = Speaker(turn, core)
    action = " ".join(_what_to_do(sign, Level.URGENT, speaker))
    country = _country(turn, speaker, action)
    end = parts(short_disclaimer(turn, speaker), speaker.say(speaker.prompts.urgent_offer))
    summary = _summary(core, speaker, sign, resolution)
    if count_words(f"{action} {country} {summary} {end}") > URGENT_WORDS or sign.manner != "ordinary":
        summary = ""
    session = _after(turn, sign, understood, action).updated(
        asked=Asked.URGENT_MORE, country_named=turn.session.country_named or bool(country)
    )
    return Reply(
        text=parts(" ".join(filter(None, (action, country))), _kindness(turn, core, sign, speaker), summary, end),
        session=session,
        reprompt=_reprompt(replace(turn, session=session), core, speaker),
    )


def _urgent_after_loss(turn: Turn, core: Core, sign: UrgentSign, understood: Understood) -> Reply:
    """Whom to call, a word of kindness, and room to ask; what the sign would say of movements or of the baby is not."""
    speaker = Speaker(turn, core)
    action = speaker.voice(sign.spoken.action)
    session = _after(turn, sign, understood, action).updated(asked=Asked.OPEN, topic=None, aspect=None, unrated=True)
    return Reply(
        text=parts(
            f"{action} {speaker.say(speaker.prompts.kind_loss)}",
            short_disclaimer(turn, speaker),
            speaker.say(speaker.prompts.loss_question),
        ),
        session=session,
        reprompt=_reprompt(replace(turn, session=session), core, speaker),
        elicit=True,
    )


def _what_to_do(sign: UrgentSign, level: Level, speaker: Speaker) -> tuple[str, str]:
    """The action and what to do meanwhile. What she said can raise a same-day sign to an emergency: then its own
    words, which name the midwife, would be too slow.
    """
    if sign.is_raised_to(level):
        return speaker.say(speaker.prompts.raised_action), speaker.say(speaker.prompts.raised_meanwhile)
    return speaker.voice(sign.spoken.action), speaker.voice(sign.spoken.meanwhile)


def _summary(core: Core, speaker: Speaker, sign: UrgentSign, resolution: Resolution) -> str:
    """The summary of the article that her own words name, where the sign belongs to it: any other would confuse."""
    if not isinstance(resolution, Found) or resolution.topic not in sign.topics:
        return ""
    clear = resolution.candidates[0].score >= _CLEARLY_NAMED
    article = core.article(resolution.topic)
    return speaker.voice(article.summary) if article is not None and clear else ""


def _after(turn: Turn, sign: UrgentSign, understood: Understood, said: str) -> Session:
    grave = understood.urgent == Level.EMERGENCY.value or sign.manner != "ordinary"
    return next_turn(turn.session).updated(
        understood=understood,
        topic=understood.topic or turn.session.topic,
        aspect=None,
        page=0,
        opened=False,
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
    """What her words ask about. A broken search must never cost her the warning."""
    try:
        return core.resolver.resolve(turn)
    except Exception as error:
        _log.error("The topic of an urgent turn was not found: %s", type(error).__name__)
        return NotFound("far")


def _understood(turn: Turn, core: Core, verdict: Verdict, resolution: Resolution) -> Understood:
    """Topic and aspect are what was understood, although no article is read."""
    topic = _topic(core, resolution, verdict.sign)
    aspect = turn.aspect or core.aspect_of(turn.text)
    return Understood(
        outcome=Outcome.URGENT,
        topic=topic,
        aspect=aspect if topic else None,
        urgent=verdict.level.value,
        sign=verdict.sign,
    )


def _topic(core: Core, resolution: Resolution, sign: str) -> str | None:
    """The topic her words name. One that the sign does not belong to has to be named clearly, because its summary
    would be read; else the first article that the sign belongs to.
    """
    of_sign = [topic for topic in core.library.signs[sign].topics if topic in core.library.names]
    if isinstance(resolution, Found):
        clear = resolution.candidates[0].score >= _CLEARLY_NAMED
        if clear or resolution.topic in of_sign:
            return resolution.topic
    return of_sign[0] if of_sign else None
