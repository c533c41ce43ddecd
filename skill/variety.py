"""How varied the lines are that the encoder learns from: for each topic, sign and kind, what a filled template betrays.

Read by an editor who has added lines (`bump-guide variety`), and by the test that holds every topic to its bounds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from skill.library.content import Content


@dataclass(frozen=True)
class Variety:
    """One group of lines. A template filled in many times has few distinct runs, and every line a near twin."""

    sort: str
    """topic, urgent, not urgent or out of scope."""
    group: str
    """Topic, sign, or the kind of what is out of scope."""
    lines: int
    distinct: float
    """Distinct runs of three words among all of them, 0 to 1."""
    self_similarity: float
    """Words that a line shares with the line of its group most like it, of the words of both; the mean, 0 to 1."""
    alone: float
    """Lines that share no four words in a row with another of their group, 0 to 1."""


def varieties(content: Content) -> Iterator[Variety]:
    """Every group of lines of the content, in its order."""
    for topic, heard in content.heard.items():
        yield variety("topic", topic, tuple(heard.lines))
    for sign, heard_sign in content.heard_signs.items():
        yield variety("urgent", sign, heard_sign.phrases)
    for sign, heard_sign in content.heard_signs.items():
        yield variety("not urgent", sign, heard_sign.look_alikes)
    for kind, group in content.out_of_scope.items():
        yield variety("out of scope", kind, group)


def variety(sort: str, group: str, lines: Sequence[str]) -> Variety:
    """One group, of one line or more."""
    threes = [run for line in lines for run in _runs(line, 3)]
    fours = [set(_runs(line, 4)) for line in lines]
    lines_with = Counter(run for runs in fours for run in runs)
    return Variety(
        sort,
        group,
        len(lines),
        distinct=len(set(threes)) / len(threes) if threes else 1.0,
        self_similarity=_self_similarity(lines),
        alone=sum(all(lines_with[run] == 1 for run in runs) for runs in fours) / len(lines),
    )


def _runs(line: str, size: int) -> list[tuple[str, ...]]:
    words = line.split()
    return [tuple(words[start : start + size]) for start in range(len(words) - size + 1)]


def _self_similarity(lines: Sequence[str]) -> float:
    if len(lines) == 1:
        return 0.0
    said = [set(line.split()) for line in lines]
    place = {word: number for number, word in enumerate(dict.fromkeys(word for words in said for word in words))}
    holds = np.zeros((len(said), len(place)), dtype=np.float32)
    for row, words in zip(holds, said, strict=True):
        row[[place[word] for word in words]] = 1
    shared = holds @ holds.T
    sizes = holds.sum(axis=1)
    alike = shared / (sizes[:, None] + sizes[None, :] - shared)
    np.fill_diagonal(alike, 0)
    return float(alike.max(axis=1).mean())
