"""More, again, shorter, slower, back: about what was said last, without naming it."""

from __future__ import annotations

from dataclasses import replace

from skill.answers import LISTS, items_of, one_item, pages
from skill.dialogue import groups
from skill.dialogue.answering import answer_on, compose, reply_withheld
from skill.dialogue.choices import chose_none, offer_again, offer_in_short
from skill.dialogue.core import Core, Speaker
from skill.dialogue.get_care import reply_rest, reply_still_get_care
from skill.dialogue.questions import ask_on
from skill.dialogue.replies import (
    ask_anything_else,
    ask_openly,
    ask_whats_happening,
    aspect_now,
    keep_to_repeat,
    reply_again,
)
from skill.library.article import Aspect, count_words
from skill.turn import Asked, Outcome, Reply, Turn


def more(turn: Turn, core: Core) -> Reply:
    """The next three of a list or of the groups, the rest of an urgent reply, or the end of it."""
    if turn.session.understood.outcome is Outcome.URGENT:
        return reply_rest(turn, core)
    if groups.is_listing(turn.session):
        return groups.more(turn, core)
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
    session = turn.session
    if session.asked is Asked.CHOICE:
        return offer_again(turn, core)
    if session.understood.outcome is Outcome.URGENT:
        return reply_still_get_care(turn, core, whole=True)
    if session.topic in core.withheld():
        return reply_withheld(turn, core, session.topic or "")
    if not session.said:
        speaker = Speaker(turn, core)
        return ask_whats_happening(turn, core, speaker.say(speaker.prompts.nothing_to_repeat))
    if session.said_openly:
        return _prompt_again(turn, core)
    return reply_again(turn, core, session.said, understood=session.said_as)


def _prompt_again(turn: Turn, core: Core) -> Reply:
    """An open prompt in the same words, and what could be picked from it can be picked still."""
    session, speaker = turn.session, Speaker(turn, core)
    reply = ask_openly(turn, core, session.said, speaker.say(speaker.prompts.help_reprompt), session.said_as)
    return replace(reply, session=reply.session.updated(listed=session.listed))


def slower(turn: Turn, core: Core) -> Reply:
    """The same words, spoken more slowly."""
    return replace(repeat(turn, core), slow=True)


def shorter(turn: Turn, core: Core) -> Reply:
    """Fewer words than before, each time; what matters most, the emergencies, stays longest."""
    session = turn.session
    if session.asked is Asked.CHOICE:
        return offer_in_short(turn, core)
    if session.understood.outcome is Outcome.URGENT:
        return reply_still_get_care(turn, core)
    if core.article(session.topic) is None:
        return repeat(turn, core)
    before = count_words(session.said) if session.said and not session.said_openly else 1000
    text = next((text for text in _shorter_and_shorter(turn, core) if count_words(text) < before), None)
    if text is None:
        speaker = Speaker(turn, core)
        return ask_anything_else(turn, core, speaker.say(speaker.prompts.shortest))
    reply = reply_again(turn, core, text)
    return replace(reply, session=keep_to_repeat(reply.session, text))


def _shorter_and_shorter(turn: Turn, core: Core) -> list[str]:
    """The last answer in fewer and fewer words: its beginning with the warning, the warning, the emergencies."""
    article = core.article(turn.session.topic)
    if article is None:
        return []
    speaker, aspect = Speaker(turn, core), aspect_now(turn.session)
    warning = speaker.voice(article.when_to_call.warning)
    emergencies = _first_sentence(warning)
    if aspect in LISTS:
        begins = one_item(article, items_of(article, aspect)[0], speaker.voice)
    else:
        first = _first_sentence(compose(turn, core, article, aspect).text)
        begins = warning if first in warning else f"{first} {warning}"
    return [begins, warning, emergencies]


def _first_sentence(text: str) -> str:
    return text.split(". ", maxsplit=1)[0].rstrip(".") + "."


def go_back(turn: Turn, core: Core) -> Reply:
    """The answer before this one; said again, the one before that."""
    known = [(topic, aspect) for topic, aspect in turn.session.back if topic in core.library.names]
    if not known:
        speaker = Speaker(turn, core)
        return ask_whats_happening(turn, core, speaker.say(speaker.prompts.nothing_to_go_back_to))
    topic, aspect = known[-1]
    reply = answer_on(turn, core, topic, Aspect(aspect))
    return replace(reply, session=reply.session.updated(back=tuple(known[:-1])))


def something_else(turn: Turn, core: Core) -> Reply:
    """Another topic: of an open choice none was meant, else simply a new question."""
    if turn.session.choices:
        return chose_none(turn, core)
    speaker = Speaker(turn, core)
    return ask_whats_happening(turn, core, speaker.say(speaker.prompts.something_else))


def not_mine(turn: Turn, core: Core) -> Reply:
    """ "That's not what i asked": told in her own words then."""
    speaker = Speaker(turn, core)
    return ask_whats_happening(turn, core, speaker.say(speaker.prompts.not_mine))
