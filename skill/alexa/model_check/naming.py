"""Rules on names: the invocation name, intents and slots. Each says in limits.py where it comes from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from skill.alexa.model_check.limits import LIMITS, ModelFault, fault
from skill.alexa.model_check.parts import BUILT_IN, Case, Slot
from skill.alexa.model_check.words import (
    ARTICLES_AND_PREPOSITIONS,
    CONNECTING_WORDS,
    LAUNCH_WORDS,
    PRODUCT_WORDS,
    REQUIRED_INTENTS,
    STANDARD_INTENTS,
    WAKE_WORDS,
)

INVOCATION = "invocationName"
RESERVED = (
    ("a wake word", WAKE_WORDS), ("a launch word", LAUNCH_WORDS), ("a connecting word", CONNECTING_WORDS),
    ("a word for what it is", PRODUCT_WORDS),
)  # fmt: skip

_NAME = re.compile(r"[A-Za-z]+(?:_[A-Za-z]+)*")
_TYPE_NAME = re.compile(r"[A-Za-z][A-Za-z_]*")
_BUILT_IN_NAME = re.compile(r"AMAZON\.[A-Za-z_]+")
_SPOKEN_NAME = re.compile(r"[^\W\d_]+(?:'s|s')?|(?:[^\W\d_]\.)+(?:'s)?")
"""A word with or without a possessive apostrophe, or an abbreviation with its periods."""


def invocation_length(case: Case) -> Iterator[ModelFault]:
    """Two to fifty characters."""
    name = case.model.invocation_name
    least, most = LIMITS["invocation-shortest"], LIMITS["invocation-longest"]
    if name is not None and not least.number <= len(name) <= most.number:
        problem = f"It has {len(name)} characters."
        yield fault("invocation-length", INVOCATION, problem, f"Use {least.number} to {most}.")


def invocation_words(case: Case) -> Iterator[ModelFault]:
    """Two words or more."""
    name = case.model.invocation_name
    if name is not None and len(name.split()) < LIMITS["invocation-words"].number:
        remedy = "Use two words or more; one alone only where it is unique to our brand, which has to be shown."
        yield fault("invocation-words", INVOCATION, f"“{name}” is a single word.", remedy)


def invocation_characters(case: Case) -> Iterator[ModelFault]:
    """Lower-case letters, single spaces, possessive apostrophes, periods of abbreviations; numbers spelled out."""
    name = case.model.invocation_name
    if name is None:
        return
    parts = name.split(" ")
    if name != name.lower() or not all(map(_SPOKEN_NAME.fullmatch, parts)):
        remedy = "Use lower-case letters, single spaces, 's, and periods in abbreviations; spell numbers out."
        yield fault("invocation-characters", INVOCATION, f"“{name}” has other characters.", remedy)


def invocation_article(case: Case) -> Iterator[ModelFault]:
    """In a name of two words neither may be an article or a preposition."""
    parts = (case.model.invocation_name or "").lower().split()
    for word in parts if case.english and len(parts) == 2 else ():
        if word in ARTICLES_AND_PREPOSITIONS:
            problem = f"“{word}” is an article or preposition in a name of two words."
            yield fault("invocation-article", INVOCATION, problem, "Choose another word.")


def invocation_reserved_words(case: Case) -> Iterator[ModelFault]:
    """No launch, connecting or wake word, nor "skill" or "app"."""
    parts = (case.model.invocation_name or "").lower().split() if case.english else []
    for word in dict.fromkeys(part.removesuffix("'s") for part in parts):
        for kind, reserved in RESERVED:
            if word in reserved:
                yield fault("invocation-reserved-word", INVOCATION, f"“{word}” is {kind}.", "Choose another word.")


def intent_count(case: Case) -> Iterator[ModelFault]:
    """At most as many intents as Alexa takes."""
    count, limit = len(case.model.intents or ()), LIMITS["intents"]
    if count > limit.number:
        yield fault("intents", "intents", f"There are {count}.", f"Keep to {limit}.")


def intent_names(case: Case) -> Iterator[ModelFault]:
    """Letters and underscores, a letter at both ends, no double underscore. Amazon's own begin with AMAZON."""
    for intent in case.model.intents or ():
        form = _BUILT_IN_NAME if intent.built_in else _NAME
        if intent.name and not form.fullmatch(intent.name):
            remedy = "Use letters, with single underscores between them."
            yield fault("intent-name", intent.where, f"“{intent.name}” has other characters.", remedy)


def intents_once(case: Case) -> Iterator[ModelFault]:
    """Each intent stands once."""
    for name in _twice(intent.name for intent in case.model.intents or ()):
        yield fault("intent-twice", name, "The intent stands there twice.", "Put its samples together.")


def built_in_intents_known(case: Case) -> Iterator[ModelFault]:
    """An intent with Amazon's prefix is one of the standard ones."""
    for intent in case.model.intents or ():
        if _BUILT_IN_NAME.fullmatch(intent.name) and intent.name not in STANDARD_INTENTS:
            yield fault("built-in-unknown", intent.where, "It is no standard built-in intent.", "Check its spelling.")


def required_intents(case: Case) -> Iterator[ModelFault]:
    """Help, Stop, Cancel, Fallback and NavigateHome are in every model."""
    if case.model.intents is None:
        return
    for name in REQUIRED_INTENTS:
        if name not in case.model.intent_by_name:
            yield fault("built-in-missing", name, "The intent is missing.", "Add it; it needs no samples.")


def slot_names(case: Case) -> Iterator[ModelFault]:
    """Letters and underscores, as for intents."""
    for slot in _slots(case):
        if slot.name and not _NAME.fullmatch(slot.name):
            remedy = "Use letters, with single underscores between them."
            yield fault("slot-name", slot.where, f"“{slot.name}” has other characters.", remedy)


def slots_once(case: Case) -> Iterator[ModelFault]:
    """Each slot stands once on its intent."""
    for intent in case.model.intents or ():
        for name in _twice(slot.name for slot in intent.slots):
            yield fault("slot-twice", f"{intent.where}/{name}", "The slot stands there twice.", "Remove one.")


def slots_declared(case: Case) -> Iterator[ModelFault]:
    """Every slot in a sample is declared on that intent."""
    for intent in case.model.intents or ():
        own = [sample for sample in intent.samples if sample.braces_pair]
        of_slots = [sample for slot in intent.slots for sample in slot.samples if sample.braces_pair]
        for sample in [*own, *of_slots] if intent.slots_known else ():
            for name in dict.fromkeys(sample.slots):
                if name not in intent.types:
                    problem, remedy = f"The intent does not declare {{{name}}}.", "Declare it, or correct its name."
                    yield fault("slot-undeclared", sample.where, problem, remedy)


def slots_used(case: Case) -> Iterator[ModelFault]:
    """Every declared slot stands in a sample, or is elicited. While a sample has an undeclared one, it may be meant."""
    elicited = {(item.name, slot.name) for item in case.model.dialog for slot in item.slots if _is_elicited(slot.flags)}
    for intent in case.model.intents or ():
        used = {name for sample in intent.samples for name in sample.slots}
        for slot in intent.slots if used <= intent.types.keys() else ():
            if slot.name and slot.name not in used and (intent.name, slot.name) not in elicited:
                remedy = "Use it in a sample, elicit it, or remove it."
                yield fault("slot-unused", slot.where, "It stands in no sample and is not elicited.", remedy)


def slot_types_defined(case: Case) -> Iterator[ModelFault]:
    """Every type is defined in the model, or one of Amazon's."""
    if case.model.types is None:
        return
    for slot in _slots(case):
        if slot.type and not slot.type.startswith(BUILT_IN) and slot.type not in case.model.type_by_name:
            problem = f"The model does not define its type {slot.type}."
            yield fault("slot-type-undefined", slot.where, problem, "Define it under types, or correct its name.")


def type_names(case: Case) -> Iterator[ModelFault]:
    """A letter first, then letters and underscores."""
    for one in case.model.types or ():
        form = _BUILT_IN_NAME if one.name.startswith(BUILT_IN) else _TYPE_NAME
        if one.name and not form.fullmatch(one.name):
            yield fault("type-name", one.where, f"“{one.name}” has other characters.", "Use letters and underscores.")


def types_once(case: Case) -> Iterator[ModelFault]:
    """Each type stands once."""
    for name in _twice(one.name for one in case.model.types or ()):
        yield fault("type-twice", name, "The type stands there twice.", "Put its values together.")


def types_used(case: Case) -> Iterator[ModelFault]:
    """Every type that the model defines has a slot. While a slot has an undefined type, this one may be meant."""
    if case.model.intents is None:
        return
    used = {slot.type for slot in _slots(case)}
    undefined = any(not name.startswith(BUILT_IN) for name in used - case.model.type_by_name.keys())
    for one in (case.model.types or ()) if not undefined else ():
        if one.name and one.name not in used:
            yield fault("type-unused", one.where, "No slot has this type.", "Use it or remove it.")


def _slots(case: Case) -> Iterator[Slot]:
    return (slot for intent in case.model.intents or () for slot in intent.slots)


def _is_elicited(flags: Mapping[str, bool]) -> bool:
    """A missing flag has its own fault, and counts as true here."""
    return flags.get("elicitationRequired", True)


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if name and count > 1]


CHECKS = (
    invocation_length, invocation_words, invocation_characters, invocation_article, invocation_reserved_words,
    intent_count, intent_names, intents_once, built_in_intents_known, required_intents,
    slot_names, slots_once, slots_declared, slots_used, slot_types_defined, type_names, types_once, types_used,
)  # fmt: skip
