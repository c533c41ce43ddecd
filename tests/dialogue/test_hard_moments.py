"""A loss, self-harm, violence, psychosis: whatever she says next, the reply is kind, safe and never cheerful."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from skill.library.content import Content
from skill.library.locales import LOCALES
from skill.simulator.converse import Conversation

HARD = {
    "loss": "i lost the baby",
    "self-harm": "i want to end my life",
    "violence": "my husband hits me",
    "psychosis": "i hear voices telling me my baby is evil",
}
NEXT = [
    "yes",
    "no",
    "more",
    "something else",
    "thank you",
    "stop",
    "repeat",
    "shorter",
    "who says so",
    "hang on",
    "<noise>",
]
NEVER = ("helpful", "great!", "that's great", "glad", "good to", "welcome back", "enjoy", "congratulations")


@pytest.mark.parametrize("said", NEXT)
@pytest.mark.parametrize("moment", HARD)
def test_no_cheer_and_no_rating_whatever_comes_next(moment: str, said: str, talk: Callable[..., Conversation]) -> None:
    conversation = talk()
    conversation.say(f"<oneshot> {HARD[moment]}")
    exchange = conversation.say(said)
    speech = exchange.speech.lower()
    assert speech
    assert not [word for word in NEVER if word in speech]
    assert exchange.ends is (said == "stop" or (said == "no" and moment == "loss"))
    assert exchange.ends or speech.endswith("?")


@pytest.mark.parametrize("said", ["no", "thank you", "repeat", "shorter", "slower", "what did you say the number was"])
def test_self_harm_keeps_both_numbers_and_never_leaves_her_alone(said: str, talk: Callable[..., Conversation]) -> None:
    conversation = talk()
    conversation.say(f"<oneshot> {HARD['self-harm']}")
    speech = conversation.say(said).speech
    assert "911" in speech
    assert "do not stay alone" in speech
    assert "988" in speech


def test_the_last_words_after_self_harm_are_not_only_about_a_call(talk: Callable[..., Conversation]) -> None:
    conversation = talk()
    conversation.say(f"<oneshot> {HARD['self-harm']}")
    assert "don't stay alone" in conversation.say("stop").speech


@pytest.mark.parametrize(
    "said", ["something else", "blue monkeys eat concrete", "thank you", "no", "<noise>", "who says so"]
)
def test_after_violence_nothing_asks_her_to_tell_it_aloud_and_no_source_tells_of_it(
    said: str, talk: Callable[..., Conversation]
) -> None:
    conversation = talk()
    conversation.say(f"<oneshot> {HARD['violence']}")
    speech = conversation.say(said).speech.lower()
    assert "what's happening" not in speech
    assert not [word for word in ("violence", "abuse", "hits", "women's aid", "hotline", "refuge") if word in speech]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("moment", HARD)
def test_the_first_number_comes_with_its_country(
    moment: str, locale: str, talk: Callable[..., Conversation], content: Content
) -> None:
    speech = talk(locale).say(f"<oneshot> {HARD[moment]}").speech
    assert content.voice(locale).country in speech


@pytest.mark.parametrize("said", ["my husband hits me", "my husband choked me and i can't breathe properly"])
def test_after_violence_silence_gets_words_that_tell_nothing(said: str, talk: Callable[..., Conversation]) -> None:
    conversation = talk()
    assert conversation.say(f"<oneshot> {said}").attributes["sign"] == "domestic-violence"
    assert "call" not in conversation.say("<silence>").speech.lower()


def test_what_was_said_of_a_loss_can_be_heard_again(talk: Callable[..., Conversation]) -> None:
    conversation = talk()
    first = conversation.say(f"<oneshot> {HARD['loss']}").speech
    assert conversation.say("repeat").speech == first
    assert len(conversation.say("shorter").speech.split()) < len(first.split())
