"""`review status`, `export`, `sign`: sign-off by a clinician."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from skill.settings import Settings

if TYPE_CHECKING:
    from datetime import datetime


@click.group()
def review() -> None:
    """Sign-off by a clinician: who has read what, and what changed since."""


@review.command("status")
def review_status() -> None:
    """Say of every article whether it is signed, by whom, and whether it was edited since."""
    from skill.library.load import load_content
    from skill.review.sign import state

    content = load_content(Settings.from_env().content)
    for topic, article in content.articles.items():
        click.echo(f"{topic}: {state(article, content)}")


@review.command("export")
@click.argument("topics", nargs=-1)
@click.option("--to", "target", type=click.Path(dir_okay=False, path_type=Path), default=Path("review-pack.html"))
def review_export(topics: tuple[str, ...], target: Path) -> None:
    """Write a pack that a clinician can read and print: TOPICS, or every article."""
    from datetime import UTC, datetime

    from skill.library.load import load_content
    from skill.review.pack import write_pack

    root = Settings.from_env().content
    target.write_text(write_pack(root, load_content(root), topics, datetime.now(UTC).date()), encoding="utf-8")
    click.echo(f"{target}: open it in a browser, or print it.")


@review.command("sign")
@click.argument("topic")
@click.option("--by", required=True, help="Who read it: name and profession.")
@click.option("--on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day it was read.")
@click.option("--due", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day by which it is read again.")
def review_sign(topic: str, by: str, on: datetime, due: datetime) -> None:
    """Record that a real person read every spoken sentence of TOPIC; any later edit makes it unreviewed again."""
    from skill.library.load import load_content
    from skill.review.sign import sign

    root = Settings.from_env().content
    sign(root, load_content(root), topic, by=by, on=on.date(), due=due.date())
    click.echo(f"{topic}: reviewed by {by}. Commit the article and its signed text together.")
