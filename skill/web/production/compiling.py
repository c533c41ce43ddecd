"""Content is compiled in a process of its own: that takes twice the memory of serving, and a parent that lives for
months would keep it, and hand it to every process it forks.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from skill.build import build
from skill.encoder.encoder import Encoder
from skill.errors import ContentInvalid, Fault, SkillError, StoreDamaged

_Told = Sequence[Fault] | SkillError | OSError | None
"""What the process says at its end: the faults of the content, another error, or nothing."""


def build_apart(root: Path, target: Path, encoder: Encoder | None) -> None:
    """As `build`, and raises what that raises; StoreDamaged where the process was ended from outside."""
    context = multiprocessing.get_context("fork")
    hears, says = context.Pipe(duplex=False)
    process = context.Process(target=_build, args=(root, target, encoder, says), name="compile")
    process.start()
    says.close()
    told = _heard(hears)
    process.join()
    if isinstance(told, Exception):
        raise told
    if told:
        raise ContentInvalid(told)


def _build(root: Path, target: Path, encoder: Encoder | None, says: Connection) -> None:
    os.nice(5)  # those who ask meanwhile come first
    told: _Told = None
    try:
        build(root, target, encoder)
    except ContentInvalid as error:
        told = error.faults
    except (SkillError, OSError) as error:
        told = error
    says.send(told)


def _heard(hears: Connection) -> _Told:
    try:
        told: _Told = hears.recv()
    except EOFError:
        return StoreDamaged("Compiling the content ended without a word, perhaps for want of memory.")
    return told
