"""Which part of an article is meant, from the words of asking."""

from __future__ import annotations

from skill.expressions import any_of
from skill.library.article import Aspect
from skill.library.cues import Aspects
from skill.text import comparable


class AspectCues:
    """The compiled cues of one language."""

    def __init__(self, cues: Aspects) -> None:
        """Takes the cues in the order in which they win."""
        self._cues = [(Aspect(name), any_of(words)) for name, words in cues]

    def __call__(self, text: str) -> Aspect | None:
        """What was said → the aspect its words ask for; None where it only describes. Raises nothing."""
        said = comparable(text)
        return next((aspect for aspect, cue in self._cues if cue.search(said)), None)
