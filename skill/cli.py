"""`bump-guide`: ask, chat, test, check, build, package, serve, more. Each command is a few lines that call a room."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from skill import __version__
from skill.errors import ContentInvalid, InputInvalid, ModelInvalid, SkillError
from skill.settings import Settings

if TYPE_CHECKING:
    from datetime import datetime

    from skill.alexa.handle import Skill
    from skill.alexa.verify import RequestVerifier
    from skill.certify.run import Subject
    from skill.feedback.record import FeedbackStore
    from skill.library.content import CatalogEntry, Content

# Heavy rooms are imported inside the commands that need them, so that `--help` and errors come at once.
# ruff: noqa: PLC0415

LANGUAGE = "en"
_HEARING = click.Choice(["alexa", "strict", "whole", "lossy"])


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
    click.echo(f"{len(error.faults)} faults.", err=True)


def _hear_options(command: Callable[..., Any]) -> Callable[..., Any]:
    command = click.option("--hear", "mode", type=_HEARING, default="alexa", help="How the device hears.")(command)
    command = click.option(
        "--via", type=click.Path(path_type=Path), help="Use this interaction model file instead of the locale's own."
    )(command)
    return click.option("--locale", default="en-US", show_default=True, help="The device's locale.")(command)


@main.command()
@click.argument("sentence", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON, with the request and the response.")
@click.option(
    "--batch", is_flag=True, help='Read JSON lines {"id", "text", "locale"?} from standard input, write one for each.'
)
@_hear_options
def ask(sentence: str | None, as_json: bool, batch: bool, locale: str, via: Path | None, mode: str) -> None:
    """Ask SENTENCE in one breath, in a session of its own, over the road of a real Alexa request."""
    from skill.simulator.batch import read_questions, result
    from skill.simulator.converse import ONESHOT
    from skill.simulator.explain import explain

    skill = _our_skill()
    start = _starter(via, mode, skill)
    if batch:
        for question in read_questions(sys.stdin.read().splitlines()):
            exchange = start(question.locale or locale).say(f"{ONESHOT} {question.text}")
            click.echo(json.dumps(result(question.id, exchange)))
        return
    if not sentence:
        raise click.UsageError("Say what to ask, in quotes, or use --batch.")
    exchange = start(locale).say(f"{ONESHOT} {sentence}")
    answer = result(None, exchange)
    if as_json:
        why = explain(skill.core, exchange.request)
        click.echo(
            json.dumps({**answer, "why": why, "request": exchange.request, "response": exchange.response}, indent=2)
        )
    else:
        _show(answer)


@main.command()
@_hear_options
def chat(locale: str, via: Path | None, mode: str) -> None:
    """Talk with the skill, a line a turn; an empty line is silence. It begins by opening the skill."""
    from skill.simulator.converse import LAUNCH, SILENCE

    conversation = _starter(via, mode)(locale)
    click.echo(conversation.say(LAUNCH).speech)
    for line in _lines():
        exchange = conversation.say(line.strip() or SILENCE)
        click.echo(exchange.speech or "(silence)")
        if exchange.ends:
            click.echo("(the session has ended)")
            return


@main.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print each turn as JSON.")
@_hear_options
def test(path: Path, as_json: bool, locale: str, via: Path | None, mode: str) -> None:
    """Hold the conversations written in PATH, a YAML file or a folder of them."""
    from skill.simulator.conversation_tests import load_conversations, run_conversation

    dialogs = load_conversations(path)
    start = _starter(via, mode)
    results = [run_conversation(dialog, partial(start, dialog.get("locale", locale))) for dialog in dialogs]
    for held in results:
        if as_json:
            turns = [
                {"said": turn.said, "speech": turn.speech, "got": turn.got, "failures": list(turn.failures)}
                for turn in held.turns
            ]
            click.echo(json.dumps({"id": held.id, "passed": held.passed, "turns": turns}))
            continue
        for turn in held.turns:
            for failure in turn.failures:
                click.echo(f"{held.id}: {turn.said!r}: {failure}\n    said: {turn.speech}")
    passed = sum(held.passed for held in results)
    click.echo(f"{passed} of {len(results)} conversations passed")
    if passed != len(results):
        sys.exit(1)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--locale", default="en-US", show_default=True, help="The device's locale.")
@click.option("--hear", "modes", type=_HEARING, multiple=True, help="Hearing modes; all four unless given.")
@click.option("--misses", "with_misses", is_flag=True, help="List every miss of the first mode.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write a page with tables and charts.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option(
    "--against",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Figures written with --json before: exit 1 where one is worse by more than one point.",
)
def evaluate(
    files: tuple[Path, ...],
    locale: str,
    modes: tuple[str, ...],
    with_misses: bool,
    html: Path | None,
    as_json: bool,
    against: Path | None,
) -> None:
    """Score labelled questions over the whole road, in each hearing mode side by side. FILES are JSON lines, or folders
    of them.
    """
    from skill.assemble import open_library
    from skill.evaluation.against import compare, read_figures
    from skill.evaluation.ask import ask_in_modes
    from skill.evaluation.labelled import read_lines
    from skill.evaluation.page import page
    from skill.evaluation.report import print_tables, report, to_json
    from skill.simulator.hear import MODES

    lines = read_lines(files)
    chosen = tuple(dict.fromkeys(modes)) or MODES
    before = read_figures(against, chosen) if against else {}
    open_library(Settings.from_env()).close()  # compiled here, once, and not by every mode's process
    told = report(ask_in_modes(lines, chosen, partial(_starter_in, locale)), with_misses=with_misses)
    if html:
        html.write_text(page(told), encoding="utf-8")
    if as_json:
        click.echo(to_json(told))
    else:
        print_tables(told, Console())
    compared = compare(told.figures, before)
    for figure in compared.not_measured:
        click.echo(f"not measured: {figure}", err=True)
    for figure in compared.worse:
        click.echo(f"worse: {figure}", err=True)
    if compared.worse:
        sys.exit(1)


@main.command()
@click.argument("topics", nargs=-1)
def check(topics: tuple[str, ...]) -> None:
    """Check every content file, and every reply that can be composed from them, and report every fault at once; only
    the faults of TOPICS, where some are named.
    """
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
        table.add_row(row.kind, str(row.words), str(row.limit), f"{row.words / 2.5:.0f}", row.of, row.locale)
    Console().print(table)
    click.echo("No faults.")


@main.command()
@click.argument("topic")
def new(topic: str) -> None:
    """Begin an article: a draft of TOPIC that passes the schema, with all that is left to write named."""
    from skill.drafts.draft import draft_path, skeleton, write_draft

    settings, content, entry = _to_be_written(topic)
    path = draft_path(settings.content, content.language, topic)
    _list_left(path, write_draft(path, skeleton(entry)))


@main.command("import")
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


@main.command()
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    help="Where to write the model; the package's own folder unless given.",
)
@click.option("--weights", type=click.Path(exists=True, path_type=Path), help="The starting weights' folder.")
@click.option("--passes", type=click.IntRange(1, 100), help="How often every line is learned from.")
def train(folder: Path | None, weights: Path | None, passes: int | None) -> None:
    """Train the sentence encoder on the content, from the weights of all-MiniLM-L6-v2. Needs the extra `training`."""
    from dataclasses import replace

    from skill.encoder.encoder import MODEL
    from skill.library.load import load_content
    from skill.training.run import starting_weights, train_encoder
    from skill.training.train import Plan

    plan = replace(Plan(), epochs=passes) if passes else Plan()
    target = folder or MODEL
    train_encoder(load_content(Settings.from_env().content), weights or starting_weights(), target, plan)
    click.echo(f"{target}: trained. Now `bump-guide build`, and measure it: `bump-guide evaluate tests/questions`.")


@main.command()
@click.option("--locale", default="en-US", show_default=True, help="Whose interaction model to look at.")
@click.option("--examples", default=3, show_default=True, help="Pairs of lines shown for each pair of topics.")
def clash(locale: str, examples: int) -> None:
    """List topics and intents that run into one another, with the lines and samples that do."""
    from skill.assemble import open_library
    from skill.clash import intent_clashes, topic_clashes

    settings = Settings.from_env()
    for pair in topic_clashes(open_library(settings)):
        click.echo(f"{pair.topic} / {pair.other}: {len(pair.lines)}")
        for line, rival in pair.lines[:examples]:
            click.echo(f"    {line!r} is nearest to {rival!r}")
    model = json.loads((settings.models / f"{locale}.json").read_text(encoding="utf-8"))
    for line in intent_clashes(model, locale):
        click.echo(line)


@main.command()
@click.argument("topic")
@click.option("--most", default=12, show_default=True, help="Variants tried for each name.")
@_hear_options
def mishear(topic: str, most: int, locale: str, via: Path | None, mode: str) -> None:
    """Say TOPIC's names as a recogniser might mishear them, and tell where each lands."""
    from skill.mishear import Mishearing, heard_words
    from skill.simulator.batch import result
    from skill.simulator.converse import ONESHOT

    skill = _our_skill()
    article = skill.core.library.article(topic)
    if article is None:
        raise InputInvalid(f"There is no article {topic!r}.")
    try:
        mishearing = Mishearing(heard_words())
    except ImportError as error:
        raise InputInvalid("Sounds are not installed: pip install 'bump-guide[editor]'.") from error
    start = _starter(via, mode, skill)
    landed = [0, 0]
    for name in (skill.core.library.voice(locale)(article.name), *article.lay_names):
        for variant in mishearing.variants(name, most):
            got = result(None, start(locale).say(f"{ONESHOT} what helps {variant}"))
            there = topic == got["topic"] or topic in got["choices"]
            landed[there] += 1
            click.echo(
                f"{'  ' if there else '! '}{name} → {variant}: {got['topic'] or got['choices'] or got['outcome']}"
            )
    click.echo(f"{landed[1]} of {sum(landed)} variants reach {topic} or offer it.")


@main.group()
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


@main.command()
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


@main.command()
def build() -> None:
    """Compile the content, and generate the interaction models from it."""
    from skill.alexa.interaction_model import build_models, write_models
    from skill.assemble import compiled_path
    from skill.build import build as compile_content
    from skill.library.load import write_schemas

    settings = Settings.from_env()
    content = compile_content(settings.content, compiled_path(settings))
    models = build_models(content, settings.invocation_name)
    write_models(models, settings.models)
    write_schemas(settings.content)
    click.echo(
        f"{len(content.articles)} articles and {len(content.signs)} urgent signs compiled, {len(models)} models."
    )


@main.group()
def model() -> None:
    """Alexa's interaction models, generated from content."""


@model.command("build")
def model_build() -> None:
    """Generate the interaction model of every locale."""
    from skill.alexa.interaction_model import build_models, write_models
    from skill.library.load import load_content

    settings = Settings.from_env()
    models = build_models(load_content(settings.content), settings.invocation_name)
    write_models(models, settings.models)
    for locale in models:
        click.echo(settings.models / f"{locale}.json")


@model.command("check")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--drift", is_flag=True, help="Fail, too, where the files are not what the content generates.")
@click.option("--warnings", is_flag=True, help="List the warnings, too: what a device has to show.")
def model_check(files: tuple[Path, ...], drift: bool, warnings: bool) -> None:
    """Check interaction models against Alexa's limits and rules: FILES, or those of every locale."""
    from skill.check import check_models

    settings = Settings.from_env()
    report = check_models(settings, files, drift_too=drift)
    errors = [line for line in report if line.startswith("error")]
    for line in report if warnings else errors:
        click.echo(line, err=True)
    click.echo(f"{len(errors)} errors, {len(report) - len(errors)} warnings.")
    if errors:
        sys.exit(1)


@main.command()
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


@main.command()
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


@main.command()
@click.option("--endpoint", metavar="URL", help="A running skill that takes unsigned requests, in place of our own.")
@click.option("--locale", "locales", multiple=True, help="Locales to look at; all unless given.")
@click.option("--only", multiple=True, help="Groups of rules to look at; all unless given.")
@click.option("--all", "everything", is_flag=True, help="Every sample in every locale, and every listed value.")
@click.option("--json", "as_json", is_flag=True, help="Print every rule and every case as JSON.")
def certify(
    endpoint: str | None, locales: tuple[str, ...], only: tuple[str, ...], everything: bool, as_json: bool
) -> None:
    """Try what Amazon's reviewers try, before they do: every rule of certification that a program can check."""
    from rich.progress import Progress as Bar

    from skill.certify.report import failed, last_line, print_report, to_json
    from skill.certify.rules import GROUPS
    from skill.certify.run import Progress
    from skill.certify.run import certify as try_all

    if unknown := set(only) - set(GROUPS):
        raise InputInvalid(f"There is no group {min(unknown)!r}: choose from {', '.join(GROUPS)}.")
    logging.getLogger("skill").setLevel(logging.ERROR)  # that forged requests are refused is told in the report
    subject = _to_certify(endpoint, locales)
    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("samples", total=None)
        progress = Progress(lambda steps: bar.update(task, total=steps), lambda: bar.advance(task))
        findings = try_all(subject, everything=everything, only=only, progress=progress)
    if as_json:
        click.echo(to_json(findings))
    else:
        print_report(findings, Console())
        click.echo(last_line(findings))
    if failed(findings):
        sys.exit(1)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=5000, show_default=True, type=click.IntRange(1, 65535))
def serve(host: str, port: int) -> None:
    """Serve the skill over HTTP."""
    from skill.web.serve import serve as serve_forever

    serve_forever(Settings.from_env(), host, port)


@main.group(invoke_without_command=True)
@click.pass_context
def feedback(ctx: click.Context) -> None:
    """Print how often each topic was found helpful; or move the counts."""
    from skill.feedback.record import reasons_by_topic

    if ctx.invoked_subcommand is not None:
        return
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
    from skill.feedback.move import export_lines

    with closing(_feedback_store()) as store:
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


def _our_skill() -> Skill:
    """Our own skill in this process; what is rated there is not kept."""
    from skill.alexa.handle import Skill
    from skill.assemble import assemble, open_library
    from skill.feedback.connect import connect

    settings = Settings.from_env()
    return Skill(assemble(settings, open_library(settings), connect("memory:", settings.data)))


def _to_certify(endpoint: str | None, locales: tuple[str, ...]) -> Subject:
    """Our own skill, or the one behind an address, with the content and models that it is held to."""
    import time

    from skill.certify.endpoint import over_http
    from skill.certify.run import Subject
    from skill.library.load import load_content

    settings = Settings.from_env()
    content = load_content(settings.content)
    if unknown := set(locales) - set(content.locales):
        raise InputInvalid(f"There is no locale {min(unknown)!r}: choose from {', '.join(content.locales)}.")
    models = {}
    for locale in locales or content.locales:
        path = settings.models / f"{locale}.json"
        if not path.is_file():
            raise ModelInvalid(f"There is no interaction model for {locale} at {path}: run `bump-guide model build`.")
        models[locale] = json.loads(path.read_text(encoding="utf-8"))
    if endpoint is not None:
        return Subject(content, settings, models, over_http(endpoint), time.monotonic)
    return Subject(content, settings, models, _our_skill().handle, time.process_time, partial(_our_door, settings))


def _our_door(
    settings: Settings, verifier: RequestVerifier, skill_id: str
) -> Callable[[bytes, Mapping[str, str]], int]:
    """Our web service as it stands in production, for this skill id: takes a body and headers, gives the status."""
    from dataclasses import replace

    from skill.feedback.connect import connect
    from skill.web.app import create_app

    served = replace(settings, production=True, skill_id=skill_id, serve_unreviewed=True)
    client = create_app(served, verifier=verifier, feedback=connect("memory:", settings.data)).test_client()
    return lambda body, headers: client.post("/", data=body, headers=dict(headers)).status_code


def _starter(via: Path | None, mode: str, skill: Skill | None = None) -> Callable[[str], Any]:
    """A function that starts a conversation in a locale, over `skill`, or over our own."""
    from skill.simulator.converse import Conversation
    from skill.simulator.envelope import Device
    from skill.simulator.hear import HearingModel

    settings = Settings.from_env()
    ours = skill or _our_skill()
    models: dict[Path, HearingModel] = {}

    def start(locale: str) -> Conversation:
        path = via or settings.models / f"{locale}.json"
        if not path.is_file():
            raise ModelInvalid(f"There is no interaction model for {locale} at {path}.")
        if path not in models:
            models[path] = HearingModel.load(path)
        return Conversation(models[path], ours.handle, Device(locale=locale), mode)  # type: ignore[arg-type]

    return start


def _starter_in(locale: str, mode: str) -> Callable[[], Any]:
    """A function that starts a conversation in this locale; named here so that another process can be told of it."""
    return partial(_starter(None, mode), locale)


def _lines() -> Iterator[str]:
    while True:
        try:
            yield click.prompt("you", prompt_suffix="> ", default="", show_default=False)
        except click.Abort:
            return


def _show(answer: dict[str, Any]) -> None:
    console = Console(highlight=False)
    console.print(answer["speech"], markup=False)
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for key in (
        "outcome",
        "urgent",
        "sign",
        "topic",
        "aspect",
        "choices",
        "intent",
        "heard",
        "channel",
        "words",
        "ends",
    ):
        value = answer[key]
        if value not in (None, [], "none"):
            table.add_row(key, ", ".join(value) if isinstance(value, list) else str(value))
    console.print(table)
