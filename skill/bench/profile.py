"""Many sentences, each asked in one breath: the rows of the profiler's table."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from skill.bench.road import Road
from skill.dialogue.core import Core
from skill.library.article import Aspect
from skill.library.signs import Level
from skill.simulator.batch import result
from skill.simulator.converse import ONESHOT
from skill.simulator.hear import Mode
from skill.turn import Outcome

MOST_AT_ONCE = 50
"""Sentences in one request: the page sends many requests, so that it can show how far it is and stop."""

LONGEST = 1000
"""Characters of one sentence."""

NOTHING = "none"
"""Expected where no topic, no aspect or no urgency is to be found."""


class ProfileAsked(BaseModel):
    """A part of the list."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    locale: str = "en-US"
    hear: Mode = "alexa"
    lines: Annotated[list[Annotated[str, Field(max_length=LONGEST)]], Field(max_length=MOST_AT_ONCE)]


def expectable(core: Core) -> dict[str, list[str]]:
    """Column → what can be expected in it, for those that have a list: anything else could never be met."""
    return {
        "topic": [*core.library.names, NOTHING],
        "aspect": [*Aspect, NOTHING],
        "outcome": [*Outcome],
        "urgent": [*Level, NOTHING],
    }


def profile(road: Road, asked: ProfileAsked) -> list[dict[str, Any]]:
    """One row a sentence, in order. Raises InputInvalid or ModelInvalid."""
    conversation, _ = road.start(asked.locale, mode=asked.hear)
    rows = []
    for line in asked.lines:
        exchange = conversation.say(f"{ONESHOT} {line}")
        understood = exchange.attributes.get("understood") or {}
        rows.append({**result(None, exchange), "text": line, "confidence": understood.get("score")})
    return rows
