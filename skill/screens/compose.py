"""Reply → Screen. The spoken text is taken apart into what stands where; nothing is added to it and nothing dropped.

What is not recognised as a part stays text, so a reply that is put together in another way is still shown whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from skill.answers import others, pages, publishers, read_items, review_state
from skill.library.article import Article, Aspect
from skill.library.locales import Voice
from skill.library.store import Library
from skill.screens.screen import Button, Kind, Page, Row, Screen, Verb
from skill.screens.urgent import is_hushed, show_hushed, show_urgent
from skill.turn import Asked, Outcome, Reply, Session

_READ = frozenset(Aspect) - {Aspect.SOURCE, Aspect.TOPIC_LIST, Aspect.HELP}
"""Aspects that are read from an article."""


def compose(reply: Reply, library: Library, voice: Voice) -> Screen:
    """What is shown with a reply, in the listener's locale. After violence, self-harm or psychosis nothing that names
    it: a screen is overlooked as speech is overheard.
    """
    reply = replace(reply, text=reply.plain)
    session = reply.session
    sign = library.signs.get(session.sign or "")
    if sign is not None and not reply.ends and is_hushed(session, sign):
        return show_hushed(session, sign, library.said, voice)
    text, question = split_question(reply.text)
    text, disclaimer = split_disclaimer(text, library, voice)
    if sign is not None and session.understood.outcome is Outcome.URGENT:
        return show_urgent(session, sign, library, voice, (text, disclaimer, question))
    article = library.article(session.understood.topic or "")
    if article is not None and session.understood.outcome is Outcome.ANSWER:
        return _answer(session, article, library, voice, (text, disclaimer, question))
    return _prompt(reply, library, voice)


def split_question(text: str) -> tuple[str, str]:
    """The text, and the question at its end, if it ends with one."""
    *_, last = re.split(r"(?<=[.?!]) ", text)
    return (text.removesuffix(last).strip(), last) if last.endswith("?") else (text, "")


def split_disclaimer(text: str, library: Library, voice: Voice) -> tuple[str, str]:
    """The text without its disclaimer, and the disclaimer, if it has one."""
    said = library.said
    known = [voice(words) for words in (*said.disclaimer_full, *said.disclaimer_short)]
    found = next((words for words in known if words in text), "")
    return _without(text, found), found


def _answer(session: Session, article: Article, library: Library, voice: Voice, parts: tuple[str, str, str]) -> Page:
    text, disclaimer, question = parts
    aspect = _aspect(session)
    warning = voice(article.when_to_call.warning)
    if text == warning or warning not in text:
        warning = ""
    warning_first = bool(warning) and text.startswith(warning)
    text, rows, rest = _split_rows(_without(text, warning), session, article, aspect, voice)
    return Page(
        kind=Kind.LIST if rows and (session.page or aspect is not Aspect.CAUSES) else Kind.ANSWER,
        title=_capital(voice(article.name)),
        text=text,
        rows=rows,
        rest=rest,
        warning_title=library.shown.when_to_call if warning else "",
        warning=warning,
        warning_first=warning_first,
        disclaimer=disclaimer,
        source=f"{' · '.join(publishers(article.sources))}. {review_state(article, voice, library.said)}",
        question=question,
        buttons=tuple(_buttons(session, article, aspect, library)),
    )


def _aspect(session: Session) -> Aspect:
    return next((aspect for aspect in _READ if aspect == session.understood.aspect), Aspect.SUMMARY)


def _split_rows(
    text: str, session: Session, article: Article, aspect: Aspect, voice: Voice
) -> tuple[str, tuple[Row, ...], str]:
    """The text before the items that are read, the items, the text after them."""
    in_short = voice(others(article))
    if aspect is Aspect.CAUSES and in_short in text:
        before, after = text.split(in_short, 1)
        opening = voice(article.openings.differentials)
        rows = _touchable(voice(item.short) for item in read_items(article, Aspect.DIFFERENTIALS, 0))
        return f"{before.strip()}\n{opening}", rows, after.strip()
    items = [voice(words) for words in _read(article, aspect, session.page)]
    if not items or " ".join(items) not in text:
        return text, (), ""
    before, after = text.split(" ".join(items), 1)
    rows = _touchable(items) if aspect is Aspect.DIFFERENTIALS else tuple(Row(words) for words in items)
    return before.strip(), rows, after.strip()


def _read(article: Article, aspect: Aspect, page: int) -> list[str]:
    if aspect is Aspect.WHEN_TO_CALL:
        call = article.when_to_call
        return [call.emergency, call.urgent, call.routine]
    return [item.text for item in read_items(article, aspect, page)]


def _touchable(texts: Iterable[str]) -> tuple[Row, ...]:
    """Items that can be opened by their number, as by "the second one"."""
    return tuple(Row(_capital(text), (Verb.OPEN, number)) for number, text in enumerate(texts, start=1))


def _buttons(session: Session, article: Article, aspect: Aspect, library: Library) -> Iterable[Button]:
    shown = library.shown
    if session.asked is Asked.RATING:
        yield Button(shown.helpful_yes, (Verb.HELPFUL, "yes"))
        yield Button(shown.helpful_no, (Verb.HELPFUL, "no"))
    if session.page + 1 < pages(article, aspect):
        yield Button(shown.more, (Verb.MORE,))


def _prompt(reply: Reply, library: Library, voice: Voice) -> Page:
    """A choice, the topics, help, and everything else that is short: all of it stands together."""
    session = reply.session
    topics = Button(library.shown.topics, (Verb.TOPICS,))
    if session.asked is Asked.CHOICE:
        return Page(Kind.CHOICE, text=reply.text, rows=_topic_rows(session.choices, library, voice))
    if session.understood.aspect == Aspect.TOPIC_LIST:
        rows = _topic_rows(session.listed, library, voice) if session.group else _group_rows(session, library, voice)
        more = (Button(library.shown.more, (Verb.MORE,)),) if rows else ()
        return Page(Kind.TOPICS, text=reply.text, rows=rows, buttons=more)
    if session.understood.aspect == Aspect.HELP:
        return Page(Kind.HELP, text=reply.text, buttons=(topics,))
    return Page(Kind.PROMPT, text=reply.text, buttons=(topics,) if session.asked is Asked.OPEN else ())


def _topic_rows(topics: Iterable[str], library: Library, voice: Voice) -> tuple[Row, ...]:
    names = library.names
    return tuple(Row(_capital(voice(names[topic])), (Verb.CHOOSE, topic)) for topic in topics if topic in names)


def _group_rows(session: Session, library: Library, voice: Voice) -> tuple[Row, ...]:
    """Groups can be opened by their number, as by "the second group"."""
    groups = {group.id: voice(group.name) for group in library.groups}
    return _touchable(groups[listed] for listed in session.listed if listed in groups)


def _without(text: str, part: str) -> str:
    return " ".join(text.replace(part, " ", 1).split()) if part else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
