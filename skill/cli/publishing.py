"""`package`, `policies`, `certify`: what goes to the skill store, and what its reviewers try."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console

from skill.cli.device import model_json, our_skill
from skill.errors import InputInvalid
from skill.settings import Settings

if TYPE_CHECKING:
    from datetime import datetime

    from skill.alexa.verify import RequestVerifier
    from skill.certify.door import Post
    from skill.certify.findings import Findings
    from skill.certify.run import Subject


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--lambda", "lambda_arn", metavar="ARN", help="The function on AWS that answers.")
@click.option("--https", "https_url", metavar="URL", help="The web service that answers, in place of a function.")
@click.option(
    "--certificate", type=click.Choice(["Trusted", "Wildcard", "SelfSigned"]), help="Of the web service: its kind."
)
@click.option("--privacy", "privacy_url", metavar="URL", help="Where your privacy policy is published.")
@click.option("--terms", "terms_url", metavar="URL", help="Where your terms of use are published.")
@click.option("--screens", is_flag=True, help="Declare that the skill draws on screens.")
@click.option("--export-compliant", is_flag=True, help="You declare that it may be exported from the United States.")
@click.option("--force", is_flag=True, help="Write over a folder that is not empty.")
def package(folder: Path, force: bool, **given: Any) -> None:
    """Write into FOLDER what Amazon's `ask deploy` takes: manifest, interaction models and icons, all checked."""
    from skill.store_package.options import PackageOptions
    from skill.store_package.package import write_package

    written = write_package(folder, Settings.from_env(), PackageOptions(**given), force=force)
    for path in written.files:
        click.echo(folder / path)
    for notice in written.notices:
        click.echo(f"note: {notice}", err=True)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--operator", "name", required=True, help="Your name, as the pages give it.")
@click.option("--contact", required=True, help="An e-mail address, or the https address of a page with a form.")
@click.option("--country", required=True, help='Whose law holds, as in a sentence: "the United States".')
@click.option("--host", required=True, help="Whose computers it runs on.")
@click.option("--effective", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day from which they hold.")
def policies(folder: Path, effective: datetime, **given: str) -> None:
    """Write your privacy policy and terms of use into FOLDER, as pages ready to publish. Read them first."""
    from skill.assemble import open_library
    from skill.store_package.policies import Operator, write_policies

    settings = Settings.from_env()
    operator = Operator(effective=effective.date(), **given)
    for path in write_policies(settings.policies, folder, operator, settings.skill_name, open_library(settings)):
        click.echo(path)


_NOTHING_TRIED = 2
"""The exit code of certify where it could not begin; 1 says that a rule does not hold."""


@click.command()
@click.option("--endpoint", metavar="URL", help="A running skill, in place of our own in this process.")
@click.option("--package", "folder", type=click.Path(path_type=Path), help="A store package, to be looked at too.")
@click.option("--locale", "locales", multiple=True, help="Locales to look at; all unless given.")
@click.option("--only", multiple=True, help="Groups of rules to look at; all unless given.")
@click.option("--all", "everything", is_flag=True, help="Every sample in every locale, and every listed value.")
@click.option("--json", "as_json", is_flag=True, help="Print every rule and every case as JSON.")
def certify(
    endpoint: str | None,
    folder: Path | None,
    locales: tuple[str, ...],
    only: tuple[str, ...],
    everything: bool,
    as_json: bool,
) -> None:
    """Try what Amazon's reviewers try, before they do: every rule of certification that a program can check."""
    from skill.certify.report import failed, last_line, print_report, to_json
    from skill.certify.rules import GROUPS

    if unknown := set(only) - set(GROUPS):
        raise InputInvalid(f"There is no group {min(unknown)!r}: choose from {', '.join(GROUPS)}.")
    logging.getLogger("skill").setLevel(logging.ERROR)  # that forged requests are refused is told in the report
    subject = _to_certify(endpoint, locales, folder)
    if endpoint is not None and _takes_signed_only(subject):
        findings = _refusals(endpoint, only)
    else:
        findings = _with_bar(subject, everything=everything, only=only)
    if as_json:
        click.echo(to_json(findings))
    else:
        print_report(findings, Console())
        click.echo(last_line(findings))
    if failed(findings):
        sys.exit(1)


def _with_bar(subject: Subject, *, everything: bool, only: tuple[str, ...]) -> Findings:
    """Everything tried, with a bar that tells how far it is."""
    from rich.progress import Progress as Bar

    from skill.certify.run import Progress
    from skill.certify.run import certify as try_all

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("samples", total=None)
        progress = Progress(lambda steps: bar.update(task, total=steps), lambda: bar.advance(task))
        return try_all(subject, everything=everything, only=only, progress=progress)


def _takes_signed_only(subject: Subject) -> bool:
    from skill.certify.endpoint import refuses_unsigned

    return refuses_unsigned(subject.endpoint, next(iter(subject.models)))


def _refusals(endpoint: str, only: tuple[str, ...]) -> Findings:
    """What a server that takes signed requests only must refuse; all that can be tried there."""
    from skill.certify.endpoint import posting_to
    from skill.certify.rules import DOOR
    from skill.certify.run import certify_signed

    if only and DOOR not in only:
        click.echo(
            f"{endpoint} refuses requests that are not signed, so nothing was tried: of such a server only the group"
            f" {DOOR} can be.",
            err=True,
        )
        sys.exit(_NOTHING_TRIED)
    return certify_signed(posting_to(endpoint), only)


def _to_certify(endpoint: str | None, locales: tuple[str, ...], folder: Path | None) -> Subject:
    """Our own skill, or the one behind an address, with the content and models that it is held to."""
    import time
    from dataclasses import replace

    from skill.certify.endpoint import over_http
    from skill.certify.run import Subject
    from skill.library.load import load_content

    settings = Settings.from_env()
    content = load_content(settings.content)
    if unknown := set(locales) - set(content.locales):
        raise InputInvalid(f"There is no locale {min(unknown)!r}: choose from {', '.join(content.locales)}.")
    models = {locale: model_json(locale) for locale in locales or content.locales}
    if endpoint is not None:
        return Subject(content, settings, models, over_http(endpoint), time.monotonic, package=folder)
    settings = replace(settings, ask_why=True)  # what an operator may switch on is tried as well
    ours, door = our_skill(settings).handle, partial(_our_door, settings)
    return Subject(content, settings, models, ours, time.process_time, door, folder)


def _our_door(settings: Settings, verifier: RequestVerifier, skill_id: str) -> Post:
    """Our web service as it stands in production, for this skill id."""
    from dataclasses import replace

    from skill.certify.door import Answered
    from skill.feedback.connect import connect
    from skill.web.app import create_app

    served = replace(settings, production=True, skill_id=skill_id, serve_unreviewed=True)
    client = create_app(served, verifier=verifier, feedback=connect("memory:", settings.data)).test_client()

    def post(body: bytes, headers: Mapping[str, str]) -> Answered:
        response = client.post("/", data=body, headers=dict(headers))
        return Answered(response.status_code, response.data)

    return post
