"""Plain text → SSML. The only place where markup is made, so the only place where it is escaped.

The Python SDK's `speak` escapes nothing. Only tags that work in every locale are used: break, say-as, sub, prosody.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import lru_cache

from skill.turn import PAUSE

MOST_CHARACTERS = 8000
"""Of outputSpeech, tags counted: alexa-games/litexa issue 44, quoting Amazon's JSON reference."""

SLOW = "70%"
"""Of the usual rate, where she asks for it slower: "slow" is hardly slower to an ear. Amazon's SSML reference, prosody:
20 % at least.
"""

_TRIPLE_ZERO = "000"
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_ssml(
    text: str, numbers: Sequence[str] = (), pronunciation: tuple[tuple[str, str], ...] = (), *, slow: bool = False
) -> str:
    """What is spoken for a text with pauses. `numbers` are the care lines' numbers, said digit by digit; words of
    `pronunciation` are said as given beside them; everything else is escaped. The speak element is put around it by
    the SDK.
    """
    safe = html.escape(_NOT_IN_XML.sub("", text), quote=False)
    if any(number in safe for number in numbers):
        safe = _known_numbers(tuple(numbers)).sub(lambda match: _number(match.group()), safe)
    safe = _pronounced(safe, pronunciation)
    safe = re.sub(r"(?<=[.?!]) (?=[A-Z<])", ' <break strength="medium"/>', safe)
    safe = safe.replace(PAUSE, ' <break strength="strong"/>')
    return f'<prosody rate="{SLOW}">{safe}</prosody>' if slow else safe


@lru_cache(maxsize=32)
def _known_numbers(numbers: tuple[str, ...]) -> re.Pattern[str]:
    known = "|".join(re.escape(number) for number in sorted(numbers, key=len, reverse=True))
    return re.compile(rf"(?<![\w.])(?:{known})(?!\w|\.\d)")


def _pronounced(safe: str, pronunciation: tuple[tuple[str, str], ...]) -> str:
    """Only the words that are there are looked for: to look for each of them at every word is slow."""
    lowered = safe.lower()
    there = tuple(entry for entry in pronunciation if entry[0].lower() in lowered)
    if not there:
        return safe
    pattern, say = _pronouncer(there)
    return pattern.sub(lambda match: f'<sub alias="{say[match.group().lower()]}">{match.group()}</sub>', safe)


@lru_cache(maxsize=256)
def _pronouncer(pronunciation: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all words, longest first and never inside a tag; and what each is said as, escaped."""
    words = sorted((word for word, _ in pronunciation), key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b(?![^<]*>)", re.IGNORECASE)
    return pattern, {word.lower(): html.escape(say) for word, say in pronunciation}


def _number(number: str) -> str:
    """Emergency numbers digit by digit, long ones as telephone numbers; 000 the way Australians say it."""
    if number == _TRIPLE_ZERO:
        return '<sub alias="triple zero">000</sub>'
    kind = "telephone" if " " in number else "digits"
    return f'<say-as interpret-as="{kind}">{number}</say-as>'
