"""Whether everybody can use the bench in each of its states, not only as a page is when it has loaded: at three widths,
light and dark. The profiler's, the library's and the insight page's are in the tests of these pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from bench.accessible import hold_everywhere
from bench.browser import serving
from bench.conftest import PATIENCE
from bench.talking import SENTENCE, press, say
from bench.test_screen import VIEWHOST
from skill.feedback.memory import MemoryStore
from skill.settings import Settings
from skill.web.app import create_app

EMERGENCY = "i am bleeding a lot and i feel faint"


def nothing_said(page: Any) -> None:
    """With the list of keys, the sound's settings, and a complaint."""
    page.keyboard.press("?")
    page.wait_for_selector("#key-list:not([hidden])")
    page.click("text=Sound and microphone")
    page.get_by_role("button", name="Copy link").click()
    page.wait_for_selector("#problem:not([hidden])")


def answer(page: Any) -> None:
    """On a hub, shown plainly, with the words that carried it, request and response, and as a test."""
    page.select_option("#device", "hub")
    say(page, SENTENCE)
    page.wait_for_selector("#screen .glass p")
    page.wait_for_selector(".carried table")
    for summary in page.locator("#turn .json summary").all():
        summary.click()
    page.get_by_role("button", name="Save as test", exact=True).click()
    page.wait_for_selector("#saved:not([hidden])")


def emergency(page: Any) -> None:
    """On a small round screen, shown plainly."""
    page.select_option("#device", "round")
    say(page, EMERGENCY)
    page.wait_for_selector("#log .urgent")
    page.wait_for_selector("#screen .glass p")


def choice(page: Any) -> None:
    """On a television, shown plainly."""
    page.select_option("#device", "tv")
    say(page, "my stomach hurts")
    page.wait_for_selector("#screen .glass button")


def refused(page: Any) -> None:
    """At the door."""
    press(page, "Bad signature")


STATES: dict[str, Callable[[Any], None]] = {
    state.__name__: state for state in (nothing_said, answer, emergency, choice, refused)
}


@pytest.mark.parametrize("state", STATES)
def test_everybody_can_use_the_simulator(simulator: Any, state: str, fits: Callable[[], None]) -> None:
    STATES[state](simulator)
    fits()


@pytest.fixture
def with_the_viewhost(chromium: Any, settings: Settings) -> Iterator[Any]:
    with serving(create_app(replace(settings, viewhost=VIEWHOST.parent), feedback=MemoryStore())) as address:
        page = chromium.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{address}/bench/")
        yield page
        page.close()


@pytest.mark.skipif(not VIEWHOST.is_file(), reason="apl-viewhost-web is not installed (make viewhost)")
def test_everybody_can_use_the_simulator_with_a_screen_that_the_viewhost_draws(with_the_viewhost: Any) -> None:
    with_the_viewhost.select_option("#device", "hub")
    say(with_the_viewhost, "what helps heartburn")
    with_the_viewhost.wait_for_selector("#screen .drawn:not(.waiting)")
    hold_everywhere(with_the_viewhost)


def test_everybody_can_use_what_a_search_finds_and_the_links_as_a_list(
    page: Any, address: str, fits: Callable[[], None]
) -> None:
    page.goto(f"{address}/library")
    page.fill("#words", "my feet look like balloons")
    page.press("#words", "Enter")
    page.wait_for_selector("#found li")
    page.click("text=The links as a list")
    fits()
