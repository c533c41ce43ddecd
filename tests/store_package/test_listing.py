"""The store page of each locale: within the store's limits, with what Amazon asks of a skill on health."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from conftest import CONTENT

from skill.library.content import Content
from skill.library.listing import Listing
from skill.library.locales import LOCALES
from skill.library.store import Library
from skill.settings import Settings
from skill.store_package.listing import Page, page_faults, pages, sentence_of

SETTINGS = Settings(content=CONTENT)
FOREIGN = {"en-US": ("999", "000", "112"), "en-GB": ("911", "000"), "en-CA": ("999", "000"), "en-AU": ("911", "999"),
           "en-IN": ("911", "999")}  # fmt: skip


@pytest.fixture
def listed(content: Content) -> dict[str, Page]:
    found, faults = pages(content, SETTINGS)
    assert faults == []
    return dict(found)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_page_names_the_locales_own_help_and_nobody_elses(
    locale: str, listed: dict[str, Page], content: Content
) -> None:
    contacts = content.contacts[locale]
    description = listed[locale].description
    assert f"call your local emergency number, which is {contacts.lines.emergency.spoken} in {contacts.country}" in (
        description
    )
    assert f"ask {contacts.care_words.provider}" in description
    assert not [number for number in FOREIGN[locale] if number in description]


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_is_left_to_be_filled_in(locale: str, listed: dict[str, Page]) -> None:
    page = listed[locale]
    for text in (page.name, page.summary, page.description, *page.example_phrases, *page.keywords,
                 page.testing_instructions):  # fmt: skip
        assert "{" not in text
        assert "}" not in text


def test_the_page_says_that_nobody_has_reviewed_the_texts_while_that_is_so(
    listed: dict[str, Page], library: Library
) -> None:
    if not library.unreviewed:
        pytest.skip("every article is signed: say so on the page")
    assert all("no clinician has reviewed our wording yet" in page.description for page in listed.values())


def test_another_name_is_used_everywhere(content: Content) -> None:
    found, faults = pages(content, replace(SETTINGS, skill_name="Bump Friend", invocation_name="bump friend"))
    assert faults == []
    for page in found.values():
        assert "ump Guide" not in page.description + page.summary + page.testing_instructions
        assert "bump guide" not in " ".join((page.description, page.testing_instructions, *page.example_phrases))


BREAKAGES = {
    "a summary too long": ({"summary": "a" * 161}, "summary"),
    "a summary that promises": ({"summary": "Diagnoses your symptoms."}, "summary"),
    "too many keywords": ({"keywords": tuple(f"word {n}" for n in range(31))}, "keywords"),
    "too many phrases": ({"example_phrases": ("Alexa, ask bump guide a",) * 4}, "example_phrases"),
    "a first phrase that only opens": ({"example_phrases": ("Alexa, open bump guide",)}, "example_phrases.0"),
    "a first phrase for another skill": ({"example_phrases": ("Alexa, ask bump buddy a",)}, "example_phrases.0"),
}


@pytest.mark.parametrize("name", BREAKAGES)
def test_a_page_that_breaks_a_rule_is_named(name: str, listed: dict[str, Page]) -> None:
    change, key = BREAKAGES[name]
    (fault,) = page_faults(replace(listed["en-US"], **change), "bump guide", "911", "en/listing.yaml")  # type: ignore[arg-type]
    assert fault.key == key


@pytest.mark.parametrize(
    "words",
    [
        "for general information and education only",
        "It is not medical advice",
        "no replacement for professional medical advice, diagnosis or treatment",
        "call your local emergency number",
        "911",
        "bump guide",
    ],
)
def test_a_description_without_its_disclaimers_is_refused(words: str, listed: dict[str, Page]) -> None:
    page = replace(listed["en-US"], description=listed["en-US"].description.replace(words, "…"))
    faults = list(page_faults(page, "bump guide", "911", "en/listing.yaml"))
    assert faults
    assert {fault.key for fault in faults} == {"description"}


def test_a_description_too_long_and_a_stranger_among_the_placeholders_are_named(content: Content) -> None:
    long = (*content.listing.description, "a" * 4000)
    _, (fault,) = pages(replace(content, listing=_changed(content, description=long)), SETTINGS)
    assert (fault.key, fault.file) == ("description", "en/listing.yaml")
    _, (fault,) = pages(replace(content, listing=_changed(content, summary="For {nobody}.")), SETTINGS)
    assert "{nobody}" in fault.problem


def _changed(content: Content, **change: Any) -> Listing:
    return content.listing.updated(**change)


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        ("Alexa, ask bump guide about heartburn", "heartburn"),
        ("Alexa, ask bump guide what helps heartburn", "what helps heartburn"),
        ("What helps heartburn", "What helps heartburn"),
        ("Alexa, open bump guide", None),
        ("Alexa, ask bump guide about", None),
        ("Alexa, ask other guide about heartburn", None),
        ("Siri, ask bump guide about heartburn", None),
        ("Alexa, what helps heartburn", None),
        ("", ""),
    ],
)
def test_what_is_left_of_a_phrase_is_what_the_model_has_to_take(phrase: str, sentence: str | None) -> None:
    assert sentence_of(phrase, "bump guide") == sentence
