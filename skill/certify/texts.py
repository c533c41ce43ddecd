"""What is written, not said: the interaction model and the store page, held to the checks that their own rooms make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from skill.alexa.model_check.check import check_model
from skill.certify.findings import Case, Findings
from skill.certify.probe import Probe
from skill.certify.states import heard_exactly
from skill.errors import Fault
from skill.library.content import Content
from skill.library.phrases import Said
from skill.settings import Settings
from skill.simulator.hear import EXACT_CLASSES, hear
from skill.store_package.listing import Page, pages, sentence_of

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


def check_store(content: Content, settings: Settings, findings: Findings) -> None:
    """The store page of each locale."""
    listed, faults = pages(content, settings)
    for locale in listed:
        for rule in ("store-lengths", "store-health", "store-examples"):
            findings.hold(rule, True, Case(locale, "the store page", "", ""))
    for fault in faults:
        findings.hold(_store_rule(fault), False, Case("", f"{fault.file} {fault.key}", fault.problem, fault.remedy))


def check_examples_listed(probe: Probe, page: Page) -> None:
    """Each example phrase is a sample of this locale's model, with listed values."""
    for phrase in page.example_phrases:
        sentence = sentence_of(phrase, probe.wording.invocation_name)
        covered = sentence is not None and heard_exactly(probe, sentence)
        case = Case(probe.locale, phrase, "no sample of the model", "a sample, with listed values")
        probe.findings.hold("store-examples", covered, case)


def _store_rule(fault: Fault) -> str:
    if fault.remedy.startswith("Keep to"):
        return "store-lengths"
    return "store-examples" if fault.key.startswith("example_phrases") else "store-health"
