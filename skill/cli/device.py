"""The pretended device that commands talk through: its options, and the skill behind it in this process."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from skill.errors import ModelInvalid
from skill.settings import Settings

if TYPE_CHECKING:
    from skill.alexa.handle import Skill
    from skill.simulator.hear import HearingModel

HEARING = click.Choice(["alexa", "strict", "whole", "lossy"])


def hear_options(command: Callable[..., Any]) -> Callable[..., Any]:
    command = click.option("--hear", "mode", type=HEARING, default="alexa", help="How the device hears.")(command)
    command = click.option(
        "--via", type=click.Path(path_type=Path), help="Use this interaction model file instead of the locale's own."
    )(command)
    return click.option("--locale", default="en-US", show_default=True, help="The device's locale.")(command)


def our_skill(settings: Settings | None = None) -> Skill:
    """Our own skill in this process, with these settings in place of the environment's; what is rated there is not
    kept.
    """
    from skill.alexa.handle import Skill
    from skill.assemble import assemble, open_library
    from skill.feedback.connect import connect

    settings = settings or Settings.from_env()
    return Skill(assemble(settings, open_library(settings), connect("memory:", settings.data)))


def starter(via: Path | None, mode: str, skill: Skill | None = None) -> Callable[[str], Any]:
    """A function that starts a conversation in a locale, over `skill`, or over our own."""
    from skill.simulator.converse import Conversation
    from skill.simulator.envelope import Device

    ours = skill or our_skill()
    model_of = cache(partial(hearing_model, via))

    def start(locale: str) -> Conversation:
        return Conversation(model_of(locale), ours.handle, Device(locale=locale), mode)  # type: ignore[arg-type]

    return start


def hearing_model(via: Path | None, locale: str) -> HearingModel:
    """What the matcher knows of a locale's interaction model, or of the file `via`. Raises ModelInvalid."""
    from skill.simulator.hear import HearingModel

    return HearingModel.load(model_path(locale, via))


def model_path(locale: str, via: Path | None = None) -> Path:
    """Where a locale's interaction model is: ours, or the file `via`. Raises ModelInvalid where there is none."""
    path = via or Settings.from_env().models / f"{locale}.json"
    if not path.is_file():
        ours = "" if via else ": run `bump-guide model build`"
        raise ModelInvalid(f"There is no interaction model for {locale} at {path}{ours}.")
    return path


def model_json(locale: str) -> dict[str, Any]:
    """A locale's interaction model as it is written. Raises ModelInvalid where there is none."""
    model: dict[str, Any] = json.loads(model_path(locale).read_text(encoding="utf-8"))
    return model


def starter_in(locale: str, mode: str) -> Callable[[], Any]:
    """A function that starts a conversation in this locale; named here so that another process can be told of it."""
    return partial(starter(None, mode), locale)


def lines() -> Iterator[str]:
    """What is typed, a line each, until the input ends."""
    while True:
        try:
            yield click.prompt("you", prompt_suffix="> ", default="", show_default=False)
        except click.Abort:
            return
