"""Labelled questions → what comes of them, over the whole road, each in one breath and in a session of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from skill.evaluation.labelled import Asked, Got, Line
from skill.simulator.batch import result
from skill.simulator.converse import ONESHOT, Conversation, Exchange

Start = Callable[[], Conversation]
"""Starts a conversation."""


def ask_in_modes(lines: Sequence[Line], modes: Sequence[str], opened: Callable[[str], Start]) -> dict[str, list[Asked]]:
    """Hearing mode → every line with what came of it, in order.

    Several modes are asked in processes side by side, so `opened` (a hearing mode → what starts a conversation in it)
    has to be picklable: it is called in the process that asks. Whatever it raises comes through.
    """
    ask = partial(_ask_in_mode, lines, opened)
    if len(modes) == 1:
        return {modes[0]: ask(modes[0])}
    # Spawned, not forked: the encoder's runtime has threads, which do not survive a fork.
    with ProcessPoolExecutor(min(len(modes), os.cpu_count() or 1), get_context("spawn")) as pool:
        return dict(zip(modes, pool.map(ask, modes), strict=True))


def _ask_in_mode(lines: Sequence[Line], opened: Callable[[str], Start], mode: str) -> list[Asked]:
    start = opened(mode)
    return [Asked(line, _got(start().say(f"{ONESHOT} {line.text}"))) for line in lines]


def _got(exchange: Exchange) -> Got:
    told = result(None, exchange)
    return Got(
        outcome=told["outcome"],
        urgent=told["urgent"],
        sign=told["sign"],
        topic=told["topic"],
        aspect=told["aspect"],
        choices=tuple(told["choices"]),
        channel=told["channel"],
        speech=told["speech"],
        score=(exchange.attributes.get("understood") or {}).get("score"),
    )
