"""Options named in part, corrections, and what is no statement."""

from __future__ import annotations

import pytest

from skill.dialogue.core import Core
from skill.dialogue.picking import picked

OPTIONS = (("pelvic girdle pain", "pubic bone pain", "spd"), ("sciatica", "nerve pain in the leg"), ("hip pain",))


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("the pubic one", 0),
        ("the nerve one", 1),
        ("sciatica please", 1),
        ("hip", 2),
        ("the one with my hip", 2),
        ("the pain one", None),
        ("the purple one", None),
        ("the one", None),
        ("", None),
        ("my hip has been sore for weeks and it wakes me up at night you know", None),
    ],
)
def test_an_option_is_picked_by_what_only_it_is_called(said: str, place: int | None, core: Core) -> None:
    assert picked(said, OPTIONS, core.talk.content_words) == place


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("no i meant my hip", "my hip"),
        ("no, I mean my hip", "my hip"),
        ("not my back my hip", "my hip"),
        ("no not my back my hip", "my hip"),
        ("sorry i mean heartburn", "heartburn"),
        ("sorry i have heartburn", None),
        ("no thanks", None),
        ("my hip hurts", None),
        ("", None),
    ],
)
def test_what_is_meant_after_all_is_what_follows(said: str, meant: str | None, core: Core) -> None:
    assert core.talk.corrected(said) == meant


@pytest.mark.parametrize(
    "said", ["i have a headache", "and my feet are swollen", "can't see properly", "bleeding a bit"]
)
def test_a_statement_is_one(said: str, core: Core) -> None:
    assert core.talk.is_statement(said)


@pytest.mark.parametrize(
    "said", ["why does it hurt", "so what helps", "no bleeding", "i don't have a fever", "is it normal to bleed", ""]
)
def test_a_question_or_a_denial_is_no_statement(said: str, core: Core) -> None:
    assert not core.talk.is_statement(said)
