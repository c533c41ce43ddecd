"""Sample utterances: their fixed words and slots, and an index that finds the few that a sentence could match."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from skill.simulator.normalise import normalise
from skill.simulator.word_lists import FUNCTION_WORDS

FIXED_WORDS_PER_DEVIATION = 4
"""One missing, added or changed word for every full four fixed words (rule 2)."""
FREE_WORDS_BESIDE_FIXED_WORDS = 6
"""Words of a free slot in a sample that has fixed words (rule 4)."""
FREE_WORDS_ALONE = 30
"""Words of a free slot in a sample that has none (rule 4)."""

_SLOT = re.compile(r"\{\s*([^{}|\s]+)\s*\}(?:['\u2019]s\b)?")


class SlotKind(Enum):
    """What a slot can take, by its type."""

    LIST = "a custom type of this model: listed values, near misses, in the last place free words"
    PHRASE = "AMAZON.SearchQuery: what is left"
    NUMBER = "AMAZON.NUMBER and AMAZON.FOUR_DIGIT_NUMBER: a run of number words"
    BUILT_IN = "any other type of Amazon's: one or two words, and what this model adds to it"


@dataclass(frozen=True)
class Slot:
    """A slot of an intent."""

    name: str
    type: str
    kind: SlotKind


@dataclass(frozen=True)
class Sample:
    """One sample utterance of one intent."""

    text: str
    """As the model has it."""
    intent: str
    elements: tuple[str | Slot, ...]
    """Fixed words, normalised, and slots, in order."""
    order: int
    """Its place in the file, counted over all intents."""
    built_in: bool
    """Whether its intent is Amazon's own: then it matches exactly or not at all (rule 1)."""

    @cached_property
    def fixed(self) -> tuple[str, ...]:
        """Its fixed words."""
        return tuple(element for element in self.elements if isinstance(element, str))

    @cached_property
    def fixed_set(self) -> frozenset[str]:
        """Its fixed words, each once."""
        return frozenset(self.fixed)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Its slots."""
        return tuple(element for element in self.elements if isinstance(element, Slot))

    @cached_property
    def last_slot(self) -> int:
        """Where its last slot stands among the elements; -1 without one."""
        return max((place for place, element in enumerate(self.elements) if isinstance(element, Slot)), default=-1)

    @cached_property
    def allowance(self) -> int:
        """Rule 2: deviations from the fixed words that still match."""
        return 0 if self.built_in else len(self.fixed) // FIXED_WORDS_PER_DEVIATION

    @cached_property
    def free_words(self) -> int:
        """Rule 4: how many words its last slot may take that are no listed value; 0 if none."""
        if self.built_in or not self.slots:
            return 0
        if not self.fixed:
            return FREE_WORDS_ALONE
        carries = len(self.fixed) > 1 or self.fixed[0] not in FUNCTION_WORDS
        return FREE_WORDS_BESIDE_FIXED_WORDS if carries else 0

    @cached_property
    def takes_phrase(self) -> bool:
        """Whether one of its slots is AMAZON.SearchQuery."""
        return any(slot.kind is SlotKind.PHRASE for slot in self.slots)

    @cached_property
    def rank(self) -> tuple[int, int]:
        """Rule 5, within a class: more fixed words first, then the order of the file."""
        return (-len(self.fixed), self.order)


def parse(text: str, slots: Mapping[str, Slot]) -> tuple[str | Slot, ...]:
    """The elements of a sample. Raises KeyError with the name of a slot that the intent does not declare.

    The ending of `{topic}'s` is left out: a listener hears it as part of the value.
    """
    elements: list[str | Slot] = []
    for place, piece in enumerate(_SLOT.split(text)):
        if place % 2:
            elements.append(slots[piece])
        else:
            elements.extend(normalise(piece).split())
    return tuple(elements)


class SampleIndex:
    """Finds the samples whose fixed words are in a sentence often enough; ranks them as rule 5 does.

    A sample that allows k deviations must have one at least of any k + 1 of its fixed words in the sentence,
    so it is kept under its k + 1 rarest only.
    """

    def __init__(self, samples: Iterable[Sample]) -> None:
        self._bare: list[Sample] = []
        self._by_word: dict[str, list[Sample]] = defaultdict(list)
        ranked = sorted(samples, key=lambda sample: sample.rank)
        commonness = Counter(word for sample in ranked for word in sample.fixed_set)
        for sample in ranked:
            if not sample.fixed:
                self._bare.append(sample)
            rarest = sorted(sample.fixed, key=lambda word: (commonness[word], word))
            for word in dict.fromkeys(rarest[: sample.allowance + 1]):
                self._by_word[word].append(sample)

    def candidates(self, words: Sequence[str]) -> list[Sample]:
        """Best rank first. None that could match is left out."""
        said = frozenset(words)
        found = {
            sample.order: sample
            for word in said
            for sample in self._by_word.get(word, ())
            if len(sample.fixed_set - said) <= sample.allowance
            and len(sample.elements) - sample.allowance <= len(words)
            and (sample.slots or len(words) <= len(sample.fixed) + sample.allowance)
        }
        return [*sorted(found.values(), key=lambda sample: sample.rank), *self._bare]
