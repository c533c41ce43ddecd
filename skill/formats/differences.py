"""Where our matcher hears otherwise than Amazon did, and which of its rules (docs/matcher.md) that comes from.

Rule 6, an elicited slot, does not occur: each sentence is profiled by itself. Which rule a difference is put down to:

    1  one of the two is a built-in intent, which ours matches by its list of words, letter by letter
    2  ours hears nothing, or keeps to a sample's fixed words; Amazon generalised otherwise
    3  words in an AMAZON.SearchQuery
    4  words in a list slot: a near miss, free words, or another cut of the sentence
    5  both intents fit the sentence by our rules, and ours ranked the other one first
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from skill.formats.misses import heard_in_words, in_words
from skill.formats.profiled import Profiled
from skill.simulator.align import Alignment, MatchClass, Sentence
from skill.simulator.hear import ALL_CLASSES, FALLBACK_INTENT, Heard, HearingModel, Mode, hear
from skill.simulator.normalise import normalise
from skill.simulator.samples import SlotKind

RULES = {
    1: "built-in intents match their words exactly",
    2: "fixed words must be said, in order",
    3: "a phrase slot takes what is left",
    4: "list slots take listed values, near misses and free words",
    5: "which sample wins",
}
"""Of docs/matcher.md, as they are called there."""


@dataclass(frozen=True)
class Difference:
    """One sentence that is heard otherwise."""

    utterance: str
    rule: int
    what: Literal["intent", "slots"]
    ours: str
    amazons: str


def differences(model: HearingModel, profiled: Iterable[Profiled], mode: Mode = "alexa") -> Iterator[Difference]:
    """Every sentence whose intent, or whose slots, are not those of the profiler. Slots are compared as words."""
    for one in profiled:
        heard = hear(model, one.utterance, mode=mode)
        amazons = one.intent or FALLBACK_INTENT
        told = heard_in_words(heard), in_words(one.intent or "no intent", one.slots.items())
        if heard.intent != amazons:
            yield Difference(one.utterance, _rule_of_intent(model, one, heard, amazons), "intent", *told)
        elif _values(heard) != {name: normalise(words) for name, words in one.slots.items()}:
            yield Difference(one.utterance, _rule_of_slots(model, heard), "slots", *told)


def _values(heard: Heard) -> dict[str, str]:
    return {slot.name: slot.value for slot in heard.slots}


def _rule_of_intent(model: HearingModel, one: Profiled, heard: Heard, amazons: str) -> int:
    if any(name.startswith("AMAZON.") and name != FALLBACK_INTENT for name in (heard.intent, amazons)):
        return 1
    if _fits(model, one.utterance, amazons):
        return 5
    return {MatchClass.PHRASE: 3, MatchClass.FREE: 4, MatchClass.LISTED: 4}.get(heard.match_class, 2)


def _rule_of_slots(model: HearingModel, heard: Heard) -> int:
    kinds = (
        {slot.kind for slot in model.intents[heard.intent].slots.values()} if heard.intent in model.intents else set()
    )
    return 3 if heard.match_class is MatchClass.PHRASE and SlotKind.PHRASE in kinds else 4


def _fits(model: HearingModel, utterance: str, intent: str) -> bool:
    """Whether any sample of the intent matches the sentence, ranked first or not."""
    sentence = Sentence(normalise(utterance), model.types, strict=False)
    indexes = (model.fixed, model.slotted, model.slotted, model.phrased)
    return any(
        Alignment(sample, sentence, match_class).best() is not None
        for match_class, index in zip(ALL_CLASSES, indexes, strict=True)
        for sample in index.candidates(sentence.words)
        if sample.intent == intent
    )
