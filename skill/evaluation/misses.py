"""Every single thing that went wrong, told by the rules that `score` counts by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from skill.evaluation.labelled import OPEN, Asked, Got, Line, Sort
from skill.evaluation.score import (
    answered_outside,
    aspect_right,
    leads_with_care,
    led_at_level,
    topic_is_right,
    topic_points,
)


@dataclass(frozen=True)
class Miss:
    """One thing that went wrong with one line."""

    id: int | str
    what: str
    """topic, choice, aspect, alarm, urgent or out of scope."""
    text: str
    wanted: str
    got: str


def misses(asked: Sequence[Asked]) -> list[Miss]:
    """Everything that went wrong, in the order of the lines. Leading with care where that is allowed is no miss."""
    return [miss for one in asked for miss in _MISSES[one.line.sort](one)]


def _topic_misses(one: Asked) -> Iterator[Miss]:
    if not topic_is_right(one):
        yield _miss(one, "choice" if topic_points(one) else "topic", _wanted_topic(one.line), _got_topic(one.got))
    elif not aspect_right(one):
        yield _miss(one, "aspect", f"{one.got.topic}: {one.line.aspect}", f"{one.got.topic}: {one.got.aspect}")
    if leads_with_care(one.got) and one.line.states is None:
        yield _miss(one, "alarm", "no alarm", _got_care(one.got))
    if not leads_with_care(one.got) and one.line.states not in {None, OPEN}:
        yield _miss(one, "urgent", f"care for {one.line.states}", _got_care(one.got))


def _urgent_misses(one: Asked) -> Iterator[Miss]:
    if not led_at_level(one):
        wanted = "emergency or urgent" if one.line.either_level else str(one.line.level)
        yield _miss(one, "urgent", wanted, _got_care(one.got))


def _quiet_misses(one: Asked) -> Iterator[Miss]:
    if leads_with_care(one.got) and not one.line.care_advice_ok:
        yield _miss(one, "alarm", "no alarm", _got_care(one.got))
    if one.line.topic and not topic_is_right(one):
        yield _miss(one, "choice" if topic_points(one) else "topic", _wanted_topic(one.line), _got_topic(one.got))


def _outside_misses(one: Asked) -> Iterator[Miss]:
    if answered_outside(one):
        yield _miss(one, "out of scope", f"no article ({one.line.kind})", _got_topic(one.got))


_MISSES: Mapping[Sort, Callable[[Asked], Iterator[Miss]]] = {
    Sort.TOPIC: _topic_misses,
    Sort.URGENT: _urgent_misses,
    Sort.NOT_URGENT: _quiet_misses,
    Sort.OUT_OF_SCOPE: _outside_misses,
}


def _miss(one: Asked, what: str, wanted: str, got: str) -> Miss:
    return Miss(one.line.id, what, one.line.text, wanted, got)


def _wanted_topic(line: Line) -> str:
    return " or ".join(dict.fromkeys((str(line.topic), *line.also_ok)))


def _got_topic(got: Got) -> str:
    return got.topic or (f"choice: {', '.join(got.choices)}" if got.choices else got.outcome)


def _got_care(got: Got) -> str:
    if got.urgent == "none":
        return got.outcome
    level = f"{got.urgent} ({got.sign})" if got.sign else got.urgent
    return level if leads_with_care(got) else f"{level}, but the first sentence does not lead with care"
