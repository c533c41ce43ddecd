"""Which words carried a topic: each is left out in turn, and what the topics lose by it is what it was worth.

The encoder reads a whole sentence at once and gives no reasons of its own; leaving out is the plainest question to put
to it (Robnik-Sikonja and Kononenko, "Explaining Classifications For Individual Instances", IEEE TKDE 2008). It
takes as many readings as there are words, so the page asks for it after the turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ConfigDict

from skill.alexa.handle import is_served
from skill.dialogue.core import Core
from skill.errors import InputInvalid
from skill.simulator.envelope import Json
from skill.simulator.explain import listened
from skill.text import comparable
from skill.turn import Turn

MOST_WORDS = 45
"""Of a longer text the encoder reads only so many."""
_TOPICS = 3
"""Whose loss is told: the best, and those that it is held against."""


class WordsAsked(BaseModel):
    """A request, as the page has seen it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    request: Json


def carried(core: Core, asked: WordsAsked) -> dict[str, Any]:
    """The best topics, and for each word what is left of their scores without it, in the order in which they were said.

    Nothing where there is no text, or so much that one word counts for little. Raises InputInvalid.
    """
    nothing: dict[str, Any] = {"topics": [], "words": []}
    if not is_served(asked.request):
        return nothing
    turn = _turn(core, asked.request)
    words = comparable(turn.text).split()
    best = [candidate.topic for candidate in core.resolver.near(turn)[:_TOPICS]]
    if not best or not 1 < len(words) <= MOST_WORDS:
        return nothing
    return {"topics": best, "words": list(_without_each(core, turn, words, best))}


def _turn(core: Core, request: Json) -> Turn:
    try:
        return listened(core, request).turn
    except Exception as error:  # a request that was edited by hand may be anything
        raise InputInvalid("This is no request that Alexa would send.") from error


def _without_each(core: Core, turn: Turn, words: Sequence[str], topics: Sequence[str]) -> Iterator[dict[str, Any]]:
    for place, word in enumerate(words):
        left = replace(turn, text=" ".join([*words[:place], *words[place + 1 :]]))
        scores = {candidate.topic: candidate.score for candidate in core.resolver.near(left)}
        yield {"word": word, "without": [scores.get(topic, 0.0) for topic in topics]}
