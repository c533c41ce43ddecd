"""`check`, `new`, `import`, `withdraw`: what an editor of the content does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from skill.errors import ContentInvalid, InputInvalid
from skill.settings import Settings

if TYPE_CHECKING:
    from skill.library.content import CatalogEntry, Content

LANGUAGE = "en"


@click.command()
@click.argument("topics", nargs=-1)
def check(topics: tuple[str, ...]) -> None:
    """Check every content file, and every reply that can be composed from them, and report every fault at once; only
    the faults of TOPICS, where some are named.
    """
    from skill.answers import WORDS_A_SECOND
    from skill.check import check_content
    from skill.drafts.draft import drafts
    from skill.reading_grade import reading_grade

    settings = Settings.from_env()
    faults, longest = check_content(settings.content, topics, settings.withdrawn_path)
    if faults:
        raise ContentInvalid(faults)
    if reading_grade(()) is None:
        click.echo("Reading grades were not checked: pip install 'bump-guide[editor]' brings what measures them.")
    for draft in drafts(settings.content, LANGUAGE):
        click.echo(f"Draft {draft.path.stem}: {len(draft.left)} left to write.")
    table = Table("reply", "words", "at most", "seconds", "topic or sign", "locale", title="The longest of each kind")
    for row in longest:
        table.add_row(row.kind, str(row.words), str(row.limit), f"{row.words / WORDS_A_SECOND:.0f}", row.of, row.locale)
    Console().print(table)
    click.echo("No faults.")


@click.command()
@click.argument("topic")
def new(topic: str) -> None:
    """Begin an article: a draft of TOPIC that passes the schema, with all that is left to write named."""
    from skill.drafts.draft import draft_path, skeleton, write_draft

    settings, content, entry = _to_be_written(topic)
    path = draft_path(settings.content, content.language, topic)
    _list_left(path, write_draft(path, skeleton(entry)))


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--topic", required=True, help="The topic id that the page is about.")
def import_(file: Path, topic: str) -> None:
    """Bring in a plain-text encyclopedia page, FILE, as a draft: in order, nothing lost, all of it to be rewritten."""
    from skill.drafts.draft import draft_path, skeleton, write_draft
    from skill.drafts.encyclopedia import read_page

    settings, content, entry = _to_be_written(topic)
    try:
        sections = read_page(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise InputInvalid(f"{file} is not UTF-8 text (byte {error.start}): save it as UTF-8.") from error
    if not sections:
        raise InputInvalid(f"{file} is empty: there is nothing to bring in.")
    path = draft_path(settings.content, content.language, topic)
    left = write_draft(path, skeleton(entry, sections))
    for section in sections:
        where = section.goes_to or "not known, kept as it is"
        click.echo(f"  {section.heading or '(before the first heading)'} → {where}: {len(section.paragraphs)}")
    _list_left(path, left)


@click.command()
@click.argument("topic")
@click.option("--reason", help="Why it is taken off the air: for the register, never spoken.")
@click.option("--restore", is_flag=True, help="Put it back on the air.")
def withdraw(topic: str, reason: str | None, restore: bool) -> None:
    """Take TOPIC off the air at once: a running server says that it cannot talk about it; its signs still work."""
    from datetime import UTC, datetime

    from skill.assemble import open_library
    from skill.library.withdrawn import Withdrawal, read_register, write_register

    settings = Settings.from_env()
    register = read_register(settings.withdrawn_path)
    if restore:
        if register.pop(topic, None) is None:
            raise InputInvalid(f"{topic!r} is not withdrawn.")
    elif not reason:
        raise click.UsageError("Say why with --reason, or put it back with --restore.")
    elif topic not in open_library(settings).names:
        raise InputInvalid(f"There is no article {topic!r} to withdraw.")
    else:
        register[topic] = Withdrawal(reason=reason, on=datetime.now(UTC).date())
    write_register(settings.withdrawn_path, register)
    click.echo(f"{topic}: {'on the air again' if restore else 'off the air'} ({settings.withdrawn_path}).")


def _to_be_written(topic: str) -> tuple[Settings, Content, CatalogEntry]:
    """What a new draft needs. Raises InputInvalid for a topic that is unknown or written already."""
    from skill.library.load import load_content

    settings = Settings.from_env()
    content = load_content(settings.content)
    entry = content.catalog.get(topic)
    if entry is None:
        raise InputInvalid(f"No topic {topic!r} in catalog.yaml: add it there first, ids are for ever.")
    if topic in content.articles:
        raise InputInvalid(f"{topic!r} has an article already: edit content/{content.language}/articles/{topic}.yaml.")
    return settings, content, entry


def _list_left(path: Path, left: tuple[str, ...]) -> None:
    click.echo(f"{path}: {len(left)} left to write:")
    for key in left:
        click.echo(f"  {key}")
