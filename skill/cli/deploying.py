"""`deploy-build`, `deploy-check`: from here to AWS Lambda."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from skill.errors import DeploymentFailed
from skill.settings import Settings

if TYPE_CHECKING:
    from skill.deployment.checks import Deployment


@click.command("deploy-build")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--here", is_flag=True, help="For this machine and its Python, to try it, in place of Lambda's.")
def deploy_build(folder: Path, here: bool) -> None:
    """Fill FOLDER with the Lambda function: what `sam build` runs. Prints how large each part is."""
    from skill.deployment.contents import MOST_BYTES, sizes
    from skill.deployment.folder import HERE, LAMBDA, build_folder
    from skill.deployment.report import print_sizes

    compiled = build_folder(folder, Settings.from_env(), HERE if here else LAMBDA)
    parts = sizes(folder)
    print_sizes(parts, Console())
    if not compiled:
        click.echo(f"note: {LAMBDA.python} is not here, so each cold start reads Python's sources: slower.", err=True)
    if sum(parts.values()) > MOST_BYTES:
        raise DeploymentFailed(f"The function is over {MOST_BYTES // 1000**2} MB: see which part grew.")


@click.command("deploy-check")
@click.option("--begin", is_flag=True, help="Write deployment.yaml, to fill in what you know and decide.")
def deploy_check(begin: bool) -> None:
    """Walk through both passes of a deployment to AWS: what holds, and what to do next. Run it beside template.yaml."""
    from skill.deployment.checks import check
    from skill.deployment.operator import ANSWERS, questions
    from skill.deployment.operator import begin as write
    from skill.deployment.report import print_found

    deployment = _deployment(Path())
    if begin:
        write(ANSWERS, questions(deployment.intended_use))
        click.echo(f"{ANSWERS} written: fill it in, and run `bump-guide deploy-check` again.")
        return
    found = check(deployment)
    print_found(found, Console())
    if any(one.to_do for one in found):
        sys.exit(1)


def _deployment(root: Path) -> Deployment:
    from skill.deployment.checks import Deployment
    from skill.deployment.operator import ANSWERS, SAM_CONFIG, read_answers, read_sam
    from skill.deployment.template import read_template
    from skill.library.load import load_content

    settings = Settings.from_env()
    return Deployment(
        root, settings, read_template(root / "template.yaml"), load_content(settings.content),
        read_sam(root / SAM_CONFIG), read_answers(root / ANSWERS),
        (root / "docs" / "intended-use.md").read_text(encoding="utf-8"),
    )  # fmt: skip
