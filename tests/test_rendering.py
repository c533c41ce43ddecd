"""Every article in every locale, aspect, page and variant: no word of another locale, nothing unfilled, nothing too
long, valid SSML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from skill.alexa.speech import to_ssml
from skill.answers import answer, pages
from skill.check import ANSWER_WORDS, ASPECTS
from skill.library.article import count_words
from skill.library.content import Content
from skill.library.locales import LOCALES
from skill.library.rules import SHARED_FORMS
from skill.library.store import Library

SAID_EVERYWHERE = frozenset({"doctor"})
"""Some locale's care word, and an ordinary word in all of them."""
VARIANTS = range(2)
"""The prompts inside an answer have two variants at most; a test holds that."""


def words_of_elsewhere(content: Content, locale: str) -> set[str]:
    """What only the other locales say: spellings, words, people and places, emergency numbers."""
    here: set[str] = set()
    elsewhere: set[str] = set()
    for by_locale in (*content.words.spelling.values(), *content.words.choice.values()):
        here.add(by_locale[locale].lower())
        elsewhere.update(word.lower() for word in by_locale.values())
    for other in LOCALES:
        care = content.contacts[other].care_words
        names = {name.removeprefix("your ").lower() for name in (care.provider, care.unit, care.hospital)}
        names |= {content.voice(other).emergency_number.lower()}
        (here if other == locale else elsewhere).update(names)
    return elsewhere - here - SHARED_FORMS - SAID_EVERYWHERE - {word for word in elsewhere if _inside(word, here)}


def _inside(word: str, here: set[str]) -> bool:
    return any(re.search(rf"\b{re.escape(word)}\b", known) for known in here)


def renderings(library: Library, locale: str) -> Iterator[tuple[str, str]]:
    voice = library.voice(locale)
    for topic in library.names:
        article = library.article(topic)
        assert article is not None
        for aspect in ASPECTS:
            for page in range(pages(article, aspect)):
                for number in VARIANTS:
                    for after_birth in {False, article.after_birth is not None}:
                        said = answer(
                            article, aspect, voice, library.said, turn=number, page=page, after_birth=after_birth
                        )
                        yield f"{topic} {aspect} page {page} variant {number}", said.text


def test_the_prompts_inside_an_answer_have_no_more_variants(library: Library) -> None:
    said = library.said
    inside = (said.more_hint, said.list_causes, said.list_differentials, said.list_tests, said.list_relief)
    assert max(len(variants) for variants in inside) == len(VARIANTS)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_answer_can_be_said_there(locale: str, library: Library, content: Content) -> None:
    voice = library.voice(locale)
    strangers = sorted(words_of_elsewhere(content, locale), key=len, reverse=True)
    foreign = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, strangers))})(?!\w)", re.IGNORECASE)
    wrong = []
    for where, text in renderings(library, locale):
        if match := foreign.search(text):
            wrong.append(f"{where}: {match.group()!r} is not said in {locale}: {text}")
        if "{" in text or "}" in text:
            wrong.append(f"{where}: unfilled: {text}")
        if count_words(text) > ANSWER_WORDS:
            wrong.append(f"{where}: {count_words(text)} words: {text}")
        ElementTree.fromstring(f"<speak>{to_ssml(text, voice.numbers, voice.pronunciation)}</speak>")  # noqa: S314
    assert wrong == []


def test_a_locale_without_contacts_hears_words_and_no_number(library: Library) -> None:
    voice = library.voice("en-NZ")
    assert voice("Call {emergency_number} now.") == "Call the emergency number now."
    assert voice.numbers == ()
