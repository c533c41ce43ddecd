"""Content is compiled in a process of its own: that takes twice the memory of serving, and a parent that lives for
months would keep it, and hand it to every process it forks. Meanwhile the parent looks after its workers, and can be
stopped.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from skill.assemble import compiled_path, is_compiled, load_encoder
from skill.build import build
from skill.encoder.encoder import Encoder
from skill.errors import ContentInvalid, Fault, SkillError, StoreDamaged
from skill.settings import Settings

_Told = Sequence[Fault] | SkillError | OSError | None
"""What the process says at its end: the faults of the content, another error, or nothing."""
_NICE = 5
"""Those who ask meanwhile come first."""


class Compiling:
    """At most one such process."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process = 0
        self._hears: int | None = None

    def needed(self) -> bool:
        """Whether the files are others than those that were compiled."""
        return not is_compiled(self._settings)

    @property
    def begun(self) -> bool:
        """One was begun, and nobody has asked yet how it ended."""
        return self._hears is not None

    def ended(self) -> bool:
        """The one that was begun has ended, in whatever way."""
        return self._hears is not None and bool(select.select([self._hears], [], [], 0)[0])

    def _begin(self, root: Path, target: Path, encoder: Encoder | None, *, tell: bool) -> None:
        self._hears, says = os.pipe()
        parent = os.getpid()
        self._process = os.fork()
        if self._process == 0:
            _run(root, target, encoder, says, parent if tell else None)
        os.close(says)

    def begin_for_reload(self) -> None:
        """Begins to compile the content as it is now, and has this process sent a HUP at the end."""
        settings = self._settings
        self._begin(settings.content, compiled_path(settings), load_encoder(), tell=True)

    def __call__(self, root: Path, target: Path, encoder: Encoder | None) -> None:
        """As `build`: waits for the one that was begun, or begins one. Raises what `build` raises; StoreDamaged where
        the process was ended from outside.
        """
        if self._hears is None:
            self._begin(root, target, encoder, tell=False)
        told = self._heard()
        if isinstance(told, Exception):
            raise told
        if told:
            raise ContentInvalid(told)

    def _heard(self) -> _Told:
        assert self._hears is not None  # noqa: S101 - __call__ has seen to it
        with open(self._hears, "rb") as hears:
            self._hears = None
            said = hears.read()
        with suppress(ChildProcessError):  # gunicorn may have seen its end first
            os.waitpid(self._process, 0)
        if not said:
            return StoreDamaged("Compiling the content ended without a word, perhaps for want of memory.")
        told: _Told = pickle.loads(said)  # noqa: S301 - of our own process
        return told

    def forget(self) -> None:
        """Ends one that still goes on, and no longer wants to know."""
        if self._hears is not None:
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
            os.close(self._hears)
            self._hears = None


def _run(root: Path, target: Path, encoder: Encoder | None, says: int, parent: int | None) -> None:
    """The process: never returns. It leaves without what Python does at its end, which is the parent's to do."""
    try:
        if parent is not None:
            os.nice(_NICE)
        with open(says, "wb") as told:
            told.write(pickle.dumps(_outcome(root, target, encoder)))
        if parent is not None:
            os.kill(parent, signal.SIGHUP)
    finally:
        os._exit(0)


def _outcome(root: Path, target: Path, encoder: Encoder | None) -> _Told:
    try:
        build(root, target, encoder)
    except ContentInvalid as error:
        return error.faults
    except (SkillError, OSError) as error:
        return error
    return None
