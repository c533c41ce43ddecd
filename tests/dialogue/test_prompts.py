"""Prompts: varied and repeatable, one question each, a reprompt that adds something, a breath between the parts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from conftest import ROOT

from skill.alexa.handle import Skill
from skill.library.content import Content
from skill.library.locales import LOCALES
from skill.simulator.conversation_tests import load_conversations
from skill.simulator.converse import Conversation, plain
from skill.simulator.envelope import Device, launch_envelope

OURS = load_conversations(ROOT / "tests" / "conversations")
FREQUENT = ("rating", "anything_else", "disclaimer_short", "choose", "thanks_yes", "thanks_no", "you_are_welcome")


@pytest.mark.parametrize("key", FREQUENT)
def test_what_is_said_often_is_said_in_three_ways(key: str, content: Content) -> None:
    assert len(set(getattr(content.said, key))) >= 3


MEANING = {
    "rating": r"\bhelpful\?$",
    "disclaimer_short": r"\bgeneral information\b",
    "disclaimer_full": r"\bgeneral information\b.*\bnot medical advice\b",
    "thanks_yes": r"\b(?:thank|good|glad)",
    "thanks_no": r"\b(?:thank|sorry)",
    "list_differentials": r"\belse\b|\bother\b",
    "list_causes": r"\bcauses?\b",
    "list_tests": r"\bcheck",
    "list_relief": r"\bhelps?\b",
    "list_relief_loss": r"\bhelp\b",
    "missed": r"\b(?:didn't catch|missed)\b",
    "missed_again": r"\b(?:still|again)\b",
    "goodbye": r"\bgoodbye\b",
    "unknown": r"\b(?:don't|not)\b",
    "medicine_stop": r"\bbefore\b.*\bask\b|\bask\b.*\bbefore\b",
    "medicine": r"\bbefore you take it\b",
    "still_holds": r"\b(?:still|hasn't|don't put it off)\b",
    "even_if_over": r"\beven if it has passed\b",
    "still_unwanted": r"\bthoughts\b.*\b(?:common|nobody's fault)\b",
    "heard_self_harm": r"\b(?:hard|hear|thank)",
    "denied": r"\bif you do\b",
    "unless_wrong": r"\b(?:right|wrong)\b",
    "still_self_harm": r"\bdo not stay alone\b",
}
"""Kind of prompt → what each of its variants says."""
PLACEHOLDER = re.compile(r"\{\w+\}")


def _needed(text: str) -> tuple[frozenset[str], int, bool]:
    """What a variant may not lose: what is put into it, its question, and that it ends with that."""
    return frozenset(PLACEHOLDER.findall(text.lower())), text.count("?"), text.endswith("?")


def _varying(content: Content) -> dict[str, tuple[str, ...]]:
    return {kind: variants for kind, variants in content.said if len(variants) > 1}


def test_every_variant_keeps_what_is_put_into_it_and_its_question(content: Content) -> None:
    lost = {
        kind: variants for kind, variants in _varying(content).items() if len({_needed(text) for text in variants}) > 1
    }
    assert lost == {}


def test_every_variant_says_what_its_kind_is_for(content: Content) -> None:
    said = dict(content.said)
    lost = {
        text: meaning
        for kind, meaning in MEANING.items()
        for text in said[kind]
        if not re.search(meaning, text.lower())
    }
    assert lost == {}


def test_no_kind_varies_without_something_to_keep(content: Content) -> None:
    """Neither a question nor a number nor a name: then MEANING has to say what it is."""
    kept = {kind for kind, variants in _varying(content).items() if _needed(variants[0]) != (frozenset(), 0, False)}
    assert _varying(content).keys() - kept - MEANING.keys() == set()


def test_a_variant_that_lost_something_would_be_seen() -> None:
    whole = _needed("Ask {provider}, or call {emergency_number}. Anything else?")
    assert whole == _needed("{Provider} can help, or call {emergency_number}. Is there anything else?")
    for less in ("Ask {provider}. Anything else?", "Ask {provider}, or call {emergency_number}."):
        assert _needed(less) != whole


@pytest.mark.parametrize("turn", [1, 2])
def test_who_opens_it_again_is_welcomed_in_other_words(turn: int, skill: Skill, content: Content) -> None:
    """While a session is open: it has a turn behind it."""
    first = skill.handle(launch_envelope(Device(), {}))
    again = skill.handle(launch_envelope(Device(), first["sessionAttributes"] | {"turn": turn}))
    voice = content.voice("en-US")
    expected = {voice(text, skill=skill.core.skill_name) for text in content.said.launch_again}
    speech = plain(again["response"]["outputSpeech"]["ssml"])
    assert speech in expected
    assert speech != plain(first["response"]["outputSpeech"]["ssml"])
    assert again["response"]["shouldEndSession"] is False


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
