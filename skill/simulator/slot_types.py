"""List types: which entry a run of words is, exactly or nearly (rule 4), and which words the type knows at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from skill.simulator.normalise import normalise
from skill.simulator.word_lists import FUNCTION_WORDS

CHARACTERS_PER_EDIT = 5
"""A near miss may be off by one edit for every full five characters of the listed value (rule 4)."""

Named = tuple[str | None, str]
"""Id, if the model gives one, and name of an entry."""


class Listed(NamedTuple):
    """The listed words that a run of words was taken for."""

    phrase: str
    """Normalised."""
    distance: int
    """Edits between these words and what was heard; 0 is an exact value."""


Reach = Mapping[int, tuple[str, ...]]
"""Listed phrases by their length in characters: those that may be near some part of one utterance."""


@dataclass(frozen=True, eq=False)
class SlotType:
    """One type of the model with everything that is computed of it once."""

    name: str
    entries: Mapping[str, tuple[Named, ...]]
    """Every listed phrase, normalised, in file order; each with the entries that list it, in file order."""
    content_words: frozenset[str]
    """The content words that occur in its values and synonyms."""
    longest_words: int
    """Words that a near miss of a listed phrase can have at most."""
    phrases: tuple[str, ...]
    """Phrases long enough to be missed nearly, in file order."""
    file_order: Mapping[str, int]
    needed: NDArray[np.int32]
    """For each phrase, how many of its letter pairs must be in whatever is near it."""
    pairs: Mapping[str, NDArray[np.int32]]
    """Letter pair to the phrases that have it, by number, as often as they have it."""

    @classmethod
    def of(cls, name: str, listed: Iterable[tuple[Named, Iterable[str]]]) -> SlotType:
        """Takes each entry with its texts (the value first, then its synonyms), in file order."""
        entries: dict[str, list[Named]] = defaultdict(list)
        for named, texts in listed:
            for phrase in dict.fromkeys(map(normalise, texts)):
                if phrase:
                    entries[phrase].append(named)
        missable = tuple(phrase for phrase in entries if len(phrase) >= CHARACTERS_PER_EDIT)
        return cls(
            name=name,
            entries={phrase: tuple(named) for phrase, named in entries.items()},
            content_words=frozenset(word for phrase in entries for word in phrase.split()) - FUNCTION_WORDS,
            longest_words=max((len(phrase.split()) + edits_allowed(phrase) for phrase in entries), default=0),
            phrases=missable,
            file_order={phrase: number for number, phrase in enumerate(entries)},
            needed=np.array([_pairs_that_stay(phrase) for phrase in missable], dtype=np.int32),
            pairs=_letter_pairs(missable),
        )

    def reach(self, utterance: str) -> Reach:
        """The phrases that may be near some part of the utterance: none that is near is left out.

        An edit spoils two letter pairs of a phrase at most; the others must be somewhere in the utterance.
        """
        said = {first + second for first, second in pairwise(utterance)}
        found = [self.pairs[pair] for pair in said & self.pairs.keys()]
        if not found:
            return {}
        counts = np.bincount(np.concatenate(found), minlength=len(self.phrases))
        by_length: dict[int, list[str]] = defaultdict(list)
        for number in np.flatnonzero(counts >= self.needed).tolist():
            by_length[len(self.phrases[number])].append(self.phrases[number])
        return {length: tuple(phrases) for length, phrases in by_length.items()}

    def closest(self, heard: str, reach: Reach | None = None) -> Listed | None:
        """The listed phrase that the words are, or are a near miss of (rule 4); None if there is none.

        An exact value comes first, then the closest, then the longest, then file order.
        """
        if heard in self.entries:
            return Listed(heard, 0)
        near = self.near_misses(heard, self.reach(heard) if reach is None else reach)
        return min(near, key=self._preference, default=None)

    def near_misses(self, heard: str, reach: Reach) -> list[Listed]:
        """Every listed phrase in reach that the words miss by no more edits than its length allows."""
        near = []
        for length, phrases in reach.items():
            allowed = length // CHARACTERS_PER_EDIT
            if abs(length - len(heard)) > allowed:
                continue
            for phrase in phrases:
                distance = Levenshtein.distance(heard, phrase, score_cutoff=allowed)
                if distance <= allowed:
                    near.append(Listed(phrase, distance))
        return near

    def _preference(self, found: Listed) -> tuple[int, int, int]:
        return (found.distance, -len(found.phrase), self.file_order[found.phrase])

    def exact(self, heard: str) -> Listed | None:
        """The listed phrase that the words are, letter by letter."""
        return Listed(heard, 0) if heard in self.entries else None


def edits_allowed(listed: str) -> int:
    """Rule 4: one for every full five characters of the listed value."""
    return len(listed) // CHARACTERS_PER_EDIT


def _pairs_that_stay(phrase: str) -> int:
    return len(phrase) - 1 - 2 * edits_allowed(phrase)


def _letter_pairs(phrases: Iterable[str]) -> dict[str, NDArray[np.int32]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, phrase in enumerate(phrases):
        for first, second in pairwise(phrase):
            found[first + second].append(number)
    return {pair: np.array(numbers, dtype=np.int32) for pair, numbers in found.items()}
