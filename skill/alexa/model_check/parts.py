"""The parts of an interaction model, typed, as the rules of the check walk them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from skill.alexa.model_check.words import normalise, words

PHRASE_TYPE = "AMAZON.SearchQuery"
BUILT_IN = "AMAZON."

Hear = Callable[[str], tuple[str, bool]]
"""Plays Alexa: a sentence → the name of the intent that hears it, and whether it heard exactly (fixed words as they
stand, slots with listed values)."""

_BRACED = re.compile(r"(\{[^{}\s|]+\}(?:['\u2019]s\b)?)")
_ENGLISH = re.compile(r"en(-.*)?|(?![a-z]{2}-[A-Z]{2}$).*", re.DOTALL)


@dataclass(frozen=True)
class SlotUse:
    """Where a slot stands in a sample."""

    name: str


@dataclass(frozen=True)
class Sample:
    """One sample utterance: of an intent, or of a slot that is being elicited."""

    text: str
    """As the file has it."""
    intent: str
    where: str
    """Intent/sample."""

    @cached_property
    def pieces(self) -> list[str]:
        """Its text, cut at the slots: every second piece is one, in braces."""
        return _BRACED.split(self.text)

    @cached_property
    def fixed_text(self) -> str:
        """Its text with a space for each slot."""
        return " ".join(self.pieces[::2])

    @cached_property
    def braces_pair(self) -> bool:
        """Whether every brace belongs to a slot."""
        return not any(brace in self.fixed_text for brace in "{}")

    @cached_property
    def elements(self) -> tuple[str | SlotUse, ...]:
        """Comparable words and slots, in order. The ending of `{topic}'s` is left out: it is heard with the value."""
        elements: list[str | SlotUse] = []
        for place, piece in enumerate(self.pieces):
            if place % 2:
                elements.append(SlotUse(piece[1 : piece.index("}")]))
            else:
                elements.extend(words(piece))
        return tuple(elements)

    @cached_property
    def fixed(self) -> tuple[str, ...]:
        """Its fixed words."""
        return tuple(element for element in self.elements if isinstance(element, str))

    @cached_property
    def slots(self) -> tuple[str, ...]:
        """The names of its slots, in order."""
        return tuple(element.name for element in self.elements if isinstance(element, SlotUse))


@dataclass(frozen=True)
class Slot:
    """A slot as an intent declares it."""

    name: str
    type: str
    """Empty where it could not be read."""
    where: str
    samples: tuple[Sample, ...]


@dataclass(frozen=True)
class Intent:
    """One intent of the language model."""

    name: str
    """Empty where it could not be read."""
    where: str
    slots: tuple[Slot, ...]
    slots_known: bool
    """Whether every slot could be read, so that a name not found is truly missing."""
    samples: tuple[Sample, ...]

    @property
    def built_in(self) -> bool:
        """Whether it is Amazon's own."""
        return self.name.startswith(BUILT_IN)

    @cached_property
    def types(self) -> dict[str, str]:
        """Slot name → type name."""
        return {slot.name: slot.type for slot in self.slots}


@dataclass(frozen=True)
class Value:
    """One value of a list type."""

    id: str | None
    text: str
    synonyms: tuple[str, ...]
    where: str
    """Type/value."""

    @property
    def phrases(self) -> tuple[str, ...]:
        """All that may be said for it."""
        return (self.text, *self.synonyms)


@dataclass(frozen=True)
class SlotType:
    """A type that the model defines, or one of Amazon's that it adds to."""

    name: str
    where: str
    values: tuple[Value, ...]

    @cached_property
    def listed(self) -> frozenset[str]:
        """Every phrase, made comparable."""
        return frozenset(normalise(phrase) for value in self.values for phrase in value.phrases)


@dataclass(frozen=True)
class DialogItem:
    """An intent of the dialog section, or one of its slots."""

    name: str
    where: str
    type: str = ""
    """Of a slot only."""
    flags: Mapping[str, bool] = field(default_factory=dict)
    """elicitationRequired and confirmationRequired, those that are there."""
    prompts: Mapping[str, str] = field(default_factory=dict)
    """elicitation and confirmation → prompt id."""
    validation_prompts: tuple[str, ...] = ()
    slots: tuple[DialogItem, ...] = ()

    @property
    def prompt_ids(self) -> tuple[str, ...]:
        """Every prompt that it names itself."""
        return (*self.prompts.values(), *self.validation_prompts)


@dataclass(frozen=True)
class Prompt:
    """Words that Alexa asks with by itself."""

    id: str
    where: str
    variations: int
    """How many hold words."""


@dataclass(frozen=True)
class Model:
    """What could be read. None stands for a list that could not be read at all, so that nothing in it is missing."""

    invocation_name: str | None
    intents: tuple[Intent, ...] | None
    types: tuple[SlotType, ...] | None
    dialog: tuple[DialogItem, ...]
    prompts: tuple[Prompt, ...] | None

    @cached_property
    def samples(self) -> tuple[Sample, ...]:
        """The samples of all intents whose braces pair, in order."""
        return tuple(sample for intent in self.intents or () for sample in intent.samples if sample.braces_pair)

    @cached_property
    def intent_by_name(self) -> dict[str, Intent]:
        """The first of each name."""
        return {intent.name: intent for intent in reversed(self.intents or ())}

    @cached_property
    def type_by_name(self) -> dict[str, SlotType]:
        """The first of each name."""
        return {one.name: one for one in reversed(self.types or ())}


@dataclass(frozen=True)
class Case:
    """One model under examination: what every rule is given."""

    raw: object
    """The JSON as it came."""
    unreadable: frozenset[tuple[str | int, ...]]
    """Paths of what has the wrong shape, which is reported already."""
    model: Model
    suggested: Sequence[str] = ()
    """Phrases that prompts invite her to say."""
    locale: str = "en-US"
    hear: Hear | None = None

    @property
    def english(self) -> bool:
        """Whether our word lists apply: not to a locale of another language."""
        return _ENGLISH.fullmatch(self.locale) is not None
