"""The word pieces that are kept: those that our lines use, then the commonest of BERT's, in its own order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import BertProcessing

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")


def read_pieces(path: Path) -> list[str]:
    """vocab.txt → word pieces in order."""
    return path.read_text(encoding="utf-8").splitlines()


def prune(pieces: list[str], lines: Iterable[str], size: int) -> list[int]:
    """Which pieces to keep, as places in `pieces`, special ones first: all letters, what `lines` use most, then the
    commonest whole words of English, which BERT lists first.
    """
    tokenizer = make_tokenizer(pieces)
    used = Counter(piece for line in lines for piece in tokenizer.encode(line, add_special_tokens=False).tokens)
    place = {piece: number for number, piece in enumerate(pieces)}
    letters = [piece for piece in pieces if len(piece.removeprefix("##")) == 1 and piece.isascii()]
    by_use = [piece for piece, _ in used.most_common()]
    common = [piece for piece in pieces if piece.removeprefix("##").isascii() and piece.removeprefix("##").isalpha()]
    order = dict.fromkeys([*SPECIAL, *letters, *by_use, *common])
    return [place[piece] for piece in list(order)[:size]]


def make_tokenizer(pieces: list[str]) -> Tokenizer:
    """A lower-casing word-piece tokenizer over these pieces."""
    ids = {piece: number for number, piece in enumerate(pieces)}
    tokenizer = Tokenizer(WordPiece(ids, unk_token="[UNK]"))  # noqa: S106 - not a password
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.post_processor = BertProcessing(("[SEP]", ids["[SEP]"]), ("[CLS]", ids["[CLS]"]))
    return tokenizer
