"""`bump-guide model check`: each fault of a model is named, alone or among others, and nothing makes the check fail."""

from __future__ import annotations

import copy
import json
import sys
import time
from collections.abc import Callable
from itertools import islice, product
from string import ascii_lowercase
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.alexa.model_check import words as model_words
from skill.alexa.model_check.check import CHECKS, ModelFault, check_model
from skill.alexa.model_check.limits import LIMITS, RULES
from skill.simulator import word_lists

Json = dict[str, Any]
Breakage = Callable[["Editor"], object]

PROMPT = "Elicit.Slot.Complaint"


def built_in(name: str, *samples: str) -> Json:
    return {"name": f"AMAZON.{name}Intent", "samples": list(samples)}


def custom(name: str, slots: dict[str, str], *samples: str) -> Json:
    declared = [{"name": slot, "type": kind} for slot, kind in slots.items()]
    return {"name": name, "slots": declared, "samples": list(samples)}


def value(identifier: str, text: str, *synonyms: str) -> Json:
    return {"id": identifier, "name": {"value": text, "synonyms": list(synonyms)}}


def list_type(name: str, *values: Json) -> Json:
    return {"name": name, "values": list(values)}


def sound_model() -> Json:
    """Small, with every part that ours have, and without a fault."""
    return {
        "interactionModel": {
            "languageModel": {
                "invocationName": "bump guide",
                "modelConfiguration": {"fallbackIntentSensitivity": {"level": "LOW"}},
                "intents": [
                    custom("ComplaintIntent", {"complaint": "Complaint"}, "{complaint}"),
                    custom("WhatHelpsIntent", {"topic": "Topic"}, "what helps {topic}", "what helps with my {topic}"),
                    custom("IsItNormalIntent", {"topic": "Topic"}, "is {topic} normal", "is {topic}'s pain normal"),
                    custom("MyBackPhraseIntent", {"phrase": "AMAZON.SearchQuery"}, "my back {phrase}"),
                    custom("SourceIntent", {}, "who says so", "is the b. m. i. all that counts"),
                    *map(built_in, ("Help", "Cancel", "Fallback", "NavigateHome", "Yes")),
                    built_in("Stop", "that's all"),
                ],
                "types": [
                    list_type("Topic", value("back-pain", "back pain", "backache"), value("heartburn", "heartburn")),
                    list_type("Complaint", value("back-pain", "my back hurts", "my spine's sore, all day @ work")),
                ],
            },
            "dialog": {
                "delegationStrategy": "SKILL_RESPONSE",
                "intents": [
                    {
                        "name": "ComplaintIntent",
                        "confirmationRequired": False,
                        "prompts": {},
                        "slots": [
                            {
                                "name": "complaint",
                                "type": "Complaint",
                                "confirmationRequired": False,
                                "elicitationRequired": True,
                                "prompts": {"elicitation": PROMPT},
                            }
                        ],
                    }
                ],
            },
            "prompts": [{"id": PROMPT, "variations": [{"type": "PlainText", "value": "What's happening?"}]}],
        }
    }


class Editor:
    """A sound model in an editor's hands: breaks it in one place after another."""

    def __init__(self) -> None:
        self.model = sound_model()
        self.inner = self.model["interactionModel"]
        self.language = self.inner["languageModel"]
        self.dialog = self.inner["dialog"]
        self.dialog_intent = self.dialog["intents"][0]
        self.dialog_slot = self.dialog_intent["slots"][0]
        self.prompt = self.inner["prompts"][0]

    def intent(self, name: str) -> Json:
        return next(one for one in self.language["intents"] if one["name"] == name)

    def type(self, name: str) -> Json:
        return next(one for one in self.language["types"] if one["name"] == name)

    def add_sample(self, text: str, intent: str = "WhatHelpsIntent") -> None:
        self.intent(intent)["samples"].append(text)

    def add_intent(self, name: str, *samples: str, **slots: str) -> None:
        self.language["intents"].append(custom(name, slots, *samples))

    def add_value(self, *texts: str, identifier: str = "new", type_name: str = "Topic") -> None:
        self.type(type_name)["values"].append(value(identifier, *texts))

    def drop_intent(self, name: str) -> None:
        self.language["intents"].remove(self.intent(name))

    def call_it(self, name: str) -> None:
        self.language["invocationName"] = name


def many_words(count: int) -> list[str]:
    """Different, short, and without digits."""
    return [f"q{''.join(letters)}" for letters in islice(product(ascii_lowercase, repeat=4), count)]


def add_many_values(editor: Editor, count: int, text: Callable[[str], str]) -> None:
    for place, word in enumerate(many_words(count)):
        editor.add_value(text(word), identifier=f"v{place}")


def add_crowded_values(editor: Editor) -> None:
    """More phrases than all types may hold, and not too many under any one value."""
    words = many_words(630 * 80)
    for place in range(630):
        editor.add_value(*words[place * 80 : (place + 1) * 80], identifier=f"v{place}")


def say_phrase_alone(editor: Editor) -> None:
    """Where no other slot stands alone, so that it is the only fault."""
    editor.intent("ComplaintIntent")["samples"].clear()
    editor.add_sample(" {phrase}", "MyBackPhraseIntent")


BREAKAGES: list[tuple[str, str, Breakage]] = [
    # rule, promise, what breaks it
    ("shape", "no language model", lambda e: e.inner.pop("languageModel")),
    ("shape", "no invocation name", lambda e: e.language.pop("invocationName")),
    ("shape", "intents are an object", lambda e: e.language.update(intents={})),
    ("shape", "intent without a name", lambda e: e.language["intents"].append({"samples": ["so says whom"]})),
    ("shape", "samples are a text", lambda e: e.intent("SourceIntent").update(samples="who says so")),
    ("shape", "a sample is a number", lambda e: e.intent("SourceIntent")["samples"].append(7)),
    ("shape", "a value is a text", lambda e: e.type("Topic")["values"].append("cramp")),
    ("shape", "a synonym is null", lambda e: e.type("Topic")["values"][0]["name"]["synonyms"].append(None)),
    ("shape", "a slot without type", lambda e: e.intent("MyBackPhraseIntent")["slots"][0].pop("type")),
    ("shape", "a flag is a text", lambda e: e.dialog_slot.update(confirmationRequired="no")),
    ("shape", "a prompt without variations", lambda e: e.prompt.pop("variations")),
    ("shape", "a variation without type", lambda e: e.prompt["variations"][0].pop("type")),
    ("invocation-length", "invocation name too long", lambda e: e.call_it("bump guide " + "mother " * 6 + "baby")),
    ("invocation-words", "one word", lambda e: e.call_it("bump")),
    ("invocation-characters", "digits in it", lambda e: e.call_it("bump guide 2")),
    ("invocation-characters", "capitals in it", lambda e: e.call_it("Bump guide")),
    ("invocation-characters", "two spaces in it", lambda e: e.call_it("bump  guide")),
    ("invocation-article", "an article in two words", lambda e: e.call_it("the bump")),
    ("invocation-reserved-word", "a wake word", lambda e: e.call_it("echo bump guide")),
    ("invocation-reserved-word", "a launch word", lambda e: e.call_it("ask bump")),
    ("invocation-reserved-word", "a connecting word", lambda e: e.call_it("guide to bumps")),
    ("invocation-reserved-word", "the word skill", lambda e: e.call_it("bump skill")),
    ("intents", "too many intents", lambda e: [e.add_intent(w, w) for w in many_words(250)]),
    ("intent-name", "digits in it", lambda e: e.add_intent("Second2Intent", "the other one")),
    ("intent-name", "underscores side by side", lambda e: e.add_intent("Other__Intent", "the other one")),
    ("intent-name", "underscore at the end", lambda e: e.add_intent("Other_", "the other one")),
    ("intent-twice", "same name", lambda e: e.add_intent("SourceIntent", "says who")),
    ("built-in-unknown", "misspelt", lambda e: e.language["intents"].append(built_in("Moar"))),
    ("built-in-missing", "no help", lambda e: e.drop_intent("AMAZON.HelpIntent")),
    ("built-in-missing", "no stop", lambda e: e.drop_intent("AMAZON.StopIntent")),
    ("built-in-missing", "no cancel", lambda e: e.drop_intent("AMAZON.CancelIntent")),
    ("built-in-missing", "no fallback", lambda e: e.drop_intent("AMAZON.FallbackIntent")),
    ("built-in-missing", "no way home", lambda e: e.drop_intent("AMAZON.NavigateHomeIntent")),
    ("fallback-sensitivity", "not set", lambda e: e.language.pop("modelConfiguration")),
    (
        "fallback-sensitivity",
        "unknown level",
        lambda e: e.language["modelConfiguration"]["fallbackIntentSensitivity"].update(level="SOME"),
    ),
    ("slot-name", "digit in it", lambda e: e.add_intent("NewIntent", "tell me of {topic2}", topic2="Topic")),
    (
        "slot-twice",
        "same name",
        lambda e: e.intent("WhatHelpsIntent")["slots"].append({"name": "topic", "type": "Topic"}),
    ),
    ("slot-undeclared", "misspelt", lambda e: e.add_sample("what eases {topik}")),
    ("slot-unused", "in no sample", lambda e: e.add_intent("NewIntent", "why so", topic="Topic")),
    ("slot-type-undefined", "misspelt", lambda e: e.intent("WhatHelpsIntent")["slots"][0].update(type="Topik")),
    ("sample-empty", "blank", lambda e: e.add_sample("  ")),
    ("sample-characters", "question mark", lambda e: e.add_sample("what eases {topic}?")),
    ("sample-characters", "comma", lambda e: e.add_sample("please, what eases {topic}")),
    ("sample-characters", "slash", lambda e: e.add_sample("what eases or/and stops {topic}")),
    ("sample-characters", "full stop", lambda e: e.add_sample("what eases {topic} quickly.")),
    ("sample-characters", "quotation marks", lambda e: e.add_sample("what 'eases' {topic}")),
    ("sample-digits", "a number", lambda e: e.add_sample("what eases {topic} at 38 weeks")),
    ("sample-braces", "no partner", lambda e: e.add_sample("what eases {topic")),
    ("sample-braces", "nothing between", lambda e: e.add_sample("what eases {}")),
    ("sample-braces", "the old form with a value", lambda e: e.add_sample("what eases {back pain|topic}")),
    ("sample-length", "too long", lambda e: e.add_sample("what eases {topic} " + "so " * 61)),
    ("sample-twice", "but for capitals", lambda e: e.add_sample("What  helps {topic}")),
    ("phrase-alone", "slot alone", say_phrase_alone),
    (
        "phrase-with-second-slot",
        "beside a list",
        lambda e: e.add_intent("NewIntent", "my {part} is {phrase}", part="Topic", phrase="AMAZON.SearchQuery"),
    ),
    ("phrase-carrier", "a word that says nothing", lambda e: e.add_sample("my {phrase}", "MyBackPhraseIntent")),
    (
        "phrase-samples",
        "too many",
        lambda e: [e.add_sample(f"my {w} {{phrase}}", "MyBackPhraseIntent") for w in many_words(150)],
    ),
    (
        "type-name",
        "digit in it",
        lambda e: (
            e.language["types"].append(list_type("Topic2", value("cramp", "cramp"))),
            e.add_intent("NewIntent", "tell me of {it}", it="Topic2"),
        ),
    ),
    ("type-twice", "same name", lambda e: e.language["types"].append(list_type("Topic", value("cramp", "cramp")))),
    ("type-unused", "no slot", lambda e: e.language["types"].append(list_type("Week", value("four", "four")))),
    ("value-empty", "blank synonym", lambda e: e.add_value("cramp", " ")),
    ("value-characters", "brackets", lambda e: e.add_value("cramp (leg)")),
    ("value-characters", "question mark", lambda e: e.add_value("cramp", "is it cramp?")),
    ("value-length", "too long", lambda e: e.add_value("so " * 46 + "sore")),
    ("value-twice", "two values", lambda e: e.add_value("Back-Pain")),
    ("value-twice", "synonym under two values", lambda e: e.add_value("spine pain", "backache")),
    ("value-twice", "twice under one value", lambda e: e.add_value("cramp", "cramp")),
    ("value-twice", "a digit and its word", lambda e: e.add_value("week 38", "week thirty eight")),
    ("value-id-twice", "same id", lambda e: e.add_value("cramp", identifier="heartburn")),
    ("value-id-form", "spaces", lambda e: e.add_value("cramp", identifier="leg cramp")),
    ("value-id-form", "too long", lambda e: e.add_value("cramp", identifier="c" * 100)),
    ("value-id-caution", "period", lambda e: e.add_value("cramp", identifier="leg.cramp")),
    ("value-id-missing", "one without", lambda e: e.type("Topic")["values"].append({"name": {"value": "cramp"}})),
    ("phrases-per-value", "more than eighty", lambda e: e.add_value(*many_words(81))),
    ("total-values", "too many", add_crowded_values),
    ("model-size-once", "over a million", lambda e: add_many_values(e, 5_000, lambda w: f"{w} {'so ' * 44}")),
    ("model-size", "over the limit", lambda e: add_many_values(e, 8_000, lambda w: f"{w} {'so ' * 44}")),
    ("dialog-strategy", "unknown", lambda e: e.dialog.update(delegationStrategy="SOMETIMES")),
    (
        "dialog-intent",
        "unknown",
        lambda e: e.dialog["intents"].append({"name": "NewIntent", "confirmationRequired": False}),
    ),
    (
        "dialog-intent",
        "twice",
        lambda e: e.dialog["intents"].append({"name": "ComplaintIntent", "confirmationRequired": False}),
    ),
    ("dialog-slot", "unknown", lambda e: e.dialog_slot.update(name="complain")),
    ("dialog-slot-type", "another type", lambda e: e.dialog_slot.update(type="Topic")),
    ("dialog-flag", "not said on the intent", lambda e: e.dialog_intent.pop("confirmationRequired")),
    ("dialog-flag", "not said on the slot", lambda e: e.dialog_slot.pop("elicitationRequired")),
    ("dialog-prompt-missing", "no words to confirm", lambda e: e.dialog_slot.update(confirmationRequired=True)),
    ("dialog-prompt-unknown", "misspelt", lambda e: e.dialog_slot["prompts"].update(elicitation="Elicit")),
    (
        "dialog-prompt-unknown",
        "in a validation",
        lambda e: e.dialog_slot.update(validations=[{"type": "hasEntityResolutionMatch", "prompt": "Again"}]),
    ),
    (
        "dialog-validation",
        "unknown",
        lambda e: e.dialog_slot.update(validations=[{"type": "isRight", "prompt": PROMPT}]),
    ),
    ("prompt-twice", "same id", lambda e: e.inner["prompts"].append(copy.deepcopy(e.prompt))),
    ("prompt-empty", "no variation", lambda e: e.prompt.update(variations=[])),
    ("prompt-empty", "blank", lambda e: e.prompt["variations"][0].update(value=" ")),
    ("prompt-type", "unknown", lambda e: e.prompt["variations"][0].update(type="Markdown")),
    ("prompt-unused", "named nowhere", lambda e: e.inner["prompts"].append({**e.prompt, "id": "Spare"})),
    ("clash", "same words", lambda e: e.add_sample("Who says so", "IsItNormalIntent")),
    ("clash", "same slot type", lambda e: e.add_intent("NewIntent", "what helps {subject}", subject="Topic")),
    ("clash", "with a built-in", lambda e: e.add_sample("that's all", "SourceIntent")),
    (
        "clash-slot-types",
        "other slot type",
        lambda e: e.add_intent("NewIntent", "what helps {complaint}", complaint="Complaint"),
    ),
    ("built-in-words", "stop", lambda e: e.add_sample("stop", "SourceIntent")),
    ("built-in-words", "yes, which is in the model", lambda e: e.add_sample("Yes please", "SourceIntent")),
    ("built-in-words", "exit, which no intent hears", lambda e: e.add_sample("exit", "SourceIntent")),
    ("built-in-words", "another built-in's", lambda e: e.add_sample("help me", "AMAZON.StopIntent")),
    ("greedy-carrier", "phrase slot behind", lambda e: e.add_sample("my back story", "SourceIntent")),
    ("greedy-carrier", "list slot behind", lambda e: e.add_sample("what helps sources", "SourceIntent")),
    ("greedy-carrier", "list slot between", lambda e: e.add_sample("is this advice normal", "SourceIntent")),
    (
        "greedy-carrier",
        "slot in front",
        lambda e: (e.add_sample("{topic} tips"), e.add_sample("say tips", "SourceIntent")),
    ),
    ("greedy-carrier", "usual words", lambda e: e.add_sample("help {topic}")),
    ("round-trip", "key misspelt", lambda e: e.intent("SourceIntent").update(smaples=[])),
    ("round-trip", "key unknown inside a value", lambda e: e.type("Topic")["values"][0]["name"].update(synonym=[])),
    ("round-trip", "what we do not read has the wrong type", lambda e: e.model.update(version=3)),
    (
        "round-trip",
        "what Amazon's classes cannot read",
        lambda e: e.intent("WhatHelpsIntent")["slots"][0].update(multipleValues=[3]),
    ),
]


def names(faults: list[ModelFault]) -> list[str]:
    return [fault.rule for fault in faults]


def broken(*breakages: Breakage) -> Json:
    editor = Editor()
    for breakage in breakages:
        breakage(editor)
    return editor.model


def test_a_sound_model_has_no_fault() -> None:
    assert check_model(sound_model()) == []


@pytest.mark.parametrize(("rule", "breakage"), [pytest.param(r, b, id=f"{r}: {p}") for r, p, b in BREAKAGES])
def test_a_single_breakage_gives_exactly_the_named_fault(rule: str, breakage: Breakage) -> None:
    (fault,) = check_model(broken(breakage))
    assert fault.rule == rule
    assert fault.where
    assert fault.problem.endswith(".")
    assert fault.remedy.endswith(".")
    assert (fault.level, fault.source) == (RULES[rule].level, RULES[rule].source)


def test_every_rule_has_a_breakage() -> None:
    tried = {rule for rule, _, _ in BREAKAGES}
    elsewhere = {"nesting", "suggested-uncovered", "suggested-misheard", "swallowed", "round-trip-not-checked"}
    assert tried | elsewhere == set(RULES)


def test_every_rule_and_limit_names_its_source() -> None:
    assert all(rule.source for rule in RULES.values())
    assert all(limit.source and limit.unit and limit.number > 0 for limit in LIMITS.values())


def test_ten_breakages_at_once_give_ten_named_faults() -> None:
    faults = check_model(
        broken(
            lambda e: e.call_it("ask bump"),
            lambda e: e.drop_intent("AMAZON.FallbackIntent"),
            lambda e: e.language.pop("modelConfiguration"),
            lambda e: e.add_sample("what eases {topic}?"),
            lambda e: e.add_sample("what eases {topik}"),
            say_phrase_alone,
            lambda e: e.add_value("spine pain", "backache"),
            lambda e: e.dialog_slot["prompts"].update(elicitation="Elicit"),
            lambda e: e.add_sample("who says so", "IsItNormalIntent"),
            lambda e: e.intent("SourceIntent").update(smaples=[]),
        )
    )
    assert names(faults) == [
        "fallback-sensitivity", "invocation-reserved-word", "built-in-missing", "slot-undeclared", "sample-characters",
        "phrase-alone", "value-twice", "dialog-prompt-unknown", "clash", "round-trip",
    ]  # fmt: skip


def test_pairs_are_named() -> None:
    (clash,) = check_model(broken(lambda e: e.add_sample("who says so", "IsItNormalIntent")))
    assert clash.where == "IsItNormalIntent/who says so ~ SourceIntent/who says so"
    (greedy,) = check_model(broken(lambda e: e.add_sample("my back story", "SourceIntent")))
    assert greedy.where == "MyBackPhraseIntent/my back {phrase} ~ SourceIntent/my back story"


def test_of_three_slot_types_every_two_are_a_pair() -> None:
    model = broken(
        lambda e: e.add_intent("NewIntent", "what helps {complaint}", complaint="Complaint"),
        lambda e: e.add_intent("LastIntent", "what helps {phrase}", phrase="AMAZON.SearchQuery"),
    )
    assert names(check_model(model)) == ["clash-slot-types"] * 3


def test_what_is_wrong_in_shape_does_not_hide_what_else_gets_lost() -> None:
    faults = check_model(broken(lambda e: e.type("Topic")["values"].insert(0, 5), lambda e: e.prompt.update(idd="x")))
    assert [(fault.rule, fault.where) for fault in faults] == [
        ("shape", "interactionModel.languageModel.types[0].values[0]"),
        ("round-trip", "interactionModel.prompts[0].idd"),
    ]


def test_null_counts_as_absent() -> None:
    assert check_model(broken(lambda e: e.intent("AMAZON.HelpIntent").update(samples=None, slots=None))) == []


def test_samples_of_a_slot_are_checked_too() -> None:
    def break_slot_samples(editor: Editor) -> None:
        editor.intent("WhatHelpsIntent")["slots"][0]["samples"] = ["it is {topic}", "it is {pain}", "it is no. 3"]

    assert names(check_model(broken(break_slot_samples))) == ["slot-undeclared", "sample-digits"]


def test_a_missing_round_trip_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    package = "ask_smapi_model.v1.skill.interaction_model"
    for name in [name for name in sys.modules if name.split(".")[0] == "ask_smapi_model"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    (fault,) = check_model(sound_model())
    assert (fault.rule, fault.level) == ("round-trip-not-checked", "warning")


@pytest.mark.parametrize(
    "phrase",
    [
        "who says so",
        "Who says so?",
        "what helps heartburn",
        "what helps with my backache",
        "my back hurts",
        "stop",
        "yes",
    ],
)
def test_a_suggested_phrase_is_covered_by_a_sample_or_usual_words(phrase: str) -> None:
    assert check_model(sound_model(), suggested=[phrase]) == []


@pytest.mark.parametrize(
    "phrase",
    [
        "what helps", "what helps cramp", "my back feels odd", "what helps heartburn please", "heartburn",
        "no", "more", "repeat", "...",
    ],
)  # fmt: skip
def test_a_suggested_phrase_that_only_a_free_slot_or_nothing_takes_is_not_covered(phrase: str) -> None:
    (fault,) = check_model(sound_model(), suggested=[phrase])
    assert (fault.rule, fault.where) == ("suggested-uncovered", f"“{phrase}”")


@pytest.mark.parametrize("heard", [("AMAZON.FallbackIntent", True), ("SourceIntent", False)])
def test_a_suggested_phrase_is_heard_by_the_intent_that_covers_it_and_exactly(heard: tuple[str, bool]) -> None:
    (fault,) = check_model(sound_model(), suggested=["who says so"], hear=lambda said: heard)
    assert fault.rule == "suggested-misheard"
    assert heard[0] in fault.problem


def test_with_a_matcher_a_greedy_carrier_is_a_fault_only_where_it_swallows() -> None:
    model = broken(lambda e: e.add_sample("my back story", "SourceIntent"))
    assert check_model(model, hear=lambda said: ("SourceIntent", True)) == []
    (fault,) = check_model(model, hear=lambda said: ("MyBackPhraseIntent", True))
    assert (fault.rule, fault.level) == ("swallowed", "error")
    assert fault.where == "SourceIntent/my back story ~ MyBackPhraseIntent"


def test_english_word_lists_are_not_laid_over_another_language() -> None:
    def speak_german(editor: Editor) -> None:
        editor.add_sample("stop", "SourceIntent")
        editor.call_it("die app")

    assert check_model(broken(speak_german), locale="de-DE") == []
    assert names(check_model(broken(speak_german), locale="en-GB")) == ["invocation-reserved-word", "built-in-words"]


def test_word_lists_say_the_same_as_those_of_the_matcher() -> None:
    assert model_words.FUNCTION_WORDS == word_lists.FUNCTION_WORDS
    assert model_words.USUAL_WORDS == word_lists.USUAL_WORDS


@pytest.mark.parametrize("raw", [None, [], "text", 3, {}, {"interactionModel": []}, {"interactionModel": {}}])
def test_what_is_no_model_at_all_is_one_fault_of_shape(raw: Any) -> None:
    assert names(check_model(raw)) == ["shape"]


def test_a_model_that_nests_without_end_is_one_fault() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    assert names(check_model({"interactionModel": deep})) == ["nesting"]


_KEYS = """
    interactionModel languageModel invocationName modelConfiguration fallbackIntentSensitivity level intents types name
    slots type samples values id value synonyms dialog delegationStrategy confirmationRequired elicitationRequired
    prompts elicitation confirmation validations prompt variations multipleValues enabled valueSupplier
"""
KEYS = _KEYS.split()
TEXTS = st.sampled_from(
    [
        "",
        " ",
        "stop",
        "what helps {topic}",
        "{",
        "{}",
        "{topic}",
        "AMAZON.SearchQuery",
        "Topic",
        "\ud800",
        "'",
        "٣",
        "²",
    ]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | TEXTS
JSON_VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | st.text(), inner, max_size=6),
    max_leaves=30,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, inner in members for place in places(inner, (*path, key)))]


PLACES = [place for place in places(sound_model()) if place]


@settings(deadline=None)
@given(JSON_VALUES)
def test_no_json_makes_the_check_fail(raw: Any) -> None:
    assert all(fault.rule in RULES for fault in check_model(raw, suggested=["stop"]))


@settings(deadline=None, max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(PLACES), JSON_VALUES), min_size=1, max_size=3))
def test_no_json_inside_a_model_makes_the_check_fail(replaced: list[tuple[tuple[Any, ...], Any]]) -> None:
    model = sound_model()
    for path, put in replaced:
        try:
            holder: Any = model
            for step in path[:-1]:
                holder = holder[step]
            holder[path[-1]] = put
        except (KeyError, IndexError, TypeError):
            continue
    assert all(fault.rule in RULES for fault in check_model(model, suggested=["what helps heartburn"]))


def test_a_check_leaves_the_model_as_it_was() -> None:
    model = sound_model()
    check_model(model, suggested=["stop"])
    assert model == sound_model()


def test_the_report_is_the_same_every_time() -> None:
    model = broken(*(breakage for rule, _, breakage in BREAKAGES if rule.startswith(("sample-", "value-"))))
    assert check_model(model) == check_model(json.loads(json.dumps(model)))


def test_a_large_model_is_checked_in_seconds() -> None:
    editor = Editor()
    words = many_words(17_000)
    for place in range(200):
        editor.add_intent(
            f"{words[place]}Intent", *(f"{words[place]} {word} {{topic}}" for word in words[:15]), topic="Topic"
        )
    for place in range(180):
        editor.add_value(*(f"{words[place * 80 + n]} hurts so" for n in range(72)), identifier=f"v{place}")
    start = time.perf_counter()
    faults = check_model(editor.model, suggested=["what helps heartburn"] * 50)
    assert faults == []
    assert time.perf_counter() - start < 5


def test_each_rule_is_one_short_function_with_a_docstring() -> None:
    assert all(check.__doc__ for check in CHECKS)
