"""Plain text → SSML. The only place where markup is made, so the only place where it is escaped.

The Python SDK's `speak` escapes nothing. Only tags that work in every locale are used: break, say-as, sub, prosody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import escape

from skill.turn import PAUSE

MOST_CHARACTERS = 8000
"""Of outputSpeech, tags counted: alexa-games/litexa issue 44, quoting Amazon's JSON reference."""

_TRIPLE_ZERO = "000"
_NOT_IN_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_ssml(
    text: str, numbers: Sequence[str] = (), pronunciation: tuple[tuple[str, str], ...] = (), *, slow: bool = False
) -> str:
    """What is spoken for a text with pauses. `numbers` are the care lines' numbers, said digit by digit; words of
    `pronunciation` are said as given beside them; everything else is escaped. The speak element is put around it by
    the SDK.
    """
    safe = escape(_NOT_IN_XML.sub("", text))
    if any(number in safe for number in numbers):
        safe = _known_numbers(tuple(numbers)).sub(lambda match: _number(match.group()), safe)
    if pronunciation:
        safe = _pronounced(safe, _pronouncer(pronunciation))
    safe = re.sub(r"(?<=[.?!]) (?=[A-Z<])", ' <break strength="medium"/>', safe)
    safe = safe.replace(PAUSE, ' <break strength="strong"/>')
    return f'<prosody rate="slow">{safe}</prosody>' if slow else safe


@lru_cache(maxsize=32)
def _known_numbers(numbers: tuple[str, ...]) -> re.Pattern[str]:
    known = "|".join(re.escape(number) for number in sorted(numbers, key=len, reverse=True))
    return re.compile(rf"(?<![\w.])(?:{known})(?!\w|\.\d)")


@dataclass(frozen=True)
class _Pronouncer:
    """The words that a voice has to be told how to say."""

    pattern: re.Pattern[str]
    """All words, longest first and never inside a tag."""
    say: Mapping[str, str]
    """Word → what it is said as, escaped."""
    beginnings: frozenset[str]
    """How each begins: a text in which none of that stands need not be searched word by word, which is slow."""


@lru_cache(maxsize=8)
def _pronouncer(pronunciation: tuple[tuple[str, str], ...]) -> _Pronouncer:
    words = sorted((word for word, _ in pronunciation), key=len, reverse=True)
    return _Pronouncer(
        re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b(?![^<]*>)", re.IGNORECASE),
        {word.lower(): escape(say, {'"': "&quot;"}) for word, say in pronunciation},
        frozenset(word.lower().split()[0] for word in words),
    )


def _pronounced(safe: str, told: _Pronouncer) -> str:
    lowered = safe.lower()
    if not any(beginning in lowered for beginning in told.beginnings):
        return safe
    return told.pattern.sub(lambda match: f'<sub alias="{told.say[match.group().lower()]}">{match.group()}</sub>', safe)


def _number(number: str) -> str:
    """Emergency numbers digit by digit, long ones as telephone numbers; 000 the way Australians say it."""
    if number == _TRIPLE_ZERO:
        return '<sub alias="triple zero">000</sub>'
    kind = "telephone" if " " in number else "digits"
    return f'<say-as interpret-as="{kind}">{number}</say-as>'
