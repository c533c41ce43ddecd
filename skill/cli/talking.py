"""`ask`, `chat`: talk with the skill over the road of a real Alexa request."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from skill.cli.device import hear_options, lines, our_skill, starter

if TYPE_CHECKING:
    from skill.simulator.converse import Conversation, Exchange


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
@click.option("--save", "target", type=click.Path(dir_okay=False, path_type=Path), help="Save it as a test, in YAML.")
@click.option("--overwrite", is_flag=True, help="Save over a file that is there.")
@hear_options
def chat(target: Path | None, overwrite: bool, locale: str, via: Path | None, mode: str) -> None:
    """Talk with the skill, a line a turn; an empty line is silence. It begins by opening the skill."""
    from skill.simulator.saved import refuse_to_overwrite, save, to_dialog, to_yaml

    if target:
        refuse_to_overwrite(target, overwrite=overwrite)
    exchanges = []
    for exchange in _chat(starter(via, mode)(locale)):
        click.echo(exchange.speech or "(silence)")
        exchanges.append(exchange)
    if exchanges[-1].ends:
        click.echo("(the session has ended)")
    if target:
        save(target, to_yaml([to_dialog(target.stem, locale, exchanges)]), overwrite=overwrite)
        click.echo(f"{target}: {len(exchanges)} turns. Read what it expects, then: bump-guide test {target}")


def _chat(conversation: Conversation) -> Iterator[Exchange]:
    """Opens the skill, then says what is typed until the session or the input ends."""
    from skill.simulator.converse import LAUNCH, SILENCE

    yield conversation.say(LAUNCH)
    for line in lines():
        exchange = conversation.say(line.strip() or SILENCE)
        yield exchange
        if exchange.ends:
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
