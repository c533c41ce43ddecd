"""The matcher that plays Alexa: takes an interaction model and a sentence, gives an intent with its slots.

Its rules are numbered as in docs/matcher.md. It knows nothing of the content or the understanding behind the skill, so
what it hears depends on the interaction model alone, as on a device.

    normalise.py, word_lists.py   one sentence made comparable; the lists that the matcher keeps itself
    slot_types.py, samples.py     the two sides of a model, each with an index
    model.py                      an interaction model file, read once
    align.py                      one sample laid over one sentence
    hear.py                       which sample wins, and what is delivered
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

from skill.errors import ModelInvalid
from skill.simulator.align import Alignment, MatchClass, Sentence, Way
from skill.simulator.model import HearingModel, Intent
from skill.simulator.normalise import normalise
from skill.simulator.samples import Sample, Slot, SlotKind
from skill.simulator.slot_types import Listed, Named, SlotType

FALLBACK_INTENT = "AMAZON.FallbackIntent"
LONGEST_UTTERANCE = 100
"""Words. Nobody is listened to for longer; a longer sentence only fills an elicited slot."""

Mode = Literal["alexa", "strict", "whole", "lossy"]
MODES: tuple[Mode, ...] = get_args(Mode)


@dataclass(frozen=True)
class Resolution:
    """What Alexa's entity resolution says of the words in a slot."""

    code: Literal["ER_SUCCESS_MATCH", "ER_SUCCESS_NO_MATCH"]
    values: tuple[Named, ...]
    """Id (None if the model gives none) and name of every entry that lists the words, in file order."""


@dataclass(frozen=True)
class HeardSlot:
    """A slot that was filled."""

    name: str
    type: str
    value: str
    """The words as heard, normalised."""
    resolution: Resolution | None
    """None for AMAZON.SearchQuery, and for Amazon's other types unless the model adds values to them."""


@dataclass(frozen=True)
class Elicited:
    """The slot that the last response asked for with `Dialog.ElicitSlot`."""

    intent: str
    slot: str


@dataclass(frozen=True)
class Heard:
    """What would arrive at the skill."""

    intent: str
    slots: tuple[HeardSlot, ...]
    """Those that were filled, in the order of the sample."""
    sample: str | None
    """The sample that matched, or the usual words of a built-in; None if no sample did: elicited, `whole`, fallback."""
    match_class: MatchClass


ALL_CLASSES = (MatchClass.FIXED, MatchClass.LISTED, MatchClass.FREE, MatchClass.PHRASE)
"""Rule 5: fixed words beat list values, list values beat free slots, free slots beat phrases."""
EXACT_CLASSES = (MatchClass.FIXED, MatchClass.LISTED)
"""Rule 6: neither free words nor a phrase are an exact match."""
FALLBACK = Heard(FALLBACK_INTENT, (), None, MatchClass.FALLBACK)


def hear(model: HearingModel, utterance: str, *, mode: Mode = "alexa", elicited: Elicited | None = None) -> Heard:
    """What Alexa would make of the utterance.

    `elicited` is the slot that the last response asked for, if any. Raises ModelInvalid if the model has no such slot,
    ValueError for an unknown mode, and nothing for any utterance; one without words is fallback.
    """
    if mode not in MODES:
        raise ValueError(f"unknown hearing mode {mode!r}: use one of {', '.join(MODES)}")
    asked_for = _slot_asked_for(model, elicited) if elicited else None
    sentence = Sentence(normalise(utterance), model.types, strict=mode == "strict")
    if not sentence.words:
        return FALLBACK
    if mode == "whole":
        return _hear_whole(model, sentence)
    heard = _hear_elicited(model, sentence, *asked_for) if asked_for else _hear_sample(model, sentence)
    return _lose_words(model, heard) if mode == "lossy" else heard


def _slot_asked_for(model: HearingModel, elicited: Elicited) -> tuple[Intent, Slot]:
    intent = model.intents.get(elicited.intent)
    if intent is None or elicited.slot not in intent.slots:
        raise ModelInvalid(
            f"Slot {elicited.slot} of intent {elicited.intent} cannot be elicited: the model does not have it. "
            "Ask for a slot that this model declares."
        )
    return intent, intent.slots[elicited.slot]


def _hear_whole(model: HearingModel, sentence: Sentence) -> Heard:
    """Mode `whole`: the whole sentence in one slot, unresolved, whatever it is."""
    if model.catch_all is None:
        return FALLBACK
    intent, slot = model.catch_all
    phrase = slot.kind is SlotKind.PHRASE
    heard = HeardSlot(slot.name, slot.type, sentence.text, None if phrase else Resolution("ER_SUCCESS_NO_MATCH", ()))
    return Heard(intent, (heard,), None, MatchClass.PHRASE if phrase else MatchClass.FREE)


def _hear_elicited(model: HearingModel, sentence: Sentence, intent: Intent, slot: Slot) -> Heard:
    """Rule 6: the elicited slot takes all, unless a sample of another intent is matched exactly."""
    other = _hear_sample(model, sentence.strictly, EXACT_CLASSES, lambda sample: sample.intent != intent.name)
    if other is not FALLBACK:
        return other
    found = sentence.listed(slot.type, 0, len(sentence.words))
    heard = HeardSlot(slot.name, slot.type, sentence.text, _resolution(slot, model.types.get(slot.type), found))
    return Heard(intent.name, (heard,), None, MatchClass.ELICITED)


def _hear_sample(
    model: HearingModel,
    sentence: Sentence,
    classes: Iterable[MatchClass] = ALL_CLASSES,
    considered: Callable[[Sample], bool] = lambda sample: True,
) -> Heard:
    """Rule 5: the first class in which a sample matches, and the best ranked of its samples; else fallback."""
    if len(sentence.words) > LONGEST_UTTERANCE:
        return FALLBACK
    indexes = {
        MatchClass.FIXED: model.fixed,
        MatchClass.LISTED: model.slotted,
        MatchClass.FREE: model.slotted,
        MatchClass.PHRASE: model.phrased,
    }
    for match_class in classes:
        for sample in indexes[match_class].candidates(sentence.words):
            way = Alignment(sample, sentence, match_class).best() if considered(sample) else None
            if way is not None:
                return Heard(sample.intent, _heard_slots(model, sentence, way), sample.text, match_class)
    return FALLBACK


def _heard_slots(model: HearingModel, sentence: Sentence, way: Way) -> tuple[HeardSlot, ...]:
    return tuple(
        HeardSlot(
            taken.slot.name,
            taken.slot.type,
            sentence.part(taken.start, taken.end),
            _resolution(
                taken.slot, model.types.get(taken.slot.type), sentence.listed(taken.slot.type, taken.start, taken.end)
            ),
        )
        for taken in way
    )


def _resolution(slot: Slot, slot_type: SlotType | None, found: Listed | None) -> Resolution | None:
    """Rule 4: a near miss is delivered as heard with the listed value resolved; what is not listed has no match."""
    if slot_type is None or slot.kind is SlotKind.PHRASE:
        return None
    if found is None:
        return Resolution("ER_SUCCESS_NO_MATCH", ())
    return Resolution("ER_SUCCESS_MATCH", slot_type.entries[found.phrase])


def _lose_words(model: HearingModel, heard: Heard) -> Heard:
    """Mode `lossy`: the last slot is cut to its last two thirds of words, rounded up, and resolved again."""
    if not heard.slots:
        return heard
    *before, last = heard.slots
    words = last.value.split()
    value = " ".join(words[len(words) // 3 :])
    slot, slot_type = model.intents[heard.intent].slots[last.name], model.types.get(last.type)
    found = slot_type.closest(value) if slot_type else None
    cut = replace(last, value=value, resolution=_resolution(slot, slot_type, found))
    return replace(heard, slots=(*before, cut))


__all__ = [
    "FALLBACK_INTENT",
    "MODES",
    "Elicited",
    "Heard",
    "HeardSlot",
    "HearingModel",
    "MatchClass",
    "Mode",
    "Resolution",
    "hear",
    "normalise",
]
