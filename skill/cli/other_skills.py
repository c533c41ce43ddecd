"""`simulate`: talk with somebody else's skill, from its interaction model and its web service."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from skill.cli.device import HEARING, lines
from skill.errors import ServiceFailed

if TYPE_CHECKING:
    from skill.other_skills.conversation import DialogConversation
    from skill.simulator.converse import Exchange


@click.command()
@click.option("--model", "path", required=True, type=click.Path(path_type=Path), help="The interaction model, JSON.")
@click.option("--endpoint", required=True, help="The skill's web service; it has to take unsigned requests.")
@click.option("--locale", help="Told by the model's file name, else en-US.")
@click.option("--hear", "mode", type=HEARING, default="alexa", help="How the device hears.")
@click.option("--skill-id", help="The application id that requests carry.")
@click.option("--say", "said", multiple=True, help="Say this instead of what is typed; once for each turn.")
@click.option("--json", "as_json", is_flag=True, help="Print each turn as JSON, with the request and the response.")
def simulate(
    path: Path, endpoint: str, locale: str | None, mode: str, skill_id: str | None, said: tuple[str, ...], as_json: bool
) -> None:
    """Talk with somebody else's Alexa skill. It opens the skill first, unless what is said begins with <launch> or
    <oneshot>; an empty line is silence.
    """
    from skill.other_skills.bench import open_bench

    bench = open_bench(path, endpoint, locale or _locale_of(path), mode, skill_id)
    for note in bench.notes:
        click.echo(f"note: {note}", err=True)
    failed = False
    for sentence in _sentences(said):
        try:
            exchange = bench.conversation.say(sentence)
        except ServiceFailed as error:
            failed, bench.conversation.open = True, False
            click.echo(json.dumps({"said": sentence, "failed": str(error)}) if as_json else f"User  > {sentence}")
            click.echo(
                f"! {error}\n! On a device the session would end here; what is said next begins another.", err=True
            )
            continue
        _show(exchange, bench.conversation, as_json)
        if exchange.ends and not said:
            break
    if failed:
        sys.exit(1)


def _sentences(said: Iterable[str]) -> Iterator[str]:
    from skill.simulator.converse import LAUNCH, ONESHOT, SILENCE

    first, *rest = [*said] or [LAUNCH]
    if not first.startswith((LAUNCH, ONESHOT)):
        yield LAUNCH
    yield first
    yield from rest
    if not said:
        for line in lines():
            yield line.strip() or SILENCE


def _locale_of(path: Path) -> str:
    found = re.search(r"[a-z]{2}-[A-Z]{2}", path.stem)
    return found[0] if found else "en-US"


def _show(exchange: Exchange, conversation: DialogConversation, as_json: bool) -> None:
    heard = exchange.heard
    slots = exchange.request["request"].get("intent", {}).get("slots", {}) if exchange.request else {}
    filled = {name: slot["value"] for name, slot in slots.items() if slot.get("value") is not None}
    if as_json:
        turn = {"said": exchange.said, "intent": heard.intent if heard else None, "slots": filled}
        both = {"request": exchange.request, "response": exchange.response}
        rest = {"speech": exchange.speech, "ends": exchange.ends, "notes": conversation.notes}
        click.echo(json.dumps({**turn, **rest, **both}))
        return
    click.echo(f"User  > {exchange.said}")
    if heard:
        click.echo(f"        {' '.join([heard.intent, *(f'{name}={value!r}' for name, value in filled.items())])}")
    click.echo(f"Alexa > {exchange.speech or '(silence)'}")
    for note in conversation.notes:
        click.echo(f"      ! {note}")
    if exchange.ends:
        click.echo("(the session has ended)")
