"""`bump-guide`: ask, chat, test, check, build, model, serve, feedback. Each command is a few lines that call a room."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from skill import __version__
from skill.errors import ContentInvalid, ModelInvalid, SkillError
from skill.settings import Settings

# Heavy rooms are imported inside the commands that need them, so that `--help` and errors come at once.
# ruff: noqa: PLC0415

_HEARING = click.Choice(["alexa", "strict", "whole", "lossy"])


class _Commands(click.Group):
    """Errors are sentences and exit code 1, never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ContentInvalid as error:
            _print_faults(error)
            ctx.exit(1)
        except (SkillError, OSError) as error:
            click.echo(f"bump-guide: {error}", err=True)
            ctx.exit(1)


@click.group(cls=_Commands)
@click.version_option(__version__)
def main() -> None:
    """Answers to questions about symptoms in pregnancy and after birth, for smart speakers."""
    logging.basicConfig(format="%(levelname)s %(message)s", level=logging.WARNING)


def _print_faults(error: ContentInvalid) -> None:
    for fault in error.faults:
        click.echo(str(fault), err=True)
    click.echo(f"{len(error.faults)} faults.", err=True)


def _hear_options(command: Callable[..., Any]) -> Callable[..., Any]:
    command = click.option("--hear", "mode", type=_HEARING, default="alexa", help="How the device hears.")(command)
    command = click.option(
        "--via", type=click.Path(path_type=Path), help="Use this interaction model file instead of the locale's own."
    )(command)
    return click.option("--locale", default="en-US", show_default=True, help="The device's locale.")(command)


@main.command()
@click.argument("sentence", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON, with the request and the response.")
@click.option(
    "--batch", is_flag=True, help='Read JSON lines {"id", "text", "locale"?} from standard input, write one for each.'
)
@_hear_options
def ask(sentence: str | None, as_json: bool, batch: bool, locale: str, via: Path | None, mode: str) -> None:
    """Ask SENTENCE in one breath, in a session of its own, over the road of a real Alexa request."""
    from skill.simulator.batch import read_questions, result
    from skill.simulator.converse import ONESHOT

    start = _starter(via, mode)
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
        click.echo(json.dumps({**answer, "request": exchange.request, "response": exchange.response}, indent=2))
    else:
        _show(answer)


@main.command()
@_hear_options
def chat(locale: str, via: Path | None, mode: str) -> None:
    """Talk with the skill, a line a turn; an empty line is silence. It begins by opening the skill."""
    from skill.simulator.converse import LAUNCH, SILENCE

    conversation = _starter(via, mode)(locale)
    click.echo(conversation.say(LAUNCH).speech)
    for line in _lines():
        exchange = conversation.say(line.strip() or SILENCE)
        click.echo(exchange.speech or "(silence)")
        if exchange.ends:
            click.echo("(the session has ended)")
            return


@main.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print each turn as JSON.")
@_hear_options
def test(path: Path, as_json: bool, locale: str, via: Path | None, mode: str) -> None:
    """Hold the conversations written in PATH, a YAML file or a folder of them."""
    from skill.simulator.conversation_tests import load_conversations, run_conversation

    dialogs = load_conversations(path)
    start = _starter(via, mode)
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


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--locale", default="en-US", show_default=True, help="The device's locale.")
@click.option("--hear", "modes", type=_HEARING, multiple=True, help="Hearing modes; all four unless given.")
def evaluate(files: tuple[Path, ...], locale: str, modes: tuple[str, ...]) -> None:
    """Score labelled questions, JSON lines in FILES, over the whole road, in each hearing mode side by side."""
    from skill.assemble import open_library
    from skill.evaluate import evaluate as score
    from skill.evaluate import read_lines
    from skill.simulator.hear import MODES

    lines = read_lines(files)
    names = list(open_library(Settings.from_env()).names)
    chosen = modes or MODES
    columns = [score(lines, partial(_starter(None, mode), locale), names) for mode in chosen]
    table = Table("", *chosen)
    for row in zip(*columns, strict=True):
        table.add_row(row[0].what, *(f"{share.points:g} of {share.of}" for share in row))
    Console().print(table)


@main.command()
def check() -> None:
    """Check every content file, and every reply that can be composed from them, and report every fault at once."""
    from skill.check import check_content

    faults, longest = check_content(Settings.from_env().content)
    if faults:
        raise ContentInvalid(faults)
    table = Table("reply", "words", "at most", "seconds", "topic or sign", "locale", title="The longest of each kind")
    for row in longest:
        table.add_row(row.kind, str(row.words), str(row.limit), f"{row.words / 2.5:.0f}", row.of, row.locale)
    Console().print(table)
    click.echo("No faults.")


@main.command()
def build() -> None:
    """Compile the content, and generate the interaction models from it."""
    from skill.alexa.interaction_model import build_models, write_models
    from skill.assemble import compiled_path
    from skill.build import build as compile_content
    from skill.library.load import write_schemas

    settings = Settings.from_env()
    content = compile_content(settings.content, compiled_path(settings))
    models = build_models(content, settings.invocation_name)
    write_models(models, settings.models)
    write_schemas(settings.content)
    click.echo(
        f"{len(content.articles)} articles and {len(content.signs)} urgent signs compiled, {len(models)} models."
    )


@main.group()
def model() -> None:
    """Alexa's interaction models, generated from content."""


@model.command("build")
def model_build() -> None:
    """Generate the interaction model of every locale."""
    from skill.alexa.interaction_model import build_models, write_models
    from skill.library.load import load_content

    settings = Settings.from_env()
    models = build_models(load_content(settings.content), settings.invocation_name)
    write_models(models, settings.models)
    for locale in models:
        click.echo(settings.models / f"{locale}.json")


@model.command("check")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--drift", is_flag=True, help="Fail, too, where the files are not what the content generates.")
@click.option("--warnings", is_flag=True, help="List the warnings, too: what a device has to show.")
def model_check(files: tuple[Path, ...], drift: bool, warnings: bool) -> None:
    """Check interaction models against Alexa's limits and rules: FILES, or those of every locale."""
    from skill.check import check_models

    settings = Settings.from_env()
    report = check_models(settings, files, drift_too=drift)
    errors = [line for line in report if line.startswith("error")]
    for line in report if warnings else errors:
        click.echo(line, err=True)
    click.echo(f"{len(errors)} errors, {len(report) - len(errors)} warnings.")
    if errors:
        sys.exit(1)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=5000, show_default=True, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Serve the skill over HTTP."""
    from skill.web.serve import serve as serve_forever

    serve_forever(Settings.from_env(), host, port)


@main.command()
def feedback() -> None:
    """Print how often each topic was found helpful."""
    from skill.feedback.connect import connect

    settings = Settings.from_env()
    table = Table("topic", "helpful", "not helpful")
    for count in connect(settings.feedback, settings.data).counts():
        table.add_row(count.topic, str(count.helpful), str(count.not_helpful))
    Console().print(table)


def _starter(via: Path | None, mode: str) -> Callable[[str], Any]:
    """A function that starts a conversation in a locale, over our own skill in this process."""
    from skill.alexa.handle import Skill
    from skill.assemble import assemble, open_library
    from skill.feedback.connect import connect
    from skill.simulator.converse import Conversation
    from skill.simulator.envelope import Device
    from skill.simulator.hear import HearingModel

    settings = Settings.from_env()
    skill = Skill(assemble(settings, open_library(settings), connect("memory:", settings.data)))
    models: dict[Path, HearingModel] = {}

    def start(locale: str) -> Conversation:
        path = via or settings.models / f"{locale}.json"
        if not path.is_file():
            raise ModelInvalid(f"There is no interaction model for {locale} at {path}.")
        if path not in models:
            models[path] = HearingModel.load(path)
        return Conversation(models[path], skill.handle, Device(locale=locale), mode)  # type: ignore[arg-type]

    return start


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
