"""One content file: an article, typed and frozen. The JSON Schema for editors is written from these classes.

Every text is a template: `{labor}` stands for the word of the listener's locale (content/<language>/words.yaml),
`{provider}`, `{unit}`, `{hospital}` and `{emergency_number}` for the people and numbers of her country
(care-contacts.yaml). Word limits are those of the design, "What is said"; a spoken word is what white space separates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal

from skill.library.frozen import Frozen

if TYPE_CHECKING:
    from pydantic import Field

    from skill.library.kinds import Address, Id, Sentence, Short, Text, at_most

TOPIC_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Aspect(StrEnum):
    """Which part of an article is meant. The first seven are read from an article, the rest are about the skill."""

    SUMMARY = "summary"
    CAUSES = "causes"
    DIFFERENTIALS = "differentials"
    TESTS = "tests"
    RELIEF = "relief"
    WHEN_TO_CALL = "when_to_call"
    IS_IT_NORMAL = "is_it_normal"
    SOURCE = "source"
    TOPIC_LIST = "topic_list"
    HELP = "help"


ReadAspect = Literal["summary", "causes", "differentials", "tests", "relief", "when_to_call", "is_it_normal"]
"""The aspects that are read from an article."""


def count_words(text: str) -> int:
    """Spoken words: what white space separates."""
    return len(text.split())


class Source(Frozen):
    """Where facts come from."""

    publisher: Annotated[Text, Field(description="Who published it, said as a voice can say it.")]
    title: Text
    url: Annotated[Address, Field(description="The page itself; never spoken, shown on cards and in review packs.")]


class Item(Frozen):
    """A cause, a check or a tip: said in short inside a list, or in full."""

    short: Annotated[Short, Field(description="Up to six words, a bare phrase that can stand in a list.")]
    text: Annotated[Sentence, at_most(25), Field(description="One whole sentence of up to 25 words.")]


class Differential(Item):
    """Something else it could be."""

    topic: Annotated[Id | None, Field(description="The id of its own article, where the catalog has one.")] = None
    sign: Annotated[Id | None, Field(description="The urgent sign it belongs to, where it has no article.")] = None
    mild: Annotated[bool, Field(description="Stands without article or sign because it is not serious.")] = False


class Openings(Frozen):
    """How this article begins its lists, so that a hundred articles do not sound like one template."""

    causes: Annotated[
        Text, at_most(10), Field(description="Goes before the short causes: 'Back pain usually comes from'.")
    ]
    differentials: Annotated[
        Text, at_most(8), Field(description="Goes before the short differentials: 'It can also be'.")
    ]


class WhenToCall(Frozen):
    """Whom to call, and how fast. The levels are those of urgent-signs: emergency, urgent (now or today), routine."""

    warning: Annotated[
        Text,
        at_most(26),
        Field(description="One or two sentences that close every answer: urgent and emergency in brief."),
    ]
    emergency: Annotated[Sentence, at_most(25)]
    urgent: Annotated[Sentence, at_most(25)]
    routine: Annotated[Sentence, at_most(25)]


class Review(Frozen):
    """Whether a named person has signed this text. Nobody clinical has: every article starts `unreviewed`."""

    status: Literal["unreviewed", "reviewed"]
    by: Text | None = None
    on: date | None = None
    due: date | None = None
    text: Annotated[
        str | None,
        Field(pattern="^[0-9a-f]{64}$", description="Digest of every spoken sentence as it was signed; never by hand."),
    ] = None


class Article(Frozen):
    """One topic of the library."""

    id: Annotated[Id, Field(description="The permanent id: file name, slot value id, key in every report.")]
    name: Annotated[Text, at_most(6), Field(description="As a person says it in the middle of a sentence.")]
    lay_names: Annotated[
        tuple[Text, ...], Field(min_length=10, description="Other names people use for it, as spoken.")
    ]
    stage: Annotated[
        Literal["pregnancy", "after-birth", "both"],
        Field(description="When it concerns her; never used to stay silent."),
    ]
    tone: Annotated[Literal["ordinary", "loss"], Field(description="loss: no rating, no 'your baby', no cheer.")] = (
        "ordinary"
    )
    summary: Annotated[Text, at_most(45), Field(description="What it is, in one to three whole sentences.")]
    is_it_normal: Annotated[
        Text, at_most(48), Field(description="When it is usual and when not; read after the warning, never before it.")
    ]
    after_birth: Annotated[
        Text | None,
        at_most(32),
        Field(description="Topics of stage `both`: what usually causes it once the baby is born, and what differs."),
    ] = None
    openings: Openings
    causes: Annotated[tuple[Item, ...], Field(min_length=3, max_length=6)]
    differentials: Annotated[tuple[Differential, ...], Field(min_length=2, max_length=6)]
    checks: Annotated[tuple[Item, ...], Field(min_length=2, max_length=6)]
    relief: Annotated[tuple[Item, ...], Field(min_length=2, max_length=6)]
    when_to_call: WhenToCall
    urgent_signs: Annotated[tuple[Id, ...], Field(description="Ids in urgent-signs/ that this article must name.")]
    sources: Annotated[tuple[Source, ...], Field(min_length=2)]
    review: Review


class HeardPhrases(Frozen):
    """phrases-heard/<topic id>.yaml: whole phrases and questions as people describe it."""

    topic: Id
    phrases: Annotated[
        tuple[Text, ...], Field(min_length=15, description="As a recogniser hands them over; 40 to 80 are wanted.")
    ]
    asks: Annotated[
        dict[ReadAspect, tuple[Text, ...]],
        Field(description="Whole questions and complaints by the part of the article that they ask for."),
    ] = field(default_factory=dict)
    states: Annotated[
        dict[Id, tuple[Text, ...]] | None,
        Field(description="Of a topic with urgent lines: sign → those lines above that state it. Others do not."),
    ] = None
    may_state: Annotated[
        tuple[Text, ...], Field(description="Lines above of which a careful reader can't tell whether they state one.")
    ] = ()

    @property
    def lines(self) -> Iterator[str]:
        """All of them."""
        yield from self.phrases
        for questions in self.asks.values():
            yield from questions
