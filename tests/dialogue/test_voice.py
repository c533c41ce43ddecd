"""What a voice makes of a reply, on the road of a real request: pronunciation, rate, and the same words said again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from skill.simulator.converse import Conversation, Exchange

FULL_DISCLAIMER = "not medical advice"


def speech(exchange: Exchange) -> dict[str, Any]:
    assert exchange.response is not None
    response: dict[str, Any] = exchange.response["response"]
    return response


def ssml(exchange: Exchange) -> str:
    return str(speech(exchange)["outputSpeech"]["ssml"])


def test_a_word_that_voices_say_wrongly_is_spelled_for_them(talk: Callable[..., Conversation]) -> None:
    exchange = talk().say("<oneshot> is preeclampsia normal")
    assert "Preeclampsia" in exchange.speech
    assert '<sub alias="pre ih klamp see uh">Preeclampsia</sub>' in ssml(exchange)


def test_slower_slows_all_of_the_answer_and_changes_no_word(talk: Callable[..., Conversation]) -> None:
    conversation = talk()
    answered = conversation.say("<oneshot> what causes back pain")
    slowed = conversation.say("slower")
    assert '<prosody rate="' in ssml(slowed)
    assert "<prosody" not in ssml(answered)
    said = answered.speech.partition("This is general information")[0].split()
    assert " ".join(said) in " ".join(slowed.speech.split())


def test_repeat_says_the_same_words_with_the_short_disclaimer(talk: Callable[..., Conversation]) -> None:
    conversation = talk()
    answered = conversation.say("<oneshot> what causes heartburn")
    again = conversation.say("say that again")
    said = answered.speech.partition("This is general information")[0].split()
    assert len(said) > 20
    assert FULL_DISCLAIMER in answered.speech
    assert " ".join(said) in " ".join(again.speech.split())
    assert FULL_DISCLAIMER not in again.speech
