"""Does what was said only sound like an urgent sign? Ordinary talk that the encoder cannot tell from one.

The encoder knows how people sound who have a sign, and some everyday speech sounds the same to it: "i took a tylenol",
"my baby's poo is green", "he is breech". What makes it ordinary is that nothing else is said: every word belongs to a
part of that talk, or to the words that add nothing. One word beyond, "i took a tylenol and she is floppy", and it is
no ordinary talk. So this lists what is known to be harmless, never what is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from skill.library.signs import OrdinaryTalk
from skill.spotting import Spot, Spotter


class Ordinary:
    """The ordinary talk of one language, compiled; read-only, safe to share between threads."""

    def __init__(self, talk: OrdinaryTalk, word_lists: Mapping[str, Iterable[str]]) -> None:
        """`word_lists`: name → words for `<name>` in an expression. Raises UnknownWordListError."""
        self._kinds = talk.kinds
        self._passing = frozenset(talk.passing)
        self._spotter = Spotter(talk.parts, word_lists)

    def only_like(self, words: Sequence[str], readings: Iterable[Spot]) -> frozenset[str]:
        """All that was said, and the measurements in it → the signs that it only sounds like."""
        said: dict[str, set[int]] = {}
        for spot in (*self._spotter.find(words), *readings):
            said.setdefault(spot.label, set()).update(range(spot.start, spot.end))
        beside = {at for at, word in enumerate(words) if word in self._passing}
        signs: set[str] = set()
        for kind in self._kinds:
            covered = beside.union(*(said.get(part, ()) for part in (*kind.all, *kind.may)))
            if said.keys() >= set(kind.all) and len(covered) == len(words):
                signs.update(kind.only_like)
        return frozenset(signs)
