"""Readings made at build time: of sentences that are sure to be asked, the network need not be run again.

A listed topic arrives word for word as it stands in the list, and the words around it are known, so what the encoder
makes of both together can be kept in the compiled library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from skill.encoder.encoder import EMBEDDING, Encoder, Floats, key_of
from skill.encoder.reading import Reading

_ARRAYS = ("keys", "embeddings", "signs", "aspects", "in_scope")


@dataclass(frozen=True)
class Remembered:
    """One row a text."""

    keys: npt.NDArray[np.uint64]
    """The texts, as numbers: see key_of."""
    embeddings: Floats
    signs: Floats
    """In the order of the encoder's signs; so are the aspects."""
    aspects: Floats
    in_scope: Floats

    NAME = "remembered"
    """Under this name they stand in the compiled library."""

    @classmethod
    def of(cls, texts: Iterable[str], encoder: Encoder | None) -> Remembered:
        """Reads each text, as it was made comparable; none without an encoder."""
        if encoder is None:
            return cls(np.empty(0, np.uint64), *(np.empty(0, np.float32) for _ in _ARRAYS[1:]))
        texts = list(texts)
        with ThreadPoolExecutor() as pool:
            read = dict(zip(map(key_of, texts), pool.map(encoder.read, texts), strict=True))
        return cls(
            np.array(list(read), dtype=np.uint64),
            _floats(reading.embedding for reading in read.values()),
            _floats(list(reading.signs.values()) for reading in read.values()),
            _floats(list(reading.aspects.values()) for reading in read.values()),
            _floats(reading.in_scope for reading in read.values()),
        )

    @classmethod
    def opened(cls, array: Callable[[str], np.ndarray[Any, Any]]) -> Remembered:
        """From the arrays of the compiled library, by name."""
        keys, embeddings, *others, in_scope = (array(f"{cls.NAME}.{part}") for part in _ARRAYS)
        signs, aspects = (rows.reshape(max(1, len(keys)), -1) for rows in others)
        return cls(keys, embeddings.reshape(-1, EMBEDDING), signs, aspects, in_scope)

    def arrays(self) -> dict[str, np.ndarray[Any, Any]]:
        """The arrays to be kept in the compiled library."""
        return {f"{self.NAME}.{part}": getattr(self, part) for part in _ARRAYS}

    @cached_property
    def rows(self) -> dict[int, int]:
        """Key → row."""
        return {key: row for row, key in enumerate(self.keys.tolist())}


class RememberingReader:
    """The encoder, which runs only for what is not remembered; read-only, safe to share between threads."""

    def __init__(self, encoder: Encoder | None, remembered: Remembered) -> None:
        """`remembered` was made by this very encoder: the library is built anew for another one."""
        self._encoder = encoder
        self._remembered = remembered

    def read(self, text: str) -> Reading | None:
        """What was remembered of a text, or what the encoder makes of it now: the same. Raises nothing."""
        if self._encoder is None:
            return None
        row = self._remembered.rows.get(key_of(text))
        return self._encoder.read(text) if row is None else self._recalled(row, self._encoder.meta)

    def _recalled(self, row: int, meta: Mapping[str, Any]) -> Reading:
        known = self._remembered
        return Reading(
            known.embeddings[row],
            dict(zip(meta["signs"], known.signs[row].tolist(), strict=True)),
            dict(zip(meta["aspects"], known.aspects[row].tolist(), strict=True)),
            float(known.in_scope[row]),
        )


def _floats(values: Iterable[Any]) -> Floats:
    return np.array(list(values), dtype=np.float32)
