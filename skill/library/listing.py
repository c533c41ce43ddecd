"""listing.yaml: what the skill store shows. Templates in which each locale says its own words and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from skill.library.frozen import Frozen

if TYPE_CHECKING:
    from pydantic import Field

    from skill.library.kinds import Text


class Listing(Frozen):
    """The store page; every text may hold the placeholders that listing.yaml explains."""

    category: Annotated[Text, Field(description="One of Amazon's names for a category of the store.")]
    summary: Annotated[Text, Field(description="The line under the name in a list of skills.")]
    description: Annotated[tuple[Text, ...], Field(min_length=1, description="Paragraphs.")]
    example_phrases: Annotated[
        tuple[Text, ...],
        Field(min_length=1, description="Samples of the model; the first as it is said to open the skill and ask."),
    ]
    keywords: Annotated[tuple[Text, ...], Field(min_length=1)]
    testing_instructions: Annotated[tuple[Text, ...], Field(min_length=1, description="Lines for Amazon's testers.")]
