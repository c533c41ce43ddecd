"""The journals of a folder: the one that this process appends to, and those that others have left."""

from __future__ import annotations

import logging
from pathlib import Path

from skill.feedback.journal import Journal, Waiting

_log = logging.getLogger(__name__)
_MOST_BYTES = 4_000_000
"""Then a new one is begun, and the old one goes when its last rating is written."""


class Journals:
    """Never raises for a disk that takes nothing: that is counted, and said once. Not safe between threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._current: Journal | None = None
        self._failing = False
        self.not_kept = 0
        """Ratings that the disk did not take."""

    def keep(self, waiting: Waiting) -> Journal | None:
        """The journal that it stands in now; None where the disk does not take it."""
        try:
            journal = self._journal()
            journal.keep(waiting)
        except OSError as error:
            self.not_kept += 1
            if not self._failing:
                _log.error("Ratings wait in memory only: no journal can be written (%s).", error.strerror or error)
            self._failing = True
            return None
        self._failing = False
        return journal

    def _journal(self) -> Journal:
        if self._current is not None and self._current.size > _MOST_BYTES:
            self._current.retire()
            self._current = None
        if self._current is None:
            self._current = Journal.begin(self._folder)
        return self._current

    def left_behind(self) -> list[Journal]:
        """What processes that are gone have left, now ours."""
        return Journal.left_behind(self._folder)

    def close(self) -> None:
        """Closes the current one. Those with ratings that wait are closed by who holds the ratings."""
        if self._current is not None:
            self._current.close()
            self._current = None

    def abandon(self) -> None:
        """Lets go of the current one as it is: after a fork it is the parent's."""
        if self._current is not None:
            self._current.abandon()
