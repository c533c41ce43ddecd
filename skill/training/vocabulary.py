"""The word pieces that are kept: those that our lines use, then the commonest of BERT's, in its own order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from skill.encoder.pieces import SPECIAL, WordPieces


def read_pieces(path: Path) -> list[str]:
    """vocab.txt → word pieces in order."""
    return path.read_text(encoding="utf-8").splitlines()


def prune(pieces: Sequence[str], lines: Iterable[str], size: int) -> list[int]:
    """Which pieces to keep, as places in `pieces`, special ones first: all letters, what `lines` use most, then the
    commonest words of English, which BERT lists first.
    """
    cutter = WordPieces(pieces)
    used = Counter(piece for line in lines for piece in cutter.cut(line))
    place = {piece: number for number, piece in enumerate(pieces)}
    plain = [piece for piece in pieces if _is_plain(piece)]
    letters = [piece for piece in plain if len(piece.removeprefix("##")) == 1]
    by_use = [piece for piece, _ in used.most_common()]
    return [place[piece] for piece in list(dict.fromkeys([*SPECIAL, *letters, *by_use, *plain]))[:size]]


def _is_plain(piece: str) -> bool:
    bare = piece.removeprefix("##")
    return bare.isascii() and bare.isalpha()
