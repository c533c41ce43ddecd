"""How long the bench takes in the browser: python tests/bench/measure.py. It prints, and asserts nothing."""

from __future__ import annotations

import statistics
import time
from typing import Any

from browser import browser, serving

from skill.feedback.memory import MemoryStore
from skill.settings import Settings
from skill.web.app import create_app

CARRIERS = ("my back has hurt for", "i feel sick since")
AMOUNTS = ("the last", "about", "some", "nearly", "more than", "over", "around", "maybe", "these", "almost")
SENTENCES = [f"{carrier} {amount} {number} days" for number in range(50) for carrier in CARRIERS for amount in AMOUNTS]
"""A thousand, none twice, so that nothing is remembered from an earlier one."""


def turn_milliseconds(page: Any, address: str, turns: int) -> list[float]:
    """From Enter until the reply stands on the page, each in a new session."""
    page.goto(f"{address}/bench/")
    taken = []
    for sentence in SENTENCES[:turns]:
        page.evaluate("() => document.getElementById('restart').click()")
        page.fill("#sentence", sentence)
        taken.append(
            page.evaluate("""() => new Promise((done) => {
              const started = performance.now();
              new MutationObserver((_, watcher) => { watcher.disconnect(); done(performance.now() - started); })
                .observe(document.getElementById("turn"), {childList: true});
              document.getElementById("ask").requestSubmit();
            })""")
        )
    return taken


def main() -> None:
    with serving(create_app(Settings.from_env(), feedback=MemoryStore())) as address, browser() as context:
        page = context.new_page()
        page.set_default_timeout(300_000)
        turn_milliseconds(page, address, 5)  # models and indexes are loaded
        taken = turn_milliseconds(page, address, 100)
        quantiles = statistics.quantiles(taken, n=20)
        print(f"a turn: p50 {statistics.median(taken):.0f} ms, p95 {quantiles[18]:.0f} ms")  # noqa: T201
        page.goto(f"{address}/bench/profiler")
        page.fill("#lines", "\n".join(SENTENCES))
        started = time.perf_counter()
        page.click("#start")
        page.wait_for_selector("#results:not([hidden])")
        print(f"{len(SENTENCES)} sentences: {time.perf_counter() - started:.1f} s")  # noqa: T201


if __name__ == "__main__":
    main()
