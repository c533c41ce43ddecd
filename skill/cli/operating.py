"""`serve`, `feedback`: the skill over HTTP, and what came back."""

from __future__ import annotations

import click
from rich.console import Console
from rich.table import Table

from skill.settings import Settings


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=5000, show_default=True, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Serve the skill over HTTP."""
    from skill.web.serve import serve as serve_forever

    serve_forever(Settings.from_env(), host, port)


@click.command()
def feedback() -> None:
    """Print how often each topic was found helpful."""
    from skill.feedback.connect import connect

    settings = Settings.from_env()
    table = Table("topic", "helpful", "not helpful")
    store = connect(settings.feedback, settings.data)
    for count in store.counts():
        table.add_row(count.topic, str(count.helpful), str(count.not_helpful))
    Console().print(table)
    why = Table("topic", "why it did not help", "times")
    for reason in store.reasons():
        why.add_row(reason.topic, reason.reason.replace("_", " "), str(reason.times))
    if why.row_count:
        Console().print(why)
