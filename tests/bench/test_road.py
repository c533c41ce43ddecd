"""What a device keeps between two turns is enough to go on from, in another process too."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from skill.bench.voice import installed, spoken, wav
from skill.errors import InputInvalid
from skill.simulator.converse import Conversation, Kept

SAID = ("<launch>", "my feet look like balloons", "what helps", "<silence>", "more", "yes", "<silence>", "<silence>")


def test_a_conversation_that_is_resumed_every_turn_goes_as_one_that_is_not(talk: Callable[..., Conversation]) -> None:
    whole = talk()
    kept: Kept | None = None
    for sentence in SAID:
        part = talk()
        if kept is not None:
            part.resume(Kept.model_validate_json(kept.model_dump_json()))
        expected, got = whole.say(sentence), part.say(sentence)
        assert (got.speech, got.ends, got.elicited) == (expected.speech, expected.ends, expected.elicited), sentence
        kept = part.kept


def test_a_resumed_device_keeps_its_session_id_until_the_session_is_over(talk: Callable[..., Conversation]) -> None:
    first = talk()
    first.say("<launch>")
    second = talk()
    second.resume(first.kept)
    assert second.say("what is heartburn").request["session"]["sessionId"] == first.kept.session_id
    second.say("stop")
    assert second.say("what is heartburn").request["session"]["sessionId"] != first.kept.session_id


def test_markup_becomes_words_before_a_voice_says_it() -> None:
    ssml = (
        '<speak>Call <say-as interpret-as="digits">911</say-as>, or <sub alias="triple zero">000</sub>.'
        ' <break strength="medium"/>Then wait &amp; see.</speak>'
    )
    assert spoken(ssml) == "Call 9 1 1, or triple zero. Then wait & see."


@pytest.mark.skipif(not installed(), reason="espeak-ng is not installed")
def test_a_file_named_in_markup_is_not_opened() -> None:
    assert spoken('<speak><audio src="/etc/passwd"/>hello</speak>') == "hello"
    assert wav("<speak>hello</speak>", "en-GB", 160)[:4] == b"RIFF"


def test_where_no_voice_is_installed_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert not installed()
    with pytest.raises(InputInvalid, match="browser's own voice"):
        wav("hello", "en-GB", 160)
