"""Questions that were asked → figures, by the counting rules that come with the labelled questions. Pure counting.

What is measured stands in MEASURES, one entry a table of the report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from skill.evaluation.labelled import OPEN, Asked, Got, Line, Sort

ALL = "all"
"""The row that counts every other row's lines."""
BINS = 10

_CALL = re.compile(r"\b(call|phone|ring|go|get|use)\b", re.IGNORECASE)
_FIRST_SENTENCE = re.compile(r"(?<=[.?!]) ")
_SAME_ASPECT = {"summary", "causes"}
_STYLES = ("clean", "colloquial", "terse", "indirect", "rambling", "long story", "asr")
_CHANNELS = ("list", "complaint", "query", "fallback")


class Better(StrEnum):
    """Which way a figure should go."""

    HIGH = "high"
    LOW = "low"
    NEITHER = "neither"


@dataclass(frozen=True)
class Share:
    """One figure."""

    points: float
    of: int

    @property
    def percent(self) -> float | None:
        """In percent, two decimals; None of nothing."""
        return round(100 * self.points / self.of, 2) if self.of else None


Rows = Mapping[str, Share]
Figures = Mapping[str, Rows]
"""Measure → row → share; measures that the lines say nothing about are left out."""
Points = Callable[[Asked], float]
"""What one question counts, 0 to 1."""


@dataclass(frozen=True)
class Measure:
    """One thing that is measured, in a few rows."""

    id: str
    title: str
    better: Better
    rows: Callable[[Sequence[Asked]], Rows]


@dataclass(frozen=True)
class Confusion:
    """A topic that was wanted, and another that was understood or, in a choice, named first instead."""

    wanted: str
    got: str
    count: int


@dataclass(frozen=True)
class Bin:
    """Topic questions whose first guess had a score from `low` to under `low` + 1 / BINS; the last holds 1, too."""

    low: float
    of: int
    right: int
    score: float
    """Their mean score."""


def score(asked: Sequence[Asked]) -> Figures:
    """Every figure that these lines allow."""
    figures = {measure.id: measure.rows(asked) for measure in MEASURES}
    return {name: rows for name, rows in figures.items() if rows}


def leads_with_care(got: Got) -> bool:
    """The field is set and the first sentence says what to do; where they differ the lower counts."""
    return got.urgent != "none" and bool(_CALL.search(_FIRST_SENTENCE.split(got.speech)[0]))


def confusions(asked: Sequence[Asked]) -> list[Confusion]:
    """Which topics were taken for which, in topic questions that count nothing; the commonest first."""
    pairs = Counter(
        (one.line.topic, one.got.guess)
        for one in _of_sort(asked, Sort.TOPIC)
        if one.line.topic and one.got.guess and topic_points(one) == 0
    )
    ordered = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Confusion(wanted, got, count) for (wanted, got), count in ordered]


def calibration(asked: Sequence[Asked]) -> list[Bin]:
    """How often the first guess of a topic question was right, by its score; empty bins are left out. Questions
    without a guess or a score do not count.
    """
    bins: dict[int, list[tuple[float, bool]]] = {}
    for one in _of_sort(asked, Sort.TOPIC):
        if one.got.score is not None and one.got.guess is not None:
            number = min(int(one.got.score * BINS), BINS - 1)
            bins.setdefault(number, []).append((one.got.score, one.got.guess in one.line.fitting))
    return [_bin(number, bins[number]) for number in sorted(bins)]


def _bin(number: int, guesses: Sequence[tuple[float, bool]]) -> Bin:
    scores = [score for score, _ in guesses]
    return Bin(number / BINS, len(guesses), sum(right for _, right in guesses), sum(scores) / len(scores))


# Points: what one question counts.


def topic_points(one: Asked) -> float:
    """One for the topic, half for a choice that holds it."""
    if one.got.topic in one.line.fitting:
        return 1.0
    return 0.5 if one.line.fitting.intersection(one.got.choices) else 0.0


def topic_is_right(one: Asked) -> bool:
    """The topic itself was understood; a choice is not enough."""
    return topic_points(one) == 1


def _answered_wrong(one: Asked) -> float:
    return float(one.got.outcome == "answer" and not topic_is_right(one))


def _offered_choice(one: Asked) -> float:
    return float(one.got.outcome == "choose")


def aspect_right(one: Asked) -> float:
    """The aspect, where summary and causes are the same."""
    pair = {one.got.aspect, one.line.aspect}
    return float(len(pair) == 1 or pair == _SAME_ASPECT)


def _led(one: Asked) -> float:
    return float(leads_with_care(one.got))


def led_at_level(one: Asked) -> float:
    """Led with care, as an emergency where it is one."""
    high_enough = one.got.urgent == "emergency" or one.line.level == "urgent" or one.line.either_level
    return float(leads_with_care(one.got) and high_enough)


def answered_outside(one: Asked) -> float:
    """One for an article read out, half for a choice, nothing where either is allowed."""
    if one.line.article_ok:
        return 0.0
    return {"answer": 1.0, "choose": 0.5}.get(one.got.outcome, 0.0)


# Rows: which questions are counted together.


def _of_sort(asked: Sequence[Asked], sort: Sort) -> list[Asked]:
    return [one for one in asked if one.line.sort is sort]


def _share(asked: Sequence[Asked], points: Points) -> Share:
    return Share(sum(map(points, asked)), len(asked))


def _by(
    sort: Sort,
    name: Callable[[Line], str | None],
    points: Points,
    *,
    first: Sequence[str] = (),
    where: Callable[[Asked], bool] = lambda _: True,
) -> Callable[[Sequence[Asked]], Rows]:
    """Lines of one sort, a row a name (those in `first` before others) and one for all; only those `where` it holds
    are counted, but a row is there all the same.
    """

    def rows(asked: Sequence[Asked]) -> Rows:
        ours = _of_sort(asked, sort)
        names = dict.fromkeys(str(name(one.line)) for one in ours)
        ordered = [*(known for known in first if known in names), *(other for other in names if other not in first)]
        counted = [one for one in ours if where(one)]
        shares = {row: _share([one for one in counted if name(one.line) == row], points) for row in ordered}
        return {**shares, ALL: _share(counted, points)} if ours else {}

    return rows


def _by_style(points: Points, where: Callable[[Asked], bool] = lambda _: True) -> Callable[[Sequence[Asked]], Rows]:
    return _by(Sort.TOPIC, lambda line: line.style, points, first=_STYLES, where=where)


def _by_level(points: Points) -> Callable[[Sequence[Asked]], Rows]:
    return _by(Sort.URGENT, lambda line: line.level, points, first=("emergency", "urgent"))


def _alarms(asked: Sequence[Asked]) -> Rows:
    quiet = [one for one in _of_sort(asked, Sort.NOT_URGENT) if not one.line.care_advice_ok]
    ordinary = [one for one in _of_sort(asked, Sort.TOPIC) if one.line.states is None]
    rows = {"not urgent": quiet, "ordinary topic questions": ordinary}
    return {row: _share(members, _led) for row, members in rows.items() if members}


def _stated_signs(asked: Sequence[Asked]) -> Rows:
    stating = [one for one in _of_sort(asked, Sort.TOPIC) if one.line.states not in {None, OPEN}]
    return {"topic questions": _share(stating, _led)} if stating else {}


def _allowed_alarms(asked: Sequence[Asked]) -> Rows:
    allowed = [one for one in _of_sort(asked, Sort.NOT_URGENT) if one.line.care_advice_ok]
    return {"not urgent": _share(allowed, _led)} if allowed else {}


def _quiet_topics(asked: Sequence[Asked]) -> Rows:
    about = [one for one in _of_sort(asked, Sort.NOT_URGENT) if one.line.topic]
    return {"not urgent": _share(about, topic_points)} if about else {}


def _channels(asked: Sequence[Asked]) -> Rows:
    counts = Counter(one.got.channel for one in asked)
    return {channel: Share(counts[channel], len(asked)) for channel in _CHANNELS}


MEASURES = (
    Measure("topic_right", "Topic right; a choice that holds it counts half", Better.HIGH, _by_style(topic_points)),
    Measure("topic_wrong", "Answered with a wrong topic", Better.LOW, _by_style(_answered_wrong)),
    Measure("topic_choice", "Offered a choice", Better.LOW, _by_style(_offered_choice)),
    Measure(
        "aspect_right",
        "Aspect right where the topic is; summary and causes are the same",
        Better.HIGH,
        _by_style(aspect_right, topic_is_right),
    ),
    Measure("led_with_care", "Urgent lines led with care", Better.HIGH, _by_level(_led)),
    Measure(
        "led_at_level", "Urgent lines led with care at their level or higher", Better.HIGH, _by_level(led_at_level)
    ),
    Measure("alarms", "Alarms: led with care where nothing is urgent", Better.LOW, _alarms),
    Measure("stated_led_with_care", "Topic questions that state a sign led with care", Better.HIGH, _stated_signs),
    Measure("alarms_allowed", "Led with care where that is no mistake", Better.NEITHER, _allowed_alarms),
    Measure("quiet_topic_right", "Topic right on not-urgent lines", Better.HIGH, _quiet_topics),
    Measure(
        "out_of_scope_answered",
        "Out of scope answered with an article; a choice counts half",
        Better.LOW,
        _by(Sort.OUT_OF_SCOPE, lambda line: line.kind, answered_outside),
    ),
    Measure("arrived_by", "How the words arrived", Better.NEITHER, _channels),
)
