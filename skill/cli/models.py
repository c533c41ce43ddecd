"""`build`, `model build`, `model check`, `model compare`: what is generated from content."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from skill.cli.compiling import compiling
from skill.cli.device import hear_options, hearing_model
from skill.errors import counted
from skill.settings import Settings


@click.command()
@click.option("--content-only", is_flag=True, help="Write no interaction models and schemas: what a server needs.")
def build(content_only: bool) -> None:
    """Compile the content, and generate the interaction models from it."""
    from skill.alexa.interaction_model import build_models, write_models
    from skill.assemble import compile_content, compiled_path, load_encoder
    from skill.library.load import write_schemas

    settings = Settings.from_env()
    with compiling():
        content = compile_content(settings.content, compiled_path(settings), load_encoder())
    compiled = f"{len(content.articles)} articles and {len(content.signs)} urgent signs compiled"
    if content_only:
        click.echo(f"{compiled}.")
        return
    models = build_models(content, settings.invocation_name)
    write_models(models, settings.models)
    write_schemas(settings.content)
    click.echo(f"{compiled}, {len(models)} models.")


@click.group()
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
    warned = [line for line in report if line not in errors]
    click.echo(f"{counted(errors, 'error')}, {counted(warned, 'warning')}.")
    if errors:
        sys.exit(1)


@model.command("compare")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the differences as JSON lines.")
@hear_options
def model_compare(file: Path, as_json: bool, locale: str, via: Path | None, mode: str) -> None:
    """Hold our matcher against what Amazon's utterance profiler said, FILE, and print where it differs, by rule:
    docs/tasks/compare-with-alexa.md.
    """
    from dataclasses import asdict

    from skill.formats.differences import RULES, differences
    from skill.formats.profiled import read_profiled

    profiled = read_profiled(file)
    found = [*differences(hearing_model(via, locale), profiled, mode)]  # type: ignore[arg-type]
    if as_json:
        for one in found:
            click.echo(json.dumps(asdict(one)))
        return
    console = Console(highlight=False)
    for rule, called in RULES.items():
        rows = [one for one in found if one.rule == rule]
        table = Table(
            "utterance", "ours", "Amazon's", title=f"Rule {rule}, {called}: {len(rows)}", title_justify="left"
        )
        for one in rows:
            table.add_row(Text(one.utterance), Text(one.ours), Text(one.amazons))
        if rows:
            console.print(table)
    intents = sum(one.what == "intent" for one in found)
    click.echo(
        f"{len(profiled) - len(found)} of {len(profiled)} sentences are heard alike; {intents} differ in the intent"
    )
