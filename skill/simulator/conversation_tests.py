"""Conversations written in YAML, held over the whole road: `bump-guide test PATH`.

Only what is listed under `expect` is asserted; a list as value means any of these. Keys: topic, aspect, urgent,
asks_back, ends, speaks_any, not_speaks. A turn that says "shorter" must also get fewer words than the one before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from skill.errors import InputInvalid
from skill.simulator.batch import result
from skill.simulator.converse import LAUNCH, ONESHOT, Conversation, Exchange

_KEYS = {"topic", "aspect", "urgent", "asks_back", "ends", "speaks_any", "not_speaks"}
_CALL = re.compile(r"\b(call|phone|ring|go|get|use)\b", re.IGNORECASE)
_SHORTER = re.compile(r"\bshorter\b")
_OPTION = re.compile(r"\$option([123])")


@dataclass(frozen=True)
class Failure:
    """One expectation that did not hold. As a string it is one sentence."""

    key: str
    """Of `expect`."""
    expected: str
    got: str
    sentence: str = ""
    """Where another says it better than "expected …, got …"."""

    def __str__(self) -> str:
        return f"{self.key}: {self.sentence or f'expected {self.expected}, got {self.got}'}"


@dataclass(frozen=True)
class TurnResult:
    """One turn of a conversation, as it went."""

    said: str
    speech: str
    got: dict[str, Any]
    failures: tuple[Failure, ...] = ()
    """Each expectation that did not hold: what was expected and what came."""


@dataclass(frozen=True)
class ConversationResult:
    """One conversation, as it went."""

    id: str
    turns: tuple[TurnResult, ...] = field(default=())

    @property
    def passed(self) -> bool:
        """No turn failed."""
        return not any(turn.failures for turn in self.turns)


def load_conversations(path: Path) -> list[dict[str, Any]]:
    """A YAML file, or every YAML file of a folder. Raises InputInvalid naming every fault of every file."""
    files = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    if not files or not path.exists():
        raise InputInvalid(f"There are no conversations at {path}: give a YAML file, or a folder of them.")
    faults: list[str] = []
    dialogs = [dialog for file in files for dialog in _dialogs(file, faults)]
    if faults:
        raise InputInvalid("\n".join(faults))
    return dialogs


def _dialogs(file: Path, faults: list[str]) -> Iterator[dict[str, Any]]:
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        faults.append(f"{file}: cannot be read: {error}")
        return
    dialogs = data.get("dialogs") if isinstance(data, dict) else None
    if not isinstance(dialogs, list):
        faults.append(f"{file}: has no list `dialogs`.")
        return
    for place, dialog in enumerate(dialogs):
        problems = list(_faults_of(dialog))
        faults.extend(f"{file}: dialogs.{place}: {problem}" for problem in problems)
        if not problems:
            yield dialog


def _faults_of(dialog: object) -> Iterator[str]:
    if not isinstance(dialog, dict) or "id" not in dialog or not isinstance(dialog.get("turns"), list):
        yield "needs `id` and a list `turns`."
        return
    if not dialog["turns"]:
        yield "`turns` is empty: nothing is said, so nothing is tested."
    for place, turn in enumerate(dialog["turns"]):
        if not isinstance(turn, dict) or not isinstance(turn.get("say"), str):
            yield f"turns.{place}: needs `say`."
            continue
        expect = turn.get("expect") or {}
        if not isinstance(expect, dict):
            yield f"turns.{place}.expect: is not a list of keys."
            continue
        for key in sorted(set(expect) - _KEYS):
            yield f"turns.{place}.expect: does not know {key!r}; known are {', '.join(sorted(_KEYS))}."


def run_conversation(dialog: Mapping[str, Any], start: Callable[[], Conversation]) -> ConversationResult:
    """Holds one conversation. When the session closes on a turn where `ends` is not expected to be false, the rest is
    skipped, except that <launch> and <oneshot> open a new one.
    """
    conversation = start()
    turns: list[TurnResult] = []
    options: list[str] = []
    words_before = 0
    skipping = False
    for turn in dialog["turns"]:
        say, expect = turn["say"], turn.get("expect") or {}
        if skipping and not say.startswith((LAUNCH, ONESHOT)):
            continue
        exchange = conversation.say(say)
        got = result(None, exchange)
        options = got["choices"] or options
        failures = [*_failures(expect, got, exchange, options)]
        if _SHORTER.search(say) and expect and got["words"] >= words_before:
            failures.append(Failure("shorter", f"fewer than {words_before} words", str(got["words"])))
        words_before = got["words"]
        turns.append(TurnResult(say, exchange.speech, got, tuple(failures)))
        skipping = exchange.ends and "ends" not in expect
    return ConversationResult(str(dialog["id"]), tuple(turns))


def _failures(
    expect: Mapping[str, Any], got: Mapping[str, Any], exchange: Exchange, options: list[str]
) -> Iterator[Failure]:
    for key in ("topic", "aspect"):
        if key in expect:
            wanted = [_named(value, options) for value in _any_of(expect[key])]
            if (got[key] or "none") not in wanted:
                yield Failure(key, _or(wanted), got[key] or "none")
    if "urgent" in expect and urgency(got) not in _any_of(expect["urgent"]):
        yield Failure("urgent", _or(_any_of(expect["urgent"])), urgency(got))
    if "asks_back" in expect and asks_back(exchange) is not expect["asks_back"]:
        yield Failure("asks_back", str(expect["asks_back"]), str(asks_back(exchange)))
    if "ends" in expect and exchange.ends is not expect["ends"]:
        yield Failure("ends", str(expect["ends"]), str(exchange.ends))
    yield from _words_failing(expect, exchange.speech)


def _words_failing(expect: Mapping[str, Any], speech: str) -> Iterator[Failure]:
    said = speech.lower()
    if "speaks_any" in expect and not any(str(words).lower() in said for words in _any_of(expect["speaks_any"])):
        wanted = _any_of(expect["speaks_any"])
        yield Failure("speaks_any", _or(wanted), speech, f"none of {wanted} is in the reply")
    for words in _any_of(expect.get("not_speaks", [])):
        if str(words).lower() in said:
            yield Failure("not_speaks", f"no {words!r}", speech, f"{words!r} is in the reply")


def asks_back(exchange: Exchange) -> bool:
    """The reply ends with a question and the session stays open."""
    return exchange.speech.rstrip().endswith("?") and not exchange.ends


def urgency(got: Mapping[str, Any]) -> str:
    """emergency, urgent or none, by words and field: get-care leads only where the first sentence says what to do."""
    first = re.split(r"(?<=[.?!]) ", str(got["speech"]))[0]
    return str(got["urgent"]) if _CALL.search(first) else "none"


def _or(values: list[Any]) -> str:
    return " or ".join(map(str, values))


def _named(value: Any, options: list[str]) -> Any:
    match = _OPTION.fullmatch(str(value))
    if match is None:
        return value
    number = int(match.group(1)) - 1
    return options[number] if number < len(options) else f"{value} (no choice was offered)"


def _any_of(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]
