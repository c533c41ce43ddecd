"""Rules on samples of different intents: what is said may reach one of them only, and each clash is named as a pair.

Every comparison goes through an index: nothing is compared with everything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from skill.alexa.model_check.limits import ModelFault, fault
from skill.alexa.model_check.parts import BUILT_IN, PHRASE_TYPE, Case, Intent, Sample, SlotUse
from skill.alexa.model_check.words import REQUIRED_INTENTS, SESSION_WORDS, USUAL_WORDS, normalise, words

Words = tuple[str, ...]


@dataclass(frozen=True)
class Shaped:
    """A sample, comparable with those of other intents."""

    sample: Sample
    shape: Words
    """Its words, with every slot alike."""
    typed: Words
    """Its words, with the type for each slot."""


@dataclass(frozen=True)
class Carrier:
    """A sample whose slot takes free words."""

    sample: Sample

    @cached_property
    def segments(self) -> tuple[Words, ...]:
        """The fixed words before, between and behind its slots."""
        segments: list[list[str]] = [[]]
        for element in self.sample.elements:
            if isinstance(element, SlotUse):
                segments.append([])
            else:
                segments[-1].append(element)
        return tuple(map(tuple, segments))

    def takes(self, said: Words) -> bool:
        """Whether its fixed words stand in what is said, with a word or more for each slot."""
        first, *between, last = self.segments
        if said[: len(first)] != first or said[len(said) - len(last) :] != last:
            return False
        place, end = len(first), len(said) - len(last)
        for segment in between:
            place = _find(segment, said, place + 1, end)
            if place < 0:
                return False
            place += len(segment)
        return place < end


@dataclass(frozen=True)
class Fixed:
    """What is said for one intent word for word: a sample without slots, or usual words of a built-in intent."""

    text: str
    intent: str
    words: Words


def clashes(case: Case) -> Iterator[ModelFault]:
    """No two intents have the same sample: the same words, and slots of the same types."""
    found: dict[Words, dict[str, Sample]] = defaultdict(dict)
    for shaped in _shaped(case):
        found[shaped.typed].setdefault(shaped.sample.intent, shaped.sample)
    for by_intent in found.values():
        first, *others = by_intent.values()
        for other in others:
            remedy = "Keep it in one of the two."
            yield fault("clash", _pair(first.where, other.where), f"Both intents have “{other.text}”.", remedy)


def clashes_but_for_slot_types(case: Case) -> Iterator[ModelFault]:
    """Two intents have the same words around slots of different types: one fault for each pair of intents."""
    found: dict[Words, dict[tuple[str, Words], Sample]] = defaultdict(dict)
    for shaped in _shaped(case):
        found[shaped.shape].setdefault((shaped.sample.intent, shaped.typed), shaped.sample)
    pairs: dict[tuple[str, str], list[tuple[Sample, Sample]]] = defaultdict(list)
    for group in found.values():
        for ((intent, typed), one), ((other_intent, other_typed), other) in combinations(group.items(), 2):
            if other_intent != intent and other_typed != typed:
                pairs[intent, other_intent].append((one, other))
    for alike in pairs.values():
        first, other = alike[0]
        problem = f"Only the types of their slots differ{_and_more(len(alike))}."
        remedy = "Make sure that no value stands in both types, or keep the words in one intent."
        yield fault("clash-slot-types", _pair(first.where, other.where), problem, remedy)


def built_in_words(case: Case) -> Iterator[ModelFault]:
    """What people say for Amazon's own intents is no sample of another intent."""
    if not case.english:
        return
    taken = _words_of_built_ins(case)
    for sample in _fixed_samples(case):
        owner = taken.get(" ".join(sample.fixed))
        if owner is None or owner == sample.intent or _lists(case.model.intent_by_name.get(owner), sample):
            continue
        problem = f"“{sample.text}” is what people say for {owner}."
        yield fault("built-in-words", _pair(sample.where, owner), problem, "Remove it: the built-in intent hears it.")


def _lists(intent: Intent | None, sample: Sample) -> bool:
    """Whether the intent has the sample itself: that is a clash, which is reported as one."""
    return intent is not None and any(own.elements == sample.elements for own in intent.samples)


def _words_of_built_ins(case: Case) -> dict[str, str]:
    """Usual words → the built-in intent that hears them, of those that are in the model or have to be."""
    taken = dict.fromkeys(SESSION_WORDS, "the end of the session")
    for name, usual in USUAL_WORDS.items():
        if name in case.model.intent_by_name or name in REQUIRED_INTENTS:
            taken.update(dict.fromkeys(map(normalise, usual), name))
    return taken


def greedy_carriers(case: Case) -> Iterator[ModelFault]:
    """A carrier with a free slot fits the fixed words of another intent, so that the slot could swallow them.

    Fixed words usually win; so without a matcher each pair of carrier and intent is a warning. With one, a sample
    that it gives to its own intent is no fault, and one that it gives to another is an error.
    """
    fixed = Index(_fixed(case))
    pairs: dict[tuple[tuple[str, tuple[Words, ...]], str], list[tuple[Carrier, Fixed]]] = defaultdict(list)
    for carrier in _carriers(case):
        for victim in fixed.taken_by(carrier):
            if victim.intent != carrier.sample.intent:
                pairs[(carrier.sample.intent, carrier.segments), victim.intent].append((carrier, victim))
    if case.hear is None:
        yield from map(_greedy, pairs.values())
    else:
        yield from _swallowed((victim for pair in pairs.values() for _, victim in pair), case)


def _greedy(pair: list[tuple[Carrier, Fixed]]) -> ModelFault:
    carrier, victim = pair[0]
    problem = f"The slot could take the words of “{victim.text}”{_and_more(len(pair))}."
    remedy = "Try it on a device; if it does, lengthen the carrier or give the words to its intent."
    where = _pair(carrier.sample.where, f"{victim.intent}/{victim.text}")
    return fault("greedy-carrier", where, problem, remedy)


def _swallowed(victims: Iterable[Fixed], case: Case) -> Iterator[ModelFault]:
    for victim in dict.fromkeys(victims):
        heard = case.hear(victim.text)[0] if case.hear else victim.intent
        if heard != victim.intent:
            where = _pair(f"{victim.intent}/{victim.text}", heard)
            remedy = "Lengthen the carrier that swallows it, or give the words to that intent."
            yield fault("swallowed", where, f"“{victim.text}” is heard as {heard}.", remedy)


class Index:
    """Finds what a carrier takes by the words that it begins with, or else ends with."""

    def __init__(self, fixed: Iterable[Fixed]) -> None:
        self._all = list(fixed)
        self._beginning: dict[int, Mapping[Words, list[Fixed]]] = {}
        self._ending: dict[int, Mapping[Words, list[Fixed]]] = {}

    def taken_by(self, carrier: Carrier) -> Iterator[Fixed]:
        """Only where there are fixed words before its first or behind its last slot: a bare slot is no carrier."""
        first, last = carrier.segments[0], carrier.segments[-1]
        near: list[Fixed] = []
        if first:
            near = self._begin(len(first)).get(first, [])
        elif last:
            near = self._end(len(last)).get(last, [])
        return (one for one in near if carrier.takes(one.words))

    def _begin(self, length: int) -> Mapping[Words, list[Fixed]]:
        if length not in self._beginning:
            self._beginning[length] = _grouped((one.words[:length], one) for one in self._all)
        return self._beginning[length]

    def _end(self, length: int) -> Mapping[Words, list[Fixed]]:
        if length not in self._ending:
            self._ending[length] = _grouped((one.words[-length:], one) for one in self._all)
        return self._ending[length]


def _grouped(pairs: Iterable[tuple[Words, Fixed]]) -> Mapping[Words, list[Fixed]]:
    groups: dict[Words, list[Fixed]] = defaultdict(list)
    for key, one in pairs:
        groups[key].append(one)
    return groups


def _shaped(case: Case) -> Iterator[Shaped]:
    """Every sample that says something and whose slots are declared."""
    for intent in case.model.intents or ():
        for sample in intent.samples if intent.name else ():
            if sample.braces_pair and sample.elements and all(map(intent.types.get, sample.slots)):
                yield Shaped(sample, _spelled(sample, {}), _spelled(sample, intent.types))


def _spelled(sample: Sample, types: Mapping[str, str]) -> Words:
    return tuple(
        f"{{{types.get(element.name, '')}}}" if isinstance(element, SlotUse) else element for element in sample.elements
    )


def _fixed_samples(case: Case) -> Iterator[Sample]:
    return (sample for sample in case.model.samples if sample.intent and sample.elements and not sample.slots)


def _fixed(case: Case) -> Iterator[Fixed]:
    """Samples without slots, and the usual words of the built-in intents that are in the model."""
    seen: set[tuple[str, Words]] = set()
    texts = [(sample.text, sample.intent) for sample in _fixed_samples(case)]
    if case.english:
        there = case.model.intent_by_name
        texts += [(text, name) for name, usual in USUAL_WORDS.items() if name in there for text in usual]
    for text, intent in texts:
        said = words(text)
        if (intent, said) not in seen:
            seen.add((intent, said))
            yield Fixed(text, intent, said)


def _carriers(case: Case) -> Iterator[Carrier]:
    """Samples with a phrase slot, or with a slot of a list type, which takes what is not listed too."""
    for intent in case.model.intents or ():
        free = {name for name, kind in intent.types.items() if kind == PHRASE_TYPE or not kind.startswith(BUILT_IN)}
        for sample in intent.samples if intent.name else ():
            if sample.braces_pair and sample.slots and free.issuperset(sample.slots):
                yield Carrier(sample)


def _find(segment: Words, said: Words, start: int, end: int) -> int:
    """The first place from `start` on where the segment stands before `end`; -1 if nowhere."""
    places = range(start, end - len(segment) + 1)
    return next((place for place in places if said[place : place + len(segment)] == segment), -1)


def _pair(one: str, other: str) -> str:
    return f"{one} ~ {other}"


def _and_more(count: int) -> str:
    return f", and so in {count - 1} more" if count > 1 else ""


CHECKS = (clashes, clashes_but_for_slot_types, built_in_words, greedy_carriers)
