"""A conversation that was held → a conversation test: YAML as `bump-guide test` reads it.

What is expected is what came: topic, aspect, urgency, whether it asks back, whether it ends. A topic that was picked
from a choice is written as `$option1`, `$option2` or `$option3`, so that the test still says what was picked when
another topic is offered in that place. Never the wording: that may change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from skill.errors import InputInvalid
from skill.simulator.batch import result
from skill.simulator.conversation_tests import asks_back, urgency
from skill.simulator.converse import Exchange

_HEAD = "# The keys under `expect` are explained in docs/tasks/test-a-conversation.md.\n"


def to_dialog(
    identifier: str, locale: str, exchanges: Iterable[Exchange], *, only_last: bool = False
) -> dict[str, Any]:
    """One dialog of a conversation test, from its exchanges in order; held again, it passes. `only_last`: something is
    expected of the last turn, and those before it only lead there.
    """
    turns = [*_turns(exchanges)]
    leading = [{"say": turn["say"]} for turn in turns[:-1]] if only_last else turns[:-1]
    return {"id": identifier, "locale": locale, "turns": [*leading, *turns[-1:]]}


def _turns(exchanges: Iterable[Exchange]) -> Iterator[dict[str, Any]]:
    options: list[str] = []
    picked, just_offered = "none", False
    for exchange in exchanges:
        got = result(None, exchange)
        topic = got["topic"] or "none"
        if just_offered and topic in options:
            picked = topic
        elif topic not in (picked, "none"):
            picked = "none"
        named = f"$option{options.index(topic) + 1}" if topic == picked != "none" else topic
        yield {"say": exchange.said, "expect": {"topic": named, **_rest(got, exchange)}}
        options, just_offered = got["choices"] or options, bool(got["choices"])


def _rest(got: dict[str, Any], exchange: Exchange) -> dict[str, Any]:
    aspect = {"aspect": got["aspect"]} if got["aspect"] else {}
    return {**aspect, "urgent": urgency(got), "asks_back": asks_back(exchange), "ends": exchange.ends}


def to_yaml(dialogs: Sequence[dict[str, Any]]) -> str:
    """The text of a file of conversation tests."""
    data = {"dialogs": list(dialogs)}
    text = _dump(data, readable=True)
    # PyYAML writes some unprintable characters so that they are read back as others; escaped, they stay themselves.
    return _HEAD + (text if yaml.safe_load(text) == data else _dump(data, readable=False))


def _dump(data: dict[str, Any], *, readable: bool) -> str:
    text: str = yaml.safe_dump(data, sort_keys=False, allow_unicode=readable, width=110, default_flow_style=None)
    return text


def save(path: Path, text: str, *, overwrite: bool = False) -> None:
    """Writes a file of tests. Raises InputInvalid where there is one already, unless it may be written over."""
    refuse_to_overwrite(path, overwrite=overwrite)
    path.write_text(text, encoding="utf-8", newline="")


def refuse_to_overwrite(path: Path, *, overwrite: bool) -> None:
    """Raises InputInvalid where the file is there and may not be written over: to be asked before the work is done."""
    if path.exists() and not overwrite:
        raise InputInvalid(f"{path} is there already: name another file, or add --overwrite.")
