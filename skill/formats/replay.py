"""Amazon's replay files: what a person said to a skill in `ask dialog`, to be said again with `--replay`.

JSON with skillId, locale, type and userInput, a list of sentences; `.quit` ends the run (alexa/ask-cli,
docs/concepts/Dialog-Command.md and lib/commands/dialog/index.ts). A sentence that is empty is refused there, and here.
Whether any `type` but "text" exists: unconfirmed, so it is carried as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any

from skill.errors import InputInvalid
from skill.simulator.converse import LAUNCH, ONESHOT

QUIT = ".quit"
_KEYS = ("skillId", "locale", "type", "userInput")
_OPENING = re.compile(r"(?:alexa,? )?(?:open|launch|start|begin|load|run)", re.IGNORECASE)
_ASKING = re.compile(r"(?:alexa,? )?(?:ask|tell)", re.IGNORECASE)


@dataclass(frozen=True)
class Replay:
    """One replay file."""

    skill_id: str
    locale: str
    said: tuple[str, ...]
    """Every sentence of userInput, as it stands in the file."""
    type: str = "text"
    more: Mapping[str, Any] = field(default_factory=dict)
    """Keys that we do not know, kept."""

    @property
    def spoken(self) -> tuple[str, ...]:
        """The sentences that are said: up to `.quit`."""
        return tuple(takewhile(lambda sentence: sentence.strip() != QUIT, self.said))

    def to_json(self) -> str:
        """The text of the file."""
        known = {"skillId": self.skill_id, "locale": self.locale, "type": self.type, "userInput": list(self.said)}
        return json.dumps({**known, **self.more}, indent=2, ensure_ascii=False) + "\n"


def is_replay(data: object) -> bool:
    """Whether a file's JSON is a replay file."""
    return isinstance(data, dict) and "userInput" in data


def read_replay(data: Mapping[str, Any], path: Path) -> Replay:
    """The JSON of a replay file → Replay. Raises InputInvalid that names every fault with its key."""
    faults = [*_faults(data)]
    if faults:
        raise InputInvalid("\n".join(f"{path}: {fault}" for fault in faults))
    more = {key: value for key, value in data.items() if key not in _KEYS}
    return Replay(data["skillId"], data["locale"], tuple(data["userInput"]), data.get("type", "text"), more)


def _faults(data: Mapping[str, Any]) -> list[str]:
    faults = [
        f"{key}: is missing or no text; `ask dialog` wants it."
        for key in ("skillId", "locale")
        if not isinstance(data.get(key), str) or not data[key].strip()
    ]
    if not isinstance(data.get("type", "text"), str):
        faults.append('type: is no text; write "text".')
    said = data["userInput"]
    if not isinstance(said, list) or not said:
        return [*faults, "userInput: is no list of sentences; write what is said, in order."]
    return faults + [
        f"userInput.{place}: is no sentence; take it out or write what is said."
        for place, sentence in enumerate(said)
        if not isinstance(sentence, str) or not sentence.strip()
    ]


def as_said_here(sentence: str, invocation: str) -> str:
    """A sentence of a replay file as conversations say it: "open NAME" is <launch>, "ask NAME why …" is <oneshot> why …

    A sentence that names no invocation is itself.
    """
    spoken = " ".join(sentence.split())
    if re.fullmatch(rf"{_OPENING.pattern} {re.escape(invocation)}", spoken, re.IGNORECASE):
        return LAUNCH
    asked = re.fullmatch(rf"{_ASKING.pattern} {re.escape(invocation)} (.+)", spoken, re.IGNORECASE)
    return f"{ONESHOT} {asked[1]}" if asked else spoken


def as_said_to_alexa(say: str, invocation: str) -> str:
    """What a conversation says, as it is said to a device: the other way round."""
    if say.strip() == LAUNCH:
        return f"open {invocation}"
    if say.startswith(ONESHOT):
        return f"ask {invocation} {say.removeprefix(ONESHOT).strip()}"
    return say
