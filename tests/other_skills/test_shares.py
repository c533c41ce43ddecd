"""Slots beside one another: a slot of a type that we read gets the words that it reads; all else is as it was heard."""

from __future__ import annotations

from datetime import date

import pytest
from other_skills.models import WEATHER

from skill.other_skills.amazon_types import reads
from skill.other_skills.shares import shared_out
from skill.simulator.hear import Heard, HearingModel, hear
from skill.simulator.normalise import normalise

MODEL = HearingModel.from_json(WEATHER)
WEDNESDAY = date(2026, 11, 18)


def shared(said: str) -> tuple[Heard, Heard]:
    """As the matcher hears it, and as it is shared out."""
    heard = hear(MODEL, said)
    words = normalise(said).split()
    return heard, shared_out(MODEL, words, heard, lambda slot_type, run: reads(slot_type, run, WEDNESDAY))


@pytest.mark.parametrize(
    ("said", "filled"),
    [
        ("weather in boston tomorrow", {"city": "boston", "day": "tomorrow"}),
        ("weather in boston next friday", {"city": "boston", "day": "next friday"}),
        ("weather in boston tomorrow five pm", {"city": "boston", "day": "tomorrow", "hour": "five pm"}),
        ("book a table old york tomorrow", {"town": "old york", "day": "tomorrow"}),
        ("book a table new york tomorrow", {"town": "new york", "day": "tomorrow"}),
    ],
)
def test_what_can_be_read_goes_where_it_is_read(said: str, filled: dict[str, str]) -> None:
    before, after = shared(said)
    assert {slot.name: slot.value for slot in before.slots} != filled
    assert {slot.name: slot.value for slot in after.slots} == filled
    assert after.sample is not None
    assert after.sample.count("{") == len(filled)


def test_what_is_moved_is_resolved_anew() -> None:
    town = {name: shared(f"book a table {name} tomorrow")[1].slots[0].resolution for name in ("old york", "new york")}
    assert town["old york"] is not None
    assert town["old york"].values == (("york", "york"),)
    assert town["new york"] is not None
    assert town["new york"].code == "ER_SUCCESS_NO_MATCH"


@pytest.mark.parametrize(
    "said",
    [
        "weather in new york",
        "weather in boston some day",  # a day that cannot be read
        "weather in new york tomorrow",  # right already
        "boston tomorrow",  # the sample without fixed words has a city alone
        "book a table old york forty two",
        "stop",
        "nothing of this",
    ],
)
def test_all_else_stays_as_the_matcher_heard_it(said: str) -> None:
    before, after = shared(said)
    assert after == before
