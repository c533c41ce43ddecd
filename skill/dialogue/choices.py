"""A choice between two or three topics: offered, answered by name, number, both or neither, and closed after two
answers that chose nothing.
"""

from __future__ import annotations

from dataclasses import replace

from skill.dialogue.answering import answer_on
from skill.dialogue.core import Core, Speaker
from skill.dialogue.lists import BOTH, ORDINALS, OTHER, answer_in_turn
from skill.dialogue.misses import did_not_catch, with_emergency_named
from skill.dialogue.picking import picked
from skill.dialogue.replies import ask_whats_happening, next_turn, parts
from skill.library.article import Aspect
from skill.library.phrases import Variants
from skill.text import comparable
from skill.turn import WHOLE, Asked, Outcome, Reply, Turn, Understood

_MOST_MISSES = 2


def offer(turn: Turn, core: Core, topics: tuple[str, ...], aspect: Aspect) -> Reply:
    """Not sure between two or three topics: ask which. The same ones again are asked in other words."""
    if turn.session.choices == topics:
        return not_chosen(turn, core)
    turn = replace(turn, session=turn.session.updated(choice_misses=0))
    return _ask_which(turn, core, core.library.said.choose, topics, aspect.value)


def offer_again(turn: Turn, core: Core) -> Reply:
    """The open choice once more, because she asked for it."""
    return _ask_which(turn, core, core.library.said.choose_again, turn.session.choices, turn.session.choice_aspect)


def offer_after_wait(turn: Turn, core: Core) -> Reply:
    """The same without haste."""
    return _ask_which(turn, core, core.library.said.wait_in_choice, turn.session.choices, turn.session.choice_aspect)


def offer_in_short(turn: Turn, core: Core) -> Reply:
    """The same in as few words as can be."""
    reply = _ask_which(turn, core, core.library.said.choose_short, turn.session.choices, turn.session.choice_aspect)
    return replace(reply, text=reply.text[:1].upper() + reply.text[1:])


def not_chosen(turn: Turn, core: Core, *, noise: bool = False) -> Reply:
    """Neither a name nor a number: once in other words; then the choice is closed and she is asked to tell more."""
    misses = turn.session.choice_misses + 1
    speaker = Speaker(turn, core)
    if misses >= _MOST_MISSES:
        return ask_whats_happening(turn, core, speaker.say(speaker.prompts.choice_closed))
    prompts = speaker.prompts.choose_after_noise if noise else speaker.prompts.choose_again
    reply = _ask_which(turn, core, prompts, turn.session.choices, turn.session.choice_aspect)
    session = reply.session.updated(choice_misses=misses)
    if not noise:
        return replace(reply, session=session)
    return replace(reply, text=parts(did_not_catch(turn, core), reply.text), session=with_emergency_named(session))


def chose_none(turn: Turn, core: Core) -> Reply:
    """ "Neither": what is it, then?"""
    speaker = Speaker(turn, core)
    return ask_whats_happening(turn, core, speaker.say(speaker.prompts.chose_none))


def note_in_choice(turn: Turn, core: Core) -> Reply:
    """Something was told while a choice is open: noted, and which one it is."""
    return _ask_which(turn, core, core.library.said.noted_in_choice, turn.session.choices, turn.session.choice_aspect)


def _ask_which(turn: Turn, core: Core, prompts: Variants, topics: tuple[str, ...], aspect: str | None) -> Reply:
    speaker = Speaker(turn, core)
    options = speaker.options(topics)
    session = next_turn(turn.session).updated(
        asked=Asked.CHOICE,
        choices=topics,
        choice_aspect=aspect,
        choice_misses=turn.session.choice_misses,
        understood=Understood(outcome=Outcome.CHOOSE, choices=topics),
    )
    return Reply(
        text=speaker.say(prompts, options=options),
        session=session,
        reprompt=speaker.say(speaker.prompts.choose_reprompt, options=options),
        elicit=True,
    )


def choose_by_number(turn: Turn, core: Core, which: str) -> Reply:
    """By number, or both, one after the other."""
    choices = turn.session.choices
    aspect = aspect_of_choice(turn)
    if which == BOTH:
        return answer_in_turn(turn, core, tuple((topic, aspect.value, WHOLE) for topic in choices))
    place = 1 if which == OTHER else ORDINALS.get(which, len(choices))
    if not -len(choices) <= place < len(choices):
        return not_chosen(turn, core)
    return answer_chosen(turn, core, choices[place], aspect)


def answer_chosen(turn: Turn, core: Core, topic: str, aspect: Aspect) -> Reply:
    """The answer to the topic that was chosen; those that were not are kept for "no, the other one"."""
    others = tuple(other for other in turn.session.choices if other != topic)
    reply = answer_on(turn, core, topic, aspect)
    return replace(reply, session=reply.session.updated(not_taken=others))


def choose_other(turn: Turn, core: Core) -> Reply | None:
    """ "No, the other one", after one was chosen: it, or which of the others; None where there was no choice."""
    others = turn.session.not_taken
    if not others:
        return None
    aspect = Aspect(turn.session.aspect or Aspect.CAUSES)
    return offer(turn, core, others, aspect) if len(others) > 1 else answer_on(turn, core, others[0], aspect)


def aspect_of_choice(turn: Turn) -> Aspect:
    """What she asked about before she had to choose."""
    return Aspect(turn.session.choice_aspect or Aspect.CAUSES)


def named_choice(turn: Turn, core: Core) -> str | None:
    """The offered topic that she names, in whole or in part, where a choice is open."""
    choices = turn.session.choices
    named = {topic for slot in turn.slots for topic in slot.ids}
    by_id = [topic for topic in choices if topic in named]
    if len(by_id) == 1:
        return by_id[0]
    place = picked(turn.text, [names_of(topic, core) for topic in choices], core.talk.content_words)
    if place is None and points_at(turn):
        described = [[*names_of(topic, core), *_summary(topic, core)] for topic in choices]
        place = picked(turn.text, described, core.talk.content_words)
    return choices[place] if place is not None else None


def points_at(turn: Turn) -> bool:
    """ "The pubic one": points at something that was offered or read."""
    return turn.intent == "ChooseIntent" or comparable(turn.text).endswith(" one")


def _summary(topic: str, core: Core) -> list[str]:
    article = core.article(topic)
    return [article.summary] if article else []


def names_of(topic: str, core: Core) -> list[str]:
    """What a topic is called."""
    article = core.article(topic)
    return [topic.replace("-", " "), core.library.names[topic], *(article.lay_names if article else ())]
