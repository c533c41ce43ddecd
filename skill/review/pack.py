"""The review pack: one HTML file that a clinician can read, print and mark: every spoken sentence of each article, its
sources and urgent signs, and what changed since it was signed last.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import Environment, PackageLoader, select_autoescape

from skill.answers import answer, pages
from skill.errors import InputInvalid
from skill.library.article import Article, Aspect
from skill.library.content import Content
from skill.library.locales import LOCALES, Voice
from skill.library.signs import UrgentSign
from skill.library.texts import spoken_texts_of_article, spoken_texts_of_sign
from skill.review.sign import signed_texts, state

_ASPECTS = {
    Aspect.SUMMARY: "What is it?",
    Aspect.CAUSES: "Why does it happen?",
    Aspect.IS_IT_NORMAL: "Is it normal?",
    Aspect.DIFFERENTIALS: "What else could it be?",
    Aspect.TESTS: "How is it checked?",
    Aspect.RELIEF: "What helps?",
    Aspect.WHEN_TO_CALL: "When should I call?",
}
_SECOND_LOCALE = "en-GB"
"""Beside the first locale: the two differ most in whom to call and in spelling."""


@dataclass(frozen=True)
class Change:
    """A stretch of words: kept, added since the last signature, or removed."""

    kind: str
    words: str


@dataclass(frozen=True)
class Sentence:
    """One text of an article, as said in two locales, with what changed in the first."""

    key: str
    text: str
    elsewhere: str
    changes: Sequence[Change]


@dataclass(frozen=True)
class Entry:
    """One article of the pack."""

    article: Article
    name: str
    state: str
    sentences: Sequence[Sentence]
    replies: Sequence[tuple[str, str]]
    signs: Sequence[tuple[UrgentSign, Sequence[str]]]
    signed_before: bool


def word_diff(before: str, after: str) -> tuple[Change, ...]:
    """What became of a text, word by word."""
    old, new = before.split(), after.split()
    changes: list[Change] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            changes.append(Change("kept", " ".join(new[c:d])))
            continue
        if a != b:
            changes.append(Change("removed", " ".join(old[a:b])))
        if c != d:
            changes.append(Change("added", " ".join(new[c:d])))
    return tuple(changes)


def write_pack(root: Path, content: Content, topics: Sequence[str], today: date) -> str:
    """The pack as HTML, for these topics or, where none is named, for all. Raises InputInvalid for an unknown topic."""
    unknown = [topic for topic in topics if topic not in content.articles]
    if unknown:
        raise InputInvalid(f"There is no article {', '.join(unknown)}: `bump-guide review status` lists them.")
    chosen = topics or list(content.articles)
    page = Environment(
        loader=PackageLoader("skill.review"), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
    ).get_template("pack.html")
    entries = [_entry(root, content, content.articles[topic]) for topic in chosen]
    return page.render(entries=entries, locales=(LOCALES[0], _SECOND_LOCALE), today=today)


def _entry(root: Path, content: Content, article: Article) -> Entry:
    here, there = content.voice(LOCALES[0]), content.voice(_SECOND_LOCALE)
    before = signed_texts(root, content.language, article.id)
    return Entry(
        article=article,
        name=here(article.name),
        state=state(article, content),
        sentences=[_sentence(key, here(text), there(text), before) for key, text in spoken_texts_of_article(article)],
        replies=list(_replies(article, content, here)),
        signs=[(content.signs[sign], _said_of_sign(content.signs[sign], here)) for sign in article.urgent_signs],
        signed_before=bool(before),
    )


def _sentence(key: str, text: str, elsewhere: str, before: Mapping[str, str]) -> Sentence:
    changes = word_diff(before.get(key, ""), text) if before and before.get(key) != text else ()
    return Sentence(key, text, elsewhere if elsewhere != text else "", changes)


def _replies(article: Article, content: Content, voice: Voice) -> Iterator[tuple[str, str]]:
    """The answers as they are heard, put together."""
    for aspect, question in _ASPECTS.items():
        for page in range(pages(article, aspect)):
            yield (question if page == 0 else "“more”"), answer(article, aspect, voice, content.said, page=page).text
    if article.after_birth is not None:
        yield (
            "Why does it happen, after the birth?",
            answer(article, Aspect.CAUSES, voice, content.said, after_birth=True).text,
        )


def _said_of_sign(sign: UrgentSign, voice: Voice) -> list[str]:
    return [voice(text) for _, text in spoken_texts_of_sign(sign)]
