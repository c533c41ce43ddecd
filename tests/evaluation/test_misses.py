"""Every miss is told with what was wanted and what came; what is allowed is none."""

from __future__ import annotations

import pytest
from labelled_lines import NO_CARE, answer, care, choice, got, outside, quiet, topic, urgent

from skill.evaluation.labelled import Asked
from skill.evaluation.misses import misses


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (topic(answer("nausea")), [("topic", "heartburn or reflux", "nausea")]),
        (topic(got("unknown")), [("topic", "heartburn or reflux", "unknown")]),
        (topic(choice("acne", "nausea")), [("topic", "heartburn or reflux", "choice: acne, nausea")]),
        (topic(choice("acne", "heartburn")), [("choice", "heartburn or reflux", "choice: acne, heartburn")]),
        (topic(answer(aspect="relief")), [("aspect", "heartburn: causes", "heartburn: relief")]),
        (topic(care(topic="heartburn")), [("alarm", "no alarm", "emergency (seizure)")]),
        (topic(answer(), states="chest-pain"), [("urgent", "care for chest-pain", "answer")]),
        (urgent(answer()), [("urgent", "emergency", "answer")]),
        (urgent(care("urgent")), [("urgent", "emergency", "urgent (seizure)")]),
        (
            urgent(care(speech=NO_CARE), either=True),
            [
                (
                    "urgent",
                    "emergency or urgent",
                    "emergency (seizure), but the first sentence does not lead with care",
                )
            ],
        ),
        (
            quiet(care("urgent")),
            [("alarm", "no alarm", "urgent (seizure)"), ("topic", "heartburn", "urgent")],
        ),
        (quiet(choice("acne", "heartburn")), [("choice", "heartburn", "choice: acne, heartburn")]),
        (outside(answer()), [("out of scope", "no article (dosing)", "heartburn")]),
        (outside(choice("acne", "nausea")), [("out of scope", "no article (dosing)", "choice: acne, nausea")]),
    ],
)
def test_what_went_wrong_is_told(asked: Asked, told: list[tuple[str, str, str]]) -> None:
    assert [(miss.what, miss.wanted, miss.got) for miss in misses([asked])] == told
    assert {(miss.id, miss.text) for miss in misses([asked])} == {(asked.line.id, asked.line.text)}


@pytest.mark.parametrize(
    "asked",
    [
        topic(answer("reflux", aspect="summary")),
        topic(care(topic="heartburn"), states="chest-pain"),
        topic(care(topic="heartburn"), states="open"),
        topic(answer(), states="open"),
        urgent(care("urgent"), either=True),
        urgent(care("emergency"), "urgent"),
        quiet(care("urgent"), wanted=None, care_ok=True),
        outside(answer(), article_ok=True),
        outside(got("unknown")),
    ],
)
def test_what_is_right_or_allowed_is_no_miss(asked: Asked) -> None:
    assert misses([asked]) == []
