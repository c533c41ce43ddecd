"""topic-groups.yaml: the topics by group, for somebody who asks what she can ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from skill.library.frozen import Frozen

if TYPE_CHECKING:
    from pydantic import Field

    from skill.library.kinds import Id, Text, at_most


class TopicGroup(Frozen):
    """A few topics that belong together."""

    id: Id
    name: Annotated[Text, at_most(5), Field(description="As a person says it in the middle of a sentence.")]
    also: Annotated[tuple[Text, ...], Field(description="Other ways of saying it, as a recogniser hands them over.")]
    topics: Annotated[tuple[Id, ...], Field(min_length=1, description="Ids of catalog.yaml, in the order of reading.")]
