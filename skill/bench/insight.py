"""What came back, as counts that no household can be read out of.

A count under five is withheld. So is what would tell it by subtraction: where something is withheld, at least two rows
are, with five or more between them; and helpful and not helpful are told apart only where both are five or more, with
the same care. Why answers did not help is counted in a table of its own. Totals of all rows are never given.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from skill.feedback.record import HELPFUL, RATING, Feedback, Tally, reasons_by_topic

FEWEST = 5


@dataclass(frozen=True)
class Row:
    """Ratings of one topic, aspect, day, locale or version, as far as they may be shown."""

    of: str
    times: int | None
    """None where withheld."""
    helpful: int | None
    """None where withheld."""

    @property
    def not_helpful(self) -> int | None:
        return None if self.times is None or self.helpful is None else self.times - self.helpful

    @property
    def share(self) -> int | None:
        """Per cent helpful."""
        return None if not self.times or self.helpful is None else round(100 * self.helpful / self.times)


@dataclass(frozen=True)
class Table:
    """Ratings by one thing."""

    by: str
    rows: Sequence[Row]

    @property
    def most(self) -> int:
        return max((row.times or 0 for row in self.rows), default=0)


@dataclass(frozen=True)
class Reason:
    """How often one reason was given for a topic."""

    topic: str
    reason: str
    times: int | None
    """None where withheld."""


_BY: dict[str, Callable[[Feedback], str]] = {
    "topic": lambda feedback: feedback.topic,
    "aspect": lambda feedback: feedback.aspect,
    "locale": lambda feedback: feedback.locale,
    "day": lambda feedback: feedback.day.isoformat(),
    "content version": lambda feedback: feedback.content_version,
}


@dataclass(frozen=True)
class Insight:
    """Everything that an operator is shown."""

    ratings: Sequence[Table]
    """Ratings by topic, aspect, locale, day and content version."""
    reasons: Sequence[Reason]
    """Why answers did not help, by topic."""


def insight(tallies: Iterable[Tally]) -> Insight:
    """What a store counted → what may be shown of it, small counts withheld."""
    counted = list(tallies)
    ratings = [tally for tally in counted if tally.feedback.kind == RATING]
    shown = [Table(by, _shown(_summed(ratings, key))) for by, key in _BY.items()]
    return Insight(shown, _reasons(counted, shown[0]))


def _reasons(tallies: Iterable[Tally], by_topic: Table) -> list[Reason]:
    """Told only of topics whose helpful and not helpful are: reasons that were given add up to at most the latter."""
    counts = reasons_by_topic(tallies)
    told = {row.of for row in by_topic.rows if row.helpful is not None}
    shown: list[Reason] = []
    for topic in dict.fromkeys(count.topic for count in counts):
        given = {count.reason: count.times for count in counts if count.topic == topic}
        hidden = _withheld(given) if topic in told else set(given)
        shown.extend(Reason(topic, reason, None if reason in hidden else given[reason]) for reason in given)
    return shown


def _summed(ratings: Iterable[Tally], key: Callable[[Feedback], str]) -> list[Row]:
    times: Counter[str] = Counter()
    helpful: Counter[str] = Counter()
    for tally in ratings:
        times[key(tally.feedback)] += tally.times
        helpful[key(tally.feedback)] += tally.times if tally.feedback.answer == HELPFUL else 0
    return [Row(of, times[of], helpful[of]) for of in sorted(times)]


def _shown(rows: Sequence[Row]) -> list[Row]:
    hidden = _withheld({row.of: row.times or 0 for row in rows})
    told = [row for row in rows if row.of not in hidden]
    unsplit = _withheld({row.of: min(row.helpful or 0, row.not_helpful or 0) for row in told})
    return [
        Row(row.of, None, None) if row.of in hidden else replace(row, helpful=None) if row.of in unsplit else row
        for row in rows
    ]


def _withheld(counts: Mapping[str, int]) -> set[str]:
    """The small ones; and where there are any, the next smallest, until two or more share five or more."""
    by_size = sorted(counts, key=lambda of: (counts[of], of))
    hidden = [of for of in by_size if counts[of] < FEWEST]
    left = by_size[len(hidden) :]
    while hidden and left and (len(hidden) < 2 or sum(counts[of] for of in hidden) < FEWEST):
        hidden.append(left.pop(0))
    return set(hidden)


def to_csv(shown: Insight) -> str:
    """The tables as one CSV file; what is withheld is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["by", "of", "ratings", "helpful", "not helpful"])
    for table in shown.ratings:
        writer.writerows([table.by, row.of, row.times, row.helpful, row.not_helpful] for row in table.rows)
    writer.writerows(["reason", f"{each.topic}: {each.reason}", each.times, None, None] for each in shown.reasons)
    return out.getvalue()
