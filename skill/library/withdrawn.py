"""Topics taken off the air: a register that an operator edits with `bump-guide withdraw`, read live by the server.

It is a small file of its own beside the content, so that a withdrawal needs no build, no release and no restart. An
operator whose files cannot be written, as on Lambda, names topics in a setting instead.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from skill.errors import ContentInvalid, Fault
from skill.library.frozen import Frozen
from skill.whole_file import write_whole

if TYPE_CHECKING:
    from skill.library.kinds import Text

_log = logging.getLogger(__name__)

_HEAD = "# Topics that are off the air. Written by `bump-guide withdraw TOPIC --reason …`, undone by `--restore`.\n"


class Withdrawal(Frozen):
    """Why and since when a topic is not talked about."""

    reason: Text
    on: date


def read_register(path: Path) -> dict[str, Withdrawal]:
    """Topic id → its withdrawal; empty where there is no file. Raises ContentInvalid where it cannot be read as one."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, str(error)) from error
    import yaml  # noqa: PLC0415 - where nothing was ever withdrawn there is no file to read
    from pydantic import ValidationError  # noqa: PLC0415

    from skill.library.kinds import Id, checker  # noqa: PLC0415

    try:
        register: dict[str, Withdrawal] = checker(dict[Id, Withdrawal]).validate_python(yaml.safe_load(text) or {})
        return register
    except (yaml.YAMLError, ValidationError) as error:
        raise _unreadable(path, str(error).splitlines()[0]) from error


def _unreadable(path: Path, problem: str) -> ContentInvalid:
    return ContentInvalid([Fault(path.name, "", f"Cannot be read: {problem}.", "Correct it by hand.")])


def write_register(path: Path, register: Mapping[str, Withdrawal]) -> None:
    """Writes the register whole or not at all. Raises OSError where the folder cannot be written."""
    import yaml  # noqa: PLC0415

    entries = {topic: vars(entry) for topic, entry in sorted(register.items())}
    write_whole(path, _HEAD + yaml.safe_dump(entries, allow_unicode=True, sort_keys=False))


class WithdrawnTopics:
    """The topics that are off the air now: those of the file, read again whenever it changes, and `always`."""

    def __init__(self, path: Path, always: frozenset[str] = frozenset()) -> None:
        """Raises ContentInvalid where the file cannot be read: what is off the air has to be known at start."""
        self._path = path
        self._always = always
        self._seen = self._stamp()
        self._topics = always | read_register(path).keys()

    def __call__(self) -> frozenset[str]:
        """Topic ids. Raises nothing: while the file cannot be read, what was known last stays withdrawn."""
        stamp = self._stamp()
        if stamp != self._seen:
            self._seen = stamp
            try:
                self._topics = self._always | read_register(self._path).keys()
            except ContentInvalid as error:
                _log.error("The register of withdrawn topics is broken, the last good one stays in force: %s", error)
        return self._topics

    def _stamp(self) -> tuple[int, int, int] | None:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino
