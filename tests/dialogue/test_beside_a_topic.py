"""A sign beside a topic, "what helps heartburn and it's going black": it begins as a question, and is none."""

from __future__ import annotations

import random

import pytest

from skill.dialogue.core import Core
from skill.dialogue.respond import listen
from skill.library.content import Content
from skill.turn import Session, Slot, Turn

SIGNS_TRIED = 3
"""Listed phrases of each sign."""
MISSED = 0.03
"""Share of them that may be missed beside a topic, although they are heard alone."""
FRAMES = ("what helps {what}", "what causes {what}", "is it normal that i have {what}", "i have {what}")


def turn_of(frame: str, topic: str, phrase: str) -> Turn:
    slots = (Slot("topic", topic, (topic,)), Slot("complaint", phrase))
    text = frame.format(what=f"{topic} and {phrase}")
    return Turn("WhatHelpsIntent", "en-US", Session(), slots=slots, heard=f"{topic} {phrase}", text=text)


def test_few_signs_beside_a_topic_are_missed(core: Core, content: Content) -> None:
    pick = random.Random(1)  # noqa: S311 - a sample that can be repeated
    names = sorted(content.articles[topic].name for topic in content.articles)
    tried, missed = 0, []
    for sign in sorted(content.heard_signs):
        for phrase in pick.sample(content.heard_signs[sign].phrases, SIGNS_TRIED):
            if core.urgent(phrase) is None:
                continue
            tried += 1
            turn = turn_of(pick.choice(FRAMES), core.library.voice("en-US")(pick.choice(names)), phrase)
            if listen(turn, core).verdict is None:
                missed.append(turn.text)
    assert tried > 150
    assert len(missed) <= MISSED * tried, missed


@pytest.mark.parametrize("beside", ["nausea", "my back aches a little", "i'm tired", "what helps it"])
def test_an_ordinary_complaint_beside_a_topic_is_no_alarm(beside: str, core: Core) -> None:
    assert listen(turn_of("what helps {what}", "heartburn", beside), core).verdict is None
