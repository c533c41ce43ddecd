"""One exchange as a line of `bump-guide ask --batch`: design, "One door for measuring"."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from skill.errors import InputInvalid
from skill.simulator.converse import Exchange, channel, words_heard


@dataclass(frozen=True)
class Question:
    """One line that came in."""

    id: object
    """Given back as it came."""
    text: str
    locale: str | None


def read_questions(lines: Sequence[str]) -> Iterator[Question]:
    """JSON lines `{"id", "text", "locale"?}` → questions. Raises InputInvalid naming every bad line at once."""
    faults, questions = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            questions.append(_question(line))
        except ValueError as error:
            faults.append(f"line {number}: {error}")
    if faults:
        raise InputInvalid("Standard input cannot be read: " + "; ".join(faults))
    return iter(questions)


def _question(line: str) -> Question:
    try:
        data = json.loads(line)
    except ValueError as error:
        raise ValueError(f"not JSON ({error})") from error
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        raise ValueError('expected an object with "id" and "text"')
    locale = data.get("locale")
    if locale is not None and not isinstance(locale, str):
        raise ValueError('"locale" is not text')
    return Question(data.get("id"), data["text"], locale)


def result(question_id: object, exchange: Exchange) -> dict[str, Any]:
    """What was understood and said, read from the response and its session attributes alone."""
    understood = exchange.attributes.get("understood") or {}
    return {
        "id": question_id,
        "outcome": understood.get("outcome", "command"),
        "urgent": understood.get("urgent", "none"),
        "sign": understood.get("sign"),
        "topic": understood.get("topic"),
        "aspect": understood.get("aspect"),
        "choices": list(understood.get("choices", [])),
        "intent": exchange.heard.intent if exchange.heard else _request_type(exchange),
        "heard": words_heard(exchange),
        "channel": channel(exchange),
        "speech": exchange.speech,
        "words": len(exchange.speech.split()),
        "ends": exchange.ends,
    }


def _request_type(exchange: Exchange) -> str:
    """What was sent where nothing was heard; on silence nothing is."""
    return str(exchange.request["request"]["type"]) if exchange.request else "none"
