"""One article on one aspect, or an honest word about why not."""

from __future__ import annotations

from dataclasses import replace

from skill.answers import Answer, answer
from skill.dialogue.core import Core, Speaker
from skill.dialogue.misses import not_known
from skill.dialogue.replies import Question, anything_else, ask_openly, aspect_now, reply_with_answer
from skill.library.article import Article, Aspect
from skill.stages import is_after_birth
from skill.turn import Asked, Outcome, Reply, Turn, Understood


def answer_on(
    turn: Turn,
    core: Core,
    topic: str,
    aspect: Aspect,
    page: int = 0,
    *,
    lead: str = "",
    question: Question | None = None,
) -> Reply:
    """One article on one aspect; a topic that has no article is not known, a withheld one is not talked about."""
    if topic in core.withheld():
        return reply_withheld(turn, core, topic)
    article = core.article(topic)
    if article is None:
        return not_known(turn, core)
    return reply_with_answer(turn, core, compose(turn, core, article, aspect, page), lead=lead, question=question)


def compose(turn: Turn, core: Core, article: Article, aspect: Aspect, page: int = 0) -> Answer:
    """What the article says on it to her, as far along as she is."""
    speaker = Speaker(turn, core)
    after_birth = is_after_birth(turn.session.stages)
    return answer(
        article,
        aspect,
        speaker.voice,
        speaker.prompts,
        turn=turn.session.turn,
        page=page,
        after_birth=after_birth,
        hurts=speaker.hurts,
    )


def reply_withheld(turn: Turn, core: Core, topic: str) -> Reply:
    """The article is off the air: said so, and whom to ask. What else is happening can still be told."""
    speaker = Speaker(turn, core)
    prompt = speaker.say(speaker.prompts.withheld, name=speaker.name(topic))
    reprompt = speaker.say(speaker.prompts.unknown_reprompt, options=speaker.suggestions())
    reply = ask_openly(turn, core, prompt, reprompt, Understood(outcome=Outcome.UNKNOWN))
    return replace(reply, session=reply.session.updated(topic=topic, aspect=None, said=""))


def reply_not_in_article(turn: Turn, core: Core, article: Article) -> Reply:
    """What no article has, such as how long it lasts: said so, with what there is instead, and when to call."""
    speaker = Speaker(turn, core)
    missing = speaker.say(speaker.prompts.not_in_article, name=speaker.name(article.id))
    said = Answer(
        article.id, Aspect.WHEN_TO_CALL, f"{missing} {speaker.voice(article.when_to_call.warning)}", 0, has_more=False
    )
    question = Question(
        Asked.OPEN, speaker.say(speaker.prompts.which_part), speaker.say(speaker.prompts.which_part_reprompt)
    )
    return reply_with_answer(turn, core, said, question=question)


def reply_not_exactly(turn: Turn, core: Core, article: Article) -> Reply:
    """One thing she names is not in what was read just now: said so in few words, with when to call."""
    speaker = Speaker(turn, core)
    missing = speaker.say(speaker.prompts.not_exactly, name=speaker.name(article.id))
    text = f"{missing} {speaker.voice(article.when_to_call.warning)}"
    said = Answer(article.id, aspect_now(turn.session), text, turn.session.page, has_more=False)
    return reply_with_answer(turn, core, said, question=anything_else(speaker))
