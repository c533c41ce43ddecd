"""Amazon's NLU annotation sets: sentences with the intent and slots that are expected of an interaction model.

    {"data": [{"inputs": {"utterance", "referenceTimestamp"?}, "expected": [{"intent": {"name", "slots": {…}}}]}]}

A slot is written {"value": "seattle"} (Amazon's description of the Skill Management API, and ask-smapi-model's
ExpectedIntentSlotsProps) or, in later pages, {"slotValue": {"type": "Simple", "value": …}} and {"slotValue": {"type":
"List", "values": […]}} (Amazon, NLU Evaluation Tool API): both are read, and written back as they came. Keys that we
do not know are kept. Unconfirmed: whether several `expected` are alternatives; we take them so. Amazon has retired the
tool (Deprecated Features, 2023): the files are still a good way to keep such tests.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from skill.errors import InputInvalid


class _Kept(BaseModel):
    """Frozen; what we do not know is kept."""

    model_config = ConfigDict(frozen=True, extra="allow", strict=True)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Keys that we do not know."""
        return tuple(self.model_extra or ())


class SlotValue(_Kept):
    """The later way to write a slot's value, or several."""

    type: Literal["Simple", "List"]
    value: str | None = None
    values: list[SlotValue] = []


class ExpectedSlot(_Kept):
    """What a slot should take."""

    value: str | None = None
    slotValue: SlotValue | None = None  # noqa: N815  Amazon's key

    @property
    def wanted(self) -> tuple[str, ...]:
        """One value, or several of a slot that takes a list; none where nothing is written."""
        if self.slotValue is None:
            return () if self.value is None else (self.value,)
        listed = self.slotValue.values if self.slotValue.type == "List" else [self.slotValue]
        return tuple(one.value for one in listed if one.value is not None)


class ExpectedIntent(_Kept):
    """The intent and its slots, by name."""

    name: str = Field(min_length=1)
    slots: dict[str, ExpectedSlot] = {}


class Expected(_Kept):
    """One thing that may be understood."""

    domain: str | None = None
    intent: ExpectedIntent


class Inputs(_Kept):
    """What is said, and the day that "tomorrow" is counted from."""

    utterance: str = Field(min_length=1)
    referenceTimestamp: str | None = None  # noqa: N815  Amazon's key


class Annotation(_Kept):
    """One sentence with what is expected of it."""

    inputs: Inputs
    expected: list[Expected] = Field(min_length=1)


class AnnotationSet(_Kept):
    """One file."""

    data: list[Annotation]
    csvSlots: list[str] = []  # noqa: N815  in the manner of Amazon's keys, but ours
    """The slots that a CSV file had columns for, where the sentences do not tell them: no sentence may fill one."""

    def to_json(self) -> str:
        """The text of the JSON file: what was read and nothing more."""
        return json.dumps(self.model_dump(exclude_unset=True), indent=2, ensure_ascii=False) + "\n"


def is_annotation_set(data: object) -> bool:
    """Whether a file's JSON is an annotation set."""
    return isinstance(data, dict) and isinstance(data.get("data"), list)


def read_annotations(data: Mapping[str, Any], path: Path) -> AnnotationSet:
    """The JSON of an annotation file → AnnotationSet. Raises InputInvalid that names every fault with its key."""
    try:
        return AnnotationSet.model_validate(data)
    except ValidationError as error:
        faults = [f"{path}: {'.'.join(map(str, fault['loc']))}: {fault['msg']}." for fault in error.errors()]
        raise InputInvalid("\n".join(faults)) from error


def annotation(utterance: str, intent: str, slots: Mapping[str, str], reference: str = "") -> Annotation:
    """One sentence, with the intent and slots expected of it."""
    inputs = {"utterance": utterance, **({"referenceTimestamp": reference} if reference else {})}
    named = {"name": intent, "slots": {name: {"value": value} for name, value in slots.items()}}
    return Annotation.model_validate({"inputs": inputs, "expected": [{"intent": named}]})
