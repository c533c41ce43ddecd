"""Every sample of the model, with listed values in its slots, listed values said alone, and the store's examples: each
gets a fitting reply. A sample is said where it makes sense: "say that again" after an answer.

What would be heard for a sample is sent as such: whether it is heard at all is the model check's, and the device's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from skill.certify.findings import Case
from skill.certify.fitting import Said, fit_for
from skill.certify.probe import Answer, Probe
from skill.library.interaction import SIGN_PREFIX
from skill.simulator.converse import ONESHOT
from skill.simulator.hear import HeardSlot, Resolution
from skill.store_package.listing import sentence_of

SEARCH = "AMAZON.SearchQuery"
VALUES_EVERY = 40
"""Of the listed values one in so many is said alone, unless all are asked for."""
_ALONE = {"Topic": ("TopicIntent", "topic"), "Complaint": ("ComplaintIntent", "complaint")}
"""Where a listed value is a whole sentence."""
_HEARD_OUT = frozenset({"answer", "choose", "urgent"})


class Listed(NamedTuple):
    """One listed phrase."""

    id: str | None
    phrase: str
    name: str
    """Of the value that it is a synonym of."""


@dataclass(frozen=True)
class Sampled:
    """How much is tried: of the samples every so manieth, beginning at `place`; of the values likewise."""

    place: int = 0
    every: int = 1
    values_every: int = VALUES_EVERY


@dataclass(frozen=True)
class Setting:
    """What a sample is judged by."""

    situations: Mapping[str, Answer]
    """State → the answer that leads there."""
    aspects: Mapping[str, str | None]
    """Intent → the part of an article that it stands for."""
    welcome: str


def check_samples(probe: Probe, setting: Setting, sampled: Sampled, step: Callable[[], None]) -> None:
    """Samples and values in one locale; `step` is called after each request."""
    types = _types(probe.model)
    samples = list(_samples(probe.model))
    chosen = samples[sampled.place % sampled.every :: sampled.every]
    probe.findings.share("samples tried", len(chosen), len(samples))
    fillers = _fillers(types)
    for number, (intent, slots, sample) in enumerate(chosen):
        _check_sample(probe, setting, intent, sample, tuple(_fill(slots, sample, fillers, number)))
        step()
    _check_values(probe, types, setting.welcome, sampled, step)


def _check_sample(probe: Probe, setting: Setting, intent: str, sample: str, filled: tuple[HeardSlot, ...]) -> None:
    fit = fit_for(intent, [slot.type for slot in filled], setting.aspects.get(intent))
    before = setting.situations.get(fit.state) if fit else None
    if fit is None or before is None:
        expected = f"{fit.state}, which was not reached" if fit else "a kind of reply, in fitting.py"
        case = Case(probe.locale, f"{intent}: {sample!r}", "nothing that it could be held to", expected)
        probe.findings.hold("samples-answered", False, case)
        return
    answer = probe.ask(intent, *filled, attributes=before.attributes)
    fits = answer.speech != setting.welcome and fit.fits(Said(answer, before, probe.wording, filled))
    probe.findings.hold("samples-answered", fits, answer.case(f"{fit.says}, to {sample!r} {fit.state}"))


def how_many(model: dict[str, Any], sampled: Sampled) -> int:
    """Requests that `check_samples` will send, for a progress bar."""
    types = _types(model)
    values = sum(len(types.get(kind, ())) for kind in _ALONE)
    return len(list(_samples(model))) // sampled.every + values // sampled.values_every


def check_examples(probe: Probe, phrases: Sequence[str]) -> None:
    """The store's example phrases, as they would be heard."""
    for phrase in phrases:
        sentence = sentence_of(phrase, probe.wording.invocation_name)
        answer = probe.talk(f"{ONESHOT} {sentence}") if sentence else probe.launch({})
        probe.findings.hold("examples-answered", answer.outcome in _HEARD_OUT, answer.case(f"an answer to {phrase!r}"))


def _check_values(
    probe: Probe, types: dict[str, list[Listed]], welcome: str, sampled: Sampled, step: Callable[[], None]
) -> None:
    for kind, (intent, slot) in _ALONE.items():
        listed = types.get(kind, [])
        chosen = listed[sampled.place % sampled.values_every :: sampled.values_every]
        probe.findings.share("listed values tried alone", len(chosen), len(listed))
        for one in chosen:
            answer = probe.ask(intent, _heard_slot(slot, kind, one))
            fits = not answer.ends and answer.speech != welcome
            probe.findings.hold("values-answered", fits, answer.case(f"a reply that goes on, for {one.id}"))
            if (one.id or "").startswith(SIGN_PREFIX):
                probe.findings.share("phrases of urgent signs met with what to do", answer.outcome == "urgent", 1)
            else:
                probe.findings.share("listed values met with an answer or a choice", answer.outcome in _HEARD_OUT, 1)
            step()


def _fill(slots: dict[str, str], sample: str, fillers: dict[str, list[Listed]], number: int) -> Iterator[HeardSlot]:
    """Something in each slot, another thing each time."""
    for place, name in enumerate(re.findall(r"\{(\w+)\}", sample)):
        kind = slots[name]
        listed = fillers.get(kind, [])
        if not listed:
            yield HeardSlot(name, kind, "something", None)
            continue
        one = listed[(number * 37 + place * 101) % len(listed)]  # both prime: neighbours are not tried together
        yield HeardSlot(name, kind, one.phrase, None) if kind == SEARCH else _heard_slot(name, kind, one)


def _fillers(types: dict[str, list[Listed]]) -> dict[str, list[Listed]]:
    """By type, what is said in a slot: listed values, and in free slots complaints. Urgent signs are said alone: how
    well they are heard beside something else is measured by `bump-guide evaluate`.
    """
    complaints = [one for one in types.get("Complaint", ()) if not (one.id or "").startswith(SIGN_PREFIX)]
    return {**types, "Complaint": complaints, SEARCH: complaints}


def _heard_slot(name: str, kind: str, one: Listed) -> HeardSlot:
    return HeardSlot(name, kind, one.phrase, Resolution("ER_SUCCESS_MATCH", ((one.id, one.name),)))


def _samples(model: dict[str, Any]) -> Iterator[tuple[str, dict[str, str], str]]:
    """Intent, its slots with their types, and one sample; a built-in without samples once, as it is usually said."""
    for intent in model["interactionModel"]["languageModel"]["intents"]:
        slots = {slot["name"]: slot["type"] for slot in intent.get("slots", [])}
        for sample in intent.get("samples") or [""]:
            yield intent["name"], slots, sample


def _types(model: dict[str, Any]) -> dict[str, list[Listed]]:
    return {
        kind["name"]: [
            Listed(value.get("id"), phrase, value["name"]["value"])
            for value in kind["values"]
            for phrase in (value["name"]["value"], *value["name"].get("synonyms", ()))
        ]
        for kind in model["interactionModel"]["languageModel"].get("types", [])
    }
