"""What somebody with an account got from Amazon's utterance profiler, read from JSON lines.

Two forms of a line, which may stand beside one another:

    {"utterance": "what is heartburn", "intent": "WhatIsIntent", "slots": {"topic": "heartburn"}}
    {"utterance": "what is heartburn", "selectedIntent": {"name": …, "slots": {"topic": {"name": …, "value": …}}}, …}

The second is the profiler's raw response (Amazon, Utterance Profiler REST API; ask-smapi-model's ProfileNluResponse)
with the sentence put in, which the response itself does not carry. A response without selectedIntent selected nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skill.errors import InputInvalid


@dataclass(frozen=True)
class Profiled:
    """One sentence as Amazon understood it."""

    utterance: str
    intent: str | None
    """None where no intent was selected."""
    slots: Mapping[str, str]
    """Those that were filled, with the words heard."""


def read_profiled(path: Path) -> list[Profiled]:
    """Raises InputInvalid that names every bad line at once."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputInvalid(f"{path}: cannot be read: {error}.") from error
    faults: list[str] = []
    read = [*_read(lines, faults)]
    if faults or not read:
        raise InputInvalid("\n".join(f"{path}: {fault}" for fault in faults or ["has no lines."]))
    return read


def _read(lines: Sequence[str], faults: list[str]) -> Iterator[Profiled]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _profiled(json.loads(line))
        except (ValueError, RecursionError) as error:
            faults.append(f"line {number}: {error}")


def _profiled(data: object) -> Profiled:
    """Raises ValueError that says what is wrong."""
    if not isinstance(data, dict) or not isinstance(data.get("utterance"), str) or not data["utterance"].strip():
        raise ValueError('is no object with "utterance"; the raw response needs the sentence put in.')
    if "intent" in data:
        intent, slots = data["intent"], data.get("slots") or {}
    elif isinstance(data.get("selectedIntent"), dict):
        intent, slots = data["selectedIntent"].get("name"), data["selectedIntent"].get("slots") or {}
    elif "consideredIntents" in data or "sessionEnded" in data:
        intent, slots = None, {}
    else:
        raise ValueError('has neither "intent" nor "selectedIntent".')
    if not isinstance(intent, str | None) or not isinstance(slots, dict):
        raise ValueError("its intent is no name, or its slots are no object.")
    return Profiled(data["utterance"], intent, {name: words for name, slot in slots.items() if (words := _words(slot))})


def _words(slot: Any) -> str:
    value = slot.get("value") if isinstance(slot, dict) else slot
    return value if isinstance(value, str) else ""
