"""`build`, `model build`, `model check`: what is generated from content."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from skill.settings import Settings


@click.command()
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
    click.echo(f"{len(errors)} errors, {len(report) - len(errors)} warnings.")
    if errors:
        sys.exit(1)
