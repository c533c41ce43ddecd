"""Rules on the dialog section and its prompts: without them Alexa refuses the directive that elicits a slot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from skill.alexa.model_check.limits import ModelFault, fault
from skill.alexa.model_check.parts import Case, DialogItem

_ASKED_BY_FLAG = {"elicitationRequired": "elicitation", "confirmationRequired": "confirmation"}


def dialog_intents(case: Case) -> Iterator[ModelFault]:
    """Every intent of the dialog section is an intent of the model, and stands there once."""
    counted = Counter(item.name for item in case.model.dialog)
    for item in case.model.dialog:
        if case.model.intents is not None and item.name and item.name not in case.model.intent_by_name:
            remedy = "Correct its name, or add the intent."
            yield fault("dialog-intent", item.where, f"The model has no intent {item.name}.", remedy)
    for name, count in counted.items():
        if name and count > 1:
            yield fault("dialog-intent", f"dialog/{name}", "The intent stands there twice.", "Put its slots together.")


def dialog_slots(case: Case) -> Iterator[ModelFault]:
    """Every slot of the dialog section is a slot of its intent, with the same type, and stands there once."""
    for item in case.model.dialog:
        intent = case.model.intent_by_name.get(item.name)
        counted = Counter(slot.name for slot in item.slots)
        for name, count in counted.items():
            if name and count > 1:
                yield fault("dialog-slot", f"{item.where}/{name}", "The slot stands there twice.", "Remove one.")
        for slot in item.slots if intent is not None and intent.slots_known else ():
            yield from _dialog_slot(slot, intent.types if intent is not None else {})


def _dialog_slot(slot: DialogItem, types: dict[str, str]) -> Iterator[ModelFault]:
    if slot.name and slot.name not in types:
        problem = f"The intent has no slot {slot.name}."
        yield fault("dialog-slot", slot.where, problem, "Correct its name, or declare it.")
    elif slot.name and slot.type and slot.type != types[slot.name]:
        problem = f"Its type is {slot.type} here, and {types[slot.name]} on the intent."
        yield fault("dialog-slot-type", slot.where, problem, "Use the same type.")


def dialog_prompts_there(case: Case) -> Iterator[ModelFault]:
    """What has to be elicited or confirmed has a prompt."""
    for item in _items(case):
        for flag, prompt in _ASKED_BY_FLAG.items():
            if item.flags.get(flag) and prompt not in item.prompts:
                problem = f"{flag} is true, and there is no prompt for it."
                remedy = f'Add "{prompt}" to its prompts, or set {flag} to false.'
                yield fault("dialog-prompt-missing", item.where, problem, remedy)


def dialog_prompts_known(case: Case) -> Iterator[ModelFault]:
    """Every prompt id stands in prompts."""
    if case.model.prompts is None:
        return
    known = {prompt.id for prompt in case.model.prompts}
    for item in _items(case):
        for name in dict.fromkeys(item.prompt_ids):
            if name not in known:
                problem = f"There is no prompt with the id {name}."
                yield fault("dialog-prompt-unknown", item.where, problem, "Add it to prompts, or correct the id.")


def prompts_once(case: Case) -> Iterator[ModelFault]:
    """Each prompt stands once."""
    for name, count in Counter(prompt.id for prompt in case.model.prompts or ()).items():
        if name and count > 1:
            yield fault("prompt-twice", f"prompts/{name}", "The prompt stands there twice.", "Put them together.")


def prompts_say_something(case: Case) -> Iterator[ModelFault]:
    """A prompt has words to ask with."""
    for prompt in case.model.prompts or ():
        if not prompt.variations:
            yield fault("prompt-empty", prompt.where, "It has no variation with words.", "Write what Alexa asks.")


def prompts_used(case: Case) -> Iterator[ModelFault]:
    """Every prompt is named in the dialog section. While that names an unknown one, this may be the one it means."""
    prompts = case.model.prompts or ()
    named = {name for item in _items(case) for name in item.prompt_ids}
    for prompt in prompts if named <= {prompt.id for prompt in prompts} else ():
        if prompt.id and prompt.id not in named:
            yield fault("prompt-unused", prompt.where, "No dialog names it.", "Use it or remove it.")


def _items(case: Case) -> Iterator[DialogItem]:
    for item in case.model.dialog:
        yield item
        yield from item.slots


CHECKS = (
    dialog_intents, dialog_slots, dialog_prompts_there, dialog_prompts_known, prompts_once, prompts_say_something,
    prompts_used,
)  # fmt: skip
