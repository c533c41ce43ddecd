"""The interaction model, held to the check that its own room makes; and what prompts suggest to say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from skill.alexa.model_check.check import check_model
from skill.certify.everywhere import heard_exactly
from skill.certify.findings import Case
from skill.certify.probe import Probe
from skill.library.phrases import Said
from skill.simulator.hear import EXACT_CLASSES, hear

_RULE_OF = {
    "built-in-missing": "intents-required",
    "clash": "utterance-unshared",
    "sample-twice": "utterance-unshared",
    "built-in-words": "utterance-unshared",
    "swallowed": "utterance-unshared",
    "suggested-uncovered": "suggested-samples",
    "suggested-misheard": "suggested-samples",
}
"""Which rule of certification a rule of the model check belongs to; else limits, or the invocation name."""
_MODEL_RULES = ("invocation-name", "intents-required", "utterance-unshared", "suggested-samples", "model-limits")


def check_text_of_model(probe: Probe, said: Said) -> None:
    """The interaction model of one locale against every rule of the model check."""

    def heard(sentence: str) -> tuple[str, bool]:
        result = hear(probe.hearing, sentence)
        return result.intent, result.match_class in EXACT_CLASSES

    faults = check_model(probe.model, suggested=_suggested(said), locale=probe.locale, hear=heard)
    for rule in _MODEL_RULES:
        probe.findings.hold(rule, True, Case(probe.locale, "the model", "", ""))
    for fault in faults:
        if fault.level == "error":
            case = Case(probe.locale, f"{fault.rule}: {fault.where}", fault.problem, fault.remedy)
            probe.findings.hold(_rule_of(fault.rule), False, case)


def _rule_of(name: str) -> str:
    return "invocation-name" if name.startswith("invocation-") else _RULE_OF.get(name, "model-limits")


def _suggested(said: Iterable[tuple[str, tuple[str, ...]]]) -> Sequence[str]:
    return [phrase for _, variants in said for text in variants for phrase in re.findall(r"“([^”]+)”", text)]


def check_suggested(probe: Probe, phrases: Iterable[str]) -> None:
    """What prompts suggested while we talked, in the words that were spoken."""
    for phrase in sorted(phrases):
        case = Case(probe.locale, f"“{phrase}”", "not heard exactly", "a sample of the model")
        probe.findings.hold("prompts-covered", heard_exactly(probe, phrase), case)
