"""She asks whether she can take a medicine: nothing is advised and no dose is told, but what else helps is offered."""

from __future__ import annotations

from dataclasses import replace

from skill.dialogue.answering import compose
from skill.dialogue.core import Core, Speaker
from skill.dialogue.replies import ask_openly, go_on_with_topic, next_turn, parts, reply_and_ask, short_disclaimer
from skill.dialogue.still_care import with_action_first
from skill.library.article import Article, Aspect
from skill.text import comparable
from skill.turn import Outcome, Reply, Turn, Understood


def reply_on_medicine(turn: Turn, core: Core, topic: str | None) -> Reply:
    """Whom to ask; then what helps with the topic that it is for, or, where none is known, what it would be for."""
    article = core.article(topic)
    return _what_for(turn, core) if article is None else _offer_what_helps(turn, core, article.id)


def reply_on_stopping(turn: Turn, core: Core) -> Reply | None:
    """Whether she should stop one: not by herself, whichever it is; None to anything else."""
    if not core.talk.asks_to_stop_medicine(turn.text):
        return None
    speaker = Speaker(turn, core)
    said = with_action_first(turn, core, speaker.say(speaker.prompts.medicine_stop))
    text = parts(said, short_disclaimer(turn, speaker))
    return reply_and_ask(turn, core, text, understood=Understood(outcome=Outcome.UNKNOWN))


def says_of_medicine(turn: Turn, core: Core, article: Article) -> bool:
    """Whether what helps speaks of the medicine that she asks about; true where she asks about none."""
    asked = core.talk.asks_about_medicine(turn.text)
    if asked is None:
        return True
    return asked.removesuffix("s") in comparable(compose(turn, core, article, Aspect.RELIEF).text)


def _offer_what_helps(turn: Turn, core: Core, topic: str) -> Reply:
    speaker = Speaker(turn, core)
    question = go_on_with_topic(topic, Aspect.RELIEF, speaker)
    asks = speaker.say(speaker.prompts.medicine_what_helps, name=speaker.name(topic))
    session = next_turn(turn.session).updated(
        asked=question.asked, next_up=question.next_up, understood=Understood(outcome=Outcome.UNKNOWN)
    )
    return Reply(parts(_whom_to_ask(speaker), short_disclaimer(turn, speaker), asks), session, question.reprompt)


def _what_for(turn: Turn, core: Core) -> Reply:
    """What she names next is asked about what helps."""
    speaker = Speaker(turn, core)
    text = parts(_whom_to_ask(speaker), speaker.say(speaker.prompts.medicine_what_for))
    reprompt = speaker.say(speaker.prompts.unknown_reprompt, options=speaker.suggestions())
    reply = ask_openly(turn, core, text, reprompt, Understood(outcome=Outcome.UNKNOWN))
    return replace(reply, session=reply.session.updated(topic=None, aspect=Aspect.RELIEF.value))


def _whom_to_ask(speaker: Speaker) -> str:
    return speaker.say(speaker.prompts.medicine)
