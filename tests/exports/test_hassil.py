"""Home Assistant's own recogniser hears our samples, and gives back every word that was said."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from conftest import MODELS

from skill.exports.hassil import INTENT, left_out, to_hassil, to_yaml

hassil = pytest.importorskip("hassil", reason="hassil is not installed")

EVERY = 7
"""Samples tried: one of so many. All of them take a minute."""


@pytest.fixture(scope="module")
def model() -> dict[str, Any]:
    """The real model with few of its phrases: hassil compares each with each."""
    model: dict[str, Any] = json.loads((MODELS / "en-GB.json").read_text())
    for slot_type in model["interactionModel"]["languageModel"]["types"]:
        for value in slot_type["values"]:
            value["name"]["synonyms"] = value["name"].get("synonyms", [])[:1]
    return model


@pytest.fixture(scope="module")
def exported(model: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    return to_hassil(model, "en")


@pytest.fixture(scope="module")
def intents(exported: tuple[dict[str, Any], dict[str, Any]]) -> Any:
    """As hassil reads the two files, merged."""
    merged: dict[str, Any] = {}
    for data in exported:
        merged |= yaml.safe_load(to_yaml(data))
    return hassil.Intents.from_dict(merged)


def heard_back(result: Any) -> str:
    """The question as it can be put together from what hassil gives."""
    question = result.entities["question"].value
    return re.sub(r"\{(\w+)\}", lambda slot: str(result.entities[slot[1]].value).strip(), question)


def spoken(model: dict[str, Any], sentences: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Intent, question and what is said to Home Assistant, with the last value of every slot in it."""
    inner = model["interactionModel"]["languageModel"]
    types = {slot["name"]: slot["type"] for intent in inner["intents"] for slot in intent.get("slots", [])}
    last = {each["name"]: each["values"][-1]["name"]["value"] for each in inner["types"]}
    said = []
    for block in sentences["intents"][INTENT]["data"]:
        question = block["slots"]["question"]
        filled = re.sub(r"\{(\w+)\}", lambda slot: last.get(types[slot[1]], "it hurts when i cough"), question)
        prefix = "ask bump guide " if "{phrase}" in question else ""
        said.append((block["slots"]["intent"], filled, prefix + filled))
    return said


def test_samples_are_recognised_and_no_word_is_lost(
    model: dict[str, Any], exported: tuple[dict[str, Any], dict[str, Any]], intents: Any
) -> None:
    lost = []
    for intent, question, said in spoken(model, exported[0])[::EVERY]:
        results = [*hassil.recognize_all(said, intents)]
        heard = [(result.entities["intent"].value, heard_back(result)) for result in results]
        if (intent, question) not in heard:
            lost.append((intent, said, heard))
    assert lost == []


def test_a_listed_phrase_tells_its_topic(intents: Any) -> None:
    result = hassil.recognize_best("what helps heartburn", intents)
    assert (result.intent.name, result.entities["intent"].value) == (INTENT, "WhatHelpsIntent")
    assert result.entities["topic"].metadata == {"id": "heartburn"}


@pytest.mark.parametrize(
    "said", ["turn on the kitchen lights", "more", "my head it hurts when i cough", "what is on my list"]
)
def test_what_is_not_for_us_is_left_to_the_household(said: str, intents: Any) -> None:
    assert hassil.recognize_best(said, intents) is None


def test_sentences_that_need_a_conversation_are_named(model: dict[str, Any], exported: Any) -> None:
    names = {*left_out(model, exported[0])}
    assert {"ChooseIntent", "AMAZON.MoreIntent", "WeeksIntent"} <= names
    assert "WhatHelpsIntent" not in names


def test_signs_of_the_template_language_are_said_as_they_are() -> None:
    model = {
        "interactionModel": {
            "languageModel": {
                "invocationName": "x y",
                "intents": [{"name": "A", "slots": [{"name": "t", "type": "Topic"}], "samples": ["why (oh) why {t}"]}],
                "types": [{"name": "Topic", "values": [{"id": "a", "name": {"value": "a <b> [c]"}}]}],
            }
        }
    }
    sentences, lists = to_hassil(model, "en")
    result = hassil.recognize_best("why (oh) why a <b> [c]", hassil.Intents.from_dict(sentences | lists))
    assert heard_back(result) == "why (oh) why a <b> [c]"
