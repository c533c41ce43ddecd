"""Everything that is needed to talk with somebody's skill, from a model file and an address."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skill.other_skills.amazon_types import how_types_are_taken
from skill.other_skills.conversation import DialogConversation
from skill.other_skills.dialogs import DialogModel
from skill.other_skills.service import Service
from skill.simulator.envelope import DEFAULT_SKILL_ID, Device
from skill.simulator.hear import HearingModel


@dataclass(frozen=True)
class Bench:
    """A conversation that nothing was said in yet, and what is to be known before."""

    conversation: DialogConversation
    notes: tuple[str, ...]
    """What of this model is played otherwise than on a device, a sentence each."""


def open_bench(path: Path, endpoint: str, locale: str, mode: Any, skill_id: str | None) -> Bench:
    """Reads the model; sends nothing yet. Raises ModelInvalid, naming the place in the file, for a model that the
    matcher cannot read, and InputInvalid for an address that is none.
    """
    service = Service(endpoint)
    model = HearingModel.load(path)
    data = json.loads(path.read_text(encoding="utf-8"))
    dialogs = DialogModel.from_json(data, str(path))
    device = Device(locale=locale, skill_id=skill_id or DEFAULT_SKILL_ID)
    notes = (*_notes(model, data), *dialogs.not_played())
    return Bench(DialogConversation(model, dialogs, service, device, mode), notes)


def _notes(model: HearingModel, data: dict[str, Any]) -> Iterator[str]:
    used = {slot.type for intent in model.intents.values() for slot in intent.slots.values()}
    yield from how_types_are_taken(name for name in used if name.startswith("AMAZON.") and name not in model.types)
    slots = [
        (intent["name"], slot)
        for intent in data["interactionModel"]["languageModel"]["intents"]
        for slot in intent.get("slots") or ()
    ]
    sampled = [f"{intent}.{slot['name']}" for intent, slot in slots if slot.get("samples")]
    several = [
        f"{intent}.{slot['name']}" for intent, slot in slots if (slot.get("multipleValues") or {}).get("enabled")
    ]
    if sampled:
        yield f"The samples of slots are not played, the whole sentence fills the slot: {', '.join(sampled)}."
    if several:
        yield f"Slots that take several values get one: {', '.join(several)}."
