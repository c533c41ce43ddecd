"""Ordinary talk that sounds like an urgent sign, and the emergencies beside it: rules and encoder together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from skill.alarm import Alarm
from skill.assemble import load_encoder
from skill.library.content import Content
from skill.library.rules import READ_FROM_NUMBERS, ordinary_talk_is_of_signs
from skill.library.signs import Level, OrdinaryKind
from skill.text import comparable
from skill.urgent import UrgentCheck

TESTS = Path(__file__).parent
LINES: Mapping[str, Mapping[str, Sequence[str]]] = yaml.safe_load(
    (TESTS / "ordinary_lines.yaml").read_text(encoding="utf-8")
)
AT_HOME: Mapping[str, Sequence[str]] = yaml.safe_load((TESTS / "spoken_at_home.yaml").read_text(encoding="utf-8"))
CALM = [line for kind in LINES.values() for line in kind["calm"]]
NEAR = [line for kind in LINES.values() for line in kind["near"]]
IN_THE_SAME_BREATH = (
    "and my baby is floppy",
    "and i can't breathe",
    "and i'm bleeding heavily",
    "and i want to die",
    "and my face has dropped on one side",
)


@pytest.fixture(scope="module")
def rules(content: Content) -> UrgentCheck:
    return UrgentCheck(content.patterns, content.signs)


@pytest.fixture(scope="module")
def alarm(content: Content, rules: UrgentCheck) -> Alarm:
    encoder = load_encoder()
    assert encoder is not None
    cues = content.cues
    return Alarm(rules, encoder, content.signs, frozenset({*cues.far_along, *cues.light, *cues.everyday}))


@pytest.mark.parametrize("line", CALM)
def test_ordinary_talk_is_no_alarm(alarm: Alarm, line: str) -> None:
    assert alarm(line) is None


@pytest.mark.parametrize("line", NEAR)
def test_an_emergency_beside_it_is(alarm: Alarm, line: str) -> None:
    assert alarm(line) is not None


@pytest.mark.parametrize("grave", IN_THE_SAME_BREATH)
def test_ordinary_talk_hides_no_emergency_told_in_the_same_breath(alarm: Alarm, grave: str) -> None:
    heard = {line: alarm(f"{line} {grave}") for line in CALM}
    assert [line for line, verdict in heard.items() if verdict is None or verdict.level is not Level.EMERGENCY] == []


def test_ten_emergencies_stand_beside_every_kind() -> None:
    assert [kind for kind, lines in LINES.items() if len(lines["near"]) < 10] == []


@pytest.mark.parametrize("more", ["not", "twenty", "all", "blue", "another"])
def test_a_word_that_belongs_to_no_part_ends_the_excuse(rules: UrgentCheck, more: str) -> None:
    """The words that turn the harmless into the grave are in no part, wherever they are said."""
    assert rules.only_sounds_like("i took a tylenol") == {"poisoning-overdose", "medicine-mistake"}
    assert rules.only_sounds_like(f"i took a tylenol {more}") == frozenset()
    assert rules.only_sounds_like(f"{more} i took a tylenol") == frozenset()


def test_an_excuse_is_for_its_own_signs_only(rules: UrgentCheck) -> None:
    assert rules.only_sounds_like("i took a tylenol for my fever") == {"poisoning-overdose", "medicine-mistake"}
    assert rules.only_sounds_like("i'm having a few contractions") == {"birth-now", "placental-abruption"}


@pytest.mark.parametrize("line", ["i have contractions", "i'm having contractions", "i think i'm having contractions"])
def test_contractions_alone_are_for_the_same_day_as_long_as_the_week_is_not_known(
    alarm: Alarm, rules: UrgentCheck, line: str
) -> None:
    verdict = alarm(line)
    assert verdict is not None
    assert (verdict.sign, verdict.level) == ("preterm-labor-or-waters", Level.URGENT)
    assert rules(f"i am thirty nine weeks and {line}") is None


def test_nothing_that_is_said_is_no_ordinary_talk(rules: UrgentCheck) -> None:
    assert rules.only_sounds_like("") == frozenset()
    assert rules.only_sounds_like("i am just so") == frozenset()


def test_no_passing_word_denies_or_counts(content: Content) -> None:
    """A word that turns or raises what is said must never pass unnoticed."""
    turning = {"not", "no", "never", "all", "more", "less", "too", "many", "out", "off", "another", "and", "but", "was"}
    assert turning.isdisjoint(content.patterns.ordinary.passing)


def test_every_word_of_a_part_can_be_heard(content: Content) -> None:
    parts = content.patterns.ordinary.parts.values()
    words = {
        word
        for expressions in (*parts, content.patterns.ordinary.passing)
        for expression in expressions
        for step in expression.split()
        for word in step.strip("()").replace("_", "|").split("|")
        if not word.startswith("<")
    }
    assert {word for word in words if comparable(word) != word} == set()
    assert not words & {"..", "...."}, "what falls into a gap would pass unnoticed"


def test_every_part_is_used_and_known(content: Content) -> None:
    talk = content.patterns.ordinary
    named = {part for kind in talk.kinds for part in (*kind.all, *kind.may)}
    assert named - READ_FROM_NUMBERS == set(talk.parts)


def test_a_part_or_sign_that_there_is_not_is_a_fault(content: Content) -> None:
    wrong = OrdinaryKind(only_like=("no-such-sign",), all=("no-such-part",))
    talk = content.patterns.ordinary.updated(kinds=(wrong,))
    patterns = content.patterns.updated(ordinary=talk)
    problems = [fault.problem for fault in ordinary_talk_is_of_signs(replace(content, patterns=patterns))]
    assert any("no-such-sign" in problem for problem in problems)
    assert any("no-such-part" in problem for problem in problems)


@pytest.mark.parametrize("line", AT_HOME["grave"])
def test_what_is_grave_is_heard_however_it_is_told(alarm: Alarm, line: str) -> None:
    assert alarm(line) is not None


def test_what_is_said_at_home_rarely_alarms(alarm: Alarm) -> None:
    """Before ordinary talk was known 133 of these 642 lines alarmed; some of those that still do may be right."""
    alarms = [line for line in AT_HOME["calm"] if alarm(line) is not None]
    assert len(alarms) <= 59, alarms
