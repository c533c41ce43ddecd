"""Every page of the bench at three widths, light and dark, to be looked at: `make screenshots`"""

from __future__ import annotations

import random
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.browser import browser, serving
from skill.feedback.connect import connect
from skill.feedback.memory import MemoryStore
from skill.feedback.record import HELPFUL, NOT_HELPFUL, REASON, Feedback
from skill.settings import Settings
from skill.web.app import create_app

LABELLED = """text,topic,urgent
why does my back hurt,back-pain,none
what helps heartburn,nausea,none
i am bleeding a lot,bleeding-late,emergency
my feet are puffy,swollen-feet,none
why do i have sciatica,sciatica,none"""
WIDTHS = {360: 760, 1024: 768, 1920: 1080}


def rate(file: Path) -> None:
    """Makes a store with pretended ratings, some too few to be shown."""
    store, chance = connect(f"sqlite:{file}", file.parent), random.Random(1)  # noqa: S311 - nothing secret
    for topic, times in {
        "back-pain": 60,
        "heartburn": 41,
        "nausea": 23,
        "itching": 12,
        "sciatica": 6,
        "fever": 3,
    }.items():
        for number in range(times):
            feedback = Feedback(
                topic, chance.choice(["causes", "relief"]), HELPFUL if chance.random() < 0.7 else NOT_HELPFUL,
                chance.choice(["en-US", "en-GB"]), "0123456789ab", date(2026, 6, 1) + timedelta(days=number % 9),
            )  # fmt: skip
            store.add(f"{topic}{number}", feedback)
            if feedback.answer == NOT_HELPFUL:
                why = chance.choice(["too_long", "not_mine", "not_clear"])
                store.add(f"{topic}{number}", replace(feedback, kind=REASON, answer=why))
    store.close()


def pages(page: Any, address: str) -> dict[str, Any]:
    """What is to be seen of each page, and how to get there."""

    def simulator(device: str, *sentences: str) -> Any:
        def talk() -> None:
            page.goto(f"{address}/bench/")
            page.select_option("#device", device)
            for number, sentence in enumerate(sentences, start=1):
                page.fill("#sentence", sentence)
                page.press("#sentence", "Enter")
                page.wait_for_selector(f"#log > li:nth-child({number})")
            page.wait_for_function("() => !document.querySelector('.carried > .quiet:only-child')")
            if device != "speaker" and page.get_attribute("#bench", "data-viewhost"):
                page.wait_for_selector("#screen .drawn:not(.waiting)")

        return talk

    def profiler() -> None:
        page.goto(f"{address}/bench/profiler")
        page.fill("#lines", LABELLED)
        page.click("#start")
        page.wait_for_selector("#matrix td")

    def article() -> None:
        page.goto(f"{address}/bench/library/back-pain?locale=en-GB")
        page.wait_for_selector("#faults p:not(.quiet), #faults li")

    def library() -> None:
        page.goto(f"{address}/bench/library")
        page.fill("#words", "my feet look like balloons")
        page.press("#words", "Enter")
        page.wait_for_selector("#found li")

    return {
        "simulator": simulator("speaker", "why does my back hurt in pregnancy", "what helps"),
        "simulator-hub-urgent": simulator("hub", "i am bleeding a lot and i feel faint"),
        "simulator-round": simulator("round", "what is heartburn"),
        "simulator-empty": lambda: page.goto(f"{address}/bench/"),
        "profiler": profiler,
        "library": library,
        "article": article,
        "insight": lambda: page.goto(f"{address}/bench/insight"),
    }


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, browser() as context, ExitStack() as served:
        rate(Path(scratch) / "rated.sqlite")
        settings = replace(Settings.from_env(), feedback=f"sqlite:{scratch}/rated.sqlite")
        address = served.enter_context(serving(create_app(settings, feedback=MemoryStore())))
        page = context.new_page()
        page.set_default_timeout(600_000)
        for name, go in pages(page, address).items():
            page.set_viewport_size({"width": 1024, "height": 768})
            go()
            for width, height in WIDTHS.items():
                page.set_viewport_size({"width": width, "height": height})
                for scheme in ("light", "dark"):
                    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                    page.evaluate("() => document.getElementById('screen')?.scrollIntoView()")
                    page.wait_for_timeout(300)  # a frame is painted only when it has come into view
                    page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
    print(f"{folder}: {len(list(folder.glob('*.png')))} screenshots")  # noqa: T201 - a command


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "var/screenshots"))
