"""The road of a sentence on the bench: the same as on a device, with a watch held beside it.

Sentence → matcher → request JSON → skill in this process → response JSON. Nothing is kept between two turns: what a
device keeps comes in with the turn and goes back with the answer.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from skill.alexa.handle import Skill
from skill.bench.devices import VIEWPORTS, DeviceName
from skill.dialogue.core import Core
from skill.errors import InputInvalid
from skill.feedback.memory import MemoryStore
from skill.simulator.converse import Conversation, Kept
from skill.simulator.envelope import Device, Json
from skill.simulator.hear import HearingModel, Mode

_Result = TypeVar("_Result")


@dataclass
class Stopwatch:
    """Milliseconds by stage of one turn."""

    spent: dict[str, float] = field(default_factory=dict)

    def timed(self, stage: str, function: Callable[..., _Result]) -> Callable[..., _Result]:
        """The function, whose time counts for the stage."""

        def watched(*args: Any, **named: Any) -> _Result:
            start = time.perf_counter()
            try:
                return function(*args, **named)
            finally:
                self.spent[stage] = self.spent.get(stage, 0.0) + (time.perf_counter() - start) * 1000

        return watched


class _WatchedResolver:
    """The resolver with the watch around its search."""

    def __init__(self, core: Core, watch: Stopwatch) -> None:
        self.resolve = watch.timed("topics", core.resolver.resolve)


class Road:
    """Conversations with the skill that is served now."""

    def __init__(self, core: Callable[[], Core], models: Path, *, counted: bool = False) -> None:
        """`core` gives the parts as they are now; `models` is the folder of interaction models. `counted`: ratings
        are those of real listeners; a developer's are nobody's.
        """
        self.core = core
        self._counted = counted
        self._models = models
        self._load = lru_cache(maxsize=16)(lambda path, changed: HearingModel.load(path))

    @property
    def locales(self) -> tuple[str, ...]:
        """Those that the library speaks."""
        return self.core().library.locales

    def start(
        self, locale: str, *, device: DeviceName = "speaker", mode: Mode = "alexa", kept: Kept | None = None
    ) -> tuple[Conversation, Stopwatch]:
        """A conversation in its own session, or the one that `kept` tells of. Raises InputInvalid for a locale that
        nobody speaks here, ModelInvalid where its interaction model cannot be read.
        """
        core = self.core()
        if locale not in core.library.locales:
            raise InputInvalid(f"There is no locale {locale[:20]!r}: use one of {', '.join(core.library.locales)}.")
        path = self._models / f"{locale}.json"
        model = self._load(path, path.stat().st_mtime_ns if path.exists() else 0)
        watch = Stopwatch()
        pretended = pretended_device(locale, device)
        conversation = Conversation(model, watch.timed("skill", self._endpoint(core, watch)), pretended, mode)
        if kept is not None:
            conversation.resume(kept)
        return conversation, watch

    def _endpoint(self, core: Core, watch: Stopwatch) -> Callable[[Json], Json]:
        watched: Any = {
            "urgent": watch.timed("urgent", core.urgent),
            "aspect_of": watch.timed("aspect", core.aspect_of),
            "resolver": _WatchedResolver(core, watch),
        }
        feedback = core.feedback if self._counted else MemoryStore()
        return Skill(replace(core, feedback=feedback, **watched)).handle


def pretended_device(locale: str, device: DeviceName) -> Device:
    """A device of that name in that locale."""
    viewport = VIEWPORTS[device]
    return Device(locale=locale, screen=viewport is not None, viewport=viewport)
