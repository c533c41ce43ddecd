"""`evaluate`, `train`, `variety`, `clash`, `mishear`: how well it understands, and what it learned from."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from skill.cli.device import HEARING, hear_options, our_skill, starter, starter_in
from skill.errors import InputInvalid
from skill.settings import Settings


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--locale", default="en-US", show_default=True, help="The device's locale.")
@click.option("--hear", "modes", type=HEARING, multiple=True, help="Hearing modes; all four unless given.")
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
    told = report(ask_in_modes(lines, chosen, partial(starter_in, locale)), with_misses=with_misses)
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


@click.command()
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

    from skill.encoder.version import MODEL
    from skill.library.load import load_content
    from skill.training.run import starting_weights, train_encoder
    from skill.training.train import Plan

    plan = replace(Plan(), epochs=passes) if passes else Plan()
    target = folder or MODEL
    train_encoder(load_content(Settings.from_env().content), weights or starting_weights(), target, plan)
    click.echo(f"{target}: trained. Now `bump-guide build`, and measure it: `bump-guide evaluate tests/questions`.")


@click.command()
def variety() -> None:
    """Print how varied the lines are that the encoder learns from, of each topic, urgent sign, what only sounds like
    it, and kind of what is out of scope.
    """
    from skill.library.load import load_content
    from skill.variety import varieties

    table = Table("of", "", "lines", "distinct runs of 3 words", "self-similarity", "sharing no 4 words in a row")
    for one in varieties(load_content(Settings.from_env().content)):
        shares = (one.distinct, one.self_similarity, one.alone)
        table.add_row(one.sort, one.group, str(one.lines), *(f"{100 * share:.0f} %" for share in shares))
    Console().print(table)


@click.command()
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


@click.command()
@click.argument("topic")
@click.option("--most", default=12, show_default=True, help="Variants tried for each name.")
@hear_options
def mishear(topic: str, most: int, locale: str, via: Path | None, mode: str) -> None:
    """Say TOPIC's names as a recogniser might mishear them, and tell where each lands."""
    from skill.mishear import Mishearing, heard_words
    from skill.simulator.batch import result
    from skill.simulator.converse import ONESHOT

    skill = our_skill()
    article = skill.core.library.article(topic)
    if article is None:
        raise InputInvalid(f"There is no article {topic!r}.")
    try:
        mishearing = Mishearing(heard_words())
    except ImportError as error:
        raise InputInvalid("Sounds are not installed: pip install 'bump-guide[editor]'.") from error
    start = starter(via, mode, skill)
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
