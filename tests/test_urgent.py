"""The rule-based urgent check: what must lead with get-care-now, what must stay quiet, and how fast.

Three sources of lines: urgent_lines.yaml (written with the rules; each has to come out right), content/en/urgent-heard/
and content/en/phrases-heard/ (written apart from them, thousands: shares that may not get worse).
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from skill.library.article import HeardPhrases
from skill.library.kinds import checker
from skill.library.signs import HeardSign, Level, UrgentPatterns, UrgentSign
from skill.text import comparable
from skill.urgent import UrgentCheck, Verdict

TESTS = Path(__file__).parent
CONTENT = TESTS.parent / "content" / "en"
LINES = yaml.safe_load((TESTS / "urgent_lines.yaml").read_text(encoding="utf-8"))
URGENT_BY_THEMSELVES = frozenset({
    "baby-moving-less", "bleeding-after-birth", "bleeding-early", "bleeding-late", "chest-pain", "ectopic-pregnancy",
    "fall-or-injury", "fever", "fever-after-birth", "leg-swelling-one-side", "mastitis", "miscarriage", "palpitations",
    "postpartum-psychosis", "preterm-labor", "severe-vomiting", "upper-right-belly-pain", "waters-breaking",
})  # fmt: skip
"""Topics of which most lines meet the reference list of urgent signs: there an alarm is right."""


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def patterns() -> UrgentPatterns:
    return checker(UrgentPatterns).validate_python(read(CONTENT / "urgent-patterns.yaml"))


@pytest.fixture(scope="module")
def signs() -> Mapping[str, UrgentSign]:
    found = (
        checker(UrgentSign).validate_python(read(path)) for path in sorted((CONTENT / "urgent-signs").glob("*.yaml"))
    )
    return {sign.id: sign for sign in found}


@pytest.fixture(scope="module")
def check(patterns: UrgentPatterns, signs: Mapping[str, UrgentSign]) -> UrgentCheck:
    return UrgentCheck(patterns, signs)


@pytest.fixture(scope="module")
def heard_signs() -> Sequence[HeardSign]:
    return [
        checker(HeardSign).validate_python(read(path)) for path in sorted((CONTENT / "urgent-heard").glob("*.yaml"))
    ]


@pytest.fixture(scope="module")
def ordinary_lines() -> Sequence[str]:
    ordinary = (
        path for path in sorted((CONTENT / "phrases-heard").glob("*.yaml")) if path.stem not in URGENT_BY_THEMSELVES
    )
    return [line for path in ordinary for line in checker(HeardPhrases).validate_python(read(path)).lines]


def reaches(verdict: Verdict | None, level: Level) -> bool:
    return verdict is not None and (level is Level.URGENT or verdict.level is Level.EMERGENCY)


@pytest.mark.parametrize("line", LINES["signs"]["emergency"])
def test_an_emergency_is_heard_as_one(check: UrgentCheck, line: str) -> None:
    assert reaches(check(line), Level.EMERGENCY), check(line)


@pytest.mark.parametrize("line", LINES["signs"]["urgent"])
def test_an_urgent_sign_is_heard(check: UrgentCheck, line: str) -> None:
    assert reaches(check(line), Level.URGENT)


@pytest.mark.parametrize("line", LINES["quiet"])
def test_stays_quiet(check: UrgentCheck, line: str) -> None:
    assert check(line) is None


@pytest.mark.parametrize(
    ("line", "sign", "level"),
    [
        ("my back hurts and i've started bleeding", "bleeding-from-20", Level.URGENT),
        ("i'm nine weeks and i've started bleeding", "bleeding-before-20", Level.URGENT),
        ("my blood pressure is 165 over 95", "very-high-bp-reading", Level.EMERGENCY),
        ("my blood pressure is one forty two over eighty eight", "high-bp-reading", Level.URGENT),
        ("palpitations all day at rest", "racing-heart", Level.URGENT),
        ("the cord is hanging out", "cord-prolapse", Level.EMERGENCY),
        ("he put his hands round my neck and i blacked out", "domestic-violence", Level.EMERGENCY),
    ],
)
def test_names_the_sign_and_its_level(check: UrgentCheck, line: str, sign: str, level: Level) -> None:
    assert Verdict(sign, level, ()) in [Verdict(found.sign, found.level, ()) for found in check.all_signs(line)]


@pytest.mark.parametrize(
    ("parts", "together"),
    [
        (("terrible headache all day", "flashing lights in front of my eyes"), "terrible headache and flashing lights"),
        (
            ("terrible headache all day", "bad pain under my right rib"),
            "terrible headache and bad pain under my right rib",
        ),
        (("the baby isn't moving", "i'm bleeding a bit"), "the baby isn't moving and i'm bleeding a bit"),
        (("i'm getting palpitations all day", "i fainted"), "i'm getting palpitations all day and i fainted"),
        (("my calf is swollen and red",), "my calf is swollen and red and i'm short of breath"),
    ],
)
def test_companions_raise_an_urgent_sign(check: UrgentCheck, parts: tuple[str, ...], together: str) -> None:
    assert [found.level for part in parts if (found := check(part))] == [Level.URGENT] * len(parts)
    assert reaches(check(together), Level.EMERGENCY)


@pytest.mark.parametrize(
    "line",
    [
        "my gums bleed and i've soaked two pads in an hour",
        "my feet are killing me and i can't breathe",
        "no headache but my face has dropped on one side",
        "my sister had eclampsia with her first and now i'm seeing flashing lights",
        "what causes bleeding in pregnancy because i'm bleeding",
        "i fainted once at school and i've just passed out again",
        "can pregnancy make you bleed i've had it all day",
        "my nose is fine but i'm bleeding down below",
        "being sick but there's blood in it",
        "does coffee make your heart race mine's been pounding all day",
    ],
)
def test_a_look_alike_never_hides_a_true_sign(check: UrgentCheck, line: str) -> None:
    assert check(line) is not None


@pytest.mark.parametrize(
    ("line", "sign", "level"),
    [
        ("my sugar is two hundred and twenty", "diabetes-readings-off", Level.URGENT),
        ("my sugar is sixteen point five", "diabetes-readings-off", Level.URGENT),
        ("i'm type two and my glucose is three hundred", "diabetes-readings-off", Level.URGENT),
        ("my sugar is two fifty and i keep throwing up", "high-sugar-emergency", Level.EMERGENCY),
        ("my sugar is two seventy and i can't keep water down", "high-sugar-emergency", Level.EMERGENCY),
        ("my sugar is eighteen and i've got stomach pains", "high-sugar-emergency", Level.EMERGENCY),
        ("my sugar is three hundred and i'm so drowsy and confused", "high-sugar-emergency", Level.EMERGENCY),
        ("my sugar is two point nine and i'm drowsy", "low-sugar-emergency", Level.EMERGENCY),
        ("my sugar is forty five and i'm confused", "low-sugar-emergency", Level.EMERGENCY),
    ],
)
def test_a_measured_sugar_says_whether_it_is_high_or_low(
    check: UrgentCheck, line: str, sign: str, level: Level
) -> None:
    verdict = check(line)
    assert verdict is not None
    assert (verdict.sign, verdict.level) == (sign, level)


def test_a_sugar_measured_high_refutes_a_low_one_unless_both_are_told(check: UrgentCheck) -> None:
    high = "my sugar is two hundred and twenty"
    assert check.only_sounds_like(high) == {"low-sugar-emergency", "high-bp-reading", "very-high-bp-reading"}
    assert "low-sugar-emergency" not in {found.sign for found in check.all_signs(f"{high} and i am shaking and sweaty")}
    assert "low-sugar-emergency" not in check.only_sounds_like(f"i had a hypo and now {high}")
    assert "high-bp-reading" not in check.only_sounds_like(f"my blood pressure is high and {high}")
    assert check.only_sounds_like("my sugar is two point two") == frozenset()
    assert check.only_sounds_like("the reading was two hundred and twenty") == frozenset()


@pytest.mark.parametrize(
    ("line", "sign"),
    [
        ("my boyfriend is holding a knife", "domestic-violence"),
        ("he pulled a gun on me", "domestic-violence"),
        ("my ex is at the door with a machete", "domestic-violence"),
        ("he went for me came at me with a hammer", "domestic-violence"),
        ("i dropped her on her head", "newborn-emergency"),
        ("my partner dropped our newborn on the floor", "newborn-emergency"),
        ("the baby fell off the changing table and landed on his head", "newborn-emergency"),
        ("i fell asleep feeding and woke up on top of the baby", "newborn-emergency"),
        ("i rolled over onto the baby last night", "newborn-emergency"),
        ("the baby tumbled out of bed onto the floor", "newborn-emergency"),
        ("my newborn slipped off the settee", "newborn-emergency"),
        ("i'm frightened of what i might do to him", "self-harm-thoughts"),
        ("scared of what i will do to my baby", "self-harm-thoughts"),
        ("i'm having contractions and something ripped inside", "placental-abruption"),
        ("i felt something give way inside me in the middle of a contraction", "placental-abruption"),
        ("something burst across my belly", "placental-abruption"),
        ("my scar aches terribly with each contraction", "placental-abruption"),
        ("i'm thirty nine weeks and my old section scar feels like it's tearing", "placental-abruption"),
    ],
)
def test_an_emergency_that_a_trial_found_missed_is_heard(check: UrgentCheck, line: str, sign: str) -> None:
    verdict = check(line)
    assert verdict is not None
    assert (verdict.sign, verdict.level) == (sign, Level.EMERGENCY)


@pytest.mark.parametrize(
    "line",
    [
        "he's got a bread knife to cut the loaf",
        "my brother has a toy gun",
        "i dropped the baby off at nursery",
        "i dropped the baby's bottle on the floor",
        "the baby has dropped",
        "i keep rolling onto my back at night",
        "i hurt my wrist lifting him",
        "i hit my head on the cupboard door",
        "my dog barks so much i could throw him out the window",
        "i'm scared of what labor will do to my body",
        "i tore a bit when i gave birth",
        "my scar feels itchy and tight",
        "i don't feel any bond with my baby",
        "i don't feel anything when i hold her",
        "he usually kicks at this time and he is now",
        "the dog usually goes mad at this time",
    ],
)
def test_what_is_near_such_an_emergency_stays_quiet(check: UrgentCheck, line: str) -> None:
    assert check(line) is None


def test_fainting_twice_is_of_the_same_day_as_the_reference_has_it(check: UrgentCheck) -> None:
    verdict = check("i've fainted twice since breakfast")
    assert verdict is not None
    assert (verdict.sign, verdict.level) == ("fainting-or-dizziness", Level.URGENT)


@pytest.mark.parametrize(
    ("line", "sign"),
    [
        ("she is three days old and looks yellow", "newborn-urgent"),
        ("my baby is three days old and looks yellow", "newborn-urgent"),
        ("baby was born on monday and his eyes are yellow", "newborn-urgent"),
        ("his skin looks yellow he's four days old", "newborn-urgent"),
        ("my eyes have gone yellow", "itching-or-jaundice"),
        ("i'm yellow and i had my baby last week", "itching-or-jaundice"),
        ("my wife is thirty weeks and her eyes are yellow", "itching-or-jaundice"),
        ("my husband says my eyes look yellow and he's worried", "itching-or-jaundice"),
    ],
)
def test_who_is_yellow_decides_whose_doctor_is_called(check: UrgentCheck, line: str, sign: str) -> None:
    verdict = check(line)
    assert verdict is not None
    assert verdict.sign == sign


def test_a_quiet_baby_is_in_the_womb_unless_it_is_born(check: UrgentCheck) -> None:
    def sign(line: str, *stages: str) -> str | None:
        verdict = check(line, frozenset(stages))
        return verdict and verdict.sign

    assert sign("my baby is really quiet this evening") == "baby-moving-less"
    assert sign("my baby is really quiet this evening", "pregnant", "from-20") == "baby-moving-less"
    assert sign("my baby is really quiet this evening", "after-birth", "newborn") == "newborn-urgent"
    assert sign("our newborn is really quiet this evening") == "newborn-urgent"


@pytest.mark.parametrize(
    "line",
    [
        "i'm thirty one weeks and she normally goes crazy by now",
        "my baby is usually wide awake and kicking by now",
        "baby always wriggles around this time",
    ],
)
def test_what_a_baby_usually_does_by_now_is_what_it_does_not_do(check: UrgentCheck, line: str) -> None:
    verdict = check(line)
    assert verdict is not None
    assert verdict.sign == "baby-moving-less"
    assert check(f"{line} and she is doing it again") is None


def test_the_bleeding_leads_where_only_the_back_hurts(check: UrgentCheck) -> None:
    verdict = check("my back hurts and i've started bleeding")
    assert verdict is not None
    assert verdict.sign.startswith("bleeding-")


@pytest.mark.parametrize(
    "said",
    [
        "is it normal that {}",
        "{} is that normal in pregnancy",
        "can you tell me why {}",
        "{} but the midwife said it was fine",
        "{} i had the same with my last baby",
        "i have had two babies before and {}",
        "not to worry you but {}",
    ],
)
def test_what_is_said_around_it_does_not_silence_a_sign(check: UrgentCheck, said: str) -> None:
    lines = [line for of_level in LINES["signs"].values() for line in of_level]
    kept = [line for line in lines if check(said.format(line))]
    assert len(kept) / len(lines) >= 0.98, set(lines) - set(kept)


def test_a_certain_stage_narrows_and_an_unknown_one_does_not(check: UrgentCheck) -> None:
    line = "the baby isn't moving"
    assert check(line) is not None
    assert check(line, frozenset({"from-20", "pregnant"})) is not None
    found = {verdict.sign for verdict in check.all_signs(line, frozenset({"before-20", "pregnant"}))}
    assert "baby-moving-less" not in found


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("nine weeks", {"early", "too-early-to-move"}),
        ("thirty nine weeks", {"twenty-plus", "by-24", "term"}),
        ("six weeks after my section", set()),
    ],
)
def test_a_week_is_heard_by_its_number(check: UrgentCheck, text: str, weeks: set[str]) -> None:
    named = {"early", "too-early-to-move", "twenty-plus", "preterm-week", "by-24", "term"}
    assert {mention.concept for mention in check.mentions(text)} & named == weeks


def test_what_is_said_of_the_stage_overrides_what_was_known(check: UrgentCheck) -> None:
    assert check("i'm thirty weeks and the baby isn't moving", frozenset({"before-20", "pregnant"})) is not None


def test_every_word_of_an_expression_can_be_heard(patterns: UrgentPatterns) -> None:
    """A word that `comparable` turns into another ("tummy", "can't") would never be heard."""
    unheard = {
        word
        for expressions in (*patterns.concepts.values(), *dict(patterns.frames).values(), patterns.harmless)
        for expression in expressions
        for step in expression.split()
        for word in step.strip("()").replace("_", "|").split("|")
        if word not in {"..", "....", "^"}
        and not word.startswith("<")
        and not word.endswith("*")
        and comparable(word) != word
    }
    assert unheard == set()


def test_every_concept_is_used(patterns: UrgentPatterns) -> None:
    used = {name for rules in patterns.signs.values() for rule in rules for name in (*rule.all, *rule.unless)}
    assert set(patterns.concepts) == used


def test_every_sign_has_a_pattern(patterns: UrgentPatterns, signs: Mapping[str, UrgentSign]) -> None:
    assert set(patterns.signs) == set(signs)


def share(lines: Sequence[str], wrong: Sequence[str]) -> float:
    """Part of the lines was there when the rules were mended; those that came later are harder for them, and the bounds
    below are what all together measure. Mending the rules with half of the later lines did nothing for the other half.
    """
    return len(wrong) / len(lines)


@pytest.mark.parametrize(("level", "at_most"), [(Level.EMERGENCY, 0.238), (Level.URGENT, 0.244)])
def test_few_of_what_people_say_is_missed(
    check: UrgentCheck,
    signs: Mapping[str, UrgentSign],
    heard_signs: Sequence[HeardSign],
    level: Level,
    at_most: float,
    record_property: Any,
) -> None:
    """Missed: not heard at the level of its sign or higher, by the rules alone; the encoder listens beside them."""
    lines = [line for heard in heard_signs if signs[heard.sign].level is level for line in heard.phrases]
    missed = [line for line in lines if not reaches(check(line), level)]
    record_property(f"missed {level.value}", f"{share(lines, missed):.4f}")
    assert share(lines, missed) <= at_most, missed


def test_look_alikes_rarely_alarm(check: UrgentCheck, heard_signs: Sequence[HeardSign], record_property: Any) -> None:
    lines = [line for heard in heard_signs for line in heard.look_alikes]
    alarms = [line for line in lines if check(line)]
    record_property("alarms on look-alikes", f"{share(lines, alarms):.4f}")
    assert share(lines, alarms) <= 0.0868, alarms


@pytest.mark.parametrize(("level", "at_most"), [(Level.EMERGENCY, 0.0064), (Level.URGENT, 0.0428)])
def test_ordinary_lines_rarely_alarm(
    check: UrgentCheck, ordinary_lines: Sequence[str], level: Level, at_most: float, record_property: Any
) -> None:
    alarms = [line for line in ordinary_lines if reaches(check(line), level)]
    record_property(f"ordinary lines that reach {level.value}", f"{share(ordinary_lines, alarms):.4f}")
    assert share(ordinary_lines, alarms) <= at_most, alarms


def test_quick_on_every_turn(check: UrgentCheck) -> None:
    """p95 under 1.5 ms was measured on an idle machine; the test allows for a busy one."""
    line = "i have had a bit of a sore back since this morning and my feet are swollen"
    took = []
    for _ in range(200):
        comparable.cache_clear()
        began = time.perf_counter()
        check(line)
        took.append(time.perf_counter() - began)
    assert sorted(took)[100] < 0.005


@pytest.mark.parametrize("text", ["no pain or ", "bleeding ", "baby not move her belly leg ", "x", "not "])
def test_never_slow_on_long_text(check: UrgentCheck, text: str) -> None:
    began = time.perf_counter()
    check((text * 4000)[:8000])
    assert time.perf_counter() - began < 3


def test_the_end_of_a_long_text_is_heard(check: UrgentCheck) -> None:
    assert reaches(check("i am fine and well " * 300 + "i can't breathe"), Level.EMERGENCY)


@pytest.mark.parametrize("text", ["", " ", "?!", "ß" * 50, "1" * 500])
def test_anything_may_be_said(check: UrgentCheck, text: str) -> None:
    assert check(text) is None
