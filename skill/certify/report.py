"""What was found: as a table by group, with every case that failed; or as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from skill.certify.findings import OFFLINE, Findings, Verdict
from skill.certify.rules import GROUPS

_SHOWN = 5
"""Cases of one rule in the table; the JSON has all."""
_COLOURS = {"pass": "green", "fail": "bold red", "no case": "bold red", "not checked": "yellow"}
_FAILED = ("fail", "no case")
"""A rule of which no case came up is not known to hold."""


def failed(findings: Findings) -> bool:
    """Whether any rule does not hold, or was not tried although it can be."""
    return any(verdict.state in _FAILED for verdict in findings.verdicts())


def last_line(findings: Findings) -> str:
    """`N of M rules hold; K cannot be checked offline`, and where there are such: of how many of the M no case came up,
    and how many cannot be checked as it was called.
    """
    verdicts = findings.verdicts()
    states = Counter(verdict.state for verdict in verdicts)
    offline = sum(verdict.reason == OFFLINE for verdict in verdicts)
    here = states["not checked"] - offline
    told = [f"{states['pass']} of {len(verdicts) - states['not checked']} rules hold"]
    told.append(f"{offline} cannot be checked offline")
    if states["no case"]:
        told.append(f"of {states['no case']} no case came up")
    if here:
        told.append(f"{here} cannot be checked here")
    return "; ".join(told)


def to_json(findings: Findings) -> str:
    """Everything, every case included."""
    return json.dumps(
        {
            "rules": [_as_json(verdict) for verdict in findings.verdicts()],
            "shares": {what: {"some": some, "of": of} for what, (some, of) in findings.shares.items()},
            "summary": last_line(findings),
        },
        indent=2,
        ensure_ascii=False,
    )


def _as_json(verdict: Verdict) -> dict[str, object]:
    return {
        "id": verdict.rule.id,
        "group": verdict.rule.group,
        "rule": verdict.rule.text,
        "source": verdict.rule.source,
        "result": verdict.state,
        "tried": verdict.tried,
        "reason": verdict.reason,
        "cases": [vars(case) for case in verdict.failures],
    }


def print_report(findings: Findings, console: Console) -> None:
    """The table, the failed cases, and the shares."""
    verdicts = findings.verdicts()
    for group in GROUPS:
        of_group = [verdict for verdict in verdicts if verdict.rule.group == group]
        if of_group:
            console.print(_table(group, of_group))
    for verdict in verdicts:
        for line in _cases(verdict):
            console.print(Text(line))
    for what, (some, of) in findings.shares.items():
        console.print(Text(f"{what}: {some:,} of {of:,} ({some / max(of, 1):.1%})"))


def _table(group: str, verdicts: list[Verdict]) -> Table:
    table = Table(title=group, title_justify="left")
    table.add_column("rule", no_wrap=True)
    for heading in ("result", "cases", "what it says", "source"):  # narrow, as in a pipe, they break and lose nothing
        table.add_column(heading, overflow="fold")
    for verdict in verdicts:
        result = Text(verdict.reason or verdict.state, style=_COLOURS[verdict.state])
        table.add_row(verdict.rule.id, result, f"{verdict.tried:,}", verdict.rule.text, verdict.rule.source)
    return table


def _cases(verdict: Verdict) -> Iterator[str]:
    for case in verdict.failures[:_SHOWN]:
        yield f"{verdict.rule.id} {case.locale}: {verdict.rule.text} [{verdict.rule.source}]"
        yield f"    sent: {case.sent}"
        yield f"    came: {case.came}"
        yield f"    expected: {case.expected}"
    if len(verdict.failures) > _SHOWN:
        yield f"{verdict.rule.id}: and {len(verdict.failures) - _SHOWN} more cases"
