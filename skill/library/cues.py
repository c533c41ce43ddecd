"""cues.yaml: the words that tell which part of an article is meant, and that a question is not for this skill."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from skill.library.frozen import Frozen

if TYPE_CHECKING:
    from pydantic import Field

    from skill.library.kinds import Expressions, Text


class Aspects(Frozen):
    """Expressions for each aspect of an article; the first field that is heard wins."""

    differentials: Expressions
    tests: Expressions
    when_to_call: Expressions
    relief: Expressions
    is_it_normal: Expressions
    summary: Expressions
    causes: Expressions


class OutOfScope(Frozen):
    """Expressions of questions that no article may answer."""

    dose: Expressions
    diagnosis: Expressions
    someone_else: Expressions
    other_domain: Expressions


class Beyond(Frozen):
    """Questions that no article has a part for."""

    how_long: Annotated[Expressions, Field(description="How long it lasts.")]
    outlook: Annotated[Expressions, Field(description="Whether it gets worse or comes back, and whether to wait.")]
    fault: Annotated[Expressions, Field(description="Whether she is to blame.")]


BeyondName = Literal["how_long", "outlook", "fault"]


class Cues(Frozen):
    """The words that are not about symptoms."""

    aspects: Aspects
    out_of_scope: OutOfScope
    light: Annotated[
        tuple[Text, ...],
        Field(description="Single words, as compared, that say little about a symptom: they weigh little."),
    ]
    far_along: Annotated[
        tuple[Text, ...], Field(description="Single words that only say how far along she is: no sign by themselves.")
    ]
    everyday: Annotated[
        tuple[Text, ...],
        Field(description="Single words, as compared, of a complaint that is no sign while no more is said of it."),
    ]
    states_plainly: Annotated[
        tuple[Text, ...],
        Field(description="Single words, as compared, that add nothing to the one word of a complaint beside them."),
    ]
    follow_ups: Annotated[Beyond, Field(description="Short ones about what was being talked about.")]
    beyond: Annotated[Beyond, Field(description="The same with the topic in between.")]
    lasting: Annotated[Expressions, Field(description="In a sentence of an article: it says how long it lasts.")]
    pregnant: Annotated[Expressions, Field(description="Say that it is about pregnancy or birth after all.")]
    of_pregnancy: Annotated[
        Expressions,
        Field(description="In a text of ours: it speaks of a pregnancy, a birth or a baby, which hurts after a loss."),
    ]


AspectName = Literal["differentials", "tests", "when_to_call", "relief", "is_it_normal", "summary", "causes"]
