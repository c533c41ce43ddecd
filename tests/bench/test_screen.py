"""The screen of a device on the simulator page: drawn by the viewhost in its locked frame, or shown plainly."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from conftest import ROOT

from bench.browser import serving
from bench.conftest import PATIENCE, TOKEN
from bench.talking import SENTENCE, press, reply_after, say
from skill.feedback.memory import MemoryStore
from skill.settings import Settings
from skill.web.app import create_app

VIEWHOST = ROOT / "tests" / "screens" / "node_modules" / "apl-viewhost-web" / "index.js"


@pytest.mark.parametrize("device", ["round", "hub", "tv"])
def test_a_device_with_a_screen_says_so_in_its_request(simulator: Any, device: str) -> None:
    simulator.select_option("#device", device)
    say(simulator, "what is heartburn")
    assert simulator.is_visible(f".screen.{device}")
    simulator.click("#turn .request summary")
    context = json.loads(simulator.input_value("#turn .request textarea"))["context"]
    assert "Alexa.Presentation.APL" in context["System"]["device"]["supportedInterfaces"]
    assert context["Viewport"]["shape"] == ("ROUND" if device == "round" else "RECTANGLE")


def test_a_speaker_shows_no_screen(simulator: Any) -> None:
    say(simulator, "what is heartburn")
    assert simulator.is_hidden("#screen")


def test_without_the_viewhost_a_screen_is_shown_plainly_and_can_be_touched(simulator: Any) -> None:
    simulator.select_option("#device", "hub")
    reply = say(simulator, "what helps heartburn")
    screen = simulator.locator("#screen .glass")
    lines = screen.locator("p").all_inner_texts()
    assert lines[0] == "Heartburn"
    assert not [line for line in lines if "&amp;" in line or "<br>" in line]
    assert [line for line in lines[1:] if line.removesuffix(".").lower() in reply.lower()]
    screen.get_by_role("button", name="Yes", exact=True).click()
    assert reply_after(simulator, 1)
    assert simulator.locator("#log .hers").nth(1).inner_text() == "<touch> helpful yes"


def test_an_urgent_screen_shown_plainly_begins_with_the_number(simulator: Any) -> None:
    simulator.select_option("#device", "round")
    say(simulator, "i am bleeding a lot and i feel faint")
    assert simulator.locator("#screen .glass p").first.inner_text() == "911"


def test_a_touch_is_replayed_by_a_link(simulator: Any) -> None:
    say(simulator, SENTENCE)
    thanked = press(simulator, "Touch")
    simulator.get_by_role("button", name="Copy link").click()
    simulator.wait_for_selector("text=Copied.")
    link = simulator.evaluate("() => navigator.clipboard.readText()")
    simulator.goto("about:blank")
    simulator.goto(link)
    assert reply_after(simulator, 1) == thanked


def touch(page: Any, label: Any) -> None:
    """A touch of the middle of a label in the frame, which is shown smaller than it is."""
    label.evaluate("(label) => label.scrollIntoView({block: 'center'})")
    x, y, width = label.evaluate("""(label) => {
      const { left, right, top, bottom } = label.getBoundingClientRect();
      return [(left + right) / 2, (top + bottom) / 2, innerWidth];
    }""")
    frame = page.locator("#screen iframe").bounding_box()
    scale = frame["width"] / width
    page.mouse.click(frame["x"] + x * scale, frame["y"] + y * scale, delay=100)


@pytest.mark.skipif(not VIEWHOST.is_file(), reason="apl-viewhost-web is not installed (make viewhost)")
@pytest.mark.parametrize("device", ["round", "hub", "tv"])
def test_with_the_viewhost_a_screen_is_drawn_by_it_and_touched(
    device: str, chromium: Any, settings: Settings, ratings: MemoryStore
) -> None:
    app = create_app(replace(settings, viewhost=VIEWHOST.parent), feedback=ratings)
    with serving(app) as address:
        page = chromium.new_page()
        page.set_default_timeout(PATIENCE)
        sent: set[str] = set()
        stopped: set[str] = set()  # by the policy, before they left: the viewhost asks for fonts
        page.on("request", lambda request: sent.add(request.url))
        page.on("requestfailed", lambda request: stopped.add(request.url) if request.failure == "csp" else None)
        page.goto(f"{address}/bench/")
        page.select_option("#device", device)
        say(page, "what helps heartburn")
        page.wait_for_selector("#screen .drawn:not(.waiting)")
        drawn = page.frame_locator("#screen iframe")
        drawn.get_by_text("Heartburn", exact=True).wait_for()
        assert "When to call" in drawn.locator("body").inner_text()
        assert page.locator("#screen p").count() == 0  # what was shown plainly meanwhile
        touch(page, drawn.get_by_text("Yes", exact=True))
        reply_after(page, 1)
        assert page.locator("#log .hers").nth(1).inner_text() == "<touch> helpful yes"
        drawn.get_by_text("Heartburn", exact=True).wait_for(state="detached")
        assert page.locator("#screen iframe").count() == 1
        assert not [url for url in sent - stopped if not url.startswith((address, "data:", "blob:"))]
        page.close()


@pytest.mark.skipif(not VIEWHOST.is_file(), reason="apl-viewhost-web is not installed (make viewhost)")
def test_the_viewhosts_policy_holds_in_its_locked_frame_alone(settings: Settings, ratings: MemoryStore) -> None:
    client = create_app(replace(settings, viewhost=VIEWHOST.parent), feedback=ratings).test_client()
    policy = client.get("/bench/viewhost/").headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-scripts; default-src 'none';")
    locked = create_app(replace(settings, viewhost=VIEWHOST.parent, bench_token=TOKEN), feedback=ratings).test_client()
    assert locked.get("/bench/viewhost/").status_code == 302
    assert "http" not in policy
    assert "unsafe" not in client.get("/bench/").headers["Content-Security-Policy"]
