"""She asks about a symptom: the answer, a choice between topics, or an honest "I don't know"."""

from __future__ import annotations

from dataclasses import replace

from skill.answers import ITEMS_AT_A_TIME, Answer, answer, items_of, one_item
from skill.dialogue.core import Core, Speaker
from skill.dialogue.get_care import reply_still_get_care
from skill.dialogue.replies import ask_openly, aspect_now, next_turn, reply_with_answer
from skill.library.article import Aspect, Differential
from skill.stages import is_after_birth
from skill.topics.resolve import Ambiguous, Found, NotFound, Resolution
from skill.turn import Asked, Outcome, Reply, Turn, Understood

_ORDINALS = {"first": 0, "second": 1, "third": 2, "last": -1}


def ask(turn: Turn, core: Core) -> Reply:
    """Any question or complaint, with a topic or, as a follow-up, without one."""
    if not turn.heard:
        return ask_on(turn, core)
    if (chosen := _named_choice(turn)) is not None:
        return answer_on(turn, core, chosen, _aspect(turn, core, turn.session.choice_aspect))
    if core.resolver.follows_up(turn.text) and (turn.session.sign or turn.session.topic in core.library.names):
        return _ask_about_it(turn, core)
    resolution = core.resolver.resolve(turn)
    aspect = _aspect(turn, core)
    if isinstance(resolution, Found):
        reply = answer_on(turn, core, resolution.topic, aspect)
    elif isinstance(resolution, Ambiguous):
        reply = offer(turn, core, resolution.topics, aspect)
    else:
        reply = _not_found(turn, core, resolution)
    return _with_score(reply, resolution)


def _with_score(reply: Reply, resolution: Resolution) -> Reply:
    if not resolution.candidates:
        return reply
    understood = reply.session.understood.model_copy(update={"score": resolution.candidates[0].score})
    return replace(reply, session=reply.session.updated(understood=understood))


def ask_on(turn: Turn, core: Core) -> Reply:
    """A question without a topic of its own: about the one being talked about."""
    if turn.session.choices:
        return offer_again(turn, core)
    speaker = Speaker(turn, core)
    if turn.session.topic not in core.library.names:
        prompt = speaker.say(speaker.prompts.nothing_to_continue)
        return ask_openly(turn, core, prompt, speaker.say(speaker.prompts.launch_reprompt))
    return answer_on(turn, core, turn.session.topic or "", _aspect(turn, core))


def _ask_about_it(turn: Turn, core: Core) -> Reply:
    """ "How long does it last": what no article has is said so, with when to call. After an urgent one: the action."""
    if turn.session.understood.outcome is Outcome.URGENT:
        return reply_still_get_care(turn, core)
    article = core.article(turn.session.topic)
    if article is None:
        return ask_on(turn, core)
    speaker = Speaker(turn, core)
    missing = speaker.say(speaker.prompts.not_in_article, name=speaker.name(article.id))
    text = f"{missing} {speaker.voice(article.when_to_call.warning)} {speaker.voice(article.when_to_call.routine)}"
    return reply_with_answer(turn, core, Answer(article.id, Aspect.WHEN_TO_CALL, text, 0, has_more=False))


def answer_on(turn: Turn, core: Core, topic: str, aspect: Aspect, page: int = 0) -> Reply:
    """One article on one aspect; a topic that has no article is not known, a withheld one is not talked about."""
    if topic in core.withheld():
        return reply_withheld(turn, core, topic)
    article = core.article(topic)
    if article is None:
        return _not_found(turn, core, NotFound("far"))
    speaker = Speaker(turn, core)
    said = answer(
        article,
        aspect,
        speaker.voice,
        speaker.prompts,
        turn=turn.session.turn,
        page=page,
        after_birth=is_after_birth(turn.session.stages),
    )
    return reply_with_answer(turn, core, said)


def reply_withheld(turn: Turn, core: Core, topic: str) -> Reply:
    """The article is off the air: said so, and whom to ask. What else is happening can still be told."""
    speaker = Speaker(turn, core)
    prompt = speaker.say(speaker.prompts.withheld, name=speaker.name(topic))
    reprompt = speaker.say(speaker.prompts.unknown_reprompt, options=speaker.suggestions())
    reply = ask_openly(turn, core, prompt, reprompt, Understood(outcome=Outcome.UNKNOWN))
    return replace(reply, session=reply.session.updated(topic=topic, aspect=None, said=""))


def offer(turn: Turn, core: Core, topics: tuple[str, ...], aspect: Aspect) -> Reply:
    """Not sure between two or three topics: ask which."""
    speaker = Speaker(turn, core)
    options = speaker.options(topics)
    return Reply(
        text=speaker.say(speaker.prompts.choose, options=options),
        session=next_turn(turn.session).updated(
            asked=Asked.CHOICE,
            choices=topics,
            choice_aspect=aspect.value,
            understood=Understood(outcome=Outcome.CHOOSE, choices=topics),
        ),
        reprompt=speaker.say(speaker.prompts.choose_reprompt, options=options),
    )


def choose(turn: Turn, core: Core) -> Reply:
    """ "The second one": of the topics offered, else of the list that was read last."""
    slot = turn.slot("choice")
    if slot is None or not slot.ids:
        return ask(turn, core)
    number = _ORDINALS.get(slot.ids[0])
    if turn.session.choices:
        return _choose_topic(turn, core, number)
    article = core.article(turn.session.topic)
    if article is None:
        return ask_on(turn, core)
    items = items_of(article, aspect_now(turn.session))
    start = max(0, turn.session.page - (1 if aspect_now(turn.session) is Aspect.CAUSES else 0)) * ITEMS_AT_A_TIME
    read = items[start : start + ITEMS_AT_A_TIME]
    if number is None or not -len(read) <= number < len(read):
        return _no_such_one(turn, core)
    item = read[number]
    if isinstance(item, Differential) and item.topic in core.library.names:
        return answer_on(turn, core, item.topic or "", Aspect.SUMMARY)
    speaker = Speaker(turn, core)
    text = one_item(article, item, speaker.voice)
    return reply_with_answer(
        turn, core, Answer(article.id, aspect_now(turn.session), text, turn.session.page, has_more=False)
    )


def _choose_topic(turn: Turn, core: Core, number: int | None) -> Reply:
    choices = turn.session.choices
    aspect = Aspect(turn.session.choice_aspect or Aspect.CAUSES)
    if number is None or not -len(choices) <= number < len(choices):
        return offer_again(turn, core)
    return answer_on(turn, core, choices[number], aspect)


def offer_again(turn: Turn, core: Core) -> Reply:
    """Neither a name nor a number: ask once more, in other words, with the choice still open."""
    speaker = Speaker(turn, core)
    choices = tuple(topic for topic in turn.session.choices if topic in core.library.names)
    options = speaker.options(choices)
    return Reply(
        text=speaker.say(speaker.prompts.choose_again, options=options),
        session=next_turn(turn.session).updated(
            asked=Asked.CHOICE,
            choices=choices,
            choice_aspect=turn.session.choice_aspect,
            understood=Understood(outcome=Outcome.CHOOSE, choices=choices),
        ),
        reprompt=speaker.say(speaker.prompts.choose_reprompt, options=options),
    )


def _no_such_one(turn: Turn, core: Core) -> Reply:
    speaker = Speaker(turn, core)
    prompt = speaker.say(speaker.prompts.no_number_in_list)
    return ask_openly(turn, core, prompt, speaker.say(speaker.prompts.launch_reprompt))


def _named_choice(turn: Turn) -> str | None:
    """The offered topic that she names, where a choice is open."""
    named = {topic for slot in turn.slots for topic in slot.ids}
    return next((topic for topic in turn.session.choices if topic in named), None)


def _aspect(turn: Turn, core: Core, otherwise: str | None = None) -> Aspect:
    """What the intent stands for, else what her words ask for; a bare complaint is answered with its causes."""
    if turn.aspect is not None:
        return Aspect(turn.aspect)
    return core.aspect_of(turn.text) or Aspect(otherwise or Aspect.CAUSES)


def _not_found(turn: Turn, core: Core, resolution: NotFound) -> Reply:
    if turn.session.sign is not None and resolution.reason in {"far", "unwritten"}:
        return reply_still_get_care(turn, core)
    speaker = Speaker(turn, core)
    reply = ask_openly(
        turn,
        core,
        speaker.say(speaker.prompts.unknown),
        speaker.say(speaker.prompts.unknown_reprompt, options=speaker.suggestions()),
        Understood(outcome=Outcome.UNKNOWN),
    )
    misses = min(turn.session.misses + 1, 1000)
    return Reply(reply.text, reply.session.updated(misses=misses), reply.reprompt, reply.elicit)
