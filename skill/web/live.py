"""The skill that is being served. In development an edited article is served with the next request, without a restart;
in production when the server is told to. A broken edit keeps the last good content and says so.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path

from skill.alexa.handle import Skill
from skill.errors import ContentInvalid, Fault, SkillError, counted

_log = logging.getLogger(__name__)


class LiveSkill:
    """Gives the skill to answer with now."""

    def __init__(self, make: Callable[[], Skill], watched: Path | None = None) -> None:
        """`make` builds a skill from the content as it is; `watched` is the folder whose edits count, None for none.

        Raises what `make` raises: there is no good content yet.
        """
        self._make = make
        self._watched = watched
        self._lock = threading.Lock()
        self._seen = self._stamp()
        self._skill = make()
        self.problem: str | None = None
        """Why the files as they are now are not served; None where they are."""
        self.faults: tuple[Fault, ...] = ()
        """What is wrong with them, where it is the content."""

    def current(self) -> Skill:
        """The skill, made anew where the files have changed. Raises nothing."""
        if self._watched is None or self._stamp() == self._seen:
            return self._skill
        with self._lock:
            stamp = self._stamp()
            if stamp != self._seen:
                self._seen = stamp
                self.renew()
        return self._skill

    def renew(self) -> None:
        """Makes the skill anew. Raises nothing: what cannot be served is logged, and the last good one stays."""
        self.faults = ()
        try:
            self._skill = self._make()
        except ContentInvalid as error:
            self.faults = error.faults
            self.problem = f"{counted(error.faults, 'fault')} in the content; serving the last good version."
            _log.error("%s\n%s", self.problem, error)
        except (SkillError, OSError) as error:
            self.problem = f"The content could not be built; serving the last good version. {error}"
            _log.error("%s", self.problem)
        else:
            self.problem = None
            _log.warning("Content changed: now serving version %s.", self._skill.core.library.version)

    def _stamp(self) -> tuple[tuple[str, int, int], ...]:
        """Of every file, at every request: paths as text, which takes a fifth of the time that pathlib takes."""
        if self._watched is None:
            return ()
        paths = (os.path.join(folder, name) for folder, _, names in os.walk(self._watched) for name in names)
        files = ((path, os.stat(path)) for path in sorted(paths) if path.endswith(".yaml"))
        return tuple((path, status.st_mtime_ns, status.st_size) for path, status in files)
