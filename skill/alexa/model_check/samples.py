"""Rules on what a sample utterance may hold, phrase slots included."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from skill.alexa.model_check.limits import LIMITS, ModelFault, fault
from skill.alexa.model_check.parts import PHRASE_TYPE, Case, Sample
from skill.alexa.model_check.words import FUNCTION_WORDS

_MARKS = " ._'-"
"""Beside letters: spaces, periods of abbreviations, underscores, possessive apostrophes, hyphens."""
_BRACES = re.compile(r"\{[^{}]*\}")
"""With whatever is between them: that is the business of sample_braces."""
_BAD_PERIOD = re.compile(r"(?<![^\W\d_])\.|(?<=[^\W\d_]{2})\.\s*$")
"""One that follows no letter, or that ends the sample behind a whole word."""
_BAD_APOSTROPHE = re.compile(r"(?<![^\W\d_])'")
"""One that follows no letter: a quotation mark."""


def samples_say_something(case: Case) -> Iterator[ModelFault]:
    """A sample has a word or a slot."""
    for sample in _every_sample(case):
        if not sample.text.strip():
            yield fault("sample-empty", sample.where, "The sample is empty.", "Remove it.")


def sample_characters(case: Case) -> Iterator[ModelFault]:
    """Letters of any script, spaces, periods of abbreviations, underscores, possessive apostrophes, hyphens."""
    for sample in _every_sample(case):
        text = _outside_braces(sample)
        strange = "".join(dict.fromkeys(character for character in text if not _allowed(character)))
        if strange:
            remedy = "Use letters, spaces, apostrophes, hyphens, underscores, and periods in abbreviations."
            yield fault("sample-characters", sample.where, f"It has {strange!r}.", remedy)
        elif _BAD_PERIOD.search(text):
            yield fault("sample-characters", sample.where, "A period is for abbreviations.", "Remove it.")
        elif _BAD_APOSTROPHE.search(_BRACES.sub("x", sample.text)):
            yield fault("sample-characters", sample.where, "An apostrophe follows a letter.", "Remove it.")


def sample_digits(case: Case) -> Iterator[ModelFault]:
    """Numbers are spelled out as words."""
    for sample in _every_sample(case):
        if any(map(str.isdigit, _outside_braces(sample))):
            yield fault("sample-digits", sample.where, "It has digits.", "Spell the number out.")


def sample_braces(case: Case) -> Iterator[ModelFault]:
    """A pair of braces around the bare name of a slot."""
    for sample in _every_sample(case):
        if not sample.braces_pair:
            problem = "A brace has no partner, or there is no bare slot name between them."
            yield fault("sample-braces", sample.where, problem, "Write {slot}.")


def sample_lengths(case: Case) -> Iterator[ModelFault]:
    """At most as many characters as Alexa takes."""
    limit = LIMITS["sample-length"]
    for sample in _every_sample(case):
        if len(sample.text) > limit.number:
            yield fault("sample-length", sample.where, f"It has {len(sample.text)} characters.", f"Keep to {limit}.")


def samples_once(case: Case) -> Iterator[ModelFault]:
    """No intent has the same sample twice."""
    for intent in case.model.intents or ():
        for samples in (intent.samples, *(slot.samples for slot in intent.slots)):
            yield from _samples_twice(samples)


def _samples_twice(samples: tuple[Sample, ...]) -> Iterator[ModelFault]:
    seen: dict[object, Sample] = {}
    for sample in samples:
        if not sample.braces_pair or not sample.elements:
            continue
        first = seen.setdefault(sample.elements, sample)
        if first is not sample:
            yield fault("sample-twice", sample.where, f"The intent has it already, as “{first.text}”.", "Remove one.")


def phrase_slots_not_alone(case: Case) -> Iterator[ModelFault]:
    """A phrase slot has a carrier phrase; spaces are none."""
    for sample in _phrase_samples(case):
        if len(sample.elements) == 1:
            remedy = "Put words before or behind it; for whole sentences use a list type."
            yield fault("phrase-alone", sample.where, f"{PHRASE_TYPE} stands alone.", remedy)


def phrase_slots_without_second_slot(case: Case) -> Iterator[ModelFault]:
    """A sample with a phrase slot holds no other slot."""
    for sample in _phrase_samples(case):
        if len(sample.slots) > 1:
            problem = f"{PHRASE_TYPE} stands beside another slot."
            yield fault("phrase-with-second-slot", sample.where, problem, "Keep one of them.")


def phrase_carriers(case: Case) -> Iterator[ModelFault]:
    """The carrier has two words or more, or one that carries meaning."""
    for sample in _phrase_samples(case):
        if len(sample.slots) > 1 or len(sample.fixed) != 1 or not case.english:
            continue
        if sample.fixed[0] in FUNCTION_WORDS:
            remedy = f"Use {LIMITS['phrase-carrier']} or more, or one that says what it is about."
            yield fault("phrase-carrier", sample.where, f"“{sample.fixed[0]}” alone would fit anything.", remedy)


def phrase_sample_count(case: Case) -> Iterator[ModelFault]:
    """At most so many samples with a phrase slot."""
    count, limit = sum(1 for _ in _phrase_samples(case)), LIMITS["phrase-samples"]
    if count > limit.number:
        yield fault("phrase-samples", "intents", f"{count} samples have {PHRASE_TYPE}.", f"Keep to {limit}.")


def _every_sample(case: Case) -> Iterator[Sample]:
    """Of intents and of their slots, those with wrong braces too."""
    for intent in case.model.intents or ():
        yield from intent.samples
        for slot in intent.slots:
            yield from slot.samples


def _phrase_samples(case: Case) -> Iterator[Sample]:
    for intent in case.model.intents or ():
        phrase_slots = {slot.name for slot in intent.slots if slot.type == PHRASE_TYPE}
        if phrase_slots:
            paired = [sample for sample in intent.samples if sample.braces_pair]
            yield from (sample for sample in paired if not phrase_slots.isdisjoint(sample.slots))


def _allowed(character: str) -> bool:
    """Digits and braces have rules of their own."""
    if character in _MARKS or character in "{}" or character.isdigit():
        return True
    return unicodedata.category(character)[0] in "LM"


def _outside_braces(sample: Sample) -> str:
    return _BRACES.sub("{}", sample.text)


CHECKS = (
    samples_say_something, sample_characters, sample_digits, sample_braces, sample_lengths, samples_once,
    phrase_slots_not_alone, phrase_slots_without_second_slot, phrase_carriers, phrase_sample_count,
)  # fmt: skip
