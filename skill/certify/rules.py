"""The rules of rules.yaml, typed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import yaml

SESSION, SPEECH, CARDS, INTENTS, SLOTS, REQUESTS, HEALTH, MODEL, STORE, DOOR = GROUPS = (
    "session", "speech", "cards and screens", "intents", "slots", "requests", "health", "model", "store", "door",
)  # fmt: skip
"""In the order of the report."""


@dataclass(frozen=True)
class Rule:
    """One rule of Amazon's, in one sentence."""

    id: str
    group: str
    text: str
    source: str
    offline: bool
    """A program can check it without Amazon, an account, a device or people."""


def _read() -> dict[str, Rule]:
    groups = yaml.safe_load((Path(__file__).parent / "rules.yaml").read_text(encoding="utf-8"))
    return {
        entry["rule"]: Rule(entry["rule"], group, entry["says"], entry["source"], entry.get("offline", True))
        for group in GROUPS
        for entry in groups[group]
    }


RULES = MappingProxyType(_read())
"""Every rule by its id, in the order of the report."""
