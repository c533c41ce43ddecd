"""How far along someone says she is, in the stages of the reference list of urgent signs. Pure, English.

Only what is certain narrows: "thirty two weeks pregnant", "nine days after the birth", "my baby is two weeks old". A
wrong stage could silence a true sign, so where the words leave room (twenty weeks, thirty seven weeks, "for six weeks")
both stages are given, or none; none means unknown, and unknown matches every stage. What she takes back is no stage:
of "thirty seven weeks not twenty weeks" the first counts, of "twelve weeks sorry i meant twenty weeks" the last.
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
    r"(?:i|we|she) (?:just |have )?had (?:him|her|(?:a |my )?(?:\w+ )?(?:c section|csection|cesarean)) "
    r"(?:(?:just |about )?(?:\w+ ){1,2}(?:days?|weeks?|nights?) ago|"
    r"yesterday|last (?:week|night)|this (?:week|morning))|"
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
_GROWN = {"wife", "partner", "girlfriend", "sister", "friend", "cousin", "missus", "fiance"}
"""With "is" before the weeks, these are pregnant and no babies."""
_SOFTLY = {"actually", "really", "about", "around", "nearly", "almost"}
"""May stand between "i am" and the weeks."""
_FIRST_WEEK, _LAST_WEEK = 3, 44
_WEEK_WITHOUT_A_WORD = 13
"""From here on a bare "fourteen weeks" is hers; fewer weeks may be how long something has lasted."""
_TOO_OLD_FOR_WEEKS = 20
"""From here on "she is thirty seven weeks", with nothing told of her, is no baby's age: that would be in months."""
_TELLS_NO_MORE = frozenset({"weeks", "not", "at", "now", "by", "the", "way", "sorry", "actually"})
_CORRECTIONS = {"actually", "mean", "meant", "sorry", "rather", "correction", "make"}
_BEFORE_A_CORRECTED_WEEK = {"mean", "meant", "that", "it", "make", "rather", "correction"}
_NUMBER_LEFT_BARE = frozenset(
    {"i", "she", "we", "am", "is", "it", "that", "to", "say", "said", "not", "no", "oh", "wait", "now"}
)


def weeks_said(text: str) -> int | None:
    """Her week of pregnancy where she says one, and only one, for certain: 3 to 44, else None. Takes any text."""
    weeks = set(_her_weeks(comparable(text).split()))
    return weeks.pop() if len(weeks) == 1 else None


def with_unit(text: str) -> str:
    """A text → the same with the word weeks behind a bare number that corrects weeks told before, and nothing else:
    "sorry i meant thirty four" → "sorry i meant thirty four weeks". Only for who has told weeks.
    """
    words = comparable(text).split()
    said = [number for number in numbers(words) if not _taken_back(words, number)]
    others = beside_numbers(words)
    if len(said) != 1 or not others & {"no", *_CORRECTIONS} or not others <= _NUMBER_LEFT_BARE | _CORRECTIONS | _SOFTLY:
        return text
    return " ".join([*words[: said[0].end], "weeks", *words[said[0].end :]])


def beside_numbers(words: list[str]) -> set[str]:
    """The comparable words that belong to no number."""
    of_numbers = {at for number in numbers(words) for at in range(number.start, number.end)}
    return {word for at, word in enumerate(words) if at not in of_numbers}


def _her_weeks(words: list[str]) -> list[int]:
    """In the order said; only the last where she corrects herself."""
    weeks = [int(number.value) for number in numbers(words) if _is_her_week(words, number)]
    return weeks[-1:] if not _CORRECTIONS.isdisjoint(words) else weeks


def _is_her_week(words: list[str], number: Number) -> bool:
    unit = words[number.end] if number.end < len(words) else ""
    if unit not in {"week", "weeks", "wks", "weeker", "weekers"} or not _FIRST_WEEK <= number.value <= _LAST_WEEK:
        return False
    before = words[number.start - 1] if number.start else ""
    after = words[number.end + 1] if number.end + 1 < len(words) else ""
    if after in _NOT_HER_WEEK_AFTER or number.value != int(number.value) or _taken_back(words, number):
        return False
    if after in _HER_WEEK_AFTER or before in _HER_WEEK_BEFORE or unit.startswith("weeker"):
        return before != "was"
    if _says_who(words, number):
        return True
    if before in _BEFORE_A_CORRECTED_WEEK and not _CORRECTIONS.isdisjoint(words[: number.start]):
        return True
    uncertain = before in _NOT_HER_WEEK_BEFORE or before in _BABY_OR_PAST_BEFORE
    return number.value >= _WEEK_WITHOUT_A_WORD and not uncertain


def _taken_back(words: list[str], number: Number) -> bool:
    """ "Not twenty weeks", "not at twenty weeks" """
    before = words[: number.start]
    return before[-1:] == ["not"] or (before[-2:-1] == ["not"] and before[-1] in {"at", *_SOFTLY})


def _says_who(words: list[str], number: Number) -> bool:
    """ "I am about nine weeks", "my sister is nine weeks", "she is actually thirty seven weeks" """
    before = words[: number.start]
    while before and before[-1] in _SOFTLY:
        before = before[:-1]
    who, verb = (before[-2:-1] or [""])[0], (before[-1:] or [""])[0]
    if verb == "am":
        return True
    if verb == "is":
        alone = beside_numbers(words[number.end :]) <= _TELLS_NO_MORE
        return who in _GROWN or (who == "she" and alone and number.value >= _TOO_OLD_FOR_WEEKS)
    return who == "we" and verb == "are"


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
        return frozenset[str]().union(*map(stages_of_week, weeks))
    if _OVERDUE.search(text):
        return stages_of_week(40)
    if _LABORING.search(text):
        return _LABOR
    if _PREGNANT.search(text) and not _NOT_PREGNANT.search(text):
        return _PREGNANT_AT_ALL
    return frozenset()
