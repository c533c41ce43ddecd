"""The simulator page in Chromium: one sentence in, everything about the turn out, and nothing kept on the server."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT

from bench.browser import serving
from bench.conftest import PATIENCE, TOKEN
from skill.bench.voice import installed
from skill.feedback.memory import MemoryStore
from skill.settings import Settings
from skill.simulator.conversation_tests import load_conversations, run_conversation
from skill.simulator.converse import Conversation
from skill.web.app import create_app

VIEWHOST = ROOT / "tests" / "screens" / "node_modules" / "apl-viewhost-web" / "index.js"
SENTENCE = "why does my back hurt"
RECOGNITION = """
window.SpeechRecognition = window.webkitSpeechRecognition = class {
  start() {
    setTimeout(() => { this.onresult({results: [[{transcript: 'What helps Heartburn'}]]}); this.onend(); }, 50);
  }
  stop() {} abort() {}
};
"""
"""A declared fake: headless Chromium has no speech recognition."""


@pytest.fixture
def simulator(page: Any, address: str) -> Any:
    page.goto(f"{address}/")
    return page


def say(page: Any, sentence: str) -> str:
    """Types a sentence and gives the reply."""
    before = page.locator("#log > li").count()
    page.fill("#sentence", sentence)
    page.press("#sentence", "Enter")
    return str(reply_after(page, before))


def reply_after(page: Any, before: int) -> str:
    page.wait_for_selector(f"#log > li:nth-child({before + 1})")
    return str(page.locator("#log > li").nth(before).locator(".ours").inner_text())


def press(page: Any, button: str) -> str:
    before = page.locator("#log > li").count()
    page.get_by_role("button", name=button, exact=True).click()
    return reply_after(page, before)


def test_a_sentence_is_answered_and_explained(simulator: Any, fits: Callable[[], None]) -> None:
    assert "Back pain in pregnancy usually comes from" in say(simulator, SENTENCE)
    shown = simulator.inner_text("#turn")
    for part in (
        "ComplaintIntent", "{opener} {complaint}", "ER_SUCCESS_MATCH", "complaint", "no sign heard", "Found",
        "is behind back-pain", "nearest line", "the words ask for it", "of 105 words (first reply)", "of 120,000 bytes",
        "matcher", "urgent", "topics", "dialogue", "ms",
    ):  # fmt: skip
        assert part in shown, part
    fits()


def test_a_later_reply_has_the_smaller_budget_and_an_emergency_the_smallest(simulator: Any) -> None:
    say(simulator, SENTENCE)
    say(simulator, "what helps")
    assert "of 88 words (later reply)" in simulator.inner_text("#turn")
    assert say(simulator, "i am bleeding a lot and i feel faint").startswith("Call 911")
    assert "of 45 words (emergency reply)" in simulator.inner_text("#turn")
    assert "emergency: " in simulator.inner_text("#turn")


def test_locale_and_hearing_change_what_comes_back(simulator: Any) -> None:
    simulator.select_option("#locale", "en-GB")
    assert "999" in say(simulator, SENTENCE)
    simulator.select_option("#hear", "whole")
    say(simulator, "what helps heartburn")
    assert "ComplaintIntent" in simulator.inner_text("#turn")


def test_a_new_session_begins_afresh(simulator: Any) -> None:
    say(simulator, SENTENCE)
    press_new = simulator.get_by_role("button", name="New session")
    press_new.click()
    assert simulator.locator("#log > li").count() == 0
    say(simulator, "what helps heartburn")
    simulator.click("#turn .request summary")
    assert json.loads(simulator.input_value("#turn .request textarea"))["session"]["new"] is True


def test_every_canned_request_is_one_touch(simulator: Any) -> None:
    assert "?" in press(simulator, "Launch")
    assert press(simulator, "Silence")
    assert press(simulator, "Noise")
    assert press(simulator, "Touch") is not None
    simulator.click("#turn .request summary")
    assert "Alexa.Presentation.APL.UserEvent" in simulator.input_value("#turn .request textarea")
    assert press(simulator, "Stop")
    assert "(nothing is said)" in press(simulator, "Session ended")
    assert "SessionEndedRequest" in simulator.input_value("#turn .request textarea")
    assert "The door answered 400" in press(simulator, "Bad signature")


def test_an_edited_request_is_sent_as_it_is(simulator: Any) -> None:
    say(simulator, "what is heartburn")
    simulator.click("#turn .request summary")
    area = simulator.locator("#turn .request textarea")
    area.fill(area.input_value().replace("en-US", "en-GB").replace("heartburn", "back pain"))
    assert "999" in press(simulator, "Send it again")
    simulator.click("#turn .request summary")
    area.fill("{not json")
    simulator.get_by_role("button", name="Send it again").click()
    assert "not JSON" in simulator.inner_text("#problem")


def test_a_request_that_is_none_still_gets_a_safe_reply(simulator: Any) -> None:
    say(simulator, "what is heartburn")
    simulator.click("#turn .request summary")
    simulator.fill("#turn .request textarea", '{"request": {"type": "IntentRequest", "intent": {"name": 7}}}')
    assert press(simulator, "Send it again")
    assert simulator.is_hidden("#problem")


def test_request_and_response_can_be_copied(simulator: Any) -> None:
    say(simulator, "what is heartburn")
    simulator.click("#turn .response summary")
    simulator.locator("#turn .response").get_by_role("button", name="Copy").click()
    simulator.wait_for_selector("text=Copied.")
    assert json.loads(simulator.evaluate("() => navigator.clipboard.readText()"))["version"] == "1.0"


def test_it_is_driven_by_the_keyboard(simulator: Any) -> None:
    say(simulator, "what is heartburn")
    say(simulator, "what helps")
    simulator.press("#sentence", "ArrowUp")
    simulator.press("#sentence", "ArrowUp")
    assert simulator.input_value("#sentence") == "what is heartburn"
    simulator.press("#sentence", "ArrowDown")
    assert simulator.input_value("#sentence") == "what helps"
    simulator.press("#sentence", "Escape")
    assert simulator.input_value("#sentence") == ""
    simulator.keyboard.press("?")
    assert simulator.is_visible("#key-list")
    simulator.keyboard.press("Alt+ArrowUp")
    assert simulator.inner_text("#turn h2") == "what is heartburn"
    simulator.keyboard.press("Alt+KeyN")
    assert simulator.locator("#log > li").count() == 0
    simulator.keyboard.press("Alt+KeyL")
    assert reply_after(simulator, 0)


def test_a_link_replays_the_conversation_and_its_text_never_reaches_the_server(simulator: Any, address: str) -> None:
    simulator.select_option("#locale", "en-AU")
    say(simulator, "what is heartburn")
    last = say(simulator, "what helps")
    simulator.get_by_role("button", name="Copy link").click()
    simulator.wait_for_selector("text=Copied.")
    link = simulator.evaluate("() => navigator.clipboard.readText()")
    assert "heartburn" in link.partition("#")[2]
    assert "heartburn" not in link.partition("#")[0]
    asked: list[str] = []
    simulator.on("request", lambda request: asked.append(request.url))
    simulator.goto("about:blank")
    simulator.goto(link)
    assert reply_after(simulator, 1) == last
    assert simulator.input_value("#locale") == "en-AU"
    assert not [url for url in asked if "heartburn" in url.partition("#")[0]]


@pytest.mark.parametrize("fragment", ["#nonsense", "#%7B%7D", "#%E0%A4%A"])
def test_a_link_without_a_conversation_says_so(page: Any, address: str, fragment: str) -> None:
    page.goto(f"{address}/{fragment}")
    page.wait_for_selector("#problem:not([hidden])")
    assert "no conversation" in page.inner_text("#problem")


def test_a_conversation_is_saved_as_a_test_that_holds(
    simulator: Any, tmp_path: Path, talk: Callable[..., Conversation]
) -> None:
    for sentence in ("<launch>", "why do i have heartburn", "what helps", "i am bleeding a lot", "stop"):
        say(simulator, sentence)
    simulator.get_by_role("button", name="Save as test", exact=True).click()
    simulator.wait_for_selector("#saved-text:not(:empty)")
    with simulator.expect_download() as download:
        simulator.click("#saved-file")
    path = tmp_path / "saved.yaml"
    download.value.save_as(path)
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["dialogs"][0]["turns"][1]["expect"]["topic"] == "heartburn"
    [dialog] = load_conversations(path)
    held = run_conversation(dialog, talk)
    assert held.passed, [turn.failures for turn in held.turns]
    assert len(held.turns) == 5


def test_one_turn_is_saved_as_a_test_by_itself(
    simulator: Any, tmp_path: Path, talk: Callable[..., Conversation]
) -> None:
    say(simulator, "why do i have heartburn")
    say(simulator, "what helps my back pain")
    simulator.get_by_role("button", name="Save this turn as a test").click()
    simulator.wait_for_selector("#saved-text:not(:empty)")
    path = tmp_path / "saved.yaml"
    path.write_text(simulator.inner_text("#saved-text"), encoding="utf-8")
    [dialog] = load_conversations(path)
    assert (dialog["id"], len(dialog["turns"])) == ("what-helps-my-back-pain", 1)
    assert run_conversation(dialog, talk).passed


def test_a_test_that_was_heard_otherwise_says_how_to_hold_it(simulator: Any) -> None:
    simulator.select_option("#hear", "whole")
    say(simulator, SENTENCE)
    simulator.get_by_role("button", name="Save as test", exact=True).click()
    simulator.wait_for_selector("#saved:not([hidden])")
    assert "bump-guide test --hear whole FILE" in simulator.inner_text("#saved")


def test_the_words_that_carried_a_topic_are_told(simulator: Any) -> None:
    say(simulator, "why does my back hurt so much today")
    simulator.wait_for_selector(".carried table")
    without = {
        row.locator("td").first.inner_text(): float(row.locator("td").nth(1).inner_text())
        for row in simulator.get_by_role("region", name="Scores without each word").locator("tbody tr").all()
    }
    assert list(without) == ["why", "does", "my", "back", "hurt", "so", "much", "today"]
    assert min(without, key=lambda word: without[word]) == "back"
    assert simulator.locator(".carried .most").inner_text() == "back"


def test_markup_that_is_typed_is_shown_as_text(simulator: Any) -> None:
    typed = "<img src=x onerror=alert(1)> why does my back hurt </script>"
    say(simulator, typed)
    assert simulator.locator("#log .hers").first.inner_text() == typed
    assert simulator.locator("#log img, #turn img").count() == 0


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


@pytest.mark.skipif(not installed(), reason="espeak-ng is not installed")
def test_a_reply_is_heard_from_the_server_at_the_chosen_rate(simulator: Any) -> None:
    say(simulator, "what is heartburn")
    simulator.click("text=Sound and microphone")
    lengths = []
    for rate in ("100", "300"):
        simulator.locator("#rate").fill(rate)
        with simulator.expect_response("**/speech") as sound:
            simulator.get_by_role("button", name="Play", exact=True).click()
        assert sound.value.headers["content-type"] == "audio/wav"
        lengths.append(int(sound.value.headers["content-length"]))
    assert lengths[0] > 1.5 * lengths[1]


def test_where_the_server_cannot_speak_the_browser_does(page: Any, address: str) -> None:
    page.add_init_script("""
      window.saidHere = [];
      window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
      Object.defineProperty(window, "speechSynthesis", {value: {speak: (said) => saidHere.push(said), cancel() {}}});
      document.addEventListener("readystatechange", () => { document.body.dataset.serverSpeaks = "no"; });
    """)
    page.goto(f"{address}/")
    reply = say(page, "what is heartburn")
    page.click("text=Sound and microphone")
    page.locator("#rate").fill("240")
    page.get_by_role("button", name="Play", exact=True).click()
    [said] = page.evaluate("() => saidHere")
    assert said["text"] == reply
    assert said["rate"] == 1.5
    assert said["lang"] == "en-US"


def test_the_microphone_is_off_until_it_is_switched_on_with_a_word_of_where_the_sound_goes(
    page: Any, address: str
) -> None:
    page.add_init_script(RECOGNITION)
    page.goto(f"{address}/")
    assert page.is_disabled("#microphone")
    page.click("text=Sound and microphone")
    assert "sending the sound to its maker" in page.inner_text("label:has(#allow-microphone)")
    page.check("#allow-microphone")
    page.click("#microphone")
    assert reply_after(page, 0)
    assert page.inner_text("#log .hers") == "what helps heartburn"


def test_where_the_browser_has_no_recognition_the_switch_says_so(page: Any, address: str) -> None:
    page.add_init_script("delete window.SpeechRecognition; delete window.webkitSpeechRecognition;")
    page.goto(f"{address}/")
    page.click("text=Sound and microphone")
    assert page.is_disabled("#allow-microphone")
    assert "no speech recognition" in page.inner_text("label:has(#allow-microphone)")
