"""How long the bench takes in the browser: `make bench`. It prints, and asserts nothing.

Beside each time stands what the server's process spent on it, which other programs on the machine do not change.
"""

from __future__ import annotations

import statistics
import time
from typing import Any

from bench.browser import CHROMIUM, browser, serving
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
    if not CHROMIUM:
        print("the bench in the browser: not measured, Chromium is not installed")  # noqa: T201
        return
    with serving(create_app(Settings.from_env(), feedback=MemoryStore())) as address, browser() as context:
        page = context.new_page()
        page.set_default_timeout(300_000)
        turn_milliseconds(page, address, 5)  # models and indexes are loaded
        spent = time.process_time()
        taken = turn_milliseconds(page, address, 100)
        spent = (time.process_time() - spent) * 1000 / len(taken)
        p95 = statistics.quantiles(taken, n=20)[18]
        print(f"a turn: p50 {statistics.median(taken):.0f} ms, p95 {p95:.0f} ms; {spent:.0f} ms of processor")  # noqa: T201
        page.goto(f"{address}/bench/profiler")
        page.fill("#lines", "\n".join(SENTENCES))
        started, spent = time.perf_counter(), time.process_time()
        page.click("#start")
        page.wait_for_selector("#results:not([hidden])")
        took, spent = time.perf_counter() - started, time.process_time() - spent
        print(f"{len(SENTENCES)} sentences: {took:.1f} s; {spent:.1f} s of processor")  # noqa: T201


if __name__ == "__main__":
    main()
