"""How far along: only what is certain narrows, because a wrong stage could silence a true sign."""

from __future__ import annotations

import pytest

from skill.stages import is_after_birth, stages_of_week, stages_said, weeks_said, with_unit

UNKNOWN: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("i'm thirty two weeks", 32),
        ("twelve weeks pregnant and bleeding", 12),
        ("i am 26 weeks", 26),
        ("thirty four weeks gone", 34),
        ("twenty nine weeks and my waters went", 29),
        ("i've had this headache for three weeks", None),
        ("my period is two weeks late", None),
        ("six weeks postpartum", None),
        ("in twenty weeks time", None),
        ("she is nine weeks and won't feed", None),
        ("i had a scan at twelve weeks and now he isn't moving", None),
        ("fourteen weeks ago i had a section", None),
        ("nothing", None),
        ("she's actually thirty seven weeks not twenty", 37),
        ("sorry i meant thirty four weeks not twenty four", 34),
        ("twelve weeks sorry i meant twenty weeks", 20),
        ("i'm thirty weeks not twelve weeks", 30),
        ("not thirty weeks", None),
        ("i'm about nine weeks", 9),
        ("we're nine weeks", 9),
        ("my sister is nine weeks", 9),
        ("she is thirty seven weeks", 37),
        ("she is thirty seven weeks not twenty", 37),
        ("she is nine weeks", None),
        ("she is twenty six weeks and won't feed", None),
        ("i'm twelve weeks by the way", 12),
    ],
)
def test_reads_her_week_where_it_is_certain(text: str, weeks: int | None) -> None:
    assert weeks_said(text) == weeks


@pytest.mark.parametrize(
    "text",
    [
        "nine days after the birth",
        "my baby is two weeks old",
        "i gave birth three weeks ago",
        "i'm six weeks post partum",
        "four weeks after my section",
        "since the birth my legs are swollen",
        "i just had my baby",
        "i passed a clot and my wee lad is six days",
    ],
)
def test_after_the_birth(text: str) -> None:
    assert stages_said(text) == {"after-birth", "newborn"}


def test_weeks_and_a_birth_in_one_breath_give_both() -> None:
    assert {"pregnant", "after-birth"} <= stages_said("i'm thirty weeks and since the birth of my last my back hurts")


def test_overdue_is_from_thirty_seven() -> None:
    assert "from-37" in stages_said("my due date was yesterday")
    assert "before-20" not in stages_said("i'm five days overdue")


def test_pregnant_alone_rules_out_only_after_the_birth() -> None:
    assert stages_said("i'm pregnant") == {"pregnant", "before-20", "from-20", "before-37", "from-37", "labor"}


@pytest.mark.parametrize(
    "text",
    [
        "my back hurts",
        "am i pregnant",
        "i was pregnant last year",
        "bleeding for six weeks",
        "the baby is two days without a kick",
        "baby is five days late",
    ],
)
def test_unknown_stays_unknown(text: str) -> None:
    assert stages_said(text) == UNKNOWN


@pytest.mark.parametrize(("week", "both"), [(20, {"before-20", "from-20"}), (37, {"before-37", "from-37"})])
def test_borders_belong_to_both_sides(week: int, both: set[str]) -> None:
    assert both <= stages_of_week(week)


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("sorry i meant thirty four", 34),
        ("no thirty four", 34),
        ("i meant thirty four not twenty four", 34),
        ("make that thirty one", 31),
        ("no make it twelve", 12),
        ("sorry i meant nine", 9),
    ],
)
def test_a_bare_number_that_corrects_weeks_is_weeks(text: str, weeks: int) -> None:
    assert weeks_said(with_unit(text)) == weeks


@pytest.mark.parametrize(
    "text",
    ["thirty four", "i meant my hip", "not thirty", "i meant one thirty over eighty", "sorry it's two pads an hour"],
)
def test_any_other_number_is_left_alone(text: str) -> None:
    assert with_unit(text) == text


def test_what_is_taken_back_is_no_stage() -> None:
    assert "before-20" not in stages_said("i'm thirty weeks not twelve weeks")
    assert "before-20" not in stages_said("i'm twelve weeks sorry i meant thirty weeks")


@pytest.mark.parametrize(
    "text",
    [
        "i had her six days ago",
        "we had him last week",
        "i had a csection four days ago",
        "i had a c section yesterday",
    ],
)
def test_a_birth_told_by_whom_or_how(text: str) -> None:
    assert is_after_birth(stages_said(text))


@pytest.mark.parametrize("text", ["i had her six years ago", "i had a c section last time", "i had them two days ago"])
def test_a_birth_long_over_is_no_stage(text: str) -> None:
    assert stages_said(text) == frozenset()
