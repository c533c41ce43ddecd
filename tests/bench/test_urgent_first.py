"""On the bench, too, the urgent check stands before the topics."""

from __future__ import annotations

from conftest import MODELS

from skill.bench.road import Road
from skill.bench.shelf import search
from skill.bench.turn import TurnAsked, take_turn
from skill.dialogue.core import Core

EMERGENCY = "i am bleeding a lot and i feel faint"


def test_a_search_says_that_an_urgent_reply_would_lead(core: Core) -> None:
    found = search(core, EMERGENCY, "en-GB")
    assert (found["decision"], found["urgent"]["level"]) == ("Urgent", "emergency")
    calm = search(core, "my back is killing me", "en-GB")
    assert (calm["decision"], calm["urgent"], calm["topic"]) == ("Found", None, "back-pain")


def test_an_urgent_turn_is_not_explained_by_topics(core: Core) -> None:
    why = take_turn(Road(lambda: core, MODELS), TurnAsked(say=EMERGENCY))["why"]
    assert why["urgent"]["level"] == "emergency"
    assert (why["decision"], why["why_not"]) == ("Urgent", "An urgent reply leads, and no article is read.")
