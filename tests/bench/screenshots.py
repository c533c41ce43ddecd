"""Every page of the bench at three widths, light and dark, to be looked at: `make screenshots`"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bench.browser import browser, serving
from skill.bench.insight import insight
from skill.bench.insight_page import page as insight_page
from skill.feedback.connect import connect, counted
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
WIDTHS = {390: 844, 1024: 768, 1600: 1000}
ARTICLE = "en/articles/heartburn.yaml"
"""The one that is broken to see what is said of it."""
NOW = datetime(2026, 7, 2, tzinfo=UTC)
"""When the pretended ratings have all been counted."""
TOKEN = "a-token-of-the-pictures-0123456789"


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


def simulator(page: Any, address: str, device: str, *sentences: str) -> None:
    page.goto(f"{address}/bench/")
    page.select_option("#device", device)
    for number, sentence in enumerate(sentences, start=1):
        page.fill("#sentence", sentence)
        page.press("#sentence", "Enter")
        page.wait_for_selector(f"#log > li:nth-child({number})")
    page.wait_for_function("() => !document.querySelector('.carried > .quiet:only-child')")
    if device != "speaker" and page.get_attribute("#bench", "data-viewhost"):
        page.wait_for_selector("#screen .drawn:not(.waiting)")


def pages(page: Any, address: str) -> dict[str, Callable[[], object]]:
    """What is to be seen of each page, and how to get there."""
    talk = partial(simulator, page, address)

    def saved() -> None:
        talk("speaker", "why does my back hurt")
        page.get_by_role("button", name="Save as test", exact=True).click()
        page.wait_for_selector("#saved:not([hidden])")

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
        "simulator": lambda: talk("speaker", "why does my back hurt in pregnancy", "what helps"),
        "simulator-emergency": lambda: talk("hub", "i am bleeding a lot and i feel faint"),
        "simulator-choice": lambda: talk("tv", "my stomach hurts"),
        "simulator-round": lambda: talk("round", "what is heartburn"),
        "simulator-saved": saved,
        "simulator-empty": lambda: page.goto(f"{address}/bench/"),
        "profiler": profiler,
        "library": library,
        "article": article,
        "insight": lambda: page.goto(f"{address}/bench/insight"),
    }


def broken(page: Any, address: str, article: Path) -> dict[str, Callable[[], object]]:
    """The library over content of which this article is broken."""
    article.write_text(article.read_text(encoding="utf-8").replace("summary:", "sumary:", 1), encoding="utf-8")

    def broken_article() -> None:
        page.goto(f"{address}/bench/library/{article.stem}")
        page.wait_for_selector("#faults li")

    return {"library-broken": lambda: page.goto(f"{address}/bench/library"), "article-broken": broken_article}


def login(page: Any, address: str) -> dict[str, Callable[[], object]]:
    """The way in, and after a wrong token."""

    def refused() -> None:
        page.goto(f"{address}/bench/login")
        page.fill("#token", "wrong")
        page.press("#token", "Enter")
        page.wait_for_selector(".fault")

    return {"login": lambda: page.goto(f"{address}/bench/login"), "login-refused": refused}


def take(page: Any, folder: Path, shown: dict[str, Callable[[], object]]) -> None:
    """A picture of each at every width, light and dark; of a page with the graph another of that alone."""
    for name, go in shown.items():
        page.set_viewport_size({"width": 1024, "height": 768})
        go()
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                page.evaluate("() => document.getElementById('screen')?.scrollIntoView()")
                page.wait_for_timeout(300)  # a frame is painted only when it has come into view
                page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
                if name == "library":
                    page.locator(".links").screenshot(path=folder / f"graph-{width}-{scheme}.png")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, browser() as context, ExitStack() as served:
        rate(Path(scratch) / "rated.sqlite")
        content = Path(shutil.copytree(Settings.from_env().content, Path(scratch) / "content"))
        settings = replace(Settings.from_env(), content=content, feedback=f"sqlite:{scratch}/rated.sqlite")
        production = {"production": True, "serve_unreviewed": True, "skill_id": "amzn1.ask.skill.1"}

        def serve(settings: Settings) -> str:
            return served.enter_context(serving(create_app(settings, feedback=MemoryStore(), now=lambda: NOW)))

        address, locked = serve(settings), serve(replace(settings, **production, bench_token=TOKEN))  # type: ignore[arg-type]
        page = context.new_page()
        page.set_default_timeout(600_000)
        alone = Path(scratch) / "feedback.html"
        alone.write_text(insight_page(insight(counted(settings.feedback, settings.data), NOW.date())), encoding="utf-8")
        take(page, folder, {"feedback": lambda: page.goto(alone.as_uri()), **pages(page, address)})
        take(page, folder, login(page, locked))
        take(page, folder, broken(page, address, content / ARTICLE))
    print(f"{folder}: {len(list(folder.glob('*.png')))} screenshots")  # noqa: T201 - a command


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "var/screenshots"))
