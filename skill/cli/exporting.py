"""`export`: what the skill knows and hears, for other assistants and tools."""

from __future__ import annotations

from pathlib import Path

import click

from skill.cli.device import model_json
from skill.settings import Settings

_OVERWRITE = click.option("--overwrite", is_flag=True, help="Write over files that are there.")
_FILE = click.argument("target", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
_LOCALES = click.option("--locale", "locales", multiple=True, default=["en-US"], show_default=True)


@click.group()
def export() -> None:
    """Topics, sentences and answers in forms that others read."""


@export.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--locale", default="en-US", show_default=True, help="Whose sentences.")
@_OVERWRITE
def hassil(folder: Path, locale: str, overwrite: bool) -> None:
    """Sentences and lists for Home Assistant, into FOLDER/<language>: docs/tasks/use-with-home-assistant.md."""
    from skill.exports.hassil import left_out, to_hassil, to_yaml
    from skill.simulator.saved import refuse_to_overwrite, save

    model, language = model_json(locale), locale.partition("-")[0]
    sentences, lists = to_hassil(model, language)
    files = {folder / language / f"bump-guide-{kind}.yaml": data for kind, data in
             (("sentences", sentences), ("lists", lists))}  # fmt: skip
    for path in files:
        refuse_to_overwrite(path, overwrite=overwrite)
    for path, data in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        save(path, to_yaml(data), overwrite=overwrite)
        click.echo(path)
    click.echo(f"Left out, since they need a conversation: {', '.join(left_out(model, sentences))}.")


@export.command("csv")
@_FILE
@_LOCALES
@_OVERWRITE
def export_csv(target: Path, locales: tuple[str, ...], overwrite: bool) -> None:
    """Topics, samples and answers as one table."""
    _write_tables("csv", target, locales, overwrite)


@export.command("json")
@_FILE
@_LOCALES
@_OVERWRITE
def export_json(target: Path, locales: tuple[str, ...], overwrite: bool) -> None:
    """Topics, samples and answers as JSON."""
    _write_tables("json", target, locales, overwrite)


def _write_tables(kind: str, target: Path, locales: tuple[str, ...], overwrite: bool) -> None:
    from skill.assemble import open_library, withheld_always
    from skill.exports.tables import build_tables, to_csv, to_json
    from skill.library.withdrawn import read_register
    from skill.simulator.saved import refuse_to_overwrite, save

    refuse_to_overwrite(target, overwrite=overwrite)
    settings = Settings.from_env()
    library = open_library(settings)
    withheld = {*read_register(settings.withdrawn_path), *withheld_always(settings, library)}
    tables = build_tables(library, {locale: model_json(locale) for locale in locales}, locales, withheld)
    save(target, to_csv(tables) if kind == "csv" else to_json(tables), overwrite=overwrite)
    unsigned = sum(topic.review == "unreviewed" for topic in tables.topics)
    click.echo(
        f"{target}: {len(tables.topics)} topics, {unsigned} of them unreviewed, {len(tables.samples)} samples,"
        f" {len(tables.answers)} answers."
    )
    if withheld:
        click.echo(f"Off the air and not in it: {', '.join(sorted(withheld))}.")
