"""Which part of an article is meant: from the words of asking, and where those say nothing, from the whole sentence."""

from __future__ import annotations

from skill.encoder.reading import Reader
from skill.expressions import Expressions
from skill.library.article import Aspect
from skill.library.cues import Aspects
from skill.text import comparable

SURE_FROM = 0.5
"""Probability from which the encoder says which aspect is meant."""


class AspectCues:
    """The compiled cues of one language, and the encoder."""

    def __init__(self, cues: Aspects, encoder: Reader | None = None) -> None:
        """Takes the cues in the order in which they win."""
        self._cues = [(Aspect(name), Expressions(words)) for name, words in cues]
        self._encoder = encoder

    def __call__(self, text: str) -> Aspect | None:
        """What was said → the aspect it asks for; None where it only describes. Raises nothing."""
        said = comparable(text)
        if not said:
            return None
        reading = self._encoder.read(said) if self._encoder is not None else None
        if reading is not None:
            aspects = reading.aspects
            likeliest = max(aspects, key=aspects.__getitem__)
            if aspects[likeliest] >= SURE_FROM:
                return Aspect(likeliest)
        return next((aspect for aspect, cue in self._cues if cue.search(said)), None)
