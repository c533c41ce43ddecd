"""Rules and likeness together: neither alone can miss, and quiet speech stays quiet."""

from __future__ import annotations

import pytest

from skill.alarm import Alarm, Likeness
from skill.dialogue.core import Core
from skill.library.content import Content
from skill.library.signs import Level
from skill.library.store import Library
from skill.urgent import UrgentCheck

LINES = [
    ("blood is pouring out of me", True),
    ("she will not wake up", True),
    ("my feet ache", False),
    ("i feel a bit sick", False),
]


def test_the_same_lines_give_the_same_weights() -> None:
    assert (Likeness.learn(LINES).weights == Likeness.learn(LINES).weights).all()


def test_it_tells_the_lines_it_learned_apart() -> None:
    likeness = Likeness.learn(LINES)
    assert min(likeness(text) for text, urgent in LINES if urgent) > max(
        likeness(text) for text, urgent in LINES if not urgent
    )


def test_the_rules_speak_first(core: Core) -> None:
    verdict = core.urgent("she is having a seizure")
    assert verdict is not None
    assert (verdict.sign, verdict.level) == ("seizure", Level.EMERGENCY)
    assert not any("sounds like" in reason for reason in verdict.because)


def test_what_the_rules_miss_likeness_catches_and_names_its_line(library: Library, content: Content) -> None:
    """With rules that hear nothing at all, a good part of the urgent lines still raise an alarm."""

    class Deaf(UrgentCheck):
        def __call__(self, utterance: str, stages: frozenset[str] = frozenset()) -> None:
            return None

    whole = Alarm.from_library(library)
    alarm = Alarm(Deaf(library.patterns, library.signs), whole._likeness, whole._nearest, library.signs)
    heard = [alarm(phrase) for entry in content.heard_signs.values() for phrase in entry.phrases]
    caught = [verdict for verdict in heard if verdict is not None]
    assert len(caught) > len(heard) / 3  # on lines it learned from: a floor, not a figure
    assert all(verdict.because[0].startswith("sounds like: ") for verdict in caught)


def test_a_sign_of_another_stage_is_not_named(core: Core, content: Content) -> None:
    for entry in content.heard_signs.values():
        for phrase in entry.phrases[:3]:
            verdict = core.urgent(phrase, frozenset({"newborn"}))
            if verdict is not None and verdict.because[0].startswith("sounds like"):
                assert {"any", "newborn"} & set(content.signs[verdict.sign].stage)


@pytest.mark.parametrize("text", ["", " ", "🤰" * 100, "x" * 8000, "back " * 3000, "\x00"])
def test_any_text_is_listened_to_without_an_error(text: str, core: Core) -> None:
    core.urgent(text)
