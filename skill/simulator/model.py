"""One interaction model, read once: intents, types and the indexes that make hearing quick."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from skill.errors import ModelInvalid
from skill.simulator.samples import Sample, SampleIndex, Slot, SlotKind, parse
from skill.simulator.slot_types import Named, SlotType
from skill.simulator.word_lists import USUAL_WORDS

_KINDS = {
    "AMAZON.SearchQuery": SlotKind.PHRASE,
    "AMAZON.NUMBER": SlotKind.NUMBER,
    "AMAZON.FOUR_DIGIT_NUMBER": SlotKind.NUMBER,
}


@dataclass(frozen=True)
class Intent:
    """One intent of the model."""

    name: str
    slots: Mapping[str, Slot]
    """By name, in file order."""
    samples: tuple[Sample, ...]
    """In file order; of a built-in, the usual words come after its own."""


@dataclass(frozen=True, eq=False)
class HearingModel:
    """What the matcher knows of an interaction model. Reading it is the costly part: build it once."""

    invocation_name: str
    intents: Mapping[str, Intent]
    """By name, in file order."""
    types: Mapping[str, SlotType]
    """By name; Amazon's types only where the model adds values to them."""
    fixed: SampleIndex
    """Samples of fixed words only."""
    slotted: SampleIndex
    """Samples with slots of lists, and no AMAZON.SearchQuery."""
    phrased: SampleIndex
    """Samples with an AMAZON.SearchQuery."""
    catch_all: tuple[str, Slot] | None
    """Where mode `whole` puts the sentence: an intent's name and its slot."""

    @classmethod
    def from_json(cls, data: Mapping[str, Any], name: str = "the interaction model") -> HearingModel:
        """Takes the JSON of an interaction model file. Raises ModelInvalid, which says `name` and what is wrong."""
        return _Reader(name).model(data)

    @classmethod
    def load(cls, path: Path) -> HearingModel:
        """Reads an interaction model file. Raises ModelInvalid for one that is missing, not JSON, or no such model."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise ModelInvalid(f"{path}: cannot be read: {error.strerror or error}.") from error
        except (ValueError, RecursionError) as error:
            raise ModelInvalid(f"{path}: is not JSON in UTF-8: {error}.") from error
        return cls.from_json(data, str(path))


class _Reader:
    """Reads one model; every complaint begins with the model's name and the place in it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._order = count()

    def model(self, data: Mapping[str, Any]) -> HearingModel:
        """The whole file."""
        inner = self._get(self._mapping(data, "the file"), "interactionModel", dict, "the file")
        language = self._get(inner, "languageModel", dict, "interactionModel")
        types = dict(map(self._type, self._records(language, "types", "languageModel")))
        intents: dict[str, Intent] = {}
        for record in self._records(language, "intents", "languageModel"):
            intent = self._intent(record, types)
            if intent.name in intents:
                raise self._invalid("intents", f"{intent.name} stands there twice")
            intents[intent.name] = intent
        samples = [sample for intent in intents.values() for sample in intent.samples]
        return HearingModel(
            invocation_name=self._get(language, "invocationName", str, "languageModel", default=""),
            intents=intents,
            types=types,
            fixed=SampleIndex(sample for sample in samples if not sample.slots),
            slotted=SampleIndex(sample for sample in samples if sample.slots and not sample.takes_phrase),
            phrased=SampleIndex(sample for sample in samples if sample.takes_phrase),
            catch_all=next(self._catch_alls(inner, intents, samples), None),
        )

    def _type(self, record: Mapping[str, Any]) -> tuple[str, SlotType]:
        name = self._get(record, "name", str, "a type")
        values = self._records(record, "values", f"type {name}")
        return name, SlotType.of(name, [self._entry(value, f"type {name}") for value in values])

    def _entry(self, value: Mapping[str, Any], where: str) -> tuple[Named, list[str]]:
        identifier = self._get(value, "id", str, where, default="") or None
        words = self._get(value, "name", dict, where)
        listed = self._get(words, "value", str, where)
        return (identifier, listed), [listed, *self._texts(words, "synonyms", where)]

    def _intent(self, record: Mapping[str, Any], types: Mapping[str, SlotType]) -> Intent:
        name = self._get(record, "name", str, "an intent")
        where = f"intent {name}"
        slots = {
            slot.name: slot for slot in (self._slot(one, types, where) for one in self._records(record, "slots", where))
        }
        texts = [*self._texts(record, "samples", where), *USUAL_WORDS.get(name, ())]
        samples = [self._sample(text, name, slots) for text in texts]
        return Intent(name, slots, tuple(sample for sample in samples if sample.elements))

    def _slot(self, record: Mapping[str, Any], types: Mapping[str, SlotType], where: str) -> Slot:
        name, type_name = (self._get(record, key, str, f"a slot of {where}") for key in ("name", "type"))
        built_in = type_name.startswith("AMAZON.")
        if not built_in and type_name not in types:
            raise self._invalid(where, f"slot {name} has the type {type_name}, which the model does not define")
        return Slot(name, type_name, _KINDS.get(type_name, SlotKind.BUILT_IN) if built_in else SlotKind.LIST)

    def _sample(self, text: str, intent: str, slots: Mapping[str, Slot]) -> Sample:
        try:
            elements = parse(text, slots)
        except KeyError as error:
            raise self._invalid(
                f"intent {intent}", f'sample "{text}" has the slot {error.args[0]}, which the intent does not declare'
            ) from error
        return Sample(text, intent, elements, next(self._order), built_in=intent.startswith("AMAZON."))

    def _catch_alls(
        self, inner: Mapping[str, Any], intents: Mapping[str, Intent], samples: Sequence[Sample]
    ) -> Iterator[tuple[str, Slot]]:
        """Best first: a custom slot alone in a sample, a slot of the dialog section, a slot that takes free words."""
        for sample in samples:
            if len(sample.elements) == 1 and sample.slots and sample.slots[0].kind is SlotKind.LIST:
                yield sample.intent, sample.slots[0]
        dialog = self._get(inner, "dialog", dict, "interactionModel", default={})
        for record in self._records(dialog, "intents", "dialog"):
            intent = intents.get(self._get(record, "name", str, "an intent of dialog"))
            for elicitable in self._records(record, "slots", "an intent of dialog"):
                slot = intent and intent.slots.get(self._get(elicitable, "name", str, "a slot of dialog"))
                if intent and slot and slot.kind in (SlotKind.LIST, SlotKind.PHRASE):
                    yield intent.name, slot
        for sample in samples:
            if sample.takes_phrase or (sample.free_words and sample.slots[-1].kind is SlotKind.LIST):
                yield sample.intent, next((s for s in sample.slots if s.kind is SlotKind.PHRASE), sample.slots[-1])

    def _records(self, record: Mapping[str, Any], key: str, where: str) -> list[Mapping[str, Any]]:
        return [self._mapping(one, f"{key} of {where}") for one in self._get(record, key, list, where, default=[])]

    def _texts(self, record: Mapping[str, Any], key: str, where: str) -> list[str]:
        texts = self._get(record, key, list, where, default=[])
        if not all(isinstance(text, str) for text in texts):
            raise self._invalid(where, f"{key} must be a list of texts")
        return list(texts)

    def _mapping(self, value: object, where: str) -> Mapping[str, Any]:
        if not isinstance(value, Mapping):
            raise self._invalid(where, "must be an object with keys")
        return value

    def _get(self, record: Mapping[str, Any], key: str, kind: type[object], where: str, *, default: Any = None) -> Any:
        """The value of a key; null counts as absent, as in files that Amazon's own tools write."""
        value = record.get(key)
        if value is None:
            if default is None:
                raise self._invalid(where, f'"{key}" is missing')
            return default
        if not isinstance(value, Mapping if kind is dict else kind):
            raise self._invalid(where, f'"{key}" must be {_IN_WORDS[kind]}')
        return value

    def _invalid(self, where: str, problem: str) -> ModelInvalid:
        return ModelInvalid(f"{self._name}: {where}: {problem}.")


_IN_WORDS: dict[type[object], str] = {dict: "an object with keys", list: "a list", str: "a text"}
