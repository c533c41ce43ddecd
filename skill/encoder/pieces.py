"""Words → word pieces, as BERT cuts them: the longest known beginning, then the longest known rest, and so on.

Only for text that was made comparable: lower-case words of plain letters with single spaces. That leaves nothing of
BERT's other rules, so twenty lines stand here instead of a library that would bring a dozen others with it. A test
holds them equal to the library's.
"""

from __future__ import annotations

from collections.abc import Sequence

PAD, UNKNOWN, START, END = "[PAD]", "[UNK]", "[CLS]", "[SEP]"
SPECIAL = (PAD, UNKNOWN, START, END)
_INSIDE = "##"
_LONGEST_WORD = 100


class WordPieces:
    """One vocabulary; read-only, safe to share between threads."""

    def __init__(self, pieces: Sequence[str]) -> None:
        """`pieces` in the order of their numbers; the special ones are among them."""
        self._ids = {piece: number for number, piece in enumerate(pieces)}
        self._longest = max(map(len, pieces))

    def encode(self, text: str) -> list[int]:
        """A text's pieces as numbers, between those of start and end."""
        inside = [number for word in text.split() for number in self._cut(word)]
        return [self._ids[START], *inside, self._ids[END]]

    def cut(self, text: str) -> list[str]:
        """The same as pieces, without start and end."""
        names = list(self._ids)
        return [names[number] for number in self.encode(text)[1:-1]]

    def _cut(self, word: str) -> list[int]:
        found, start = [], 0
        while start < len(word) <= _LONGEST_WORD:
            prefix = _INSIDE if start else ""
            for end in range(min(len(word), start + self._longest), start, -1):
                number = self._ids.get(prefix + word[start:end])
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return [self._ids[UNKNOWN]]
        return found or [self._ids[UNKNOWN]]
