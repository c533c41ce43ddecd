"""More, again, shorter, slower, back: about what was said last, without naming it."""

from __future__ import annotations

from dataclasses import replace

from skill.answers import pages, warning_of
from skill.dialogue import groups
from skill.dialogue.answering import answer_on, reply_withheld
from skill.dialogue.choices import chose_none, offer, offer_again, offer_in_short
from skill.dialogue.commands import help_
from skill.dialogue.core import Core, Speaker
from skill.dialogue.questions import ask_on
from skill.dialogue.replies import (
    ask_anything_else,
    ask_openly,
    ask_whats_happening,
    aspect_now,
    is_listing,
    keep_to_repeat,
    places_left,
    reply_again,
)
from skill.dialogue.still_care import is_just_told, reply_in_short, reply_rest, reply_still_get_care, was_told_last
from skill.library.article import Article, Aspect, count_words
from skill.turn import PAUSE, Asked, Outcome, Reply, Turn

_SHORTER = 2 / 3
"""Of the words that were said, at most so many are left."""


def more(turn: Turn, core: Core) -> Reply:
    """The next three of a list or of the groups, the rest of an urgent reply, or the end of it."""
    session = turn.session
    if session.choices:
        return offer_again(turn, core)
    if was_told_last(session):
        return reply_rest(turn, core)
    if is_listing(session):
        return groups.more(turn, core)
    article = core.article(session.topic)
    return ask_on(turn, core) if article is None else _more_of(turn, core, article)


def _more_of(turn: Turn, core: Core, article: Article) -> Reply:
    session = turn.session
    if session.aspect is None:  # nothing of it was read yet, as after a loss that was told
        return answer_on(turn, core, article.id, Aspect.SUMMARY)
    page, aspect = session.page + 1, aspect_now(session)
    if page < pages(article, aspect):
        return answer_on(turn, core, article.id, aspect, page)
    speaker = Speaker(turn, core)
    return reply_again(turn, core, speaker.say(speaker.prompts.no_more))


def repeat(turn: Turn, core: Core) -> Reply:
    """The same words once more; an open choice is offered again; after an urgent reply, what to do."""
    session = turn.session
    if session.asked is Asked.CHOICE:
        return offer_again(turn, core)
    if was_told_last(session):
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
    reprompt = speaker.say(speaker.prompts.loss_reprompt if session.unrated else speaker.prompts.help_reprompt)
    reply = ask_openly(turn, core, session.said, reprompt, session.said_as)
    return replace(reply, session=reply.session.updated(listed=session.listed))


def slower(turn: Turn, core: Core) -> Reply:
    """The same words, spoken more slowly."""
    return replace(repeat(turn, core), slow=True)


def shorter(turn: Turn, core: Core) -> Reply:
    """Fewer words than before, each time; what matters most, the emergencies, stays longest."""
    session = turn.session
    if session.asked is Asked.CHOICE:
        return offer_in_short(turn, core)
    if was_told_last(session):
        return reply_in_short(turn, core)
    if not session.said:
        return repeat(turn, core)
    if session.said_openly:
        return _prompt_in_short(turn, core)
    most = count_words(session.said) * _SHORTER
    text = next((text for text in _shorter_and_shorter(turn, core) if count_words(text) <= most), None)
    if text is None:
        speaker = Speaker(turn, core)
        return ask_anything_else(turn, core, speaker.say(speaker.prompts.shortest))
    reply = reply_again(turn, core, text)
    return replace(reply, session=keep_to_repeat(reply.session, text))


def _prompt_in_short(turn: Turn, core: Core) -> Reply:
    """An open prompt as its question alone; what could be picked from it can be picked still."""
    session, speaker = turn.session, Speaker(turn, core)
    prompts = speaker.prompts
    if is_listing(session):
        text, reprompt = groups.in_short(turn, core), prompts.group_topics_reprompt
    elif session.unrated:
        text, reprompt = speaker.say(prompts.loss_short), prompts.loss_reprompt
    else:
        text, reprompt = speaker.say(prompts.help_reprompt), prompts.launch_reprompt
    reply = ask_openly(turn, core, text, speaker.say(reprompt), session.said_as)
    kept = reply.session.updated(listed=session.listed, group=session.group, page=session.page)
    return replace(reply, session=kept)


def _shorter_and_shorter(turn: Turn, core: Core) -> list[str]:
    """The last answer in fewer and fewer words: the gist of it with the emergencies, then those alone."""
    article = core.article(turn.session.topic)
    if article is None or turn.session.said_as.outcome is not Outcome.ANSWER:
        return []
    speaker = Speaker(turn, core)
    warning = speaker.voice(warning_of(article, speaker.prompts, hurts=speaker.hurts))
    emergencies, gist = _first_sentence(warning), _gist(turn.session.said, article, speaker)
    told = (warning, speaker.voice(article.when_to_call.emergency))  # the gist may be to call, already
    return [emergencies] if any(gist in call for call in told) else [f"{gist} {emergencies}", emergencies]


def _gist(said: str, article: Article, speaker: Speaker) -> str:
    """The first item of a list that was read, the first cause, or the first sentence."""
    if PAUSE in said:
        return said.split(PAUSE)[1]
    opening = speaker.voice(article.openings.causes)
    if said.startswith(opening):
        return f"{opening} {speaker.voice(article.causes[0].short)}."
    return _first_sentence(said)


def _first_sentence(text: str) -> str:
    return text.split(". ", maxsplit=1)[0].rstrip(".") + "."


def go_back(turn: Turn, core: Core) -> Reply:
    """The answer before this one, where she was in it; said again, the one before that. After something that was no
    answer, such as a source, the answer itself. What was picked from a choice or a list leads back to that.
    """
    session = turn.session
    if session.not_taken and session.topic:
        return offer(turn, core, (session.topic, *session.not_taken), aspect_now(session))
    in_it = session.understood.outcome is Outcome.ANSWER or is_listing(session)
    back = session.back if in_it else places_left(session)
    if not back:
        speaker = Speaker(turn, core)
        return ask_whats_happening(turn, core, speaker.say(speaker.prompts.nothing_to_go_back_to))
    name, aspect, page = back[-1]
    listed = aspect == Aspect.TOPIC_LIST
    reply = groups.open_at(turn, core, name, page) if listed else answer_on(turn, core, name, Aspect(aspect), page)
    return replace(reply, session=reply.session.updated(back=back[:-1]))


def something_else(turn: Turn, core: Core) -> Reply:
    """Another topic: of an open choice none was meant, else simply a new question."""
    session, prompts = turn.session, core.library.said
    if session.choices:
        return chose_none(turn, core)
    if is_just_told(turn, core):
        return ask_whats_happening(turn, core, Speaker(turn, core).say(prompts.something_else_urgent))
    quietly = prompts.something_else_quiet if session.unrated else prompts.something_else
    return ask_whats_happening(turn, core, Speaker(turn, core).say(quietly))


def not_mine(turn: Turn, core: Core) -> Reply:
    """ "That's not what i asked": told in her own words then. An urgent reply is not taken back by it."""
    prompts = core.library.said
    told = prompts.not_mine_urgent if is_just_told(turn, core) else prompts.not_mine
    return ask_whats_happening(turn, core, Speaker(turn, core).say(told))


def not_clear(turn: Turn, core: Core) -> Reply:
    """ "I don't understand": fewer words of an answer; where nothing was answered, how to use this."""
    session = turn.session
    if session.choices or was_told_last(session) or (session.said and not session.said_openly):
        return shorter(turn, core)
    return help_(turn, core)
