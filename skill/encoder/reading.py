"""What is made of one text, and who makes it. Light: imported where nothing has been read yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True)
class Reading:
    """What the encoder makes of one text."""

    embedding: npt.NDArray[np.float32]
    """128 numbers, of unit length: texts that mean the same lie near one another."""
    signs: Mapping[str, float]
    """Urgent sign → probability; what is left to one is no sign at all."""
    aspects: Mapping[str, float]
    """Aspect → probability."""
    in_scope: float
    """Probability that an article could answer it at all."""

    @property
    def urgent(self) -> float:
        """Probability of any urgent sign."""
        return sum(self.signs.values())


class Reader(Protocol):
    """Whatever reads a text, made comparable."""

    @property
    def read(self) -> Callable[[str], Reading | None]:
        """A text → its reading; None where there is no encoder. Raises nothing."""


class LateReader:
    """A reader that is loaded with the first text, so that a start need not wait for it."""

    def __init__(self, load: Callable[[], Reader]) -> None:
        self._load = load

    @cached_property
    def _reader(self) -> Reader:
        return self._load()

    def read(self, text: str) -> Reading | None:
        """See Reader."""
        return self._reader.read(text)
