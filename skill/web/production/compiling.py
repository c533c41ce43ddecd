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

from skill.assemble import compile_content, compiled_path, is_compiled, load_encoder, to_be_compiled_from
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
        self._of: str | None = None

    def delays_reload(self) -> bool:
        """Whether a reload has to wait. Where the files as they are now have not been compiled, not even by the process
        that was begun before, that is begun: at its end this process is sent a HUP.
        """
        if self._goes_on():
            return True
        try:
            if self._hears is not None and self._of == to_be_compiled_from(self._settings):
                return False
            self.forget()
            if is_compiled(self._settings):
                return False
        except OSError:  # a file cannot be read: reloading says so, and what was served last stays
            return False
        self._begin(self._settings.content, compiled_path(self._settings), load_encoder(), tell=True)
        return True

    def _goes_on(self) -> bool:
        """One was begun and has not ended, in whatever way."""
        return self._hears is not None and not select.select([self._hears], [], [], 0)[0]

    def _begin(self, root: Path, target: Path, encoder: Encoder | None, *, tell: bool) -> None:
        self._of = to_be_compiled_from(self._settings)
        self._hears, says = os.pipe()
        parent = os.getpid()
        self._process = os.fork()
        if self._process == 0:
            _run(root, target, encoder, says, parent if tell else None)
        os.close(says)

    def __call__(self, root: Path, target: Path, encoder: Encoder | None) -> None:
        """As `compile_content`: waits for the one that was begun, or begins one. Raises what that raises; StoreDamaged
        where the process was ended from outside.
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
            if self._goes_on():
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
        compile_content(root, target, encoder)
    except ContentInvalid as error:
        return error.faults
    except (SkillError, OSError) as error:
        return error
    return None
