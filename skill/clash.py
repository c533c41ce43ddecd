"""Where topics and intents run into one another: what an editor looks at before adding a name or a phrase."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from skill.alexa.model_check.check import check_model
from skill.library.store import Library
from skill.topics.letters import LetterIndex
from skill.topics.meaning import MeaningIndex

_CLASH_RULES = ("clash", "clash-slot-types", "built-in-words", "greedy-carrier")


@dataclass(frozen=True)
class TopicClash:
    """Two topics, and lines of the first that lie nearer to a line of the second than to any other of their own."""

    topic: str
    other: str
    lines: tuple[tuple[str, str], ...]
    """Pairs of a line and the other topic's line that is nearest to it, the nearest first."""


def topic_clashes(library: Library) -> list[TopicClash]:
    """The compiled library → pairs of topics whose lines are mixed up most, most first; empty where it was compiled
    without an encoder.
    """
    letters, meaning = LetterIndex.from_library(library), MeaningIndex.from_library(library)
    pairs: dict[tuple[int, int], list[tuple[float, int, int]]] = defaultdict(list)
    directions = meaning.directions()
    for topic in range(len(letters.topics)):
        own = np.flatnonzero(meaning.topic_of == topic)
        near = directions[own] @ directions.T  # a topic at a time: line by line takes minutes, all at once gigabytes
        near[np.arange(len(own)), own] = -1
        nearest_own = near[:, own].max(axis=1, initial=-1)
        near[:, own] = -1
        for row in np.flatnonzero(near.max(axis=1, initial=-1) > nearest_own):
            rival = int(near[row].argmax())
            pairs[topic, int(meaning.topic_of[rival])].append((-float(near[row, rival]), int(own[row]), rival))
    return [
        TopicClash(
            letters.topics[topic],
            letters.topics[other],
            tuple((letters.texts[line], letters.texts[rival]) for _, line, rival in sorted(lines)),
        )
        for (topic, other), lines in sorted(pairs.items(), key=lambda item: -len(item[1]))
    ]


def intent_clashes(model: Mapping[str, Any], locale: str) -> Iterator[str]:
    """An interaction model → its samples and carriers that run into those of another intent, a line each."""
    for fault in check_model(model, locale=locale):
        if fault.rule in _CLASH_RULES:
            yield f"{fault.where}: {fault.problem}"
