"""A conversation that was held on the bench, as a conversation test."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from skill.bench.devices import DeviceName
from skill.bench.road import Road
from skill.simulator.hear import Mode
from skill.simulator.saved import to_dialog, to_yaml

_WORDS_OF_AN_ID = 6


class SaveAsked(BaseModel):
    """What was said, in order. It is held once more: the server has kept nothing of the first time."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    locale: str = "en-US"
    device: DeviceName = "speaker"
    hear: Mode = "alexa"
    said: Annotated[list[Annotated[str, Field(max_length=2000)]], Field(min_length=1, max_length=100)]


def save_as_test(road: Road, asked: SaveAsked) -> str:
    """The conversation as YAML for `bump-guide test`. Raises InputInvalid or ModelInvalid."""
    conversation, _ = road.start(asked.locale, device=asked.device, mode=asked.hear)
    exchanges = [conversation.say(said) for said in asked.said]
    return to_yaml([to_dialog(identifier(asked.said), asked.locale, exchanges)])


def identifier(said: Sequence[str]) -> str:
    """A name for the dialog: the first words that were said."""
    words = next(
        (found for line in said if (found := re.findall(r"[a-z0-9]+", re.sub("<[^>]*>", "", line.lower())))), []
    )
    return "-".join(words[:_WORDS_OF_AN_ID]) or "conversation"
