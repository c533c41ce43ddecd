"""Urgent signs: the words that mean "get help now", and what to say first. Typed and frozen.

Facts and levels are carried over from the project's reference list with their sources; no clinician has reviewed
them yet. Three kinds of file, by who edits them: urgent-signs/<id>.yaml (facts and spoken words),
urgent-heard/<id>.yaml (what people say, and what only sounds like it), urgent-patterns.yaml (the rules that listen).
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal

from skill.library.article import Source
from skill.library.frozen import Frozen, written_by_name

if TYPE_CHECKING:
    from pydantic import Field

    from skill.library.kinds import Id, Sentence, Text, at_most

Stage = Literal["any", "pregnant", "before-20", "from-20", "before-37", "from-37", "labor", "after-birth", "newborn"]


@written_by_name
class Level(StrEnum):
    """How fast: emergency = the emergency number or hospital now; urgent = midwife, unit or doctor now or today."""

    EMERGENCY = "emergency"
    URGENT = "urgent"


class Spoken(Frozen):
    """What the skill says when it hears this sign. An emergency reply has 45 words at most, all of it."""

    action: Annotated[
        Sentence,
        Field(description="First thing said: what to do. Emergency: 12 words at most, with the number or hospital."),
    ]
    meanwhile: Annotated[Sentence, at_most(16), Field(description="One thing to do or to say meanwhile.")]
    more: Annotated[
        tuple[Annotated[Sentence, at_most(25)], ...],
        Field(min_length=1, max_length=6, description="The rest, one sentence at a time, when she says 'more'."),
    ]


class UrgentSign(Frozen):
    """One sign that must never be missed."""

    id: Id
    level: Level
    stage: Annotated[tuple[Stage, ...], Field(min_length=1)]
    sign: Annotated[Text, Field(description="The sign itself, for editors.")]
    combined_with: tuple[Text, ...]
    not_this: Annotated[tuple[Text, ...], Field(description="Harmless look-alikes; they never cancel a true sign.")]
    say_first: Annotated[tuple[Text, ...], Field(description="Facts a spoken warning has to convey.")]
    named_by: Annotated[
        tuple[Text, ...],
        Field(
            description="Words, one of which stands in when_to_call of every article that lists this sign; "
            "empty for what is never spoken unasked."
        ),
    ]
    spoken: Spoken
    manner: Annotated[
        Literal["ordinary", "self-harm", "violence", "loss", "psychosis"],
        Field(description="Anything but ordinary: quiet, no rating afterwards; violence: no numbers unasked."),
    ] = "ordinary"
    topics: Annotated[tuple[Id, ...], Field(description="Articles that must list this sign.")]
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    cdc: tuple[int, ...] = ()
    note: Text | None = None
    ungrounded: tuple[Text, ...] = ()

    def is_raised_to(self, level: Level) -> bool:
        """Whether what she said makes an emergency of this same-day sign: its own words would be too slow then."""
        return level is Level.EMERGENCY and self.level is not Level.EMERGENCY


class HeardSign(Frozen):
    """urgent-heard/<sign id>.yaml: what people say when it is this sign, and what only sounds like it."""

    sign: Id
    phrases: Annotated[tuple[Text, ...], Field(min_length=12)]
    look_alikes: Annotated[tuple[Text, ...], Field(min_length=6)]


class Pattern(Frozen):
    """One way of saying a sign: every concept of `all` is there, none of `unless` is, and `stage` is not ruled out."""

    all: Annotated[tuple[Text, ...], Field(min_length=1, description="Names of concepts, all of them affirmed.")]
    unless: Annotated[tuple[Text, ...], Field(description="Names of concepts that make it harmless.")] = ()
    even_if: Annotated[
        tuple[Literal["past", "negated", "general"], ...],
        Field(description="Frames that do not silence this pattern, such as 'negated' for 'not moving'."),
    ] = ()
    within: Annotated[
        int | None,
        Field(ge=1, description="Words the other concepts may be away from the first; left out: any number."),
    ] = None
    stage: Annotated[
        tuple[Stage, ...], Field(description="Narrows or widens the stages of the sign for this pattern.")
    ] = ()
    level: Annotated[Level | None, Field(description="Where this combination raises or lowers the sign's level.")] = (
        None
    )


class Frames(Frozen):
    """The words that say whether a sign is there now. Expressions, as in concepts."""

    clause_starts: Annotated[tuple[Text, ...], Field(description="A new statement begins here; frames end.")]
    negators: Annotated[tuple[Text, ...], Field(description="Deny what follows within four words: no, not, without.")]
    no_denial: Annotated[
        tuple[Text, ...], Field(description="Negators that deny nothing: not sure, no idea, not only.")
    ]
    past: Annotated[tuple[Text, ...], Field(description="Long over, another's old story, or checked: years ago.")]
    told: Annotated[
        tuple[Text, ...], Field(description="Past forms: beside a word of `past` they belong to the same story.")
    ]
    present: Annotated[tuple[Text, ...], Field(description="This clause is of now, though another is of the past.")]
    now: Annotated[
        tuple[Text, ...], Field(description="This clause is of now even if it holds a word of the past itself.")
    ]
    again: Annotated[tuple[Text, ...], Field(description="It is back: nothing in the text is long over.")]
    general: Annotated[tuple[Text, ...], Field(description="Ask for knowledge only: what causes, how common is.")]
    described: Annotated[tuple[Text, ...], Field(description="Make such a question hers after all: i have, right now.")]
    general_softly: Annotated[
        tuple[Text, ...],
        Field(description="Is it normal, with a mark of the general: in pregnancy, women. `detailed` undoes it."),
    ]
    detailed: Annotated[tuple[Text, ...], Field(description="An amount, a color, a time, a week: it is happening.")]
    mine: Annotated[
        tuple[Text, ...], Field(description="Anywhere: the question before it was hers, not general: i have had it.")
    ]
    general_through: Annotated[
        tuple[Text, ...],
        Field(description="Knowledge across a clause: how do i know if my .... All they span is general."),
    ]


class OrdinaryKind(Frozen):
    """One kind of ordinary talk that sounds like a sign."""

    only_like: Annotated[
        tuple[Id, ...], Field(min_length=1, description="Signs it sounds like; the encoder is not believed on them.")
    ]
    all: Annotated[tuple[Text, ...], Field(min_length=1, description="Names of parts, or readings: all are there.")]
    may: Annotated[tuple[Text, ...], Field(description="Names of parts that may be there besides.")] = ()


class OrdinaryTalk(Frozen):
    """What only sounds like a sign, as long as nothing else is said: every word is in a part or passing."""

    passing: Annotated[tuple[Text, ...], Field(description="Single words that add nothing to whatever is said.")]
    parts: dict[Id, Annotated[tuple[Text, ...], Field(min_length=1, description="Expressions without gaps.")]]
    kinds: tuple[OrdinaryKind, ...]


class UrgentPatterns(Frozen):
    """urgent-patterns.yaml: words, concepts (lists of short expressions) and, for each sign, the combinations."""

    words: Annotated[
        dict[Id, tuple[Text, ...]], Field(description="Lists of single words that expressions name with @.")
    ]
    frames: Frames
    harmless: Annotated[
        tuple[Text, ...],
        Field(description="Figures of speech and look-alikes: what stands wholly inside is not heard."),
    ]
    concepts: dict[Id, Annotated[tuple[Text, ...], Field(min_length=1)]]
    signs: dict[Id, Annotated[tuple[Pattern, ...], Field(min_length=1)]]
    ordinary: OrdinaryTalk
