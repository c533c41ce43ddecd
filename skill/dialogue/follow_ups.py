"""More, again, shorter, slower, back: about what was said last, without naming it."""

from __future__ import annotations

from dataclasses import replace

from skill.answers import LISTS, answer, items_of, pages
from skill.dialogue.core import Core, Speaker
from skill.dialogue.get_care import reply_rest, reply_still_get_care
from skill.dialogue.questions import answer_on, ask_on, offer_again, reply_withheld
from skill.dialogue.replies import ask_openly, aspect_now, reply_again
from skill.library.article import Aspect
from skill.stages import is_after_birth
from skill.turn import Asked, Outcome, Reply, Turn


def more(turn: Turn, core: Core) -> Reply:
    """The next three of a list, the rest of an urgent reply, or the end of it."""
    if turn.session.understood.outcome is Outcome.URGENT:
        return reply_rest(turn, core)
    article = core.article(turn.session.topic)
    if article is None:
        return ask_on(turn, core)
    page, aspect = turn.session.page + 1, aspect_now(turn.session)
    if page < pages(article, aspect):
        return answer_on(turn, core, article.id, aspect, page)
    speaker = Speaker(turn, core)
    return reply_again(turn, core, speaker.say(speaker.prompts.no_more))


def repeat(turn: Turn, core: Core) -> Reply:
    """The same words once more; an open choice is offered again; after an urgent reply, what to do."""
    if turn.session.asked is Asked.CHOICE:
        return offer_again(turn, core)
    if turn.session.understood.outcome is Outcome.URGENT:
        return reply_still_get_care(turn, core)
    if turn.session.topic in core.withheld():
        return reply_withheld(turn, core, turn.session.topic or "")
    if not turn.session.said:
        speaker = Speaker(turn, core)
        prompt = speaker.say(speaker.prompts.nothing_to_repeat)
        return ask_openly(turn, core, prompt, speaker.say(speaker.prompts.launch_reprompt))
    return reply_again(turn, core, turn.session.said)


def slower(turn: Turn, core: Core) -> Reply:
    """The same words, spoken more slowly."""
    reply = repeat(turn, core)
    return replace(reply, slow=True)


def shorter(turn: Turn, core: Core) -> Reply:
    """Fewer words: what matters most is when to call."""
    article = core.article(turn.session.topic)
    if article is None or turn.session.understood.outcome is Outcome.URGENT:
        return repeat(turn, core)
    speaker = Speaker(turn, core)
    aspect = aspect_now(turn.session)
    if aspect in LISTS:
        text = speaker.voice(items_of(article, aspect)[0].text)
    else:
        after_birth = is_after_birth(turn.session.stages)
        whole = answer(
            article, aspect, speaker.voice, speaker.prompts, turn=turn.session.turn, after_birth=after_birth
        ).text
        text = whole.split(". ")[0].rstrip(".") + "."
    warning = speaker.voice(article.when_to_call.warning)
    return reply_again(turn, core, warning if text in warning else f"{text} {warning}")


def go_back(turn: Turn, core: Core) -> Reply:
    """The answer before this one; said again, the one before that."""
    known = [(topic, aspect) for topic, aspect in turn.session.back if topic in core.library.names]
    if not known:
        speaker = Speaker(turn, core)
        prompt = speaker.say(speaker.prompts.nothing_to_go_back_to)
        return ask_openly(turn, core, prompt, speaker.say(speaker.prompts.launch_reprompt))
    topic, aspect = known[-1]
    reply = answer_on(turn, core, topic, Aspect(aspect))
    return replace(reply, session=reply.session.updated(back=tuple(known[:-1])))


def something_else(turn: Turn, core: Core) -> Reply:
    """Another topic: of an open choice none was meant, else simply a new question."""
    speaker = Speaker(turn, core)
    prompt = speaker.say(speaker.prompts.something_else)
    return ask_openly(turn, core, prompt, speaker.say(speaker.prompts.launch_reprompt))
