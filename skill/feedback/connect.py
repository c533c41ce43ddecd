"""A storage address → the store behind it. A driver is imported only when its address is asked for."""

from __future__ import annotations

from pathlib import Path

from skill.errors import SettingsInvalid
from skill.feedback.memory import MemoryStore
from skill.feedback.record import FeedbackStore


def connect(address: str, data: Path) -> FeedbackStore:
    """`""` → an SQLite file in the data folder; `sqlite:PATH` → that file; `memory:` → nothing is kept.

    Raises SettingsInvalid for an address of another kind, FeedbackUnavailable where the store cannot be opened.
    """
    if address == "memory:":
        return MemoryStore()
    kind, _, path = address.partition(":")
    if kind not in {"", "sqlite"} or (kind == "sqlite" and not path):
        raise SettingsInvalid(f"BUMP_GUIDE_FEEDBACK is {address!r}: expected sqlite:PATH or memory:, or nothing.")
    from skill.feedback.sqlite import SqliteStore  # noqa: PLC0415 - sqlite3 is loaded only where it is used

    return SqliteStore(Path(path) if path else data / "feedback.sqlite")
