"""After an urgent reply: what to do once more, in few words or in whole, and the rest of what has to be conveyed."""

from __future__ import annotations

import re
from dataclasses import replace

from skill.answers import to_provider
from skill.dialogue.core import Core, Speaker
from skill.dialogue.replies import Question, go_on_with_topic, next_turn, parts, short_disclaimer
from skill.library.article import Aspect
from skill.library.signs import Level, UrgentSign
from skill.turn import Asked, Outcome, Reply, Session, Turn, Understood

_REST_AT_A_TIME = 2
_MOST_INSISTED = 2
"""Times in a row that what to do is repeated before she is asked whether it was heard wrong."""


def stands_by(turn: Turn, core: Core) -> bool:
    """Whether the session's urgent reply is said again when she is not understood: not once it is over or care is
    called, and never unasked after violence, because others may be listening.
    """
    sign = core.library.signs.get(turn.session.sign or "")
    return sign is not None and not turn.session.calmed and sign.manner != "violence"


def is_just_told(turn: Turn, core: Core) -> bool:
    """Whether the last reply was an urgent one that stands: what she says now is no reason to leave it."""
    return turn.session.understood.outcome is Outcome.URGENT and stands_by(turn, core)


def holds_first(turn: Turn, core: Core) -> bool:
    """Whether what to do comes before anything ordinary: straight after an urgent reply that stands, and as long as an
    emergency stands.
    """
    grave = turn.session.sign_level == Level.EMERGENCY.value and stands_by(turn, core)
    return grave or is_just_told(turn, core)


def was_told_last(session: Session) -> bool:
    """Whether an urgent reply is the last thing that is worth saying again: nothing was answered since."""
    return session.sign is not None and session.said_as.outcome is Outcome.URGENT


def reply_still_get_care(
    turn: Turn,
    core: Core,
    *,
    whole: bool = False,
    action: str = "",
    before: str = "",
    after: str = "",
    question: Question | None = None,
) -> Reply:
    """After an urgent reply, words that are no new question: the action once more, in few words, other ones each turn;
    `whole`: she asked to hear it again, so with what to do meanwhile; `action`: what to do now instead. `before` and
    `after` stand around it; `question`: asked instead of whether to say it again.
    """
    speaker = Speaker(turn, core)
    asks = question or _again_or_wrong(turn, speaker)
    if not action:
        again = whole and was_told_last(turn.session)
        action = turn.session.said if again else _in_other_words(turn, core, speaker)
    country = country_of_numbers(turn, speaker, action)
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
            asks.text,
        ),
        session=next_turn(turn.session).updated(
            asked=asks.asked,
            next_up=asks.next_up,
            insisted=min(turn.session.insisted + 1, _MOST_INSISTED),
            understood=understood,
            country_named=turn.session.country_named or bool(country),
        ),
        reprompt=reprompt_of_action(turn, core, speaker, asks.text if question else asks.reprompt),
    )


def _again_or_wrong(turn: Turn, speaker: Speaker) -> Question:
    """Whether to say it again; said often enough, whether it was heard wrong."""
    prompts = speaker.prompts
    often = turn.session.insisted >= _MOST_INSISTED
    asks = speaker.say(prompts.say_again_or_wrong if often else prompts.say_again)
    return Question(Asked.SAY_AGAIN, asks, speaker.say(prompts.say_it_again))


def reply_still_and_offer(turn: Turn, core: Core, topic: str, *, corrected: bool) -> Reply:
    """The action once more, and whether to go on with another topic, which she named besides or, `corrected`, instead:
    a correction takes nothing back by itself.
    """
    if core.library.signs[turn.session.sign or ""].manner != "ordinary":
        return reply_still_get_care(turn, core)
    speaker = Speaker(turn, core)
    return reply_still_get_care(
        turn,
        core,
        action=action_again(turn, core),
        after=speaker.say(speaker.prompts.unless_wrong) if corrected else "",
        question=go_on_with_topic(topic, Aspect.SUMMARY, speaker),
    )


def reply_even_if_over(turn: Turn, core: Core) -> Reply:
    """After an emergency "it stopped", "i feel fine": heard, and what to do all the same. One that came and went is
    still one.
    """
    speaker = Speaker(turn, core)
    return reply_still_get_care(
        turn, core, action=f"{action_again(turn, core)} {speaker.say(speaker.prompts.even_if_over)}"
    )


def with_action_first(turn: Turn, core: Core, text: str) -> str:
    """Something ordinary that is said while an urgent reply holds: after what to do, in few words."""
    speaker = Speaker(turn, core)
    if not holds_first(turn, core):
        return text
    said_with_it = turn.session.lost and turn.session.sign_level != Level.EMERGENCY.value  # whom to call, in the text
    first = speaker.say(speaker.prompts.loss_call_first) if said_with_it else in_few_words(turn, core, speaker)
    return f"{first} {text}"


def reply_why_to_call(turn: Turn, core: Core) -> Reply:
    """ "Is it dangerous for the baby": the action, what else the sign says of the baby or what comes first of it, where
    the words of an emergency allow, and no guess at how it goes on.
    """
    sign = core.library.signs[turn.session.sign or ""]
    if sign.manner != "ordinary" or turn.session.sign_level == Level.EMERGENCY.value:
        return reply_still_get_care(turn, core)
    speaker = Speaker(turn, core)
    of_baby = [sentence for sentence in sign.spoken.more if "baby" in sentence]
    why = speaker.voice((of_baby or sign.spoken.more)[0])
    only_a_check = speaker.say(speaker.prompts.only_a_check)
    return reply_still_get_care(turn, core, action=f"{action_again(turn, core)} {why}", after=only_a_check)


def reply_in_short(turn: Turn, core: Core) -> Reply:
    """ "Shorter": the action alone; once more: that it cannot be made shorter."""
    reply = reply_still_get_care(turn, core, action=action_again(turn, core))
    if turn.session.shortened:
        reply = replace(
            reply, text=parts(action_again(turn, core), Speaker(turn, core).say(core.library.said.urgent_shortest))
        )
    return replace(reply, session=reply.session.updated(shortened=True))


def reply_rest(turn: Turn, core: Core) -> Reply:
    """ "More" after an urgent reply: what else has to be conveyed, two sentences at a time, the action at the end."""
    sign = core.library.signs[turn.session.sign or ""]
    speaker = Speaker(turn, core)
    more = rest_of(sign, speaker)
    start = turn.session.page * _REST_AT_A_TIME
    rest = more[start : start + _REST_AT_A_TIME]
    if not rest:
        return reply_still_get_care(turn, core)
    last = start + _REST_AT_A_TIME >= len(more)
    question = speaker.say(speaker.prompts.anything_else if last else speaker.prompts.urgent_offer)
    text = " ".join(speaker.voice(sentence) for sentence in rest)
    country = country_of_numbers(turn, speaker, text)
    return Reply(
        text=parts(" ".join(filter(None, (text, country))), short_disclaimer(turn, speaker), question),
        session=next_turn(turn.session).updated(
            asked=Asked.ANYTHING_ELSE if last else Asked.URGENT_MORE,
            page=turn.session.page + 1,
            understood=turn.session.said_as,
            country_named=turn.session.country_named or bool(country),
        ),
        reprompt=reprompt_of_action(turn, core, speaker, question),
    )


def _in_other_words(turn: Turn, core: Core, speaker: Speaker) -> str:
    """What to do, and that it still holds. After self-harm whom to call and not to be alone, each time, and that she
    was heard; after unwanted thoughts, which are a same-day sign, what they are.
    """
    sign = core.library.signs[turn.session.sign or ""]
    if sign.manner != "self-harm":
        return f"{action_again(turn, core)} {speaker.say(speaker.prompts.still_holds)}"
    if turn.session.sign_level != Level.EMERGENCY.value:
        return f"{speaker.voice(sign.spoken.action)} {speaker.say(speaker.prompts.still_unwanted)}"
    told = bool(turn.heard) and core.talk.is_statement(turn.text)
    heard = speaker.say(speaker.prompts.heard_self_harm) if told else ""
    return f"{speaker.say(speaker.prompts.still_self_harm)} {heard}".strip()


def action_again(turn: Turn, core: Core) -> str:
    """What to do, as the session's urgent reply said it: at the level that it had. For self-harm with what to do where
    there is no danger now: without it, the action would leave her alone.
    """
    sign = core.library.signs[turn.session.sign or ""]
    action, meanwhile = what_to_do(sign, Level(turn.session.sign_level or sign.level), Speaker(turn, core))
    return f"{action} {meanwhile}" if sign.manner == "self-harm" else action


def what_to_do(sign: UrgentSign, level: Level, speaker: Speaker) -> tuple[str, str]:
    """The action and what to do meanwhile. What she said can raise a same-day sign to an emergency: then its own
    words, which name the midwife, would be too slow. After a loss nothing of it speaks of a pregnancy.
    """
    prompts = speaker.prompts
    raised, hurts = sign.is_raised_to(level), speaker.hurts
    if hurts is not None and (raised or hurts(f"{sign.spoken.action} {sign.spoken.meanwhile}")):
        grave = level is Level.EMERGENCY
        action = speaker.say(prompts.loss_action_emergency if grave else prompts.loss_action_urgent)
        return action, speaker.say(prompts.loss_meanwhile)
    if raised:
        return speaker.say(prompts.raised_action), speaker.say(prompts.raised_meanwhile)
    told = (sign.spoken.action, sign.spoken.meanwhile)
    action, meanwhile = told if hurts is None else map(to_provider, told)
    return speaker.voice(action), speaker.voice(meanwhile)


def rest_of(sign: UrgentSign, speaker: Speaker) -> list[str]:
    """What else has to be conveyed, as templates; after a loss nothing that speaks of a pregnancy."""
    hurts = speaker.hurts
    if hurts is None:
        return [*sign.spoken.more]
    return [to_provider(text) for text in sign.spoken.more if not hurts(text)]


def reprompt_of_action(turn: Turn, core: Core, speaker: Speaker, question: str) -> str:
    """After silence: the action in few words and, in an emergency, that nobody has called: perhaps she waits for help.
    After violence nothing of it, because others may have come in.
    """
    sign, prompts = core.library.signs[turn.session.sign or ""], speaker.prompts
    if sign.manner == "violence":
        return speaker.say(prompts.quiet_reprompt)
    if turn.session.sign_level != Level.EMERGENCY.value:
        return f"{action_again(turn, core)} {question}"
    return f"{in_few_words(turn, core, speaker)} {speaker.say(prompts.call_yourself)} {question}"


def in_few_words(turn: Turn, core: Core, speaker: Speaker) -> str:
    """What to do, as short as can be: "Call 911 now, and say it could be a stroke." → "Call 911 now." The number is
    never left out.
    """
    sign, level = core.library.signs[turn.session.sign or ""], Level(turn.session.sign_level or "urgent")
    if level is Level.EMERGENCY and sign.manner == "self-harm":
        return speaker.say(speaker.prompts.self_harm_in_short)
    action, _ = what_to_do(sign, level, speaker)
    first, _, rest = action.partition(",")
    return action if not rest or speaker.voice.emergency_number in rest else f"{first}."


def country_of_numbers(turn: Turn, speaker: Speaker, text: str) -> str:
    """Whose numbers these are, once a session: the device's language is not its place."""
    spoken = numbers_in(text, speaker)
    if turn.session.country_named or not spoken:
        return ""
    if len(spoken) > 1:
        return speaker.say(speaker.prompts.numbers_of_country)
    return speaker.say(speaker.prompts.number_of_country, answer=spoken[0])


def numbers_in(text: str, speaker: Speaker) -> list[str]:
    """The numbers of care that a text names, longest first."""
    return [number for number in speaker.voice.numbers if re.search(rf"(?<!\w){re.escape(number)}(?!\w)", text)]
