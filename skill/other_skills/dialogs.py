"""The dialog section of an interaction model: what Alexa asks by itself once a skill delegates to it.

Played simply: slots in the order of the model, first variation of each prompt, confirmations by yes and no. Slot
validations and the samples of slots are not played: `not_played` says so of a model that has some.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from skill.errors import ModelInvalid

Json = dict[str, Any]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class DialogSlot(_Part):
    """A slot that Alexa may ask for, or have confirmed."""

    name: str
    elicitationRequired: bool = False  # noqa: N815  Amazon's keys
    confirmationRequired: bool = False  # noqa: N815
    prompts: dict[str, str] | None = None
    validations: list[Any] | None = None


class DialogIntent(_Part):
    """An intent of the dialog section."""

    name: str
    confirmationRequired: bool = False  # noqa: N815
    delegationStrategy: str | None = None  # noqa: N815
    prompts: dict[str, str] | None = None
    slots: list[DialogSlot] | None = None


class _Dialog(_Part):
    intents: list[DialogIntent] | None = None
    delegationStrategy: str | None = None  # noqa: N815


class _Variation(_Part):
    value: str


class _Prompt(_Part):
    id: str
    variations: list[_Variation]


class _Sections(_Part):
    dialog: _Dialog | None = None
    prompts: list[_Prompt] | None = None


@dataclass(frozen=True)
class Ask:
    """One question that the next sentence answers."""

    kind: Literal["elicit", "confirm slot", "confirm intent"]
    slot: str | None
    """None for the intent as a whole."""
    prompt: str = ""
    """What the device says; empty where the skill has said it."""


@dataclass(frozen=True)
class DialogModel:
    """What is to be asked, by intent; and which slots each intent declares."""

    intents: Mapping[str, DialogIntent]
    always: frozenset[str]
    """Intents that Alexa delegates by itself: the skill hears of them when they are complete."""
    prompts: Mapping[str, str]
    """By id, the first variation."""
    slots: Mapping[str, tuple[str, ...]]
    """Of every intent of the language model."""

    @classmethod
    def from_json(cls, data: Mapping[str, Any], name: str) -> DialogModel:
        """Takes the JSON of a file that the matcher has read. Raises ModelInvalid that names the place."""
        inner = data["interactionModel"]
        try:
            sections = _Sections.model_validate(inner)
        except ValidationError as error:
            faults = [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()]
            raise ModelInvalid("\n".join(f"{name}: {fault}." for fault in faults)) from error
        dialog = sections.dialog or _Dialog()
        intents = {intent.name: intent for intent in dialog.intents or ()}
        strategy = dialog.delegationStrategy
        return cls(
            intents=intents,
            always=frozenset(n for n, one in intents.items() if (one.delegationStrategy or strategy) == "ALWAYS"),
            prompts={prompt.id: prompt.variations[0].value for prompt in sections.prompts or () if prompt.variations},
            slots={
                intent["name"]: tuple(slot["name"] for slot in intent.get("slots") or ())
                for intent in inner["languageModel"]["intents"]
            },
        )

    def empty(self, intent: str) -> Json:
        """An intent's JSON with none of its slots filled: Alexa names every slot."""
        slots = {name: {"name": name, "confirmationStatus": "NONE"} for name in self.slots.get(intent, ())}
        return {"name": intent, "confirmationStatus": "NONE", "slots": slots}

    def next_ask(self, intent: Json) -> Ask | None:
        """What is still to be asked of an intent; None when it is complete."""
        dialog = self.intents.get(intent["name"])
        if dialog is None:
            return None
        for slot in dialog.slots or ():
            filled = intent["slots"].get(slot.name) or {}
            if not filled.get("value") and slot.elicitationRequired:
                return Ask(
                    "elicit", slot.name, self._prompt(slot.prompts, "elicitation", f"What is the {slot.name}?", intent)
                )
            if filled.get("value") and slot.confirmationRequired and filled.get("confirmationStatus") == "NONE":
                plain = f"{filled['value']}, is that right?"
                return Ask("confirm slot", slot.name, self._prompt(slot.prompts, "confirmation", plain, intent))
        if dialog.confirmationRequired and intent["confirmationStatus"] == "NONE":
            return Ask("confirm intent", None, self._prompt(dialog.prompts, "confirmation", "Is that right?", intent))
        return None

    def _prompt(self, prompts: Mapping[str, str] | None, kind: str, plain: str, intent: Json) -> str:
        """The model's own words, with slots put in; a plain question where it has none."""
        text = self.prompts.get((prompts or {}).get(kind, ""), plain)
        return re.sub(r"\{(\w+)\}", lambda found: (intent["slots"].get(found[1]) or {}).get("value", found[0]), text)

    def not_played(self) -> Iterator[str]:
        """What of this model's dialogs is not played, a sentence each."""
        if any(slot.validations for intent in self.intents.values() for slot in intent.slots or ()):
            yield "Slot validations are not played: every value is taken."
        if self.always:
            yield f"Alexa delegates {', '.join(sorted(self.always))} by itself: only what is complete is sent."


def confirmed(intent: Json, ask: Ask, *, yes: bool) -> Json:
    """The intent after yes or no. A slot that the device asked about and that was denied is empty again; a skill that
    asked is told of the denial.
    """
    status = "CONFIRMED" if yes else "DENIED"
    if ask.slot is None:
        return {**intent, "confirmationStatus": status}
    slot = {**(intent["slots"].get(ask.slot) or {"name": ask.slot}), "confirmationStatus": status}
    if ask.prompt and not yes:
        slot = {"name": ask.slot, "confirmationStatus": "NONE"}
    return {**intent, "slots": {**intent["slots"], ask.slot: slot}}
