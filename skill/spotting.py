"""Finds thousands of expressions in one pass over a sentence. Pure; knows nothing of what the expressions mean.

An expression is words of comparable text (skill/text.py), for content files that list what to listen for:

    bleeding        this word                      bleed*         any word that begins so
    pad|towel       either word                    <hurts>        any word of the list `hurts`
    (my)            this word or none              all_over|bad   words in a row as one of several choices
    ..              up to three words in between   ....           up to eight
    ^               first step: only where the words begin
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from typing import NamedTuple

_GAPS = {"..": 3, "....": 8}
"""Most words a gap may take."""
_OPENING = "^"
_SHORTEST_STEM = 2
"""Letters."""


@dataclass(frozen=True)
class Spot:
    """One expression found."""

    label: str
    start: int
    """Index of its first word."""
    end: int
    """One past its last word."""
    skipped: frozenset[int] = frozenset()
    """Indices of the words that fell into its gaps."""


@dataclass(slots=True)
class _Node:
    """A place in the tree of expressions: what may come next, and what is complete here."""

    after_word: dict[int, _Node] = field(default_factory=dict)
    after_gap: dict[int, _Node] = field(default_factory=dict)
    labels: set[str] = field(default_factory=set)


class _Said(NamedTuple):
    """The choices that one word of a sentence is among, in their order and as a set."""

    choices: tuple[int, ...]
    any_of: frozenset[int]


def _goes_on(node: _Node, said: _Said) -> bool:
    """Whether any expression has this word next: of the places that are looked at, few have."""
    return not node.after_word.keys().isdisjoint(said.any_of)


def _beyond(following: dict[int, _Node], what: int) -> _Node:
    """The place after a word or gap, made where no expression has led there yet: most have."""
    node = following.get(what)
    if node is None:
        node = following[what] = _Node()
    return node


def _after_word(node: _Node, choice: int) -> _Node:
    return _beyond(node.after_word, choice)


class UnknownWordListError(ValueError):
    """An expression names a list of words that there is not."""


class Spotter:
    """Labelled expressions, compiled into one tree. Read-only after that, safe to share between threads."""

    def __init__(self, labelled: Mapping[str, Iterable[str]], word_lists: Mapping[str, Iterable[str]]) -> None:
        """`labelled`: label → expressions; `word_lists`: name → words for `<name>`. Raises UnknownWordListError."""
        self._word_lists = {name: tuple(words) for name, words in word_lists.items()}
        self._choices: dict[frozenset[str], int] = {}
        self._rows_of_step: dict[str, tuple[tuple[int, ...], ...]] = {}
        self._of_word: dict[str, list[int]] = {}
        self._of_stem: dict[str, list[int]] = {}
        self._root, self._opening = _Node(), _Node()
        for label, expressions in labelled.items():
            for expression in expressions:
                self._add(label, expression)
        self._longest_stem = max((len(stem) for stem in self._of_stem), default=0)
        self._said = lru_cache(maxsize=8192)(self._look_up)

    def find(self, words: Sequence[str]) -> list[Spot]:
        """Every label at every word it begins with, each as long as it can be; in the order of the words."""
        said = [self._said(word) for word in words]
        spots: list[Spot] = []
        for start, first in enumerate(said):
            if first.choices:
                spots.extend(self._from(start, said))
        return spots

    def _from(self, start: int, said: Sequence[_Said]) -> list[Spot]:
        longest: dict[str, tuple[int, tuple[int, ...]]] = {}
        pending: list[tuple[_Node, int, tuple[int, ...]]] = [(self._root, start, ())]
        if start == 0:
            pending.append((self._opening, start, ()))
        while pending:
            node, at, skipped = pending.pop()
            for label in node.labels:
                if at > longest.get(label, (0,))[0]:
                    longest[label] = (at, skipped)
            for gap, beyond in node.after_gap.items():
                for to in range(at, min(at + gap, len(said)) + 1):
                    if beyond.labels or (to < len(said) and _goes_on(beyond, said[to])):
                        pending.append((beyond, to, (*skipped, *range(at, to))))
            if at < len(said) and _goes_on(node, said[at]):
                following = node.after_word
                pending.extend([(following[word], at + 1, skipped) for word in said[at].choices if word in following])
        return [Spot(label, start, end, frozenset(skipped)) for label, (end, skipped) in longest.items()]

    def _add(self, label: str, expression: str) -> None:
        steps = expression.split()
        nodes = [self._opening if steps[0] == _OPENING else self._root]
        for step in steps[steps[0] == _OPENING :]:
            beyond = [later for node in nodes for later in self._after(node, step.strip("()"))]
            nodes = [*nodes, *beyond] if step.startswith("(") else beyond
        for node in nodes:
            node.labels.add(label)

    def _after(self, node: _Node, step: str) -> list[_Node]:
        """The places one step of an expression leads to: one for all single words, one for each row of words."""
        if step in _GAPS:
            return [_beyond(node.after_gap, _GAPS[step])]
        if step not in self._rows_of_step:
            self._rows_of_step[step] = self._rows(step)
        return [reduce(_after_word, row, node) for row in self._rows_of_step[step]]

    def _rows(self, step: str) -> tuple[tuple[int, ...], ...]:
        """A step as rows of choices; the same choice of words, however written, has the same number."""
        options = step.split("|")
        single = [option for option in options if "_" not in option]
        rows = [[[word] for word in option.split("_")] for option in options if "_" in option]
        return tuple(
            tuple(self._number(frozenset(self._words(choice))) for choice in row)
            for row in ([[single]] if single else []) + rows
        )

    def _number(self, words: frozenset[str]) -> int:
        if words not in self._choices:
            self._choices[words] = len(self._choices)
            for word in words:
                where = self._of_stem if word.endswith("*") else self._of_word
                where.setdefault(word.rstrip("*"), []).append(self._choices[words])
        return self._choices[words]

    def _words(self, options: Iterable[str]) -> Iterator[str]:
        for option in options:
            if not option.startswith("<"):
                yield option
            elif option[1:-1] in self._word_lists:
                yield from self._word_lists[option[1:-1]]
            else:
                raise UnknownWordListError(f"There is no list of words {option[1:-1]!r}.")

    def _look_up(self, word: str) -> _Said:
        found = set(self._of_word.get(word, ()))
        for length in range(_SHORTEST_STEM, min(len(word), self._longest_stem) + 1):
            found.update(self._of_stem.get(word[:length], ()))
        return _Said(tuple(found), frozenset(found))
