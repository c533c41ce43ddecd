"""An annotation set against the matcher that plays Alexa: which sentences are heard as something else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from skill.formats.annotations import AnnotationSet, Expected, ExpectedSlot
from skill.simulator.hear import Heard, HeardSlot
from skill.simulator.normalise import normalise


@dataclass(frozen=True)
class Miss:
    """One sentence that is heard otherwise than expected; as a sentence each, for people."""

    utterance: str
    expected: str
    got: str


def misses(annotations: AnnotationSet, hear: Callable[[str], Heard]) -> Iterator[Miss]:
    """Every sentence of which no expectation holds: the intent, and each slot that is named with a value.

    Values are compared as the matcher compares words; the name of what a slot was resolved to counts as well. Slots
    that are heard and not named are no miss. Unconfirmed: whether Amazon's tool counted them.
    """
    for one in annotations.data:
        heard = hear(one.inputs.utterance)
        if not any(_holds(expected, heard) for expected in one.expected):
            wanted = " or ".join(_expected_in_words(expected) for expected in one.expected)
            yield Miss(one.inputs.utterance, wanted, heard_in_words(heard))


def _holds(expected: Expected, heard: Heard) -> bool:
    filled = {slot.name: slot for slot in heard.slots}
    return expected.intent.name == heard.intent and all(
        _fills(wanted, filled.get(name)) for name, wanted in expected.intent.slots.items() if any(wanted.wanted)
    )


def _fills(wanted: ExpectedSlot, slot: HeardSlot | None) -> bool:
    if slot is None:
        return False
    resolved = {normalise(name) for _, name in slot.resolution.values} if slot.resolution else set()
    return any(normalise(value) in {slot.value, *resolved} for value in wanted.wanted)


def heard_in_words(heard: Heard) -> str:
    """What was heard, in one line."""
    return in_words(heard.intent, [(slot.name, slot.value) for slot in heard.slots])


def in_words(intent: str, slots: Iterable[tuple[str, str]]) -> str:
    """An intent with its slots, in one line."""
    return " ".join([intent, *(f"{name}={value!r}" for name, value in slots)])


def _expected_in_words(expected: Expected) -> str:
    return in_words(
        expected.intent.name, [(name, ", ".join(slot.wanted)) for name, slot in expected.intent.slots.items()]
    )
