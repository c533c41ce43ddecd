"""interaction.yaml: how people ask, apart from what they ask about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from skill.library.cues import AspectName
from skill.library.frozen import Frozen
from skill.text import comparable

if TYPE_CHECKING:
    from pydantic import Field

    from skill.library.kinds import Text

SIGN_PREFIX = "sign-"
"""In the list of complaints the id of an urgent sign's phrases is this and the sign's id."""


class Carriers(Frozen):
    """One intent whose carriers stand around a slot: {phrase}, AMAZON.SearchQuery, here."""

    aspect: AspectName | None = None
    frame: Annotated[Text, Field(description="Puts the carrier's words back around {what} arrived.")]
    samples: Annotated[tuple[Text, ...], Field(min_length=1)]


class Asking(Carriers):
    """One intent around {topic}."""

    bare: Annotated[tuple[Text, ...], Field(description="Fixed follow-ups, about the topic being talked about.")] = ()


class Interaction(Frozen):
    """Everything the interaction models are generated from, besides the articles and the phrases."""

    asks: dict[str, Asking]
    openers: dict[str, tuple[Text, ...]]
    phrases: dict[str, Carriers]
    pronouns: Annotated[tuple[Text, ...], Field(min_length=1, description="What {it} stands for in follow-ups.")]
    choices: dict[str, tuple[Text, ...]]
    weeks: Annotated[tuple[int, int], Field(description="First and last week that can be told.")]
    commands: dict[str, tuple[Text, ...]]
    whole: Annotated[
        dict[str, tuple[Text, ...]],
        Field(description="Sentences that are no samples, as they would be heard for others; known when they arrive."),
    ]

    def __post_init__(self) -> None:
        """Raises ValueError for a frame that would lose what was said."""
        for name, intent in self._carriers():
            if "{what}" not in intent.frame:
                raise ValueError(f"{name}: the frame has no {{what}} to put the words that arrived into")

    def frames(self) -> dict[str, tuple[str, str | None]]:
        """Intent → its frame and its aspect."""
        return {name: (intent.frame, intent.aspect) for name, intent in self._carriers()}

    def _carriers(self) -> list[tuple[str, Carriers]]:
        return [*self.asks.items(), *self.phrases.items()]

    def fixed(self) -> dict[str, str]:
        """A sentence without slots, comparable → the intent that it means."""
        samples = {
            sample.replace("{it}", pronoun): name
            for name, intent in self.asks.items()
            for sample in intent.bare
            for pronoun in self.pronouns
        }
        both = [*self.commands.items(), *self.whole.items()]
        samples |= {sample: name for name, texts in both for sample in texts if "{" not in sample}
        return {comparable(sample): name for sample, name in samples.items()}
