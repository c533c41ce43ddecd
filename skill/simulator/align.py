"""Laying one sample over one sentence (rules 2, 3 and 4): which words each slot takes, with the fewest deviations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from skill.simulator.samples import FREE_WORDS_ALONE, Sample, Slot, SlotKind
from skill.simulator.slot_types import Listed, Reach, SlotType
from skill.simulator.word_lists import FUNCTION_WORDS, NUMBER_WORDS

BUILT_IN_WORDS = 2
"""Words that a slot of one of Amazon's list types takes at most: we do not have Amazon's lists."""


class MatchClass(IntEnum):
    """How a sentence was matched. The first four are the order of rule 5, best first."""

    FIXED = 1
    """Fixed words only."""
    LISTED = 2
    """Every slot took a listed value or a near miss of one."""
    FREE = 3
    """The last slot took words that are not listed."""
    PHRASE = 4
    """AMAZON.SearchQuery took what was left."""
    ELICITED = 5
    """The slot that the last response asked for took the whole sentence (rule 6)."""
    FALLBACK = 6
    """Nothing matched."""


class Preference(NamedTuple):
    """The smallest is preferred among the ways in which a slot may take words: the longest value, then the closest."""

    negative_length: int
    """Characters of the listed value, or of the free words, below zero."""
    distance: int
    negative_words: int
    """Words taken, below zero."""


class Taken(NamedTuple):
    """Words that one slot takes."""

    preference: Preference
    slot: Slot
    start: int
    end: int
    """One past the last word."""


Way = tuple[Taken, ...]
"""One way to lay the rest of a sample over the rest of a sentence: what each slot takes."""


@dataclass(frozen=True, eq=False)
class Sentence:
    """A normalised sentence, with what has been found out about its parts."""

    text: str
    types: Mapping[str, SlotType]
    strict: bool
    """Whether listed values only are heard: no near misses of them, no free words."""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words."""
        return tuple(self.text.split())

    @cached_property
    def strictly(self) -> Sentence:
        """The same words, where listed values only count."""
        return self if self.strict else Sentence(self.text, self.types, strict=True)

    @cached_property
    def _reaches(self) -> dict[str, Reach]:
        return {}

    @cached_property
    def _found(self) -> dict[tuple[str, int, int], Listed | None]:
        return {}

    @cached_property
    def _content(self) -> list[int]:
        """Content words before each place."""
        return [0, *accumulate(word not in FUNCTION_WORDS for word in self.words)]

    @cached_property
    def _known(self) -> dict[str, list[int]]:
        """By type: content words that the type knows, before each place."""
        return {}

    def part(self, start: int, end: int) -> str:
        """Some of its words."""
        return " ".join(self.words[start:end])

    def listed(self, type_name: str, start: int, end: int) -> Listed | None:
        """The listed value that these words are or nearly are, by type (rule 4)."""
        slot_type = self.types.get(type_name)
        if slot_type is None or end - start > slot_type.longest_words:
            return None
        place = (type_name, start, end)
        if place not in self._found:
            self._found[place] = self._look_up(slot_type, self.part(start, end))
        return self._found[place]

    def _look_up(self, slot_type: SlotType, heard: str) -> Listed | None:
        if self.strict:
            return slot_type.exact(heard)
        if slot_type.name not in self._reaches:
            self._reaches[slot_type.name] = slot_type.reach(self.text)
        return slot_type.closest(heard, self._reaches[slot_type.name])

    def content_words(self, start: int, end: int) -> int:
        """How many of these words are content words."""
        return self._content[end] - self._content[start]

    def known_words(self, type_name: str, start: int, end: int) -> int:
        """How many of these words are content words that occur in the values of the type."""
        if type_name not in self._known:
            slot_type = self.types.get(type_name)
            known = slot_type.content_words if slot_type else frozenset()
            self._known[type_name] = [0, *accumulate(word in known for word in self.words)]
        return self._known[type_name][end] - self._known[type_name][start]


class Alignment:
    """One sample laid over one sentence so that every slot takes what `widest` allows.

    LISTED: listed values. FREE: free words in the last place too. PHRASE: AMAZON.SearchQuery too.
    """

    def __init__(self, sample: Sample, sentence: Sentence, widest: MatchClass) -> None:
        self._sample, self._widest = sample, widest
        self._sentence = sentence.strictly if sample.built_in else sentence
        self._elements = sample.elements
        self._length = len(sentence.words)
        self._known: dict[tuple[int, int, int], Way | None] = {}

    def best(self) -> Way | None:
        """The preferred way with the fewest deviations, none above the sample's allowance; None if there is none."""
        for deviations in range(1 if self._sentence.strict else self._sample.allowance + 1):
            way = self._rest(0, 0, deviations)
            if way is not None:
                return way
        return None

    def _rest(self, element: int, place: int, deviations: int) -> Way | None:
        """The elements from `element` on over the words from `place` on, with exactly so many deviations."""
        if len(self._elements) - element > self._length - place + deviations:
            return None
        if element == len(self._elements):
            return () if self._length - place == deviations else None
        key = (element, place, deviations)
        if key not in self._known:
            self._known[key] = min(self._ways(element, place, deviations), default=None)
        return self._known[key]

    def _ways(self, element: int, place: int, deviations: int) -> Iterator[Way]:
        """Rule 2: said as it should be, or a word missing, changed or added."""
        wanted = self._elements[element]
        steps: list[tuple[int, int, int]] = []
        if isinstance(wanted, Slot):
            yield from self._slot_ways(wanted, element, place, deviations)
        elif place < self._length and self._sentence.words[place] == wanted:
            steps.append((element + 1, place + 1, deviations))
        if deviations:
            if not isinstance(wanted, Slot):
                steps.append((element + 1, place, deviations - 1))
                if place < self._length:
                    steps.append((element + 1, place + 1, deviations - 1))
            if place < self._length:
                steps.append((element, place + 1, deviations - 1))
        for step in steps:
            way = self._rest(*step)
            if way is not None:
                yield way

    def _slot_ways(self, slot: Slot, element: int, place: int, deviations: int) -> Iterator[Way]:
        """Every run of words that the slot may take here, with what then follows."""
        for end in range(*self._ends(slot, element, place, deviations)):
            rest = self._rest(element + 1, end, deviations)
            if rest is None:
                continue
            preference = self._takes(slot, element, place, end)
            if preference is not None:
                yield (Taken(preference, slot, place, end), *rest)

    def _ends(self, slot: Slot, element: int, place: int, deviations: int) -> tuple[int, int]:
        """The first end that can work and one past the last. After the last slot only fixed and added words follow."""
        following = len(self._elements) - element - 1
        first = self._length - following - deviations if element == self._sample.last_slot else 0
        last = min(self._length - following + deviations, place + self._most_words(slot, element), self._length)
        return max(first, place + 1), last + 1

    def _most_words(self, slot: Slot, element: int) -> int:
        slot_type = self._sentence.types.get(slot.type)
        listed = slot_type.longest_words if slot_type else 0
        if slot.kind is SlotKind.LIST:
            free = self._sample.free_words if self._takes_free_words(element) else 0
            return max(listed, free)
        return max(listed, BUILT_IN_WORDS) if slot.kind is SlotKind.BUILT_IN else self._length

    def _takes_free_words(self, element: int) -> bool:
        return not self._sentence.strict and self._widest >= MatchClass.FREE and element == self._sample.last_slot

    def _takes(self, slot: Slot, element: int, start: int, end: int) -> Preference | None:
        """Whether the slot may take these words, and how much it likes them; None if it may not."""
        listed = self._sentence.listed(slot.type, start, end)
        if listed is not None:
            return Preference(-len(listed.phrase), listed.distance, start - end)
        if not self._takes_unlisted(slot, element, start, end):
            return None
        return Preference(-len(self._sentence.part(start, end)), 0, start - end)

    def _takes_unlisted(self, slot: Slot, element: int, start: int, end: int) -> bool:
        match slot.kind:
            case SlotKind.PHRASE:  # rule 3
                return self._widest >= MatchClass.PHRASE and bool(self._sample.fixed)
            case SlotKind.NUMBER:
                return is_number(self._sentence.words[start:end])
            case SlotKind.BUILT_IN:
                return self._widest >= MatchClass.FREE and end - start <= BUILT_IN_WORDS
            case SlotKind.LIST:
                return self._takes_free_words(element) and self._is_free(slot, start, end)

    def _is_free(self, slot: Slot, start: int, end: int) -> bool:
        """Rule 4, free words: enough of their content words must occur in the values of the type."""
        if end - start > self._sample.free_words:
            return False
        known = self._sentence.known_words(slot.type, start, end)
        if self._sample.free_words < FREE_WORDS_ALONE:
            return known >= 1
        return known >= 1 and 2 * known >= self._sentence.content_words(start, end)


def is_number(words: tuple[str, ...]) -> bool:
    """Whether the words are number words, "and" allowed between two of them."""
    return (
        words[0] in NUMBER_WORDS
        and words[-1] in NUMBER_WORDS
        and all(word in NUMBER_WORDS or word == "and" for word in words)
    )
