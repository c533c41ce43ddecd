"""`test` and `convert`: conversation tests, and the replay and annotation files of Amazon's tools."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from skill.cli.device import hear_options, hearing_model, starter
from skill.errors import InputInvalid
from skill.settings import Settings

if TYPE_CHECKING:
    from skill.formats.annotations import AnnotationSet
    from skill.formats.convert import Kind
    from skill.formats.replay import Replay
    from skill.formats.which import Dialogs
    from skill.simulator.conversation_tests import ConversationResult


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print each turn as JSON.")
@hear_options
def test(path: Path, as_json: bool, locale: str, via: Path | None, mode: str) -> None:
    """Hold the conversations written in PATH, a YAML file or a folder of them; say a replay file of Amazon's again; or
    hold an annotation set (JSON or CSV) against the interaction model.
    """
    from skill.formats.annotations import AnnotationSet
    from skill.formats.replay import Replay
    from skill.formats.which import read_any

    read = read_any(path)
    if isinstance(read, Replay):
        _say_again(read, via, mode)
    elif isinstance(read, AnnotationSet):
        _hold_against_model(read, as_json, locale, via, mode)
    else:
        _hold(read, as_json, locale, via, mode)


def _hold(dialogs: Dialogs, as_json: bool, locale: str, via: Path | None, mode: str) -> None:
    from skill.simulator.conversation_tests import run_conversation

    start = starter(via, mode)
    results = [run_conversation(dialog, partial(start, dialog.get("locale", locale))) for dialog in dialogs]
    console = Console(highlight=False)
    for held in results:
        if as_json:
            click.echo(_as_json(held))
        else:
            show_failures(held, console)
    passed = sum(held.passed for held in results)
    click.echo(f"{passed} of {len(results)} conversations passed")
    if passed != len(results):
        sys.exit(1)


def _as_json(held: ConversationResult) -> str:
    turns = [
        {"said": turn.said, "speech": turn.speech, "got": turn.got, "failures": [*map(str, turn.failures)]}
        for turn in held.turns
    ]
    return json.dumps({"id": held.id, "passed": held.passed, "turns": turns})


def show_failures(held: ConversationResult, console: Console) -> None:
    """Expected and got side by side in a terminal; a line for each where another program reads."""
    for turn in held.turns:
        if not turn.failures:
            continue
        if not console.is_terminal:
            for failure in turn.failures:
                click.echo(f"{held.id}: {turn.said!r}: {failure}\n    said: {turn.speech}")
            continue
        table = Table("", "expected", "got", title=Text(f"{held.id}: {turn.said!r}"), title_justify="left")
        for failure in turn.failures:
            table.add_row(failure.key, Text(failure.expected), Text(failure.got))
        console.print(table, Text(f"said: {turn.speech}\n"))


def _say_again(replay: Replay, via: Path | None, mode: str) -> None:
    """A replay expects nothing: what is said, and the reply."""
    from skill.formats.replay import as_said_here

    invocation = hearing_model(via, replay.locale).invocation_name
    conversation = starter(via, mode)(replay.locale)
    for sentence in replay.spoken:
        exchange = conversation.say(as_said_here(sentence, invocation))
        click.echo(f"User  > {sentence.strip()}\nAlexa > {exchange.speech}")
    click.echo(f"{len(replay.spoken)} sentences were said; a replay file expects nothing.")


def _hold_against_model(read: AnnotationSet, as_json: bool, locale: str, via: Path | None, mode: str) -> None:
    from dataclasses import asdict

    from skill.formats.misses import misses
    from skill.simulator.hear import hear

    model = hearing_model(via, locale)
    missed = [*misses(read, partial(hear, model, mode=mode))]  # type: ignore[arg-type]
    table = Table("utterance", "expected", "got")
    for miss in missed:
        if as_json:
            click.echo(json.dumps(asdict(miss)))
        table.add_row(Text(miss.utterance), Text(miss.expected), Text(miss.got))
    if missed and not as_json:
        Console(highlight=False).print(table)
    click.echo(f"{len(read.data) - len(missed)} of {len(read.data)} annotations passed")
    if missed:
        sys.exit(1)


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--to",
    "kind",
    type=click.Choice(["replay", "annotations", "conversations"]),
    help="What TARGET is; told by its ending where that is clear: .yaml, .csv, or .json for JSON of the same kind.",
)
@click.option("--skill-id", help="The skill that a replay file is for.")
@click.option(
    "--locale",
    default="en-US",
    show_default=True,
    help="Of what does not name its own; and, of conversations in several locales, the one that a replay file is of.",
)
@click.option("--via", type=click.Path(path_type=Path), help="The interaction model that sentences are heard with.")
@click.option("--overwrite", is_flag=True, help="Write over a file that is there.")
def convert(
    source: Path, target: Path, kind: Kind | None, skill_id: str | None, locale: str, via: Path | None, overwrite: bool
) -> None:
    """Turn SOURCE into TARGET: conversation tests (YAML), `ask dialog` replay files (JSON) and NLU annotation sets
    (JSON, CSV). What cannot be carried over is said.
    """
    from skill.formats.convert import Setting
    from skill.formats.convert import convert as converted
    from skill.formats.which import read_any
    from skill.simulator.hear import hear
    from skill.simulator.saved import save

    read = read_any(source)
    model = hearing_model(via, locale)
    named = skill_id or Settings.from_env().skill_id
    setting = Setting(model.invocation_name, named, locale, source.stem, partial(hear, model))
    text, notes = converted(read, _kind(kind, read, target), setting, csv=target.suffix.lower() == ".csv")
    save(target, text, overwrite=overwrite)
    for note in notes:
        click.echo(f"not carried over: {note}", err=True)
    click.echo(f"{target}: written, with {len(notes)} notes.")


def _kind(kind: Kind | None, read: Replay | AnnotationSet | Dialogs, target: Path) -> Kind:
    """What TARGET is, by option, by its ending, or as SOURCE. Raises InputInvalid where the ending says too little."""
    from skill.formats.annotations import AnnotationSet
    from skill.formats.replay import Replay

    ending = target.suffix.lower()
    if kind:
        return kind
    if ending in (".yaml", ".yml"):
        return "conversations"
    if ending == ".csv" or isinstance(read, AnnotationSet):
        return "annotations"
    if ending == ".json" and isinstance(read, Replay):
        return "replay"
    raise InputInvalid(f"{target} may be a replay file or an annotation set: say --to replay or --to annotations.")
