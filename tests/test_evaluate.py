"""Labelled questions are counted by the rules that come with them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from skill.errors import InputInvalid
from skill.evaluate import Share, evaluate, leads_with_care, read_lines
from skill.simulator.converse import Conversation

LINES = [
    {"id": 1, "text": "what causes heartburn", "topic": "heartburn", "aspect": "summary", "also_ok": []},
    {"id": 2, "text": "what helps heartburn", "topic": "nausea", "aspect": "relief", "also_ok": []},
    {"id": 3, "text": "what causes heartburn", "topic": "acne", "aspect": "causes", "also_ok": []},
    {"id": 4, "text": "she's having a seizure", "level": "emergency", "either_level": False},
    {"id": 5, "text": "what causes heartburn", "level": "urgent", "either_level": False},
    {"id": 6, "text": "she's having a seizure", "topic": "x", "care_advice_ok": False},
    {"id": 7, "text": "what causes heartburn", "kind": "other", "article_ok": False},
]


def test_each_kind_is_counted(talk: Callable[..., Conversation]) -> None:
    shares = {share.what: share for share in evaluate(LINES, talk, ["heartburn", "nausea"])}
    assert shares["topic right, a choice half: all questions"] == Share(
        "topic right, a choice half: all questions", 1.0, 3
    )
    assert shares["topic right, a choice half: topics with an article"].of == 2
    assert shares["answered with a wrong article: topics without one"].points == 1
    assert shares["aspect right, where the topic is"].points == 1  # summary and causes count as the same
    assert (shares["emergency lines led with care"].points, shares["urgent lines led with care"].points) == (1, 0)
    assert shares["alarms on not-urgent lines"].points == 1
    assert shares["out of scope answered with an article"].points == 1
    assert sum(share.points for what, share in shares.items() if what.startswith("arrived")) == len(LINES)


def test_the_field_alone_is_not_enough() -> None:
    assert leads_with_care({"urgent": "emergency", "speech": "Call 911 now. Lie down."})
    assert not leads_with_care({"urgent": "emergency", "speech": "Back pain is common. Call 911."})
    assert not leads_with_care({"urgent": "none", "speech": "Call 911 now."})


def test_every_bad_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(json.dumps({"id": 1, "text": "a"}) + "\nnope\n[]\n" + json.dumps({"id": 2}) + "\n")
    with pytest.raises(InputInvalid) as caught:
        read_lines([path, tmp_path / "missing.jsonl"])
    assert all(f"q.jsonl:{number}" in str(caught.value) for number in (2, 3, 4))
    assert "missing.jsonl" in str(caught.value)
