"""The parsed JSON of an interaction model file → something typed that rules can walk, and what had the wrong shape.

Reading never fails: what cannot be read is a fault with the path of its key, and is left out of the model.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Literal, TypeVar

from skill.alexa.model_check.limits import LIMITS, ModelFault, fault
from skill.alexa.model_check.parts import DialogItem, Intent, Model, Prompt, Sample, Slot, SlotType, Value

SENSITIVITIES = ("LOW", "MEDIUM", "HIGH")
"""ask-smapi-model, FallbackIntentSensitivityLevel [A]."""
STRATEGIES = ("ALWAYS", "SKILL_RESPONSE")
"""ask-smapi-model, DelegationStrategyType [A]."""
PROMPT_TYPES = ("PlainText", "SSML")
"""ask-smapi-model, PromptItemsType [A]."""
VALIDATIONS = (
    "hasEntityResolutionMatch", "isGreaterThan", "isGreaterThanOrEqualTo", "isInDuration", "isInSet", "isLessThan",
    "isLessThanOrEqualTo", "isNotInDuration", "isNotInSet",
)  # fmt: skip
"""ask-smapi-model, SlotValidation [A]."""
Path = tuple[str | int, ...]
"""Keys and places in lists, from the top of the file."""
Record = Mapping[str, Any]
Kind = Literal["an object with keys", "a list", "a text", "true or false"]
One = TypeVar("One")


def as_text(path: Path) -> str:
    """`("intents", 3, "name")` → `intents[3].name`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".") or "the file"


def too_deep(raw: object) -> bool:
    """Whether values nest deeper than any model does. Does not recurse."""
    level: list[object] = [raw]
    for _ in range(LIMITS["nesting"].number):
        if not level:
            return False
        nested = [one.values() if isinstance(one, Mapping) else one for one in level if isinstance(one, Mapping | list)]
        level = [inner for one in nested for inner in one]
    return bool(level)


class Reader:
    """Reads one file. `faults` and `unreadable` fill as it goes."""

    def __init__(self) -> None:
        self.faults: list[ModelFault] = []
        self.unreadable: set[Path] = set()
        """What has the wrong type or a word that is no choice."""

    def read(self, raw: object) -> Model:
        """The whole file; raises nothing."""
        top = self._record(raw, ())
        inner = self._child(top, "interactionModel", ())
        path: Path = ("interactionModel",)
        language, language_path = self._child(inner, "languageModel", path), (*path, "languageModel")
        self._sensitivity(language, language_path)
        dialog, dialog_path = self._child(inner, "dialog", path, needed=False), (*path, "dialog")
        self._choice(dialog, "delegationStrategy", dialog_path, STRATEGIES, "dialog-strategy")
        return Model(
            invocation_name=self._text(language, "invocationName", language_path),
            intents=self._all(language, "intents", language_path, self._intent),
            types=self._all(language, "types", language_path, self._type, needed=False),
            dialog=self._all(dialog, "intents", dialog_path, self._dialog_intent, needed=False) or (),
            prompts=self._all(inner, "prompts", path, self._prompt, needed=False),
        )

    def _sensitivity(self, language: Record | None, path: Path) -> None:
        configuration = self._child(language, "modelConfiguration", path, needed=False)
        path = (*path, "modelConfiguration")
        sensitivity = self._child(configuration, "fallbackIntentSensitivity", path, needed=False)
        path = (*path, "fallbackIntentSensitivity")
        level = self._choice(sensitivity, "level", path, SENSITIVITIES, "fallback-sensitivity")
        if level is None and language is not None and not any(bad[:3] == path[:3] for bad in self.unreadable):
            remedy = f"Set it to {', '.join(SENSITIVITIES[:-1])} or {SENSITIVITIES[-1]}."
            self.faults.append(fault("fallback-sensitivity", as_text((*path, "level")), "It is not set.", remedy))

    def _intent(self, record: Record, path: Path) -> Intent:
        name = self._text(record, "name", path) or ""
        where = name or as_text(path)
        before = len(self.unreadable)
        slots = self._all(
            record, "slots", path, lambda slot, slot_path: self._slot(slot, slot_path, where), needed=False
        )
        known = len(self.unreadable) == before
        return Intent(name, where, slots or (), known, self._samples(record, path, where, name))

    def _slot(self, record: Record, path: Path, intent: str) -> Slot:
        name = self._text(record, "name", path) or ""
        where = f"{intent}/{name or as_text(path)}"
        kind = self._text(record, "type", path) or ""
        return Slot(name, kind, where, self._samples(record, path, where, intent))

    def _samples(self, record: Record, path: Path, where: str, intent: str) -> tuple[Sample, ...]:
        return tuple(Sample(text, intent, f"{where}/{text}") for text in self._texts(record, "samples", path))

    def _type(self, record: Record, path: Path) -> SlotType:
        name = self._text(record, "name", path) or ""
        where = name or as_text(path)
        values = self._all(
            record, "values", path, lambda value, value_path: self._value(value, value_path, where),
            needed=record.get("valueSupplier") is None,
        )  # fmt: skip
        return SlotType(name, where, tuple(value for value in values or () if value))

    def _value(self, record: Record, path: Path, where: str) -> Value | None:
        identifier = self._text(record, "id", path, needed=False)
        words_of_it = self._child(record, "name", path)
        path = (*path, "name")
        text = self._text(words_of_it, "value", path, may_be_empty=True)
        synonyms = self._texts(words_of_it, "synonyms", path)
        return None if text is None else Value(identifier, text, tuple(synonyms), f"{where}/{text}")

    def _dialog_intent(self, record: Record, path: Path) -> DialogItem:
        self._choice(record, "delegationStrategy", path, STRATEGIES, "dialog-strategy")
        name = self._text(record, "name", path) or ""
        where = f"dialog/{name}" if name else as_text(path)
        slots = self._all(
            record, "slots", path, lambda slot, slot_path: self._dialog_slot(slot, slot_path, where), needed=False
        )
        flags = self._flags(record, path, "confirmationRequired")
        return DialogItem(name, where, flags=flags, prompts=self._prompt_ids(record, path), slots=slots or ())

    def _dialog_slot(self, record: Record, path: Path, intent: str) -> DialogItem:
        name = self._text(record, "name", path) or ""
        where = f"{intent}/{name}" if name else as_text(path)
        kind = self._text(record, "type", path) or ""
        flags = self._flags(record, path, "elicitationRequired", "confirmationRequired")
        prompts = self._prompt_ids(record, path)
        validations = self._all(record, "validations", path, self._validation, needed=False) or ()
        return DialogItem(name, where, kind, flags, prompts, tuple(prompt for prompt in validations if prompt))

    def _validation(self, record: Record, path: Path) -> str | None:
        if self._choice(record, "type", path, VALIDATIONS, "dialog-validation") is None:
            self.unreadable.add(path)
            self._present(record, "type", path, needed=True)
        return self._text(record, "prompt", path, needed=False)

    def _flags(self, record: Record, path: Path, *names: str) -> dict[str, bool]:
        flags: dict[str, bool] = {}
        for name in names:
            value = record.get(name)
            if value is None:
                where = as_text((*path, name))
                self.faults.append(fault("dialog-flag", where, "It is missing.", "Say true or false."))
            elif isinstance(value, bool):
                flags[name] = value
            else:
                self._wrong((*path, name), "true or false")
        return flags

    def _prompt_ids(self, record: Record, path: Path) -> dict[str, str]:
        prompts, path = self._child(record, "prompts", path, needed=False), (*path, "prompts")
        ids = {name: self._text(prompts, name, path, needed=False) for name in ("elicitation", "confirmation")}
        return {name: prompt for name, prompt in ids.items() if prompt is not None}

    def _prompt(self, record: Record, path: Path) -> Prompt:
        identifier = self._text(record, "id", path) or ""
        where = f"prompts/{identifier}" if identifier else as_text(path)
        variations = self._all(record, "variations", path, self._variation)
        return Prompt(identifier, where, sum(map(bool, variations)) if variations is not None else 1)

    def _variation(self, record: Record, path: Path) -> bool:
        self._choice(record, "type", path, PROMPT_TYPES, "prompt-type")
        self._present(record, "type", path, needed=True)
        text = self._text(record, "value", path, may_be_empty=True)
        return text is None or bool(text.strip())

    # One value each, with its fault.

    def _child(self, record: Record | None, key: str, path: Path, *, needed: bool = True) -> Record | None:
        if (value := self._present(record, key, path, needed=needed)) is None:
            return None
        return self._record(value, (*path, key))

    def _record(self, value: object, path: Path) -> Record | None:
        if isinstance(value, Mapping):
            return value
        self._wrong(path, "an object with keys")
        return None

    def _all(
        self,
        record: Record | None,
        key: str,
        path: Path,
        read: Callable[[Record, Path], One],
        *,
        needed: bool = True,
    ) -> tuple[One, ...] | None:
        """Every member of a list that is an object; None where the list itself cannot be read."""
        if record is None:
            return None
        if (values := self._present(record, key, path, needed=needed)) is None:
            return None if needed else ()
        path = (*path, key)
        if not isinstance(values, list):
            self._wrong(path, "a list")
            return None
        members = [(self._record(value, (*path, place)), (*path, place)) for place, value in enumerate(values)]
        return tuple(read(member, member_path) for member, member_path in members if member is not None)

    def _text(
        self, record: Record | None, key: str, path: Path, *, needed: bool = True, may_be_empty: bool = False
    ) -> str | None:
        value = self._present(record, key, path, needed=needed)
        if value is None:
            return None
        if not isinstance(value, str):
            self._wrong((*path, key), "a text")
            return None
        if not value.strip() and not may_be_empty:
            self._unreadable((*path, key), "It is empty.", "Fill it.")
            return None
        return value

    def _texts(self, record: Record | None, key: str, path: Path) -> list[str]:
        return list(self._each_text(record, key, path))

    def _each_text(self, record: Record | None, key: str, path: Path) -> Iterator[str]:
        values = self._present(record, key, path, needed=False)
        path = (*path, key)
        if values is not None and not isinstance(values, list):
            self._wrong(path, "a list")
            return
        for place, value in enumerate(values or ()):
            if isinstance(value, str):
                yield value
            else:
                self._wrong((*path, place), "a text")

    def _choice(self, record: Record | None, key: str, path: Path, choices: Collection[str], rule: str) -> str | None:
        value = self._text(record, key, path, needed=False)
        if value is None or value in choices:
            return value
        path = (*path, key)
        self.unreadable.add(path)
        self.faults.append(fault(rule, as_text(path), f"{value!r} is unknown.", f"Choose from {', '.join(choices)}."))
        return None

    def _present(self, record: Record | None, key: str, path: Path, *, needed: bool) -> Any:
        """The value of a key; null counts as absent, as in files that Amazon's own tools write."""
        if record is None:
            return None
        value = record.get(key)
        if value is None and needed:
            self._unreadable((*path, key), "It is missing.", "Add it.")
        return value

    def _wrong(self, path: Path, kind: Kind) -> None:
        self._unreadable(path, f"It is not {kind}.", f"Make it {kind}.")

    def _unreadable(self, path: Path, problem: str, remedy: str) -> None:
        self.unreadable.add(path)
        self.faults.append(fault("shape", as_text(path), problem, remedy))


def without(value: object, paths: Collection[Path], path: Path = ()) -> object:
    """A copy without nulls and what stands at these paths. In lists a null takes its place, so that places stay."""
    if isinstance(value, Mapping):
        kept = {key: inner for key, inner in value.items() if inner is not None and (*path, key) not in paths}
        return {key: without(inner, paths, (*path, key)) for key, inner in kept.items()}
    if isinstance(value, list):
        members = [((*path, place), inner) for place, inner in enumerate(value)]
        return [None if step in paths else without(inner, paths, step) for step, inner in members]
    return value
