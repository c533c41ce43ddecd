"""`bump-guide`: one file for each family of commands. Each command is a few lines that call a room.

Heavy rooms are imported inside the commands that need them, so that `--help` and errors come at once.
"""

from __future__ import annotations

import logging
from typing import Any

import click

from skill import __version__
from skill.cli import (
    deploying,
    editing,
    exporting,
    measuring,
    models,
    operating,
    other_skills,
    publishing,
    reviewing,
    talking,
    testing,
)
from skill.errors import ContentInvalid, SkillError, counted


class _Commands(click.Group):
    """Errors are sentences and exit code 1, never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ContentInvalid as error:
            _print_faults(error)
            ctx.exit(1)
        except (SkillError, OSError) as error:
            click.echo(f"bump-guide: {error}", err=True)
            ctx.exit(1)


@click.group(cls=_Commands)
@click.version_option(__version__)
def main() -> None:
    """Answers to questions about symptoms in pregnancy and after birth, for smart speakers."""
    logging.basicConfig(format="%(levelname)s %(message)s", level=logging.WARNING)


def _print_faults(error: ContentInvalid) -> None:
    for fault in error.faults:
        click.echo(str(fault), err=True)
    click.echo(f"{counted(error.faults, 'fault')}.", err=True)


for command in (
    talking.ask,
    talking.chat,
    testing.test,
    testing.convert,
    other_skills.simulate,
    measuring.evaluate,
    measuring.train,
    measuring.variety,
    measuring.clash,
    measuring.mishear,
    editing.check,
    editing.new,
    editing.import_,
    editing.withdraw,
    reviewing.review,
    models.build,
    models.model,
    exporting.export,
    publishing.package,
    publishing.policies,
    publishing.certify,
    deploying.deploy_build,
    deploying.deploy_check,
    operating.serve,
    operating.feedback,
):
    main.add_command(command)
