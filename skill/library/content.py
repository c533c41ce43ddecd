"""Everything one language's content folder holds, typed: what the compiler takes in and the checks walk over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from skill.library.after_loss import AfterLoss
from skill.library.article import Article, HeardPhrases
from skill.library.cues import Cues
from skill.library.frozen import Frozen
from skill.library.groups import TopicGroup
from skill.library.interaction import Interaction
from skill.library.listing import Listing
from skill.library.locales import ELSEWHERE, Contacts, Pronunciation, Voice, Words
from skill.library.phrases import Said, Shown
from skill.library.signs import HeardSign, UrgentPatterns, UrgentSign
from skill.library.talk import Talk

if TYPE_CHECKING:
    from pydantic import Field

    from skill.library.kinds import Id, Text


class CatalogEntry(Frozen):
    """One permanent topic id, whether its article is written yet or not."""

    id: Id
    name: Text
    when: Annotated[
        Literal["any", "early", "mid", "late", "labor", "after"],
        Field(description="A hint for authors, never a filter."),
    ]
    scope: Annotated[Text, Field(description="What belongs in this article rather than in a neighbour.")]


class MedicalTerm(Frozen):
    """A term excused from the reading grade."""

    explained_by: Annotated[tuple[Text, ...], Field(min_length=1, description="Words that explain it, one is enough.")]


class Medicines(Frozen):
    """medicines.yaml: which medicines a tip may name, and how."""

    ask_first: tuple[Text, ...]
    usual: Annotated[dict[Text, Text], Field(description="Named without asking first, with the reason.")]


@dataclass(frozen=True)
class Content:
    """One language's content, as read from files that passed their schemas."""

    language: str
    catalog: Mapping[str, CatalogEntry]
    articles: Mapping[str, Article]
    """In the catalog's order, so that everything built from them is the same each time."""
    heard: Mapping[str, HeardPhrases]
    signs: Mapping[str, UrgentSign]
    heard_signs: Mapping[str, HeardSign]
    patterns: UrgentPatterns
    out_of_scope: Mapping[str, tuple[str, ...]]
    """What no article answers, by kind: learned from, never spoken."""
    cues: Cues
    talk: Talk
    after_loss: tuple[AfterLoss, ...]
    """The first that fits is said."""
    groups: tuple[TopicGroup, ...]
    """In the order in which they are named."""
    interaction: Interaction
    words: Words
    contacts: Mapping[str, Contacts]
    pronunciation: Mapping[str, Pronunciation]
    said: Said
    shown: Shown
    medical_terms: Mapping[str, MedicalTerm]
    medicines: Medicines
    listing: Listing
    """What the store shows, never spoken."""

    @property
    def locales(self) -> tuple[str, ...]:
        """The locales that contacts are written for."""
        return tuple(locale for locale in self.contacts if locale != ELSEWHERE)

    def voice(self, locale: str) -> Voice:
        """How `locale` says a text; KeyError for a locale without contacts."""
        return Voice(locale, self.words, self.contacts[locale], self.pronunciation)
