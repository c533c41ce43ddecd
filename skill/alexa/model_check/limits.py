"""Alexa's limits and rules for an interaction model, each with its source, and the fault that names one of them.

The letter behind a source is its strength: [A] Amazon's own page or package, [B] a public second-hand source,
[R] observed by running Amazon's packages. "From memory" and "inference" say what they are. "Design" is our own.
A fault is an error where Alexa refuses the model, certification fails it, or our design forbids it; else a warning.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True)
class ModelFault:
    """One thing wrong with an interaction model."""

    rule: str
    """Short and stable: a name in RULES."""
    where: str
    """Intent/sample, type/value, or the path of a key in the file."""
    problem: str
    """What is wrong."""
    remedy: str
    """What to do about it."""
    source: str
    """Where the rule comes from, and how strong that source is."""
    level: Level
    """Only an error makes the check fail."""


@dataclass(frozen=True)
class Limit:
    """A number that Alexa, or our design, sets."""

    name: str
    number: int
    unit: str
    source: str

    def __str__(self) -> str:
        return f"{self.number:,} {self.unit}"


@dataclass(frozen=True)
class Rule:
    """What is checked: its name, how grave a breach is, and who says so."""

    name: str
    level: Level
    source: str


_MEMORY = "from memory, unconfirmed"
_DESIGN = "our design, From words to an answer"


def _by_name(limits: Iterable[Limit]) -> MappingProxyType[str, Limit]:
    return MappingProxyType({limit.name: limit for limit in limits})


LIMITS = _by_name(
    [
        Limit("invocation-shortest", 2, "characters", _MEMORY),
        Limit("invocation-longest", 50, "characters", _MEMORY),
        Limit("invocation-words", 2, "words", "Amazon, Design the Invocation Name for Your Skill [A]"),
        Limit("intents", 250, "intents", _MEMORY),
        Limit("sample-length", 200, "characters", _MEMORY),
        Limit("phrase-samples", 150, "samples", _DESIGN),
        Limit("phrase-carrier", 2, "words", f"{_DESIGN}: real carriers of two words, or one with a meaning"),
        Limit("value-length", 140, "characters", "m0ngr31/kanzi issue 263 [B]"),
        Limit("total-values", 50_000, "values and synonyms", "two public READMEs; alexa-js/alexa-app PR 34 [B]"),
        Limit("phrases-per-value", 80, "phrases", _DESIGN),
        Limit("value-id-length", 99, "characters", f"{_MEMORY}: the field is in ask-smapi-model's TypeValue [A]"),
        Limit("model-size-once", 1_000_000, "characters", "enforced in 2017: alexa/ask-cli issue 9 [B]"),
        Limit("model-size", 1_500_000, "bytes", _MEMORY),
        Limit("nesting", 40, "levels", "ask-smapi-model's InteractionModelData, which nests a dozen deep [A]"),
    ]
)

_CONSOLE = "Amazon's console message, quoted in public validators [B]"
_SAMPLE_MESSAGE = "Amazon's console message, quoted in at least seven public code bases [B]"
_SCHEMA = "ask-smapi-model, InteractionModelData [A]"
_DIALOG_SCHEMA = "ask-smapi-model, Dialog and Prompt [A]"
_BUILD_ERROR = "build errors in rgraciano/echo-sonos issue 61 and alexa/ask-cli issue 19 [B]"
_NOTICE = "rejection notice in omegabytes/askTheDM issue 57 [B]"
_PITFALLS = "Amazon evangelists' common_pitfalls.md [B]"
_STANDARD = "Amazon, Standard Built-in Intents [A]"
_NO_SHARING = "Amazon, Design your skill for common certification failures [A]"
_PROMPTS = "Amazon, Design the Prompts for Your Skill [A]"
_PHRASE_ALONE = "build error in keatontaylor/alexa-actions issue 178 and k4l1sh/alexa-gpt issue 1 [B]"
_ROUND_TRIP = "ask-smapi-model 1.36.0 drops what it does not know [R]"
_OUR_MATCHER = "our design, The matcher that plays Alexa"


def _of_limit(name: str, level: Level = "error", *limits: str) -> Rule:
    return Rule(name, level, LIMITS[(limits or (name,))[0]].source)


_RULES = (
    Rule("shape", "error", _SCHEMA),
    _of_limit("nesting"),
    _of_limit("invocation-length", "error", "invocation-longest"),
    _of_limit("invocation-words"),
    Rule("invocation-characters", "error", _NOTICE),
    Rule("invocation-article", "error", _NOTICE),
    Rule("invocation-reserved-word", "error", f"{_PITFALLS}; public AWS Alexa exam notes [B]"),
    _of_limit("intents"),
    Rule("intent-name", "error", _CONSOLE),
    Rule("intent-twice", "error", "inference: an intent is known by its name"),
    Rule("built-in-unknown", "warning", _STANDARD),
    Rule("built-in-missing", "error", "certification: public AWS Alexa exam notes; all five in console models [B]"),
    Rule("fallback-sensitivity", "error", "ask-smapi-model, FallbackIntentSensitivityLevel [A]"),
    Rule("slot-name", "error", f"{_MEMORY} (treated like intent names)"),
    Rule("slot-twice", "error", "inference: a slot is known by its name"),
    Rule("slot-undeclared", "error", _BUILD_ERROR),
    Rule("slot-unused", "warning", "inference: nothing could ever fill it"),
    Rule("slot-type-undefined", "error", _BUILD_ERROR),
    Rule("sample-empty", "error", "inference: nothing could be said"),
    Rule("sample-characters", "error", _SAMPLE_MESSAGE),
    Rule("sample-digits", "error", f"public AWS Alexa exam notes [B]; {_SAMPLE_MESSAGE}"),
    Rule("sample-braces", "error", _SAMPLE_MESSAGE),
    _of_limit("sample-length"),
    Rule("sample-twice", "error", "inference from: two intents must not share an utterance [A]"),
    Rule("phrase-alone", "error", _PHRASE_ALONE),
    Rule("phrase-with-second-slot", "error", "build error text quoted in four public projects [B]"),
    _of_limit("phrase-carrier"),
    _of_limit("phrase-samples"),
    Rule("type-name", "error", "InvalidSlotTypeName in alexa-samples/skill-sample-nodejs-salesforce issue 3 [B]"),
    Rule("type-twice", "error", "inference: a type is known by its name"),
    Rule("type-unused", "warning", "inference: no slot has it"),
    Rule("value-empty", "error", "inference: nothing could be said"),
    Rule("value-characters", "error", "console message in m0ngr31/kanzi issue 179 [B]"),
    _of_limit("value-length"),
    Rule("value-twice", "error", "alexa/ask-cli issue 13 [B]; our design: a phrase stands once in the type"),
    Rule("value-id-twice", "error", "ask-smapi-model, TypeValue [A]: unique in its type"),
    Rule("value-id-form", "error", f"{_MEMORY}: letters, digits, hyphens, under a hundred"),
    Rule("value-id-caution", "warning", f"{_MEMORY}: lower-case letters, digits and hyphens are the cautious choice"),
    Rule("value-id-missing", "warning", "our design: the id of a value is its topic"),
    _of_limit("phrases-per-value"),
    _of_limit("total-values"),
    _of_limit("model-size"),
    _of_limit("model-size-once", "warning"),
    Rule("dialog-strategy", "error", "ask-smapi-model, DelegationStrategyType [A]"),
    Rule("dialog-intent", "error", f"{_DIALOG_SCHEMA}; inference: it must be an intent of the model"),
    Rule("dialog-slot", "error", f"{_DIALOG_SCHEMA}; inference: it must be a slot of that intent"),
    Rule("dialog-slot-type", "error", f"{_DIALOG_SCHEMA}; inference: the type stands in both places"),
    Rule("dialog-flag", "error", f"{_DIALOG_SCHEMA}; our own caution: said, so that no default decides"),
    Rule("dialog-prompt-missing", "error", f"{_DIALOG_SCHEMA}; inference: Alexa needs words to ask with"),
    Rule("dialog-prompt-unknown", "error", f"{_DIALOG_SCHEMA}; inference: an id must stand in prompts"),
    Rule("dialog-validation", "error", "ask-smapi-model, SlotValidation [A]"),
    Rule("prompt-twice", "error", f"{_DIALOG_SCHEMA}; inference: a prompt is known by its id"),
    Rule("prompt-empty", "error", f"{_DIALOG_SCHEMA}; inference: Alexa needs words to ask with"),
    Rule("prompt-type", "error", "ask-smapi-model, PromptItemsType [A]"),
    Rule("prompt-unused", "warning", "inference: no dialog names it"),
    Rule("clash", "error", _NO_SHARING),
    Rule("clash-slot-types", "warning", f"{_NO_SHARING}: where values of both types overlap"),
    Rule("built-in-words", "error", f"{_STANDARD}; {_NO_SHARING}"),
    Rule("greedy-carrier", "warning", f"inference from {_PITFALLS}: the slot takes the words of the other intent"),
    Rule("swallowed", "error", f"{_OUR_MATCHER}; {_NO_SHARING}"),
    Rule("suggested-uncovered", "error", _PROMPTS),
    Rule("suggested-misheard", "error", f"{_PROMPTS}; {_OUR_MATCHER}"),
    Rule("round-trip", "error", _ROUND_TRIP),
    Rule("round-trip-not-checked", "warning", _ROUND_TRIP),
)
RULES = MappingProxyType({rule.name: rule for rule in _RULES})
"""Every rule by name, in the order in which they are checked."""


def fault(rule: str, where: str, problem: str, remedy: str) -> ModelFault:
    """A breach of a rule in RULES, with that rule's level and source."""
    broken = RULES[rule]
    return ModelFault(broken.name, where, problem, remedy, broken.source, broken.level)
