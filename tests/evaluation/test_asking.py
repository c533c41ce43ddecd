"""Questions take the road of a real request, in each hearing mode; here to a skill that only repeats what it hears."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import MODELS

from skill.errors import ModelInvalid
from skill.evaluation.ask import Start, ask_in_modes
from skill.evaluation.labelled import Line
from skill.simulator.converse import Conversation
from skill.simulator.envelope import Device
from skill.simulator.hear import HearingModel

LINES = [
    Line(id=1, text="my feet are swollen", topic="swelling", aspect="causes"),
    Line(id=2, text="is that so", topic="swelling", aspect="causes"),
]


def echo(request: dict[str, Any]) -> dict[str, Any]:
    """Understands every word as the topic of that name, and is sure of it."""
    slots = request["request"]["intent"].get("slots", {}).values()
    heard = " ".join(slot["value"] for slot in slots if slot.get("value"))
    return {
        "sessionAttributes": {"understood": {"outcome": "answer", "topic": heard, "score": 0.8}},
        "response": {"outputSpeech": {"type": "PlainText", "text": f"You said {heard}."}, "shouldEndSession": True},
    }


def silent(request: dict[str, Any]) -> dict[str, Any]:
    return {"response": {"shouldEndSession": True}}


def opened(mode: str) -> Start:
    model = HearingModel.load(MODELS / "en-US.json")
    return lambda: Conversation(model, echo, Device(locale="en-US"), mode)  # type: ignore[arg-type]


def missing(mode: str) -> Start:
    raise ModelInvalid(f"no model for {mode}")


def test_what_the_skill_understood_is_kept_with_its_score() -> None:
    ((mode, asked),) = ask_in_modes(LINES, ["whole"], opened).items()
    assert mode == "whole"
    assert [one.line for one in asked] == LINES
    assert (asked[0].got.topic, asked[0].got.score, asked[0].got.channel) == ("my feet are swollen", 0.8, "complaint")
    assert asked[0].got.speech == "You said my feet are swollen."


def test_a_skill_that_tells_nothing_counts_as_a_command() -> None:
    model = HearingModel.load(MODELS / "en-US.json")
    talk = Conversation(model, silent, Device(locale="en-US"), "whole")
    got = ask_in_modes(LINES[:1], ["whole"], lambda _: lambda: talk)["whole"][0].got
    assert (got.outcome, got.topic, got.score, got.choices) == ("command", None, None, ())


def test_several_modes_are_asked_side_by_side_and_keep_their_order() -> None:
    asked = ask_in_modes(LINES, ["whole", "strict"], opened)
    assert list(asked) == ["whole", "strict"]
    assert [one.line.id for one in asked["strict"]] == [1, 2]
    assert asked["whole"][1].got.topic == "is that so"


def test_what_goes_wrong_in_another_process_comes_through() -> None:
    with pytest.raises(ModelInvalid, match="no model for"):
        ask_in_modes(LINES, ["whole", "strict"], missing)
