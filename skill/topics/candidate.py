"""What ranking gives: a topic that a text may be about, and what speaks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LIST_EVIDENCE = 0.5
"""What a match in the list of topics adds to that topic's score."""
COMPLAINT_EVIDENCE = 0.1
"""What a listed phrase adds to the topic it stands under."""


@dataclass(frozen=True)
class Candidate:
    """One topic and how well it fits."""

    topic: str
    score: float
    """Probability, 0 to 1, among all topics."""
    entry: str
    """The name, phrase or question that was nearest, for the developer's eye."""
    signals: Mapping[str, float]
    """Meaning, letters and list, as they went into the score."""
