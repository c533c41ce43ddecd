"""Sound on the simulator page: replies heard, and speech recognised."""

from __future__ import annotations

from typing import Any

import pytest

from bench.talking import reply_after, say
from skill.bench.voice import installed
from skill.simulator.converse import plain

RECOGNITION = """
window.SpeechRecognition = window.webkitSpeechRecognition = class {
  start() {
    setTimeout(() => { this.onresult({results: [[{transcript: 'What helps Heartburn'}]]}); this.onend(); }, 50);
  }
  stop() {} abort() {}
};
"""
"""A declared fake: headless Chromium has no speech recognition."""


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


@pytest.mark.skipif(not installed(), reason="espeak-ng is not installed")
def test_every_reply_is_played_when_that_is_switched_on(simulator: Any) -> None:
    asked: list[str] = []
    simulator.on("request", lambda request: asked.append(request.url) if request.url.endswith("/speech") else None)
    say(simulator, "what is heartburn")
    assert asked == []
    simulator.click("text=Sound and microphone")
    simulator.check("#aloud")
    with simulator.expect_response("**/speech") as sound:
        say(simulator, "what helps")
    assert sound.value.headers["content-type"] == "audio/wav"
    simulator.wait_for_selector("body[data-played='1']")
    simulator.uncheck("#aloud")
    say(simulator, "stop")
    assert len(asked) == 1


@pytest.mark.skipif(not installed(), reason="espeak-ng is not installed")
def test_alt_p_plays_the_reply_that_is_looked_at_and_escape_stops_it(page: Any, address: str) -> None:
    page.add_init_script("""
      window.sounds = [];
      window.Audio = class extends Audio { constructor(...all) { super(...all); window.sounds.push(this); } };
    """)
    page.goto(f"{address}/")
    first = say(page, "what is heartburn")
    say(page, "what helps")
    page.keyboard.press("Alt+ArrowUp")
    with page.expect_request("**/speech") as asked:
        page.keyboard.press("Alt+KeyP")
    assert plain(asked.value.post_data_json["ssml"]) == first
    page.wait_for_function("() => sounds.length === 1 && !sounds[0].paused && sounds[0].currentTime > 0")
    page.fill("#sentence", "half a sen")
    page.keyboard.press("Escape")
    assert page.evaluate("() => [sounds[0].paused, sounds[0].ended]") == [True, False]
    assert page.input_value("#sentence") == ""


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


def test_a_microphone_that_may_not_be_used_is_said(page: Any, address: str) -> None:
    """The browser's own recognition, which finds no permission in a window that nobody sees."""
    page.goto(f"{address}/")
    page.click("text=Sound and microphone")
    page.check("#allow-microphone")
    page.click("#microphone")
    page.wait_for_selector("#problem:not([hidden])")
    assert "allow it for this page" in page.inner_text("#problem")
    assert page.get_attribute("#microphone", "aria-pressed") == "false"


def test_where_the_browser_has_no_recognition_the_switch_says_so(page: Any, address: str) -> None:
    page.add_init_script("delete window.SpeechRecognition; delete window.webkitSpeechRecognition;")
    page.goto(f"{address}/")
    page.click("text=Sound and microphone")
    assert page.is_disabled("#allow-microphone")
    assert "no speech recognition" in page.inner_text("label:has(#allow-microphone)")
