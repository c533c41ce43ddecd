"""Sound on the server, where espeak-ng is installed: a plain voice, good enough to hear length and order."""

from __future__ import annotations

import re
import shutil
import subprocess

from skill.errors import InputInvalid
from skill.simulator.converse import plain

_VOICES = {"en-US": "en-us", "en-CA": "en-us", "en-GB": "en-gb", "en-AU": "en-gb", "en-IN": "en-gb"}
_SECONDS = 20
WORDS_A_MINUTE = (80, 400)
"""The slowest and the fastest that can be asked for."""


def installed() -> bool:
    """Whether this machine can speak."""
    return shutil.which("espeak-ng") is not None


def spoken(ssml: str) -> str:
    """SSML → the words as they are to be said: aliases in place of what they stand for, digits one by one."""
    said = re.sub(r'<sub alias="([^"]*)">[^<]*</sub>', r"\1", ssml)
    digits = re.compile(r'<say-as interpret-as="(?:digits|telephone)">([^<]*)</say-as>')
    return plain(digits.sub(lambda match: " ".join(match.group(1).replace(" ", ", ")), said))


def wav(ssml: str, locale: str, rate: int) -> bytes:
    """What is heard, as a WAV file; `rate` in words a minute. The text goes in over standard input, since anybody on
    the machine can read the arguments of a process; markup is taken out, since espeak-ng's may open files.

    Raises InputInvalid where espeak-ng is missing or fails.
    """
    slowest, fastest = WORDS_A_MINUTE
    command = ["espeak-ng", "--stdout", "--stdin", "-v", _VOICES.get(locale, "en-us")]
    try:
        done = subprocess.run(
            [*command, "-s", str(min(max(rate, slowest), fastest))],
            input=spoken(ssml).encode(),
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise InputInvalid(
            "espeak-ng is not installed here, or failed: the browser's own voice can be used."
        ) from error
    return done.stdout
