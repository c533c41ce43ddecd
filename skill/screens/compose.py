"""Reply → Screen. The spoken text is taken apart into what stands where; nothing is added to it and nothing dropped,
but that a sentence which only reads out what can be chosen gives way to the rows that show it.

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
from skill.screens.buttons import yes_and_no
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
    *_, last = _sentences(text)
    return (text.removesuffix(last).strip(), last) if last.endswith("?") else (text, "")


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?!]) ", text)


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
    text, rows, rest = _split_rows(_without(text, warning), session, article, aspect, library, voice)
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
    text: str, session: Session, article: Article, aspect: Aspect, library: Library, voice: Voice
) -> tuple[str, tuple[Row, ...], str]:
    """The text before the items that are read, the items, the text after them."""
    in_short = voice(others(article, library.said))
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
    yield from yes_and_no(session, library)
    if session.page + 1 < pages(article, aspect):
        yield Button(library.shown.more, (Verb.MORE,))


def _prompt(reply: Reply, library: Library, voice: Voice) -> Page:
    """A choice, the topics, help, and everything else that is short: all of it stands together."""
    session = reply.session
    topics = (Button(library.shown.topics, (Verb.TOPICS,)),)
    if session.asked is Asked.CHOICE:
        rows = _topic_rows(session.choices, library, voice)
        return Page(Kind.CHOICE, text=_beside_rows(reply.text, rows, library, voice), rows=rows)
    if session.understood.aspect == Aspect.TOPIC_LIST:
        return _topics(reply, library, voice)
    if session.understood.aspect == Aspect.HELP:
        return Page(Kind.HELP, text=reply.text, buttons=topics)
    buttons = topics if session.asked is Asked.OPEN else tuple(yes_and_no(session, library))
    return Page(Kind.PROMPT, text=reply.text, buttons=buttons)


def _topics(reply: Reply, library: Library, voice: Voice) -> Page:
    """Groups, or the topics of one, under its name; more of them can be touched where they are offered."""
    session = reply.session
    group = next((group for group in library.groups if group.id == session.group), None)
    rows = _topic_rows(session.listed, library, voice) if group else _group_rows(session, library, voice)
    offered = any(hint in reply.text for hint in library.said.more_hint)
    return Page(
        Kind.TOPICS,
        title=_capital(voice(group.name)) if group else library.shown.topics,
        text=_beside_rows(reply.text, rows, library, voice),
        rows=rows,
        buttons=(Button(library.shown.more, (Verb.MORE,)),) if offered else (),
    )


def _beside_rows(text: str, rows: tuple[Row, ...], library: Library, voice: Voice) -> str:
    """A prompt without what its rows and buttons show, and at least with its question."""
    if not rows:
        return text
    kept = [
        sentence
        for sentence in _sentences(text)
        if sentence not in library.said.more_hint and not all(row.text.lower() in sentence.lower() for row in rows)
    ]
    asks = bool(kept) and kept[-1].endswith("?")
    return " ".join(kept if asks else (*kept, library.shown.which_one))


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
