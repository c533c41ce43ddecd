"""Whatever disguise an urgent sign arrives in, what to do comes first."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from skill.alexa.handle import Skill
from skill.simulator.converse import plain
from skill.simulator.envelope import Device, intent_envelope
from skill.simulator.hear import Heard, HeardSlot, MatchClass

EMERGENCIES = ["i can't breathe", "i'm bleeding heavily and soaking pads", "she's having a fit"]
SLOTS = [("ComplaintIntent", "complaint"), ("IHavePhraseIntent", "phrase"), ("TopicIntent", "topic")]
LONG = 8000
BREAK = " <break time='2s'/>"


def inside_words(mark: str) -> Callable[[str], str]:
    """This mark between the first letters of every longer word."""
    return lambda said: " ".join(f"{word[:2]}{mark}{word[2:]}" if len(word) > 3 else word for word in said.split())


def shifted(first: int) -> Callable[[str], str]:
    """Letters as those that stand in the same order from this code on."""
    return lambda said: "".join(chr(ord(sign) - ord("a") + first) if sign.isalpha() else sign for sign in said)


def full_width(said: str) -> str:
    return "".join("\u3000" if sign == " " else chr(ord(sign) + 0xFEE0) for sign in said)


DISGUISES: dict[str, Callable[[str], str]] = {
    "soft hyphens": inside_words("\u00ad"),
    "hyphens as entities": inside_words("&shy;"),
    "zero-width spaces": inside_words("\u200b"),
    "a byte order mark": inside_words("\ufeff"),
    "marks of direction": inside_words("\u200f"),
    "accents": inside_words("\u0301"),
    "control characters": inside_words("\x00"),
    "written from right to left": lambda said: f"\u202e{said}\u202c",
    "full-width letters": full_width,
    "ornamental letters": shifted(0x1D41A),
    "an apostrophe as entity": lambda said: said.replace("'", "&#39;"),
    "an entity escaped twice": lambda said: said.replace("'", "&amp;#x27;"),
    "another apostrophe": lambda said: said.replace("'", "\u02bc"),
    "emoji": lambda said: f"🤰😱 {said.replace(' ', ' 🩸 ')} 🩸",
    "no-break spaces": lambda said: said.replace(" ", "\u00a0"),
    "SSML": lambda said: f"<speak><emphasis level='strong'>{said.replace(' ', BREAK)}</emphasis></speak>",
    "SSML as entities": lambda said: f"&lt;speak&gt;{said}&lt;/speak&gt;",
    "at the head of a long text": lambda said: f"{said} {'because i really wonder about it ' * LONG}"[:LONG],
    "at the end of a long text": lambda said: ("hello it is me again " * LONG)[: LONG - len(said)] + said,
    "after one endless word": lambda said: f"{'x' * LONG} {said}",
}


@pytest.mark.parametrize("disguise", DISGUISES)
def test_an_emergency_is_heard_and_what_to_do_leads(
    disguise: str, skill: Skill, caplog: pytest.LogCaptureFixture
) -> None:
    for said, (intent, name) in zip(EMERGENCIES, SLOTS, strict=True):
        heard = Heard(intent, (HeardSlot(name, "X", DISGUISES[disguise](said), None),), said, MatchClass.FREE)
        response = skill.handle(intent_envelope(Device(), heard, {}, new=True, elicited=False))
        assert response["sessionAttributes"]["understood"]["urgent"] == "emergency", said
        assert plain(response["response"]["outputSpeech"]["ssml"]).startswith("Call 911 now"), said
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
