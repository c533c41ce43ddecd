"""`serve`, `feedback`: the skill over HTTP, and what came back."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from skill.errors import InputInvalid, SettingsInvalid
from skill.settings import Settings

if TYPE_CHECKING:
    from skill.feedback.record import FeedbackStore


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=5000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--production", is_flag=True, help="gunicorn and several processes; signed requests only.")
@click.option(
    "--workers", type=click.IntRange(1, 256), help="Processes that answer.  [default: one a core, at least 2]"
)
@click.option("--metrics-host", default="127.0.0.1", show_default=True)
@click.option("--metrics-port", default=9464, show_default=True, type=click.IntRange(0, 65535), help="0 for none.")
def serve(host: str, port: int, production: bool, workers: int | None, metrics_host: str, metrics_port: int) -> None:
    """Serve the skill over HTTP. The options after --production are for that alone."""
    settings = Settings.from_env()
    if not production:
        from skill.cli.compiling import compiling
        from skill.web.serve import serve as serve_forever

        serve_forever(settings, host, port, compiling)
        return
    if not all(find_spec(module) for module in ("gunicorn", "prometheus_client")):
        raise SettingsInvalid("--production needs what is not installed: pip install 'bump-guide[production]'.")
    from skill.web.production.serve import serve_in_production
    from skill.web.production.server import Listening

    chosen = workers or max(2, os.cpu_count() or 1)
    serve_in_production(settings, Listening(host, port, metrics_host, metrics_port or None, chosen))


@click.group(invoke_without_command=True)
@click.option(
    "--html", type=click.Path(dir_okay=False, path_type=Path), help="Draw them in FILE instead.", metavar="FILE"
)
@click.pass_context
def feedback(ctx: click.Context, html: Path | None) -> None:
    """Print how often each topic was found helpful; with --html drawn, small counts withheld; or move the counts."""
    if ctx.invoked_subcommand is not None:
        if html:
            raise click.UsageError(f"--html does not go with {ctx.invoked_subcommand}.")
        return
    if html:
        _draw(html)
    else:
        _print_counts()


def _draw(file: Path) -> None:
    from skill.bench.insight import insight
    from skill.bench.insight_page import page
    from skill.feedback.connect import counted

    settings = Settings.from_env()
    shown = insight(counted(settings.feedback, settings.data), datetime.now(UTC).date())
    file.write_text(page(shown), encoding="utf-8")
    click.echo(f"{file}: open it in a browser.")


def _print_counts() -> None:
    from skill.feedback.record import reasons_by_topic

    table = Table("topic", "helpful", "not helpful")
    with closing(_feedback_store()) as store:
        for count in store.counts():
            table.add_row(count.topic, str(count.helpful), str(count.not_helpful))
        reasons = reasons_by_topic(store.tallies())
    Console().print(table)
    why = Table("topic", "why it did not help", "times")
    for reason in reasons:
        why.add_row(reason.topic, reason.reason.replace("_", " "), str(reason.times))
    if why.row_count:
        Console().print(why)


@feedback.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def feedback_export(file: Path) -> None:
    """Write all counts to FILE, as JSON lines, to be imported into another store."""
    from skill.feedback.connect import connect_existing
    from skill.feedback.move import export_lines

    settings = Settings.from_env()
    with closing(connect_existing(settings.feedback, settings.data)) as store:
        lines = export_lines(store)
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    click.echo(f"{len(lines) - 1} counts written to {file}.")


@feedback.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def feedback_import(file: Path) -> None:
    """Take over the counts of FILE. The same file twice changes nothing."""
    from skill.feedback.move import import_lines

    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise InputInvalid(f"{file} is not text in UTF-8. Export it again.") from error
    with closing(_feedback_store()) as store:
        changed = import_lines(store, lines, str(file))
    click.echo(f"{changed} of {len(lines) - 1} counts of {file} taken over; the others were here already.")


@feedback.command("prepare")
def feedback_prepare() -> None:
    """Make what the store needs, where it is not there yet: its file, its tables, or its DynamoDB table."""
    with closing(_feedback_store()) as store:
        store.prepare()
    click.echo("The feedback store is ready.")


def _feedback_store() -> FeedbackStore:
    from skill.feedback.connect import connect

    settings = Settings.from_env()
    return connect(settings.feedback, settings.data)
