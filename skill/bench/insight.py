"""What came back, as counts that no household can be read out of.

Counted by months that are over, each count of a month rounded down to a multiple of five, and the months added up; days
are counted as days that are over. So:
- under five in a month is nothing, and a row of nothing is not there: that it appears would tell of one rating;
- two looks at different times differ by months in which five or more said the same, never by one day's household;
- what is shown is a multiple of five, and so is every sum and difference, within a table or across tables.
Why this and not another way: docs/decisions/0015-what-the-operator-sees.md
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from skill.feedback.record import HELPFUL, NOT_HELPFUL, RATING, REASON, Feedback, Tally

FEWEST = 5
"""What is shown is a multiple of it."""


@dataclass(frozen=True)
class Row:
    """Ratings of one topic, aspect, locale, day or version, as far as they may be shown: 0 where they may not."""

    of: str
    helpful: int
    not_helpful: int

    @property
    def times(self) -> int:
        return self.helpful + self.not_helpful

    @property
    def share(self) -> int | None:
        """Per cent helpful; None where one of the two is not told."""
        return round(100 * self.helpful / self.times) if self.helpful and self.not_helpful else None


@dataclass(frozen=True)
class Table:
    """Ratings by one thing; what too few have rated is not in it."""

    by: str
    rows: Sequence[Row]

    @property
    def most(self) -> int:
        return max((row.times for row in self.rows), default=0)


@dataclass(frozen=True)
class Reason:
    """How often one reason was given for a topic."""

    topic: str
    reason: str
    times: int


class _By(NamedTuple):
    """How ratings are told apart in a table, and the periods in which they are counted."""

    key: Callable[[Feedback], str]
    period: Callable[[date], date]


def _month(day: date) -> date:
    return day.replace(day=1)


def _day(day: date) -> date:
    return day


_BY = {
    "topic": _By(lambda feedback: feedback.topic, _month),
    "aspect": _By(lambda feedback: feedback.aspect, _month),
    "locale": _By(lambda feedback: feedback.locale, _month),
    "day": _By(lambda feedback: feedback.day.isoformat(), _day),
    "content version": _By(lambda feedback: feedback.content_version, _month),
}


@dataclass(frozen=True)
class Insight:
    """Everything that an operator is shown."""

    ratings: Sequence[Table]
    """Ratings by topic, aspect, locale, day and content version."""
    reasons: Sequence[Reason]
    """Why answers did not help, by topic."""


def insight(tallies: Iterable[Tally], today: date) -> Insight:
    """What a store counted → what may be shown of it today."""
    counted = list(tallies)
    ratings = [tally for tally in counted if tally.feedback.kind == RATING]
    given = [tally for tally in counted if tally.feedback.kind == REASON]
    reasons = _told(given, lambda feedback: (feedback.topic, feedback.answer), _month, today)
    return Insight(
        [Table(name, _rows(ratings, by, today)) for name, by in _BY.items()],
        [Reason(topic, reason, times) for (topic, reason), times in sorted(reasons.items())],
    )


def _rows(ratings: Sequence[Tally], by: _By, today: date) -> list[Row]:
    told = _told(ratings, lambda feedback: (by.key(feedback), feedback.answer), by.period, today)
    return [Row(of, told[of, HELPFUL], told[of, NOT_HELPFUL]) for of in sorted({of for of, _ in told})]


def _told(
    tallies: Iterable[Tally],
    key: Callable[[Feedback], tuple[str, str]],
    period: Callable[[date], date],
    today: date,
) -> Counter[tuple[str, str]]:
    """By key what may be told of it. A period is over when a day has passed since: a rating may be written late."""
    now = period(today - timedelta(days=1))
    counts: Counter[tuple[tuple[str, str], date]] = Counter()
    for tally in tallies:
        if period(tally.feedback.day) < now:
            counts[key(tally.feedback), period(tally.feedback.day)] += tally.times
    told: Counter[tuple[str, str]] = Counter()
    for (of, _), times in counts.items():
        told[of] += times - times % FEWEST
    return +told  # without what is nothing


def to_csv(shown: Insight) -> str:
    """The tables as one CSV file; what may not be told is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["by", "of", "ratings", "helpful", "not helpful"])
    for table in shown.ratings:
        writer.writerows(
            [table.by, row.of, row.times, row.helpful or None, row.not_helpful or None] for row in table.rows
        )
    writer.writerows(["reason", f"{each.topic}: {each.reason}", each.times, None, None] for each in shown.reasons)
    return out.getvalue()
