"""Our own models through the matcher: what they offer is heard as what it is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from conftest import MODELS

from skill.library.content import Content
from skill.library.locales import LOCALES
from skill.simulator.hear import HearingModel, hear

SLOT = re.compile(r"\{(\w+)\}")


def filled(sample: str, values: dict[str, str]) -> str:
    return SLOT.sub(lambda match: values[match.group(1)], sample)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_sample_is_heard_as_the_intent_it_belongs_to(locale: str, hearing: Callable[[str], HearingModel]) -> None:
    """The matcher forgives one word in four, so a long carrier can be heard for another: then it is no sample."""
    language_model = json.loads((MODELS / f"{locale}.json").read_text())["interactionModel"]["languageModel"]
    values = {
        "topic": "back pain",
        "complaint": language_model["types"][1]["values"][0]["name"]["synonyms"][0],
        "opener": "why do i",
        "choice": "the second one",
        "weeks": "thirty",
        "phrase": "quixotic zeppelins krakatoa jabberwocky",
        "it": "it",
        "group": "skin and nails",
    }
    strays = [
        (intent["name"], sample, hear(hearing(locale), filled(sample, values)).intent)
        for intent in language_model["intents"]
        for sample in intent["samples"]
        if hear(hearing(locale), filled(sample, values)).intent != intent["name"]
    ]
    assert strays == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_listed_phrase_arrives(locale: str, hearing: Callable[[str], HearingModel]) -> None:
    types = json.loads((MODELS / f"{locale}.json").read_text())["interactionModel"]["languageModel"]["types"]
    for value in next(kind["values"] for kind in types if kind["name"] == "Complaint"):
        for phrase in value["name"]["synonyms"]:
            assert hear(hearing(locale), phrase).slots, phrase


@pytest.mark.parametrize("topic", ["heartburn", "itching", "nausea", "headaches", "spotting"])
def test_a_follow_up_does_not_swallow_a_topic_of_one_word(
    topic: str, hearing: Callable[[str], HearingModel], content: Content
) -> None:
    for name, asking in content.interaction.asks.items():
        for sample in asking.bare:
            if "{it}" in sample:
                heard = hear(hearing("en-US"), sample.replace("{it}", topic))
                words = " ".join(slot.value for slot in heard.slots)
                assert topic in words, (name, sample, heard)
