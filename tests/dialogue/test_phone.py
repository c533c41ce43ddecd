"""A card only when she asks: plain text, the disclaimer, sources with addresses; never after violence or self-harm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from skill.alexa.speech import MOST_CHARACTERS
from skill.dialogue.core import Core
from skill.dialogue.phone import send_to_phone
from skill.simulator.converse import Conversation
from skill.turn import Session, Turn, Understood


def card_of(conversation: Conversation, said: str = "send it to my phone") -> dict[str, Any] | None:
    card = conversation.say(said).response["response"].get("card")
    assert card is None or isinstance(card, dict)
    return card


def test_the_last_answer_with_disclaimer_and_sources(talk: Callable[..., Conversation], core: Core) -> None:
    conversation = talk()
    assert "card" not in conversation.say("<oneshot> what helps heartburn").response["response"]
    card = card_of(conversation)
    assert card is not None
    assert card["type"] == "Simple"
    assert "heartburn" in card["title"]
    assert "small meals" in card["content"]
    assert "not medical advice" in card["content"]
    article = core.article("heartburn")
    assert article is not None
    assert all(str(source.url) in card["content"] for source in article.sources)
    assert "Say “more”" not in card["content"]


def test_no_card_is_sent_unless_she_asks_and_the_reply_says_who_sees_it(talk: Callable[..., Conversation]) -> None:
    conversation = talk()
    for said in ("<oneshot> what helps heartburn", "more", "who says so", "yes", "repeat"):
        assert "card" not in conversation.say(said).response["response"]
    asked = conversation.say("can you text me that")
    assert "card" in asked.response["response"]
    assert "everyone who shares the app" in asked.speech


def test_what_to_do_is_on_the_card_after_an_emergency(talk: Callable[..., Conversation]) -> None:
    conversation = talk("en-GB")
    conversation.say("<oneshot> she's having a fit")
    reply = conversation.say("send it to my phone")
    assert reply.speech.startswith("Call 999 now")
    assert reply.response["response"]["card"]["content"].startswith("Call 999 now")


@pytest.mark.parametrize("said", ["my husband hits me", "i want to end my life"])
def test_nothing_is_sent_into_an_app_that_others_see(said: str, talk: Callable[..., Conversation]) -> None:
    conversation = talk()
    conversation.say(f"<oneshot> {said}")
    assert card_of(conversation) is None
    conversation.say("what helps heartburn")
    assert card_of(conversation) is None


def test_without_an_answer_there_is_no_card(talk: Callable[..., Conversation]) -> None:
    conversation = talk()
    conversation.say("<launch>")
    assert card_of(conversation) is None


@pytest.mark.parametrize("locale", ["en-US", "en-GB", "en-IN"])
def test_every_topic_fits_on_a_card_without_markup(locale: str, core: Core) -> None:
    for topic in core.library.names:
        session = Session(said="x" * 1500, said_as=Understood(topic=topic))
        card = send_to_phone(Turn("", locale, session), core).card
        assert card is not None
        assert len(card.title) + len(card.text) <= MOST_CHARACTERS
        assert "<" not in card.text
