"""Prompts: varied and repeatable, one question each, a reprompt that adds something, a breath between the parts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import ROOT

from skill.library.content import Content
from skill.library.locales import LOCALES
from skill.simulator.conversation_tests import load_conversations
from skill.simulator.converse import Conversation

OURS = load_conversations(ROOT / "tests" / "conversations")
FREQUENT = ("rating", "anything_else", "disclaimer_short", "choose", "thanks_yes", "thanks_no", "you_are_welcome")


@pytest.mark.parametrize("key", FREQUENT)
def test_what_is_said_often_is_said_in_three_ways(key: str, content: Content) -> None:
    assert len(set(getattr(content.said, key))) >= 3


def test_ratings_and_disclaimers_keep_their_meaning(content: Content) -> None:
    assert all("helpful" in text for text in content.said.rating)
    for text in (*content.said.disclaimer_short, *content.said.disclaimer_full):
        assert "information" in text or "advice" in text


def test_the_same_conversation_is_held_in_the_same_words(talk: Callable[..., Conversation]) -> None:
    said = ["<launch>", "why does my back hurt", "what helps", "more", "yes", "thanks"]
    first, second = talk(), talk()
    assert [first.say(words).speech for words in said] == [second.say(words).speech for words in said]


def test_a_launch_is_short_and_the_first_turn_is_its_own(talk: Callable[..., Conversation]) -> None:
    speech = talk().say("<launch>").speech
    assert len(speech.split()) <= 15
    assert "Welcome" in speech


@pytest.mark.parametrize("dialog", OURS, ids=lambda dialog: str(dialog["id"]))
def test_a_reprompt_adds_something(dialog: dict[str, object], talk: Callable[..., Conversation]) -> None:
    """Three words at least that the prompt did not have; after an emergency it may be the action alone."""
    conversation = talk(str(dialog.get("locale", "en-US")))
    turns = dialog["turns"]
    assert isinstance(turns, list)
    for turn in turns:
        exchange = conversation.say(turn["say"])
        if exchange.ends:
            return
        if exchange.request is None:  # silence: what was spoken is the reprompt itself
            continue
        reprompt = conversation._reprompt
        assert reprompt.endswith("?"), exchange.speech
        if exchange.attributes.get("understood", {}).get("urgent", "none") == "none":
            assert len(set(reprompt.split()) - set(exchange.speech.split())) >= 3, (exchange.speech, reprompt)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_first_answer_names_the_country_of_its_number(locale: str, talk: Callable[..., Conversation]) -> None:
    conversation = talk(locale)
    country = conversation.say("<oneshot> what helps heartburn").speech
    voice = {"en-US": "911 in the US", "en-GB": "999 in the UK", "en-CA": "911 in Canada", "en-AU": "000 in Australia"}
    assert voice.get(locale, "112 in India") in country


@pytest.mark.parametrize("locale", LOCALES)
def test_the_first_emergency_names_the_country_of_its_number_and_the_next_does_not(
    locale: str, talk: Callable[..., Conversation], content: Content
) -> None:
    conversation = talk(locale)
    country = content.voice(locale).country
    assert f"in {country}." in conversation.say("<oneshot> she's having a fit").speech
    assert country not in conversation.say("i'm bleeding heavily and soaking pads").speech


def test_a_device_of_elsewhere_hears_words_and_no_foreign_number(talk: Callable[..., Conversation]) -> None:
    first, second = "what helps heartburn", "she's having a fit"
    conversation = talk()
    conversation._device = type(conversation._device)(locale="en-ZA")
    spoken = conversation.say(f"<oneshot> {first}").speech + conversation.say(second).speech
    assert "the emergency number in your country" in spoken
    assert not any(number in spoken for number in ("911", "999", "112", "000"))


def test_there_is_a_breath_before_disclaimer_and_question_and_between_items(
    talk: Callable[..., Conversation],
) -> None:
    ssml = talk().say("<oneshot> what helps heartburn").response["response"]["outputSpeech"]["ssml"]
    breath = '<break strength="strong"/>'
    assert ssml.count(breath) >= 6
    assert f"{breath}This is general information" in ssml
    assert f"{breath}Was this helpful?" in ssml
