"""How far along someone says she is, in the stages of the reference list of urgent signs. Pure, English.

Only what is certain narrows: "thirty two weeks pregnant", "nine days after the birth", "my baby is two weeks old". A
wrong stage could silence a true sign, so where the words leave room (twenty weeks, thirty seven weeks, "for six weeks")
both stages are given, or none; none means unknown, and unknown matches every stage.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from skill.readings import Number, numbers
from skill.text import comparable

_PREGNANT_AT_ALL = frozenset({"pregnant", "before-20", "from-20", "before-37", "from-37", "labor"})
_AFTER_BIRTH = frozenset({"after-birth", "newborn"})
_LABOR = frozenset({"pregnant", "from-20", "before-37", "from-37", "labor"})

_PREGNANT = re.compile(
    r"\b(?:(?:i am|am|she is|who is|wife is|being|while|and|still|heavily|weeks?|months?|are) (?:\w+ )?pregnant"
    r"(?! (?:before|last))|i am (?:up the duff|expecting|preggers|preggo)|(?:my|her) due date (?:is|was)|"
    r"(?:first|second|third|last) trimester|early pregnancy|in my pregnancy)\b"
)
_NOT_PREGNANT = re.compile(
    r"\b(?:not|was|were|been|if i am|am i|might be|could be|got|when i was|no longer) (?:\w+ )?pregnant\b"
)
_CHILD = (
    r"(?:the |my |our |her |a )?(?:wee |little )?"
    r"(?:baby|twins|son|daughter|little one|boy|girl|lad|lass|wean|bairn|bub)"
)
_BORN = re.compile(
    r"\b(?:postpartum|post partum|postnatal|post natal|gave birth|(?:just )?given birth|(?:days?|weeks?) post|"
    r"after (?:the |my |giving |having )?(?:birth|delivery|baby|section|cesarean|c section|him|her|them)|"
    r"since (?:the |my |giving |having |i had )?(?:birth|delivery|baby|section|cesarean|him|her|them)|"
    rf"(?:i|we|she) (?:just |have )?(?:had|delivered) (?:the|my|our|her|a) (?:baby|twins|son|daughter|boy|girl)|"
    r"home from (?:the )?hospital with (?:the|my) baby|(?:my|our|the) (?:newborn|\w+ (?:day|week|month) old)|"
    rf"(?:{_CHILD}|he|she) is \w+ (?:\w+ )?(?:days?|weeks?|months?) old|(?:baby|he|she) was born|"
    rf"{_CHILD} is \w+ days$|"
    r"(?:breastfeeding|breast feeding) my)\b"
)
_LABORING = re.compile(r"\b(?:i am|she is|my wife is|in) in? ?(?:active |early )?labor\b")
_OVERDUE = re.compile(r"\b(?:my|her) due date was\b|\b(?:days|day|weeks|week) (?:overdue|over due|past my due date)\b")

# Words around "N weeks" that make it a length of time or another's age instead of her own week.
_NOT_HER_WEEK_BEFORE = {"for", "in", "last", "past", "every", "within", "about", "over", "these", "next", "another",
                        "of", "after", "under", "than", "until", "till", "since", "lasted", "been", "took",
                        "was"}  # fmt: skip
_NOT_HER_WEEK_AFTER = {"ago", "old", "after", "later", "late", "left", "to", "post", "postpartum", "since", "overdue",
                       "over", "out", "back", "off", "early", "of", "baby", "premature", "prem", "straight", "running",
                       "solid", "apart", "time", "on", "from", "without", "before", "leave"}  # fmt: skip
_HER_WEEK_AFTER = {"pregnant", "along", "gone", "gestation", "preggers", "preggo", "pregnancy"}
_HER_WEEK_BEFORE = {"am", "nearly", "almost"}
_BABY_OR_PAST_BEFORE = {"is", "at"}
"""Here weeks can be the baby's age ("she is nine weeks") or a time long over ("a scan at nine weeks")."""
_FIRST_WEEK, _LAST_WEEK = 3, 44
_WEEK_WITHOUT_A_WORD = 13
"""From here on a bare "fourteen weeks" is hers; fewer weeks may be how long something has lasted."""


def weeks_said(text: str) -> int | None:
    """Her week of pregnancy where she says one, and only one, for certain: 3 to 44, else None. Takes any text."""
    weeks = _her_weeks(comparable(text).split())
    return weeks.pop() if len(weeks) == 1 else None


def _her_weeks(words: list[str]) -> set[int]:
    return {int(number.value) for number in numbers(words) if _is_her_week(words, number)}


def _is_her_week(words: list[str], number: Number) -> bool:
    unit = words[number.end] if number.end < len(words) else ""
    if unit not in {"week", "weeks", "wks", "weeker", "weekers"} or not _FIRST_WEEK <= number.value <= _LAST_WEEK:
        return False
    before = words[number.start - 1] if number.start else ""
    after = words[number.end + 1] if number.end + 1 < len(words) else ""
    if after in _NOT_HER_WEEK_AFTER or number.value != int(number.value):
        return False
    if after in _HER_WEEK_AFTER or before in _HER_WEEK_BEFORE or unit.startswith("weeker"):
        return before != "was"
    uncertain = before in _NOT_HER_WEEK_BEFORE or before in _BABY_OR_PAST_BEFORE
    return number.value >= _WEEK_WITHOUT_A_WORD and not uncertain


def stages_of_week(week: int) -> frozenset[str]:
    """The stages a week belongs to, both sides of a border: "about 20 weeks" and "before 37" are not sharp."""
    stages = {"pregnant"}
    if week <= 21:
        stages.add("before-20")
    if week >= 19:
        stages.update(("from-20", "labor"))
    if 13 <= week <= 37:
        # The list begins at about 16; waters that go at 14 weeks must not fall between two entries.
        stages.add("before-37")
    if week >= 36:
        stages.add("from-37")
    return frozenset(stages)


def is_after_birth(stages: Collection[str]) -> bool:
    """Whether these stages, and there are some, leave only the time after the birth."""
    return bool(stages) and set(stages) <= _AFTER_BIRTH


def stages_said(text: str) -> frozenset[str]:
    """Any text → the stages it puts her in for certain; empty when it does not say."""
    return stages_heard(comparable(text))


def stages_heard(comparable_text: str) -> frozenset[str]:
    """The same for a text that has been made comparable already."""
    born = _AFTER_BIRTH if _BORN.search(comparable_text) else frozenset[str]()
    return born | _before_birth(comparable_text)


def _before_birth(text: str) -> frozenset[str]:
    """The stages of pregnancy and labor it names; several weeks in one text give all of theirs."""
    if weeks := _her_weeks(text.split()):
        return frozenset[str]().union(*(stages_of_week(week) for week in weeks))
    if _OVERDUE.search(text):
        return stages_of_week(40)
    if _LABORING.search(text):
        return _LABOR
    if _PREGNANT.search(text) and not _NOT_PREGNANT.search(text):
        return _PREGNANT_AT_ALL
    return frozenset()
