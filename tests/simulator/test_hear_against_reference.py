"""The matcher against a slow one that tries every sample in every way and every value against every run of words."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skill.simulator.hear import Elicited, Heard, HearingModel, hear
from skill.simulator.word_lists import FUNCTION_WORDS, NUMBER_WORDS, USUAL_WORDS

CLASSES = ("FIXED", "LISTED", "FREE", "PHRASE")
CARRIER = ["why", "does", "my", "is", "i", "have", "the", "hurt", "tell", "and"]
LISTED_WORDS = ["back", "pain", "pains", "sore", "legs", "my", "i", "bleeding", "of", "in"]
HEARD_WORDS = [*CARRIER, *LISTED_WORDS, "bakc", "pan", "legss", "bleding", "elephant", "stop", "five", "six", "help"]


def edit_distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, right in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (left != right))
    return row[-1]


class Reference:
    """The six rules, each as it is written, with no thought for time."""

    def __init__(self, data: dict[str, Any], mode: str) -> None:
        language = data["interactionModel"]["languageModel"]
        self.intents = language["intents"]
        self.types = {one["name"]: one["values"] for one in language["types"]}
        self.mode = mode

    # --- one slot ---------------------------------------------------------------------------------------------

    def phrases(self, type_name: str) -> list[str]:
        values = self.types.get(type_name, [])
        every = [[value["name"]["value"], *value["name"]["synonyms"]] for value in values]
        return list(dict.fromkeys(itertools.chain.from_iterable(every)))

    def listed(self, type_name: str, words: list[str], strict: bool) -> tuple[int, int, str] | None:
        """Distance, length below zero, phrase; the best one."""
        heard, found = " ".join(words), []
        for order, phrase in enumerate(self.phrases(type_name)):
            distance = edit_distance(heard, phrase)
            if distance == 0 or (not strict and distance <= len(phrase) // 5):
                found.append((distance, -len(phrase), order, phrase))
        if not found:
            return None
        distance, length, _, phrase = min(found)
        return distance, length, phrase

    def free(self, type_name: str, words: list[str], fixed: list[str]) -> bool:
        known = set(" ".join(self.phrases(type_name)).split())
        content = [word for word in words if word not in FUNCTION_WORDS]
        hits = sum(word in known for word in content)
        if fixed:
            carried = len(fixed) >= 2 or fixed[0] not in FUNCTION_WORDS
            return carried and len(words) <= 6 and hits >= 1
        return len(words) <= 30 and bool(content) and hits / len(content) >= 0.5

    def takes(self, kind: str, words: list[str], last: bool, fixed: list[str], strict: bool) -> tuple[str, Any] | None:
        """The class of this slot and its preference, or None."""
        text = " ".join(words)
        if kind == "AMAZON.SearchQuery":
            return ("PHRASE", (-len(text), 0, -len(words))) if fixed else None
        if found := self.listed(kind, words, strict):
            return "LISTED", (found[1], found[0], -len(words))
        unlisted = (-len(text), 0, -len(words))
        if kind == "AMAZON.NUMBER":
            number = all(word in NUMBER_WORDS or word == "and" for word in words)
            return ("LISTED", unlisted) if number and "and" not in (words[0], words[-1]) else None
        if kind.startswith("AMAZON."):
            return ("FREE", unlisted) if len(words) <= 2 else None
        return ("FREE", unlisted) if last and not strict and self.free(kind, words, fixed) else None

    # --- one sample -------------------------------------------------------------------------------------------

    def layouts(
        self, elements: list[str], words: list[str], place: int, budget: int
    ) -> Iterator[tuple[int, list[Any]]]:
        """Every way to lay the elements over the words: deviations, and (slot, start, end) of each slot."""
        if not elements and place == len(words):
            yield 0, []
        if place < len(words) and budget:
            for cost, rest in self.layouts(elements, words, place + 1, budget - 1):
                yield cost + 1, rest
        if not elements:
            return
        first, following = elements[0], elements[1:]
        if first.startswith("{"):
            for end in range(place + 1, len(words) + 1):
                for cost, rest in self.layouts(following, words, end, budget):
                    yield cost, [(first[1:-1], place, end), *rest]
            return
        if place < len(words) and words[place] == first:
            yield from self.layouts(following, words, place + 1, budget)
        if budget:
            for cost, rest in self.layouts(following, words, place, budget - 1):
                yield cost + 1, rest
            if place < len(words):
                for cost, rest in self.layouts(following, words, place + 1, budget - 1):
                    yield cost + 1, rest

    def matches(self, intent: dict[str, Any], sample: str, words: list[str], strict: bool) -> tuple[Any, ...] | None:
        """Class, deviations, preference and slots of the best way in the best class; None if there is no way."""
        elements = re.findall(r"\{\w+\}|[^\s{}]+", sample)
        fixed = [element for element in elements if not element.startswith("{")]
        kinds = {slot["name"]: slot["type"] for slot in intent["slots"]}
        strict = strict or intent["name"].startswith("AMAZON.")
        ways = []
        for cost, slots in self.layouts(elements, words, 0, 0 if strict else len(fixed) // 4):
            taken = [
                self.takes(kinds[name], words[start:end], place == len(slots) - 1, fixed, strict)
                for place, (name, start, end) in enumerate(slots)
            ]
            if None not in taken:
                slot_class = max((CLASSES.index(one[0]) for one in taken), default=0)
                preferences = [(one[1], start) for one, (_, start, _) in zip(taken, slots, strict=True)]
                ways.append((slot_class, cost, preferences, slots))
        return min(ways, default=None)

    # --- the sentence -----------------------------------------------------------------------------------------

    def best(self, words: list[str], strict: bool, without: str = "") -> tuple[Any, ...] | None:
        """Rank, intent, class, slots of the best sample."""
        ranked, order = [], itertools.count()
        for intent in self.intents:
            for sample in [*intent["samples"], *USUAL_WORDS.get(intent["name"], ())]:
                number, way = next(order), self.matches(intent, sample, words, strict)
                fixed = len(re.sub(r"\{\w+\}", " ", sample).split())
                if way and intent["name"] != without:
                    ranked.append(((way[0], -fixed, number), intent, sample, way[3]))
        return min(ranked, key=lambda one: one[0], default=None)

    def deliver(self, intent: dict[str, Any], slots: list[Any], words: list[str], strict: bool) -> list[Any]:
        kinds = {slot["name"]: slot["type"] for slot in intent["slots"]}
        delivered = []
        for place, (name, start, end) in enumerate(slots):
            taken = words[start:end]
            if self.mode == "lossy" and place == len(slots) - 1:
                taken = taken[len(taken) - math.ceil(2 * len(taken) / 3) :]
            delivered.append((name, " ".join(taken), self.resolve(kinds[name], taken, strict)))
        return delivered

    def resolve(self, kind: str, words: list[str], strict: bool) -> Any:
        if kind == "AMAZON.SearchQuery" or kind not in self.types:
            return None
        found = self.listed(kind, words, strict)
        if found is None:
            return ("ER_SUCCESS_NO_MATCH", ())
        entries = [
            (value["id"], value["name"]["value"])
            for value in self.types[kind]
            if found[2] in (value["name"]["value"], *value["name"]["synonyms"])
        ]
        return ("ER_SUCCESS_MATCH", tuple(entries))

    def hear(self, utterance: str, elicited: Elicited | None) -> tuple[Any, ...]:
        words, strict = utterance.split(), self.mode == "strict"
        fallback = ("AMAZON.FallbackIntent", [], "FALLBACK")
        if not words:
            return fallback
        if elicited:
            other = self.best(words, True, without=elicited.intent)
            if other is None or CLASSES[other[0][0]] not in ("FIXED", "LISTED"):
                intent = next(one for one in self.intents if one["name"] == elicited.intent)
                slots = self.deliver(intent, [(elicited.slot, 0, len(words))], words, strict)
                return elicited.intent, slots, "ELICITED"
        else:
            other = self.best(words, strict)
        if other is None:
            return fallback
        return other[1]["name"], self.deliver(other[1], other[3], words, strict), CLASSES[other[0][0]]


def as_tuple(heard: Heard) -> tuple[Any, ...]:
    slots = [
        (slot.name, slot.value, slot.resolution and (slot.resolution.code, slot.resolution.values))
        for slot in heard.slots
    ]
    return heard.intent, slots, heard.match_class.name


def sentences(words: list[str], smallest: int, largest: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(words), min_size=smallest, max_size=largest).map(" ".join)


SLOTS = {
    "topic": "Topic",
    "complaint": "Complaint",
    "query": "AMAZON.SearchQuery",
    "weeks": "AMAZON.NUMBER",
    "who": "AMAZON.FirstName",
}
ELEMENTS = st.sampled_from([*CARRIER, *CARRIER, *(f"{{{name}}}" for name in ("topic", "topic", "complaint", *SLOTS))])


def is_usable(sample: list[str]) -> bool:
    slots = [element for element in sample if element.startswith("{")]
    return len(slots) == len(set(slots)) <= 2


SAMPLES = st.one_of(
    st.lists(ELEMENTS, min_size=1, max_size=6).filter(is_usable).map(" ".join),
    st.lists(st.sampled_from(CARRIER), min_size=3, max_size=9).map(" ".join),
    st.sampled_from(
        [
            "{complaint}",
            "{topic} {complaint}",
            "tell {topic}",
            "why is {complaint}",
            "why does my {topic} hurt",
            "i have the {complaint} and the {topic}",
            "tell my {query}",
            "why does my {query}",
            "i have {weeks} legs",
        ]
    ),
)


@st.composite
def models(draw: st.DrawFn) -> dict[str, Any]:
    types = []
    for name in ("Topic", "Complaint", *draw(st.sampled_from([(), ("AMAZON.FirstName",)]))):
        values = [
            {
                "id": f"{name}-{number}",
                "name": {
                    "value": draw(sentences(LISTED_WORDS, 1, 3)),
                    "synonyms": draw(st.lists(sentences(LISTED_WORDS, 1, 4), max_size=3)),
                },
            }
            for number in range(draw(st.integers(1, 4)))
        ]
        types.append({"name": name, "values": values})
    slots = [{"name": name, "type": kind} for name, kind in SLOTS.items()]
    intents = [
        {"name": name, "slots": slots, "samples": draw(st.lists(SAMPLES, min_size=1, max_size=4))}
        for name in ("WhyIntent", "TellIntent", "AMAZON.HelpIntent", "AskIntent")
    ]
    stop = {"name": "AMAZON.StopIntent", "slots": [], "samples": []}
    return {"interactionModel": {"languageModel": {"invocationName": "x", "intents": [*intents, stop], "types": types}}}


@st.composite
def cases(draw: st.DrawFn) -> tuple[dict[str, Any], str]:
    """A model and a sentence: any words, or a sample filled in and then, perhaps, misheard a little."""
    model = draw(models())
    if draw(st.integers(0, 5)) == 5:
        return model, draw(sentences(HEARD_WORDS, 0, 8))
    language = model["interactionModel"]["languageModel"]
    samples = [one for intent in language["intents"] for one in intent["samples"]]
    sample = draw(st.sampled_from([one for one in samples if "{" in one] or samples))
    listed = [value["name"]["value"] for one in language["types"] for value in one["values"]]
    filling = st.one_of(st.sampled_from(listed), st.sampled_from(listed), sentences(HEARD_WORDS, 1, 3))
    words = re.sub(r"\{\w+\}", lambda _: misheard(draw, draw(filling)), sample).split()
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        place = draw(st.integers(0, len(words)))
        words[place : place + draw(st.integers(0, 1))] = draw(st.lists(st.sampled_from(HEARD_WORDS), max_size=1))
    return model, " ".join(words[:10])


def misheard(draw: st.DrawFn, text: str) -> str:
    """With up to two letters, or spaces, dropped or changed."""
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        place = draw(st.integers(0, len(text) - 1))
        text = text[:place] + draw(st.sampled_from(["", "a", " "])) + text[place + 1 :] or "a"
    return " ".join(text.split()) or "a"


@pytest.mark.parametrize("mode", ["alexa", "strict", "lossy"])
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(
    case=cases(),
    elicit=st.sampled_from([None, None, Elicited("TellIntent", "complaint"), Elicited("AskIntent", "query")]),
)
def test_hears_what_the_slow_reading_of_the_rules_hears(mode, case, elicit):
    data, utterance = case
    heard = hear(HearingModel.from_json(data), utterance, mode=mode, elicited=elicit)
    assert as_tuple(heard) == Reference(data, mode).hear(utterance, elicit)
