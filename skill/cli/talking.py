"""`ask`, `chat`, `test`: talk with the skill over the road of a real Alexa request."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from skill.cli.device import hear_options, our_skill, starter


@click.command()
@click.argument("sentence", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON, with the request and the response.")
@click.option(
    "--batch", is_flag=True, help='Read JSON lines {"id", "text", "locale"?} from standard input, write one for each.'
)
@hear_options
def ask(sentence: str | None, as_json: bool, batch: bool, locale: str, via: Path | None, mode: str) -> None:
    """Ask SENTENCE in one breath, in a session of its own, over the road of a real Alexa request."""
    from skill.simulator.batch import read_questions, result
    from skill.simulator.converse import ONESHOT
    from skill.simulator.explain import explain

    skill = our_skill()
    start = starter(via, mode, skill)
    if batch:
        for question in read_questions(sys.stdin.read().splitlines()):
            exchange = start(question.locale or locale).say(f"{ONESHOT} {question.text}")
            click.echo(json.dumps(result(question.id, exchange)))
        return
    if not sentence:
        raise click.UsageError("Say what to ask, in quotes, or use --batch.")
    exchange = start(locale).say(f"{ONESHOT} {sentence}")
    answer = result(None, exchange)
    if as_json:
        why = explain(skill.core, exchange.request)
        click.echo(
            json.dumps({**answer, "why": why, "request": exchange.request, "response": exchange.response}, indent=2)
        )
    else:
        _show(answer)


@click.command()
@hear_options
def chat(locale: str, via: Path | None, mode: str) -> None:
    """Talk with the skill, a line a turn; an empty line is silence. It begins by opening the skill."""
    from skill.simulator.converse import LAUNCH, SILENCE

    conversation = starter(via, mode)(locale)
    click.echo(conversation.say(LAUNCH).speech)
    for line in _lines():
        exchange = conversation.say(line.strip() or SILENCE)
        click.echo(exchange.speech or "(silence)")
        if exchange.ends:
            click.echo("(the session has ended)")
            return


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print each turn as JSON.")
@hear_options
def test(path: Path, as_json: bool, locale: str, via: Path | None, mode: str) -> None:
    """Hold the conversations written in PATH, a YAML file or a folder of them."""
    from skill.simulator.conversation_tests import load_conversations, run_conversation

    dialogs = load_conversations(path)
    start = starter(via, mode)
    results = [run_conversation(dialog, partial(start, dialog.get("locale", locale))) for dialog in dialogs]
    for held in results:
        if as_json:
            turns = [
                {"said": turn.said, "speech": turn.speech, "got": turn.got, "failures": list(turn.failures)}
                for turn in held.turns
            ]
            click.echo(json.dumps({"id": held.id, "passed": held.passed, "turns": turns}))
            continue
        for turn in held.turns:
            for failure in turn.failures:
                click.echo(f"{held.id}: {turn.said!r}: {failure}\n    said: {turn.speech}")
    passed = sum(held.passed for held in results)
    click.echo(f"{passed} of {len(results)} conversations passed")
    if passed != len(results):
        sys.exit(1)


def _lines() -> Iterator[str]:
    while True:
        try:
            yield click.prompt("you", prompt_suffix="> ", default="", show_default=False)
        except click.Abort:
            return


def _show(answer: dict[str, Any]) -> None:
    console = Console(highlight=False)
    console.print(answer["speech"], markup=False)
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for key in (
        "outcome",
        "urgent",
        "sign",
        "topic",
        "aspect",
        "choices",
        "intent",
        "heard",
        "channel",
        "words",
        "ends",
    ):
        value = answer[key]
        if value not in (None, [], "none"):
            table.add_row(key, ", ".join(value) if isinstance(value, list) else str(value))
    console.print(table)
