"""The sentence encoder: a text → what it is near to, and how likely an urgent sign, an aspect, our scope.

A small transformer, trained by `bump-guide train` and committed as package data (model/): 8-bit ONNX, run by
onnxruntime on one thread. One text is read once a turn: urgent check, topics and aspect share the reading.
model/README.md is its model card.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from skill.encoder.pieces import WordPieces
from skill.encoder.reading import Reading
from skill.encoder.version import MODEL, NETWORK
from skill.errors import EncoderDamaged

if TYPE_CHECKING:
    from skill.encoder.runtime import onnxruntime

Floats = npt.NDArray[np.float32]

PIECES, KNOWN = "pieces.txt", "known.npz"
FILES = (NETWORK, PIECES, KNOWN)
EMBEDDING = 128
"""Dimensions of the embedding."""
_MOST_PIECES = 60
"""Word pieces of a text that are read: some 45 words; of a longer text the beginning and the end."""
_BATCH = 64
_KEPT = 512
"""Readings remembered, so that one turn reads its text once."""


class Encoder:
    """The trained encoder, loaded once; safe to share between threads."""

    def __init__(self, folder: Path = MODEL) -> None:
        """Loads and verifies the files. Raises EncoderDamaged with what is wrong."""
        self.meta = _verified(folder)
        self._signs: Sequence[str] = self.meta["signs"]
        self._aspects: Sequence[str] = self.meta["aspects"]
        self._pieces = WordPieces((folder / PIECES).read_text(encoding="ascii").split())
        self._session = _session(folder / NETWORK)
        self._folder = folder
        self.read = lru_cache(maxsize=_KEPT)(self._read)

    @property
    def version(self) -> str:
        """The first twelve digits of the model's digest."""
        return str(self.meta["sha256"][NETWORK])[:12]

    def _read(self, text: str) -> Reading:
        """One text, as it was made comparable. Raises nothing."""
        embedding, sign, aspect, scope = self._run([text])
        return Reading(
            embedding=embedding[0],
            signs=dict(zip(self._signs, _softmax(sign[0])[:-1].tolist(), strict=True)),
            aspects=dict(zip(self._aspects, _softmax(aspect[0]).tolist(), strict=True)),
            in_scope=float(1 / (1 + np.exp(-scope[0]))),
        )

    @cached_property
    def _known(self) -> Mapping[int, Floats]:
        """Text key → embedding, of the lines it was trained with; needed to build a library, not to serve one."""
        with np.load(self._folder / KNOWN) as kept:
            vectors = kept["vectors"].astype(np.float32)
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            return dict(zip(kept["keys"].tolist(), vectors, strict=True))

    def embed(self, texts: Sequence[str]) -> Floats:
        """Texts → embeddings, (texts, 128). Those of the lines it was trained with were computed then."""
        found = np.empty((len(texts), EMBEDDING), dtype=np.float32)
        new = []
        for place, text in enumerate(texts):
            known = self._known.get(key_of(text))
            if known is None:
                new.append(place)
            else:
                found[place] = known
        new.sort(key=lambda place: len(texts[place]))
        batches = [new[start : start + _BATCH] for start in range(0, len(new), _BATCH)]
        with ThreadPoolExecutor() as pool:  # one text takes one core, but a library of thousands can have them all
            outputs = pool.map(self._run, ([texts[place] for place in places] for places in batches))
            for places, output in zip(batches, outputs, strict=True):
                found[places] = output[0]
        return found

    def _run(self, texts: Sequence[str]) -> list[Floats]:
        encoded = [_shortened(self._pieces.encode(text)) for text in texts]
        width = max(map(len, encoded))
        pieces = np.zeros((len(encoded), width), dtype=np.int64)
        for row, ids in zip(pieces, encoded, strict=True):
            row[: len(ids)] = ids
        outputs: list[Floats] = self._session.run(None, {"pieces": pieces, "present": (pieces > 0).astype(np.int64)})
        return outputs


def key_of(text: str) -> int:
    """Under this number the embedding of a text is kept in known.npz."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def quantized(embeddings: Floats, steps: int = 64) -> npt.NDArray[np.int8]:
    """Unit vectors as bytes, `steps` to the unit. As known.npz keeps them: coarse, so that they compress well, at a
    cosine of 0.999.
    """
    return np.clip(np.rint(embeddings * steps), -127, 127).astype(np.int8)


def _shortened(ids: list[int]) -> list[int]:
    if len(ids) <= _MOST_PIECES:
        return ids
    half = _MOST_PIECES // 2
    return ids[:half] + ids[-half:]


def _softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max())
    return np.asarray(raised / raised.sum(), dtype=np.float32)


def _verified(folder: Path) -> dict[str, Any]:
    """meta.json, once every file it names has the digest that it names."""
    try:
        meta: dict[str, Any] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        digests = meta["sha256"]
        found = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    except (OSError, ValueError, KeyError) as error:
        raise EncoderDamaged(f"The encoder in {folder} cannot be read ({error}): install the package again.") from error
    wrong = [name for name in FILES if found[name] != digests.get(name)]
    if wrong:
        raise EncoderDamaged(f"The encoder's {', '.join(wrong)} in {folder} is damaged: install the package again.")
    return meta


def _session(path: Path) -> onnxruntime.InferenceSession:
    try:
        from skill.encoder.runtime import onnxruntime  # noqa: PLC0415 - only loaded where free text is understood

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors share no class that is public
        raise EncoderDamaged(f"The encoder {path} cannot be loaded: {error}") from error
