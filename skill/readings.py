"""Numbers as people say them, and what they measure: words in, typed values out. Pure functions, English.

Works on comparable words (skill/text.py), in which digits are spelled already: "170/110" arrives as "one hundred and
seventy over one hundred and ten", and people say "one seventy over one ten". A number is only taken for a measurement
when its neighbours say so: "thirty eight weeks" is no temperature. Thresholds are not here but with the urgent check.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

# "won" is how a recogniser writes a one before a number.
_ONES = {"one": 1, "won": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_TEENS = {"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
          "seventeen": 17, "eighteen": 18, "nineteen": 19}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ZERO = {"oh", "o", "zero", "nought", "naught"}

_OVER = {"over", "by", "on", "upon", "slash", "to", "and", "under"}
_PRESSURE_CONTEXT = {"pressure", "bp", "systolic", "diastolic", "cuff", "monitor", "machine", "reading", "readings"}
_EITHER_CONTEXT = {"pressure", "bp", "cuff"}
"""A single number beside these is the upper one."""
_UPPER_CONTEXT = {"systolic", "top", "upper"}
_LOWER_CONTEXT = {"diastolic", "bottom", "lower"}
_TEMPERATURE_CONTEXT = {"temperature", "temp", "temps", "fever", "fevers", "degrees", "degree", "thermometer",
                        "celsius", "centigrade", "fahrenheit", "feverish", "burning"}  # fmt: skip
_PULSE_CONTEXT = {"pulse", "heart", "heartbeat", "heartrate", "bpm", "beats", "resting", "watch", "oximeter"}
_BABY = {"baby", "babys", "fetal", "fetus", "twin", "twins"}
_SUGAR_CONTEXT = {"sugar", "sugars", "glucose", "bm", "bms", "libre", "dexcom", "meter", "hypo", "reading", "readings",
                  "cgm", "level", "levels"}  # fmt: skip
_OTHER_MEASURES = {"sugar", "sugars", "glucose", "pulse", "temperature", "temp"}
"""Between these and the number nothing of a blood pressure is left."""
_COUNTED_BEFORE = {"type", "this", "that", "last", "first", "next", "another", "every", "each", "only"}
_COUNTED_AFTER = {"of", "reading", "readings", "sugars", "high", "more", "other", "lots", "is"}
"""A sugar is none beside these: "type one", "the last one", "two high readings"."""
_NOT_A_MEASURE = {"week", "weeks", "wks", "months", "month", "years", "year", "days", "day", "hours", "hour", "minutes",
                  "minute", "pounds", "kilos", "stone", "percent", "weeker", "times", "pads", "mg", "milligrams",
                  "pm", "am"}  # fmt: skip
_MOST_COUNTED = 9
"""A larger number beside sugar is a reading, whatever stands around it."""
_CONTEXT_WORDS = 8
"""How many words away the word may stand that says what a number measures."""


@dataclass(frozen=True)
class Number:
    """A number in the words: `value` from word `start` to before word `end`."""

    start: int
    end: int
    value: float


@dataclass(frozen=True)
class BloodPressure:
    """Millimetres of mercury; a half that was not said is None."""

    start: int
    end: int
    upper: float | None
    lower: float | None


@dataclass(frozen=True)
class Measurement:
    """Temperature: degrees Celsius. Pulse: beats a minute. Sugar, ketones: millimoles a litre, as the meters show."""

    start: int
    end: int
    value: float


_NUMERALS = frozenset({*_ONES, *_TEENS, *_TENS, "hundred", "half", "point", "dot", "decimal"})
"""Without one of these there is no number."""


def _below_hundred(words: Sequence[str], at: int) -> tuple[int, int]:
    """Value and end of a number under one hundred; the end is `at` where there is none."""
    word = words[at] if at < len(words) else ""
    if word in _TENS:
        unit = _ONES.get(words[at + 1], 0) if at + 1 < len(words) else 0
        return _TENS[word] + unit, at + 1 + (unit > 0)
    if word in _TEENS or word in _ONES:
        return {**_TEENS, **_ONES}[word], at + 1
    return 0, at


def _whole(words: Sequence[str], at: int) -> tuple[int, int]:
    """Value and end of a whole number under a thousand, with the hundred said, left out, or digit by digit."""
    word, after = words[at], words[at + 1 : at + 3]
    hundreds = _ONES.get(word, 1 if word in {"a", "hundred"} else 0)
    named = "hundred" if word == "hundred" else (after[0] if after else "")
    if hundreds and named == "hundred":
        end = at + (1 if word == "hundred" else 2)
        rest, stop = _below_hundred(words, end + (words[end : end + 1] == ["and"]))
        return (hundreds * 100 + rest, stop) if rest else (hundreds * 100, end)
    if word in _ONES and len(after) == 2 and after[0] in _ZERO and after[1] in _ONES:
        return _ONES[word] * 100 + _ONES[after[1]], at + 3
    if word in _ONES and len(after) == 2 and after[0] in _ONES and (after[1] in _ONES or after[1] in _ZERO):
        return _ONES[word] * 100 + _ONES[after[0]] * 10 + _ONES.get(after[1], 0), at + 3
    if word in _ONES and after and (after[0] in _TENS or after[0] in _TEENS):
        rest, stop = _below_hundred(words, at + 1)
        return _ONES[word] * 100 + rest, stop
    return _below_hundred(words, at)


def _decimals(words: Sequence[str], at: int) -> tuple[float, int]:
    """What follows a whole number: `point five`, `and a half`; nothing is 0."""
    if list(words[at : at + 3]) == ["and", "a", "half"]:
        return 0.5, at + 3
    if words[at : at + 1] not in (["point"], ["dot"], ["decimal"]):
        return 0.0, at
    value, place, end = 0.0, 0.1, at + 1
    while end < len(words) and (words[end] in _ONES or words[end] in _ZERO):
        value, place, end = value + _ONES.get(words[end], 0) * place, place / 10, end + 1
    return (value, end) if end > at + 1 else (0.0, at)


def numbers(words: Sequence[str]) -> list[Number]:
    """Every number in comparable words, longest first reading: "one seventy over one oh five" → 170, 105."""
    if _NUMERALS.isdisjoint(words):  # most of what is said
        return []
    words = list(words)
    found, at = [], 0
    while at < len(words):
        whole, whole_end = _whole(words, at)
        fraction, end = _decimals(words, whole_end)
        if end == at:
            at += 1
            continue
        found.append(Number(at, end, round(whole + fraction, 2)))
        at = end
    return found


def _near(words: Sequence[str], number: Number, context: set[str]) -> bool:
    """Does a word of the context stand near the number?"""
    around = words[max(0, number.start - _CONTEXT_WORDS) : number.end + _CONTEXT_WORDS]
    return not context.isdisjoint(around)


def _is_a_time(words: Sequence[str], number: Number) -> bool:
    return bool(words[number.end : number.end + 1]) and words[number.end] in _NOT_A_MEASURE


def blood_pressures(words: Sequence[str], said: Sequence[Number]) -> Iterator[BloodPressure]:
    """Two numbers with "over" between them, or beside the words blood pressure; or one, named as top or bottom."""
    paired: set[int] = set()
    for upper, lower in itertools.pairwise(said):
        between = words[upper.end : lower.start]
        joined = list(between) == ["over"] or (
            (not between or (len(between) <= 2 and between[0] in _OVER)) and _near(words, upper, _PRESSURE_CONTEXT)
        )
        if joined and 70 <= upper.value <= 280 and 35 <= lower.value <= 190 and lower.value < upper.value:
            paired.update((upper.start, lower.start))
            yield BloodPressure(upper.start, lower.end, upper.value, lower.value)
    for number in said:
        if number.start in paired or _is_a_time(words, number):
            continue
        before = _since_another_measure(words[max(0, number.start - _CONTEXT_WORDS) : number.start])
        half = next((word for word in reversed(before) if word in _LOWER_CONTEXT | _UPPER_CONTEXT), "")
        is_upper = half in _UPPER_CONTEXT or not _EITHER_CONTEXT.isdisjoint(before)
        if half in _LOWER_CONTEXT and 60 <= number.value <= 180:
            yield BloodPressure(number.start, number.end, None, number.value)
        elif is_upper and 120 <= number.value <= 280:
            yield BloodPressure(number.start, number.end, number.value, None)


def _since_another_measure(before: Sequence[str]) -> Sequence[str]:
    """The words since another measure was named: "my blood pressure is fine but my sugar is" two forty."""
    named = [at for at, word in enumerate(before) if word in _OTHER_MEASURES]
    return before[named[-1] :] if named else before


def _with_spoken_tenth(words: Sequence[str], number: Number) -> Number:
    """ "thirty eight three" is 38.3 on a thermometer: a single digit straight after counts as the tenth."""
    digit = _ONES.get(words[number.end]) if number.end < len(words) else None
    if digit is None or number.value != int(number.value) or number.value < 34:
        return number
    return Number(number.start, number.end + 1, number.value + digit / 10)


def temperatures(words: Sequence[str], said: Sequence[Number]) -> Iterator[Measurement]:
    """Degrees Celsius; 94 to 109 are taken for Fahrenheit and converted. Without a word such as temperature beside it
    only a number with a spoken point counts ("thirty eight point five")."""
    for number in said:
        if _is_a_time(words, number):
            continue
        named = _near(words, number, _TEMPERATURE_CONTEXT)
        pointed = number.value != int(number.value) or "point" in words[number.start : number.end]
        if not named and not pointed:
            continue
        full = _with_spoken_tenth(words, number) if named else number
        if 34 <= full.value <= 43:
            yield Measurement(full.start, full.end, full.value)
        elif 94 <= full.value <= 109:
            yield Measurement(full.start, full.end, round((full.value - 32) / 1.8, 2))


def _beside(
    context: set[str], low: float, high: float
) -> Callable[[Sequence[str], Sequence[Number]], Iterator[Measurement]]:
    """A reader of numbers between two bounds that stand near a word of the context."""

    def read(words: Sequence[str], said: Sequence[Number]) -> Iterator[Measurement]:
        for number in said:
            if low <= number.value <= high and not _is_a_time(words, number) and _near(words, number, context):
                yield Measurement(number.start, number.end, number.value)

    return read


_beats = _beside(_PULSE_CONTEXT, 40, 250)


def pulses(words: Sequence[str], said: Sequence[Number]) -> Iterator[Measurement]:
    """Beats a minute, hers: "the baby's heartbeat was one fifty" is nobody's racing heart."""
    return (beat for beat in _beats(words, said) if not _is_the_babys(words, beat))


def _is_the_babys(words: Sequence[str], beat: Measurement) -> bool:
    """Is the last word before the number that can name a pulse the baby's ("baby is heartbeat", "fetal heart rate")?"""
    named = [at for at in range(beat.start) if words[at] in _PULSE_CONTEXT]
    return bool(named) and not _BABY.isdisjoint(words[max(0, named[-1] - 2) : named[-1]])


ketones = _beside({"ketone", "ketones"}, 0.1, 9)
"""Millimoles a litre in blood, or plus signs in urine: which of them, the words around must say."""
_near_sugar = _beside(_SUGAR_CONTEXT, 1, 600)


def sugars(words: Sequence[str], said: Sequence[Number]) -> Iterator[Measurement]:
    """Millimoles a litre up to 33, above that milligrams a decilitre (US meters)."""
    return (sugar for sugar in _near_sugar(words, said) if sugar.value > _MOST_COUNTED or not _counts(words, sugar))


def _counts(words: Sequence[str], number: Measurement) -> bool:
    before, after = words[number.start - 1 : number.start], words[number.end : number.end + 1]
    return not (_COUNTED_BEFORE.isdisjoint(before) and _COUNTED_AFTER.isdisjoint(after))
