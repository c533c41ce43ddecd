"""Bytes that a fuzzer chose → choices. The same bytes are always the same choices; when they end, the first of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

T = TypeVar("T")

FRAGMENTS = (
    "back pain", "bleeding", "i'm bleeding heavily", "my baby isn't moving", "heartburn", "no", "yes", "twenty weeks",
    "?", "not", "i have", "and", "38", "9" * 50, "-1", "</speak><audio src='https://example.org/x.mp3'/>", "&",
    "<", "]]>", "\u0000", "\u0007", "\u200b", "\u202e", "\ud800", "\udfff", "🤰", "ظهري يؤلمني", "İ", "ß", "ﬁ",
    "e\u0301" * 40,
    "a " * 2000, "x" * 9000, "'" * 300, "{topic}", "%s", "${jndi:ldap://x}", "../../etc/passwd",
    "'; drop table counts; --",
)  # fmt: skip
"""Pieces of what is said, and of what nobody says."""

VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2**63, 10**400, 1.5, float("inf"), float("nan"), "", "x", [], {}, [None], [[]],
    {"": {}}, {"id": "back-pain"}, ["back-pain"], "back-pain", "en-US", "2026-06-01T12:00:00Z", "\ud800",
    "x" * 9000, [0] * 3000,
)  # fmt: skip
"""One of every kind of JSON, and of those that are hard to hold."""

DEPTHS = (2, 40, 300, 900)


class Source:
    """Hands out the bytes from the front."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self.deepest = 0
        """How deep the deepest value was."""

    def raw(self, most: int) -> bytes:
        """Up to that many bytes."""
        taken = self._data[self._at : self._at + min(most, self.number(most + 1))]
        self._at += len(taken)
        return taken

    def number(self, below: int) -> int:
        """From 0 to below that; of two bytes, so that a small change of them is a small change of it."""
        taken = self._data[self._at : self._at + 2]
        self._at += 2
        return int.from_bytes(taken, "big") % below

    def pick(self, among: Sequence[T]) -> T:
        return among[self.number(len(among))]

    def text(self) -> str:
        """Fragments and the fuzzer's own letters, joined."""
        pieces = [
            self.pick(FRAGMENTS) if self.number(3) else self.raw(40).decode("utf-8", "surrogateescape")
            for _ in range(self.number(6))
        ]
        return self.pick((" ", "", ", ")).join(pieces)

    def value(self) -> Any:
        """Any JSON, deep ones too."""
        kind = self.number(8)
        if kind == 0:
            return self.text()
        if kind == 1:
            return {self.text()[:40]: self.value() for _ in range(self.number(4))}
        if kind == 2:
            return [self.value() for _ in range(self.number(4))]
        if kind == 3:
            return self._deep()
        return self.pick(VALUES)

    def _deep(self) -> Any:
        whole, depth = self.pick(VALUES), self.pick(DEPTHS)
        self.deepest = max(self.deepest, depth)
        for _ in range(depth):
            whole = [whole] if self._at % 2 else {"a": whole}
        return whole
