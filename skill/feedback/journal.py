"""Ratings that wait to be written, on disk: lines of JSON that one process appends to and the next one reads.

The file is locked for as long as its process lives, so that one left behind can be told from one in use. A line is in
the hands of the kernel when `keep` returns: it outlives the process, and a power cut only once the disk has it.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from skill.feedback.record import Feedback

_log = logging.getLogger(__name__)
_IN_USE = ".jsonl"


@dataclass(frozen=True)
class Waiting:
    """A rating to be written, and the key under which it counts once."""

    token: str
    feedback: Feedback


class Journal:
    """One file. Not safe between threads: who owns it has a lock."""

    def __init__(self, path: Path, descriptor: int, waiting: tuple[Waiting, ...] = ()) -> None:
        self._path = path
        self._descriptor = descriptor
        self._left = len(waiting)
        self.waiting = waiting
        """What it held when it was opened."""
        self._retired = False
        self._closed = False

    @classmethod
    def begin(cls, folder: Path) -> Journal:
        """A new, empty one in `folder`. Raises OSError where none can be made."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{secrets.token_hex(8)}{_IN_USE}"
        new = path.with_suffix(".new")  # a name that nobody takes for one left behind, until it is locked
        descriptor = os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        new.rename(path)
        return cls(path, descriptor)

    @classmethod
    def left_behind(cls, folder: Path) -> list[Journal]:
        """Those of processes that are gone, now ours; empty ones are removed. None where the folder cannot be read."""
        found = [journal for path in sorted(folder.glob(f"*{_IN_USE}")) if (journal := cls._take_over(path))]
        for journal in found:
            journal.retire()
        return [journal for journal in found if journal.waiting]

    @classmethod
    def _take_over(cls, path: Path) -> Journal | None:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_APPEND)
        except OSError:
            return None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return cls(path, descriptor, _still_waiting(path))
        except OSError:  # in use, or cannot be read
            os.close(descriptor)
            return None

    @property
    def size(self) -> int:
        """Bytes."""
        return os.fstat(self._descriptor).st_size

    def keep(self, waiting: Waiting) -> None:
        """Appends a rating. Raises OSError where it cannot; then nothing of it is there."""
        entry = {"token": waiting.token, **asdict(waiting.feedback), "day": waiting.feedback.day.isoformat()}
        self._append(entry)
        self._left += 1

    def done(self, waiting: Waiting) -> None:
        """Notes that it is written. Where that cannot be noted the next process writes it again, under its token."""
        self._left -= 1
        with suppress(OSError):
            if self._left:
                self._append({"done": waiting.token, "kind": waiting.feedback.kind})
            self.tidy()

    def retire(self) -> None:
        """Nothing more is appended: it goes when its last rating is written."""
        self._retired = True
        self.tidy()

    def tidy(self) -> None:
        """Empties the file once nothing in it waits, and removes it where it is retired."""
        if self._left or self._closed:
            return
        os.ftruncate(self._descriptor, 0)
        if self._retired:
            self.close()

    def close(self) -> None:
        """Leaves the file to the next process, or removes it where nothing waits in it. Twice does no harm."""
        if not self._left:
            self._path.unlink(missing_ok=True)
        self.abandon()

    def abandon(self) -> None:
        """Lets go of the file as it is: after a fork it is the parent's."""
        if not self._closed:
            self._closed = True
            os.close(self._descriptor)

    def _append(self, entry: dict[str, str]) -> None:
        before = self.size
        line = json.dumps(entry).encode() + b"\n"
        try:
            written = os.write(self._descriptor, line)
        except OSError:
            os.ftruncate(self._descriptor, before)
            raise
        if written < len(line):
            os.ftruncate(self._descriptor, before)
            raise OSError("no room for a whole line")


def _still_waiting(path: Path) -> tuple[Waiting, ...]:
    waiting: dict[tuple[str, str], Waiting] = {}
    damaged = 0
    for line in path.read_bytes().splitlines():
        try:
            entry = json.loads(line)
            if "done" in entry:
                waiting.pop((entry["kind"], entry["done"]), None)
            else:
                token, day = entry.pop("token"), date.fromisoformat(entry.pop("day"))
                waiting[entry["kind"], token] = Waiting(token, Feedback(**entry, day=day))
        except (ValueError, TypeError, KeyError, AttributeError):
            damaged += 1
    if damaged:
        _log.error("%d lines of a feedback journal cannot be read and are left out.", damaged)
    return tuple(waiting.values())
