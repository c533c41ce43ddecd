"""Labelled questions over the whole road: what is understood, counted by the rules that come with the questions.

Four kinds of line, told by their keys: topic questions (`topic`, `aspect`, `also_ok`), urgent lines (`level`,
`either_level`), not-urgent lines (`care_advice_ok`), out of scope (`kind`, `article_ok`). Each is asked in one breath,
in a session of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from skill.errors import InputInvalid
from skill.simulator.batch import result
from skill.simulator.converse import ONESHOT, Conversation

_CALL = re.compile(r"\b(call|phone|ring|go|get|use)\b", re.IGNORECASE)
_FIRST_SENTENCE = re.compile(r"(?<=[.?!]) ")
_SAME_ASPECT = {"summary", "causes"}

Line = dict[str, Any]


@dataclass(frozen=True)
class Share:
    """One row of the table."""

    what: str
    points: float
    of: int


def read_lines(files: Sequence[Path]) -> list[Line]:
    """JSON lines of all files. Raises InputInvalid naming every line that cannot be used."""
    faults: list[str] = []
    lines: list[Line] = []
    for file in files:
        try:
            texts = file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            faults.append(f"{file}: cannot be read ({error})")
            continue
        for number, text in enumerate(texts, start=1):
            try:
                line = json.loads(text)
                _ = line["id"], line["text"] + ""
                lines.append(line)
            except (ValueError, KeyError, TypeError):
                faults.append(f'{file}:{number}: expected a JSON object with "id" and "text"')
    if faults:
        raise InputInvalid("\n".join(faults))
    return lines


def evaluate(lines: Sequence[Line], start: Callable[[], Conversation], written: Iterable[str]) -> list[Share]:
    """The shares of each kind. `written` are the topics that have articles: questions on them are counted apart."""
    asked = [(line, result(line["id"], start().say(f"{ONESHOT} {line['text']}"))) for line in lines]
    topics = [pair for pair in asked if "aspect" in pair[0]]
    own = [pair for pair in topics if pair[0]["topic"] in set(written)]
    foreign = [pair for pair in topics if pair[0]["topic"] not in set(written)]
    right = [pair for pair in topics if _topic_points(*pair) == 1]
    urgent = [pair for pair in asked if "level" in pair[0]]
    quiet = [pair for pair in asked if "care_advice_ok" in pair[0] and not pair[0]["care_advice_ok"]]
    outside = [pair for pair in asked if "kind" in pair[0]]
    led = [pair for pair in urgent if leads_with_care(pair[1])]
    return [
        _share("topic right, a choice half: all questions", topics, _topic_points),
        _share("topic right, a choice half: topics with an article", own, _topic_points),
        _share("answered with a wrong article: topics without one", foreign, _answered_wrong),
        _share("aspect right, where the topic is", right, _aspect_right),
        *(
            _share(f"{level} lines led with care", [pair for pair in urgent if pair[0]["level"] == level], _led)
            for level in ("emergency", "urgent")
        ),
        _share("of these, at their level or higher", led, _level_right),
        _share("alarms on not-urgent lines", quiet, _led),
        _share("alarms on topic questions", topics, _led),
        _share("out of scope answered with an article", outside, _answered_outside),
        *(
            _share(f"arrived by {name}", asked, partial(_arrived_by, name))
            for name in ("list", "complaint", "query", "fallback")
        ),
    ]


def leads_with_care(got: Line) -> bool:
    """The field is set and the first sentence says what to do; where they differ the lower counts."""
    return got["urgent"] != "none" and bool(_CALL.search(_FIRST_SENTENCE.split(got["speech"])[0]))


def _share(what: str, pairs: Sequence[tuple[Line, Line]], points: Callable[[Line, Line], float]) -> Share:
    return Share(what, sum(points(line, got) for line, got in pairs), len(pairs))


def _led(line: Line, got: Line) -> float:
    return float(leads_with_care(got))


def _topic_points(line: Line, got: Line) -> float:
    fitting = {line["topic"], *line.get("also_ok", [])}
    if got["topic"] in fitting:
        return 1.0
    return 0.5 if fitting.intersection(got["choices"]) else 0.0


def _answered_wrong(line: Line, got: Line) -> float:
    return float(got["outcome"] == "answer" and _topic_points(line, got) == 0)


def _aspect_right(line: Line, got: Line) -> float:
    return float(got["aspect"] == line["aspect"] or {got["aspect"], line["aspect"]} <= _SAME_ASPECT)


def _level_right(line: Line, got: Line) -> float:
    return float(line["either_level"] or got["urgent"] == "emergency" or line["level"] == "urgent")


def _arrived_by(channel: str, line: Line, got: Line) -> float:
    return float(got["channel"] == channel)


def _answered_outside(line: Line, got: Line) -> float:
    return float(got["outcome"] == "answer" and not line["article_ok"])
