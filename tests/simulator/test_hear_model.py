"""Reading interaction model files: what is accepted, and what is refused in words that help."""

from __future__ import annotations

import copy
import json

import pytest

from skill.errors import ModelInvalid
from skill.simulator.hear import HearingModel, hear

GOOD = {
    "interactionModel": {
        "languageModel": {
            "invocationName": "bump guide",
            "modelConfiguration": {"fallbackIntentSensitivity": {"level": "LOW"}},
            "intents": [
                {
                    "name": "Why",
                    "slots": [{"name": "topic", "type": "Topic"}],
                    "samples": ["why {topic}", "???", "{topic}'s cause"],
                },
                {"name": "AMAZON.StopIntent"},
                {"name": "AMAZON.HelpIntent", "slots": None, "samples": None},
            ],
            "types": [
                {"name": "Topic", "values": [{"id": "", "name": {"value": "Back-Pain"}}, {"name": {"value": "cough"}}]}
            ],
        },
        "dialog": {"intents": [{"name": "Why", "slots": [{"name": "topic", "type": "Topic"}]}]},
    }
}


def test_a_model_is_read_with_its_gaps():
    model = HearingModel.from_json(GOOD)
    assert model.invocation_name == "bump guide"
    assert list(model.intents) == ["Why", "AMAZON.StopIntent", "AMAZON.HelpIntent"]
    assert list(model.types) == ["Topic"]


def test_an_entry_without_an_id_resolves_to_its_name_as_written():
    (slot,) = hear(HearingModel.from_json(GOOD), "why back pain").slots
    assert slot.resolution is not None
    assert slot.resolution.values == ((None, "Back-Pain"),)


def test_a_possessive_after_a_slot_is_left_out():
    assert hear(HearingModel.from_json(GOOD), "cough cause").sample == "{topic}'s cause"


def test_a_file_is_loaded(tmp_path):
    path = tmp_path / "en-US.json"
    path.write_text(json.dumps(GOOD), encoding="utf-8")
    assert HearingModel.load(path).invocation_name == "bump guide"


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_a_file_that_is_not_json_is_refused_by_name(tmp_path, content):
    path = tmp_path / "en-US.json"
    path.write_bytes(content)
    with pytest.raises(ModelInvalid, match=r"en-US\.json"):
        HearingModel.load(path)


def test_a_missing_file_is_refused_by_name(tmp_path):
    with pytest.raises(ModelInvalid, match=r"none\.json: cannot be read"):
        HearingModel.load(tmp_path / "none.json")


LANGUAGE = ("interactionModel", "languageModel")


@pytest.mark.parametrize(
    ("place", "value", "complaint"),
    [
        (("interactionModel",), None, '"interactionModel" is missing'),
        (("interactionModel",), [], '"interactionModel" must be an object with keys'),
        (LANGUAGE, None, '"languageModel" is missing'),
        ((*LANGUAGE, "invocationName"), 3, '"invocationName" must be a text'),
        ((*LANGUAGE, "intents"), {}, '"intents" must be a list'),
        ((*LANGUAGE, "intents", 0), "Why", "must be an object with keys"),
        ((*LANGUAGE, "intents", 0, "name"), None, '"name" is missing'),
        ((*LANGUAGE, "intents", 1, "name"), "Why", "Why stands there twice"),
        ((*LANGUAGE, "intents", 0, "samples"), [1], "intent Why: samples must be a list of texts"),
        ((*LANGUAGE, "intents", 0, "samples"), ["why {who}"], "has the slot who, which the intent does not declare"),
        ((*LANGUAGE, "intents", 0, "slots", 0, "type"), "Tropic", "slot topic has the type Tropic"),
        ((*LANGUAGE, "types", 0, "values", 0, "name"), "cough", 'type Topic: "name" must be an object'),
        ((*LANGUAGE, "types", 0, "values", 0, "name", "value"), None, '"value" is missing'),
        ((*LANGUAGE, "types", 0, "values", 0, "name", "synonyms"), "cough", '"synonyms" must be a list'),
        (("interactionModel", "dialog"), [], '"dialog" must be an object'),
    ],
)
def test_a_broken_model_is_refused_with_its_fault(place, value, complaint):
    broken = copy.deepcopy(GOOD)
    *way, last = place
    inner = broken
    for key in way:
        inner = inner[key]
    inner[last] = value
    if place == ("interactionModel", "dialog"):  # it is read only when no slot stands alone
        broken["interactionModel"]["languageModel"]["intents"][0]["samples"] = ["why {topic}"]
    with pytest.raises(ModelInvalid) as refused:
        HearingModel.from_json(broken, "en-US.json")
    assert str(refused.value).startswith("en-US.json: ")
    assert complaint in str(refused.value)
