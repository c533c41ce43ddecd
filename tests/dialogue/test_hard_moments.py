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


def test_who_is_low_hears_other_and_fewer_words_each_time(talk: Callable[..., Conversation]) -> None:
    conversation = talk()
    first = conversation.say(f"<oneshot> {HARD['self-harm']}").speech
    later = [conversation.say(said).speech for said in ("i'm so tired of it all", "nobody cares", HARD["self-harm"])]
    assert len(set(later)) == len(later)
    assert all(speech.startswith("Call 911") and "988" in speech and len(speech) < len(first) for speech in later)


@pytest.mark.parametrize(
    "said", ["no i'm not going to hurt myself", "i would never hurt myself", "no i'm not suicidal i'm just sad"]
)
def test_a_clear_denial_moves_to_a_softer_reply_that_still_names_whom_to_call(
    said: str, talk: Callable[..., Conversation]
) -> None:
    conversation = talk()
    conversation.say(f"<oneshot> {HARD['self-harm']}")
    exchange = conversation.say(said)
    assert exchange.attributes["denied"]
    assert "911 now" not in exchange.speech
    assert all(whom in exchange.speech for whom in ("your provider today", "988", "911"))
    assert conversation.say(HARD["self-harm"]).speech.startswith("Call 911 now")


@pytest.mark.parametrize(
    "said",
    ["i'm not going to hurt myself but i want to", "i'm not going to hurt myself yet", "i won't kill myself tonight"],
)
def test_what_leaves_it_open_is_no_denial(said: str, talk: Callable[..., Conversation]) -> None:
    conversation = talk()
    conversation.say(f"<oneshot> {HARD['self-harm']}")
    exchange = conversation.say(said)
    assert "denied" not in exchange.attributes
    assert exchange.speech.startswith("Call 911")


@pytest.mark.parametrize("said", ["was it something i did", "when will i stop bleeding", "will it happen again"])
@pytest.mark.parametrize("told", ["i lost the baby", "my baby died", "i had a miscarriage"])
def test_after_a_loss_what_nobody_can_tell_is_said_gently_with_when_to_call(
    told: str, said: str, talk: Callable[..., Conversation]
) -> None:
    conversation = talk()
    conversation.say(f"<oneshot> {told}")
    speech = conversation.say(said).speech
    assert "911" in speech
    assert any(gentle in speech for gentle in ("blame yourself", "whenever you are ready", "a week or two"))
    assert not [words for words in ("These things can help", "helpful", "your baby") if words in speech]


@pytest.mark.parametrize("said", ["i wouldn't hurt myself", "i'd never hurt myself"])
def test_a_denial_while_her_mood_is_talked_of_raises_no_alarm(said: str, talk: Callable[..., Conversation]) -> None:
    conversation = talk()
    conversation.say("<oneshot> i feel so sad all the time")
    exchange = conversation.say(said)
    assert exchange.attributes["denied"]
    assert not exchange.speech.startswith("Call")
    assert all(whom in exchange.speech for whom in ("your provider today", "988", "911"))
