"""What the commands of deploying print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from skill.deployment.checks import PASSES, Found
from skill.deployment.contents import MOST_BYTES

_MB = 1000**2


def print_sizes(parts: Mapping[str, int], console: Console) -> None:
    """The parts of the function's folder, and all of it against our limit."""
    table = Table("part", "MB")
    table.columns[1].justify = "right"
    for part, size in parts.items():
        table.add_row(part, f"{size / _MB:.1f}")
    table.add_section()
    table.add_row(f"all, unzipped (at most {MOST_BYTES // _MB})", f"{sum(parts.values()) / _MB:.1f}")
    console.print(table)


def print_found(found: Sequence[Found], console: Console) -> None:
    """The walk, step by step: what holds, and under what does not, what to do. The last line counts."""
    for step, title in enumerate(PASSES):
        console.print(Text(f"\n{title}", style="bold"))
        for one in (one for one in found if one.step == step):
            console.print(Text(f"  {'ok   ' if one.to_do is None else 'to do'}  {one.what}"), soft_wrap=True)
            if one.to_do is not None:
                console.print(Text(f"         {one.to_do}"), soft_wrap=True)
    open_ones = sum(one.to_do is not None for one in found)
    console.print(Text(f"\n{len(found) - open_ones} of {len(found)} hold, {open_ones} are to do."), highlight=False)
