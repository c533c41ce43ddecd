"""What Alexa sends for slots of its own types. The matcher delivers words; Alexa delivers what they mean.

NUMBER, FOUR_DIGIT_NUMBER, DATE, TIME and DURATION follow Amazon's Slot Type Reference (as digits, ISO 8601 dates and
durations, 24 hour times); which day a bare weekday means, what Ordinal looks like and "?" for a number that is none are
unconfirmed. All other types arrive as heard. Words that we cannot read arrive as heard, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta

from num2words import num2words

_SMALL = {num2words(number): number for number in (*range(20), *range(20, 100, 10))} | {"oh": 0}
_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_ORDINALS = {num2words(number, to="ordinal").replace("-", " "): number for number in range(1, 101)}
_MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
    "october": 10, "november": 11, "december": 12,
}  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS_FROM_TODAY = {"today": 0, "tomorrow": 1, "yesterday": -1}
_PARTS_OF_DAY = {
    "morning": "MO",
    "afternoon": "AF",
    "evening": "EV",
    "night": "NI",
    "noon": "12:00",
    "midnight": "00:00",
}
_UNITS = {
    "second": "T{}S",
    "minute": "T{}M",
    "hour": "T{}H",
    "day": "{}D",
    "week": "{}W",
    "month": "{}M",
    "year": "{}Y",
}
_TIME = re.compile(r"(?:at )?(?P<hour>.+?)(?: o'?clock)?(?: (?P<half>a ?m|p ?m))?")


def as_alexa_sends(slot_type: str, words: str, today: date) -> str:
    """The value of a slot of one of Amazon's types, for words as the matcher delivers them."""
    read = _READERS.get(slot_type)
    value = read(words, today) if read else None
    if value is None and slot_type in ("AMAZON.NUMBER", "AMAZON.FOUR_DIGIT_NUMBER"):
        return "?"
    return words if value is None else value


def reads(slot_type: str, words: str, today: date) -> bool | None:
    """Whether the words mean something to one of Amazon's types; None for a type that we do not read."""
    read = _READERS.get(slot_type)
    return read(words, today) is not None if read else None


def number_of(words: str) -> int | None:
    """ "one hundred and twenty one" → 121; "one two three" digit by digit; None for what is no number."""
    parts = [part for part in words.split() if part != "and"]
    if len(parts) > 1 and all(_SMALL.get(part, 10) < 10 for part in parts):
        return int("".join(str(_SMALL[part]) for part in parts))
    total = current = 0
    for part in parts:
        if part in _SMALL:
            current += _SMALL[part]
        elif part == "hundred":
            current = max(current, 1) * 100
        elif part in _SCALES:
            total, current = total + max(current, 1) * _SCALES[part], 0
        else:
            return None
    return total + current if parts else None


def _number(words: str, today: date) -> str | None:
    number = number_of(words)
    return None if number is None else str(number)


def _four_digits(words: str, today: date) -> str | None:
    """ "nineteen eighty four" is 1984, "twenty twenty six" 2026; else as any number, with four digits."""
    first, _, rest = words.partition(" ")
    century, year = _SMALL.get(first, 0), number_of(rest)
    if century >= 10 and year is not None and 10 <= year < 100 and "hundred" not in rest:
        return f"{century}{year:02}"
    number = number_of(words)
    return None if number is None or number > 9999 else f"{number:04}"


def _ordinal(words: str, today: date) -> str | None:
    return str(_ORDINALS[words]) if words in _ORDINALS else None


def _date(words: str, today: date) -> str | None:
    """A day by name, a weekday to come, or a day of a month to come."""
    if words in _DAYS_FROM_TODAY:
        return (today + timedelta(days=_DAYS_FROM_TODAY[words])).isoformat()
    first, _, rest = words.removeprefix("next ").removeprefix("on ").partition(" ")
    if first in _WEEKDAYS and not rest:
        ahead = (_WEEKDAYS.index(first) - today.weekday() - 1) % 7 + 1
        return (today + timedelta(days=ahead)).isoformat()
    day = _ORDINALS.get(rest) or number_of(rest)
    return _day_to_come(_MONTHS[first], day, today) if first in _MONTHS and day else None


def _day_to_come(month: int, day: int, today: date) -> str | None:
    for year in range(today.year, today.year + 5):  # February 29
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found.isoformat()
    return None


def _time(words: str, today: date) -> str | None:
    if words in _PARTS_OF_DAY:
        return _PARTS_OF_DAY[words]
    found = _TIME.fullmatch(words)
    hour, _, minute = found["hour"].partition(" ") if found else ("", "", "")
    hours, minutes = number_of(hour), number_of(minute) if minute else 0
    if found is None or hours is None or minutes is None or hours > 24 or minutes > 59:
        return None
    if found["half"]:
        hours = hours % 12 + (12 if found["half"].startswith("p") else 0)
    return f"{hours % 24:02}:{minutes:02}"


def _duration(words: str, today: date) -> str | None:
    amount, _, unit = words.rpartition(" ")
    number = 1 if amount in ("a", "an") else number_of(amount)
    shape = _UNITS.get(unit.removesuffix("s"))
    return "P" + shape.format(number) if shape and number is not None else None


_READERS: Mapping[str, Callable[[str, date], str | None]] = {
    "AMAZON.NUMBER": _number,
    "AMAZON.FOUR_DIGIT_NUMBER": _four_digits,
    "AMAZON.Ordinal": _ordinal,
    "AMAZON.DATE": _date,
    "AMAZON.TIME": _time,
    "AMAZON.DURATION": _duration,
}


def how_types_are_taken(types: Iterable[str]) -> Iterator[str]:
    """A sentence for each of Amazon's types that a model uses and does not define."""
    for name in sorted(set(types)):
        if name == "AMAZON.SearchQuery":
            yield f"{name} takes what its carrier leaves."
        elif name in ("AMAZON.NUMBER", "AMAZON.FOUR_DIGIT_NUMBER"):
            yield f"{name} takes number words, sent as digits."
        elif name in _READERS:
            yield (
                f"{name} takes what we can read, sent as Alexa writes it; where nothing can be read, one or two words,"
                " sent as heard."
            )
        else:
            yield f"{name} takes any one or two words, sent as heard, unresolved: we do not have Amazon's list."
