"""Each figure is counted by the rules that come with the labelled questions; the numbers here are counted by hand."""

from __future__ import annotations

import pytest
from labelled_lines import CARE, NO_CARE, answer, care, choice, got, outside, quiet, topic, urgent

from skill.evaluation.labelled import Asked
from skill.evaluation.score import Bin, Confusion, Share, calibration, confusions, leads_with_care, score


def share(asked: list[Asked], measure: str, row: str = "all") -> Share:
    return score(asked)[measure][row]


def test_a_choice_that_holds_the_topic_counts_half() -> None:
    asked = [
        topic(answer("heartburn")),
        topic(answer("reflux"), style="asr"),
        topic(choice("nausea", "heartburn"), style="asr"),
        topic(choice("nausea", "acne"), style="asr"),
        topic(answer("nausea"), style="asr"),
        topic(got("unknown"), style="asr"),
        topic(care(topic="heartburn")),
    ]
    assert share(asked, "topic_right") == Share(3.5, 7)
    assert share(asked, "topic_right", "clean") == Share(2, 2)
    assert share(asked, "topic_right", "asr") == Share(1.5, 5)
    assert share(asked, "topic_wrong") == Share(1, 7)
    assert share(asked, "topic_choice") == Share(2, 7)


def test_styles_stand_in_their_own_order_with_all_of_them_last() -> None:
    asked = [topic(answer(), style=style) for style in ("asr", "shouted", "terse", "clean")]
    assert list(score(asked)["topic_right"]) == ["clean", "terse", "asr", "shouted", "all"]


def test_the_aspect_is_counted_where_the_topic_is_right_and_summary_is_causes() -> None:
    asked = [
        topic(answer(aspect="summary"), aspect="causes"),
        topic(answer(aspect="causes"), aspect="relief"),
        topic(answer("nausea", aspect="causes"), aspect="causes", style="terse"),
        topic(choice("heartburn", "nausea"), style="terse"),
    ]
    assert share(asked, "aspect_right") == Share(1, 2)
    assert share(asked, "aspect_right", "terse") == Share(0, 0)
    assert share(asked, "aspect_right", "terse").percent is None


def test_urgent_lines_are_led_with_care_and_at_their_level() -> None:
    asked = [
        urgent(care("emergency")),
        urgent(care("urgent")),
        urgent(care("urgent"), either=True),
        urgent(care("emergency", speech=NO_CARE)),
        urgent(care("emergency"), "urgent"),
        urgent(answer(), "urgent"),
    ]
    assert share(asked, "led_with_care", "emergency") == Share(3, 4)
    assert share(asked, "led_at_level", "emergency") == Share(2, 4)
    assert share(asked, "led_with_care", "urgent") == share(asked, "led_at_level", "urgent") == Share(1, 2)
    assert share(asked, "led_at_level") == Share(3, 6)


@pytest.mark.parametrize(
    ("level", "speech", "leads"),
    [("emergency", CARE, True), ("emergency", "Back pain is common. Call 911.", False), ("none", CARE, False)],
)
def test_the_field_alone_is_not_enough_nor_are_the_words(level: str, speech: str, leads: bool) -> None:
    assert leads_with_care(care(level, speech=speech)) is leads


def test_alarms_are_counted_where_nothing_is_urgent() -> None:
    asked = [
        quiet(care("urgent")),
        quiet(answer()),
        quiet(care("urgent"), care_ok=True),
        topic(care("urgent", topic="heartburn")),
        topic(answer()),
        topic(answer()),
    ]
    assert share(asked, "alarms", "not urgent") == Share(1, 2)
    assert share(asked, "alarms", "ordinary topic questions") == Share(1, 3)
    assert share(asked, "alarms_allowed", "not urgent") == Share(1, 1)


def test_a_topic_question_that_states_a_sign_is_no_alarm() -> None:
    asked = [topic(care("urgent", topic="heartburn"), states="chest-pain"), topic(answer(), states="chest-pain")]
    asked += [topic(care("urgent"), states="open"), topic(answer(), states="open")]
    assert "alarms" not in score(asked)
    assert share(asked, "stated_led_with_care", "topic questions") == Share(1, 2)


def test_the_topic_of_a_not_urgent_line_counts_where_it_is_about_one() -> None:
    asked = [quiet(answer()), quiet(choice("heartburn", "nausea"), care_ok=True), quiet(got("unknown"), wanted=None)]
    assert share(asked, "quiet_topic_right", "not urgent") == Share(1.5, 2)


def test_out_of_scope_counts_articles_and_half_a_choice() -> None:
    asked = [
        outside(answer()),
        outside(answer(), article_ok=True),
        outside(choice("heartburn", "nausea"), kind="chitchat"),
        outside(got("unknown"), kind="chitchat"),
        outside(care("urgent"), kind="chitchat"),
    ]
    assert share(asked, "out_of_scope_answered", "dosing") == Share(1, 2)
    assert share(asked, "out_of_scope_answered", "chitchat") == Share(0.5, 3)
    assert share(asked, "out_of_scope_answered") == Share(1.5, 5)


def test_every_line_arrived_by_one_channel() -> None:
    asked = [topic(got(channel="list")), urgent(got(channel="query")), outside(got(channel="query"))]
    assert score(asked)["arrived_by"] == {
        "list": Share(1, 3),
        "complaint": Share(0, 3),
        "query": Share(2, 3),
        "fallback": Share(0, 3),
    }


def test_what_no_line_tells_of_has_no_figure() -> None:
    assert set(score([outside(answer())])) == {"out_of_scope_answered", "arrived_by"}


def test_confusions_are_pairs_that_count_nothing_the_commonest_first() -> None:
    asked = [
        topic(got("unknown")),
        topic(answer("nausea")),
        topic(choice("nausea", "acne")),
        topic(choice("nausea", "heartburn")),
        topic(answer("reflux")),
        topic(answer("heartburn"), wanted="acne"),
        quiet(answer("nausea")),
    ]
    assert confusions(asked) == [
        Confusion("heartburn", "nausea", 2),
        Confusion("acne", "heartburn", 1),
    ]


def test_scores_fall_into_ten_bins_and_the_last_holds_one() -> None:
    asked = [
        topic(answer(score=1.0)),
        topic(answer("nausea", score=0.9)),
        topic(choice("heartburn", "nausea", score=0.55)),
        topic(answer()),
        topic(got("unknown", score=0.2)),
    ]
    assert calibration(asked) == [Bin(0.5, 1, 1, 0.55), Bin(0.9, 2, 1, 0.95)]
    assert calibration([topic(answer())]) == []
