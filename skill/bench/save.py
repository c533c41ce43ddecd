"""A conversation that was held on the bench, as a conversation test.

A test knows sentences only. A session that was ended in between is written as the `<oneshot>` that opens the next one,
which is what a sentence to a closed session does; what a test cannot hold is refused, or named as left out.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from skill.bench.devices import DeviceName
from skill.bench.road import Road
from skill.errors import InputInvalid
from skill.simulator.converse import LAUNCH, ONESHOT, SILENCE
from skill.simulator.hear import Mode
from skill.simulator.saved import to_dialog, to_yaml

_WORDS_OF_AN_ID = 6
_LONGEST_ID = 60
"""Characters: a file can be named after it."""


class NoSentence(BaseModel):
    """A turn without words: exactly one of these was sent."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    end: Annotated[str, Field(max_length=50)] | None = None
    """Why the session was ended."""
    bad_signature: bool = False
    """Refused at the door, so the session knows nothing of it."""
    edited: bool = False
    """A request that was written by hand."""


class SaveAsked(BaseModel):
    """Every turn, in order. It is held once more: the server has kept nothing of the first time."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    locale: str = "en-US"
    device: DeviceName = "speaker"
    hear: Mode = "alexa"
    said: Annotated[list[Annotated[str, Field(max_length=2000)] | NoSentence], Field(min_length=1, max_length=100)]
    only_last: bool = False
    """The last turn is to be saved; those before it are what led to it in its session."""


class Saved(NamedTuple):
    """A conversation test."""

    name: str
    """What it is called, and a file of it could be: a-z, 0-9 and hyphens."""
    text: str
    """YAML for `bump-guide test`, with a comment for what is not in it."""


def save_as_test(road: Road, asked: SaveAsked) -> Saved:
    """The conversation, or its last turn, as a test; nothing is written anywhere. Raises ModelInvalid; InputInvalid
    also where no test can hold it.
    """
    said = dict(_sayable(asked.said))
    _refuse_what_no_test_can_hold(asked, said.keys())
    conversation, _ = road.start(asked.locale, device=asked.device, mode=asked.hear)
    sentences = [*said.values()]
    name = identifier(sentences[-1:] if asked.only_last else sentences)
    dialog = to_dialog(name, asked.locale, map(conversation.say, sentences), only_last=asked.only_last)
    return Saved(name, "".join(_left_out(asked.said, said.keys())) + to_yaml([dialog]))


def _refuse_what_no_test_can_hold(asked: SaveAsked, sayable: Container[int]) -> None:
    """What follows an edited request in its session depends on what no test can say."""
    edited = [place for place, turn in enumerate(asked.said, 1) if isinstance(turn, NoSentence) and turn.edited]
    again = "Hold the conversation again without it."
    if edited and asked.only_last:
        raise InputInvalid(f"It depends on an edited request of its session, which a test cannot hold. {again}")
    if edited:
        raise InputInvalid(f"Turn {edited[0]} is an edited request, which a test cannot hold. {again}")
    needed = [len(asked.said) - 1] if asked.only_last else range(len(asked.said))
    if not any(place in sayable for place in needed):
        raise InputInvalid("Nothing was said that a test could hold.")


def _sayable(turns: Sequence[str | NoSentence]) -> Iterator[tuple[int, str]]:
    """Place and sentence of every turn that can be said again so that the same session hears it."""
    ended = False
    for place, turn in enumerate(turns):
        if isinstance(turn, NoSentence):
            ended = ended or turn.end is not None
        elif not ended:
            yield place, turn
        elif turn.strip() != SILENCE:  # to a closed session it is nothing, to an open one it would be a turn
            yield place, turn if turn.startswith((LAUNCH, ONESHOT)) else f"{ONESHOT} {turn}"
            ended = False


def _left_out(turns: Sequence[str | NoSentence], said: Container[int]) -> Iterator[str]:
    for place, turn in enumerate(turns):
        if place in said:
            continue
        if isinstance(turn, str):
            yield f"# Left out: turn {place + 1}, silence after the session had ended.\n"
        elif turn.bad_signature:
            yield f"# Left out: turn {place + 1}, a bad signature, which is no part of a conversation.\n"
        elif any(later in said for later in range(place, len(turns))):
            yield f"# In turn {place + 1} the session was ended: <oneshot> opens the next one.\n"
        else:
            yield f"# Left out: turn {place + 1}, the end of the session, after which nothing was said.\n"


def identifier(said: Sequence[str]) -> str:
    """A name for the dialog: the first words that were said."""
    words = next(
        (found for line in said if (found := re.findall(r"[a-z0-9]+", re.sub("<[^>]*>", "", line.lower())))), []
    )
    return "-".join(words[:_WORDS_OF_AN_ID])[:_LONGEST_ID].strip("-") or "conversation"
