"""after-loss.yaml: what is said after a loss was told, where an article would speak of pregnancy or a baby."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from skill.library.article import Source
from skill.library.frozen import Frozen

if TYPE_CHECKING:
    from pydantic import Field

    from skill.library.kinds import Expressions, Id, Text, at_most


class AfterLoss(Frozen):
    """What is said to one kind of question."""

    id: Id
    asked: Annotated[Expressions, Field(description="What she says, as in cues.yaml.")]
    topics: Annotated[tuple[Id, ...], Field(description="Articles in whose place it is said.")]
    article_knows: Annotated[bool, Field(description="An article on a loss answers it, where one is talked of.")] = (
        False
    )
    reassures: Annotated[bool, Field(description="It says what is to be expected: the warning goes before it.")] = False
    warning: Annotated[Text | None, at_most(26), Field(description="Said with it; without one: loss_warning.")] = None
    text: Annotated[Text, at_most(45), Field(description="Kind and plain; no cheer, nothing of a baby to come.")]
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
