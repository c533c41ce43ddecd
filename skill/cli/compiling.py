"""What is shown while content is compiled, which may take a minute."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import click


@contextmanager
def compiling() -> Iterator[None]:
    """Says that content is being compiled and, at the end, how long it took; on a terminal how long already, too."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    click.echo("Compiling the content, as after every change of it: this may take a minute ...", err=True)
    started = time.monotonic()
    columns = SpinnerColumn(), TextColumn("working out what people may say"), TimeElapsedColumn()
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        progress.add_task("compiling", total=None)
        yield
    click.echo(f"Compiled in {time.monotonic() - started:.0f} s.", err=True)
