"""The simulator page in Chromium: one sentence in, everything about the turn out, and nothing kept on the server."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from click.testing import Result

from bench.talking import SENTENCE, held_back, press, reply_after, say
from skill.simulator.conversation_tests import load_conversations, run_conversation
from skill.simulator.converse import Conversation


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
    shown = simulator.inner_text("#turn")
    assert "emergency: " in shown
    assert "An urgent reply leads, and no article is read." in shown
    assert "offered" not in shown


def test_a_choice_that_the_conversation_offers_is_not_explained_by_the_search_alone(simulator: Any) -> None:
    assert say(simulator, "my stomach hurts").endswith("?")
    assert "a choice was offered: the conversation asks back" in simulator.inner_text("#turn")
    say(simulator, SENTENCE)
    assert "a choice was offered" not in simulator.inner_text("#turn")


def test_locale_and_hearing_change_what_comes_back(simulator: Any) -> None:
    simulator.select_option("#locale", "en-GB")
    assert "999" in say(simulator, SENTENCE)
    simulator.select_option("#hear", "whole")
    say(simulator, "what helps heartburn")
    assert "ComplaintIntent" in simulator.inner_text("#turn")


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("device", "hub", "A new session: device is now Hub."),
        ("locale", "en-GB", "A new session: locale is now en-GB."),
        ("hear", "strict", "A new session: hearing is now strict."),
    ],
)
def test_another_setting_is_another_session(simulator: Any, setting: str, value: str, told: str) -> None:
    say(simulator, "what is heartburn")
    simulator.focus(f"#{setting}")
    simulator.select_option(f"#{setting}", value)
    assert simulator.locator("#log > li").count() == 0
    assert simulator.inner_text("#told") == told
    assert simulator.evaluate("() => document.activeElement.id") == setting  # the next choice is a key away
    say(simulator, "how long does it last")  # which has nothing to go on in a new session
    assert "topic" not in simulator.locator("#turn section:has(h3:text-is('Understood')) dt").all_inner_texts()
    request = request_of(simulator)
    assert (request["session"]["new"], request["session"]["attributes"]) == (True, {})
    assert setting != "locale" or request["request"]["locale"] == value
    assert setting != "device" or "Alexa.Presentation.APL" in json.dumps(request["context"])


def said_and_held_back(page: Any) -> list[Any]:
    """A sentence is said; its request waits in the list."""
    held = held_back(page, "**/turn")
    with page.expect_request("**/turn"):
        page.fill("#sentence", SENTENCE)
        page.press("#sentence", "Enter")
    return held


def test_a_reply_that_comes_after_a_setting_was_changed_is_not_in_the_new_session(simulator: Any) -> None:
    held = said_and_held_back(simulator)
    simulator.select_option("#hear", "whole")
    for route in held:
        route.continue_()
    simulator.unroute("**/turn")
    say(simulator, "what is acne")
    assert simulator.locator("#log .hers").all_inner_texts() == ["what is acne"]


FREE = "i have got terrible pain down my left leg when i walk"


@pytest.mark.parametrize(
    ("mode", "sentence", "intent", "heard"),
    [
        ("alexa", "is heartburn dangerous for the baby", "IsItNormalIntent", "heartburn"),
        ("strict", "is heartburn dangerous for the baby", "AMAZON.FallbackIntent", None),
        ("strict", FREE, "IHavePhraseIntent", "terrible pain down my left leg when i walk"),
        ("whole", FREE, "ComplaintIntent", FREE),
        ("lossy", FREE, "ComplaintIntent", "pain down my left leg when i walk"),
    ],
)
def test_each_hearing_mode_hears_otherwise(
    simulator: Any, mode: str, sentence: str, intent: str, heard: str | None
) -> None:
    simulator.select_option("#hear", mode)
    say(simulator, sentence)
    told = request_of(simulator)["request"]["intent"]
    values = [slot["value"] for slot in told["slots"].values()]
    assert (told["name"], values[-1] if values else None) == (intent, heard)
    matched = simulator.inner_text("#turn section:has(h3:text-is('Matched'))")
    assert intent in matched
    assert (heard or "No slots.") in matched


def test_a_new_session_begins_afresh(simulator: Any) -> None:
    say(simulator, SENTENCE)
    press_new = simulator.get_by_role("button", name="New session")
    press_new.click()
    assert simulator.locator("#log > li").count() == 0
    say(simulator, "what helps heartburn")
    simulator.click("#turn .request summary")
    assert json.loads(simulator.input_value("#turn .request textarea"))["session"]["new"] is True


def test_a_reply_that_comes_after_a_new_session_began_is_not_in_it(simulator: Any) -> None:
    held = said_and_held_back(simulator)
    simulator.fill("#sentence", "what is acne")
    simulator.press("#sentence", "Enter")  # waits for the first
    simulator.get_by_role("button", name="New session").click()
    for route in held:
        route.continue_()
    simulator.unroute("**/turn")
    say(simulator, "what helps heartburn")
    assert simulator.locator("#log .hers").all_inner_texts() == ["what helps heartburn"]
    assert simulator.is_hidden("#problem")
    simulator.click("#turn .request summary")
    assert json.loads(simulator.input_value("#turn .request textarea"))["session"]["new"] is True


def request_of(page: Any) -> Any:
    """The request of the turn that is laid out; None where none was sent."""
    area = page.locator("#turn .request textarea")
    return json.loads(area.input_value()) if area.count() else None


def test_launch_asks_what_she_wants(simulator: Any) -> None:
    assert press(simulator, "Launch").endswith("?")
    assert request_of(simulator)["request"]["type"] == "LaunchRequest"


def test_silence_is_answered_by_the_reprompt_and_a_second_one_ends_the_session(simulator: Any) -> None:
    press(simulator, "Launch")
    assert press(simulator, "Silence").endswith("?")
    assert request_of(simulator) is None  # the device speaks by itself
    press(simulator, "Silence")
    assert "the session has ended" in simulator.locator("#log > li").nth(2).inner_text()


def test_noise_is_not_understood_and_asked_about(simulator: Any) -> None:
    press(simulator, "Launch")
    assert press(simulator, "Noise").endswith("?")
    assert request_of(simulator)["request"]["intent"]["name"] == "AMAZON.FallbackIntent"


def test_stop_ends_the_session(simulator: Any) -> None:
    press(simulator, "Launch")
    press(simulator, "Stop")
    assert request_of(simulator)["request"]["intent"]["name"] == "AMAZON.StopIntent"
    assert "the session has ended" in simulator.locator("#log > li").nth(1).inner_text()


def test_the_end_of_a_session_is_told_and_nothing_is_said(simulator: Any) -> None:
    press(simulator, "Launch")
    assert press(simulator, "Session ended") == "(nothing is said)"
    request = request_of(simulator)["request"]
    assert (request["type"], request["reason"]) == ("SessionEndedRequest", "USER_INITIATED")


def test_a_touch_of_the_screen_rates_the_answer(simulator: Any) -> None:
    say(simulator, "what is heartburn")
    assert press(simulator, "Touch")
    request = request_of(simulator)["request"]
    assert (request["type"], request["arguments"]) == ("Alexa.Presentation.APL.UserEvent", ["helpful", "yes"])


def test_a_bad_signature_is_refused_by_the_door_with_any_request_or_none(simulator: Any) -> None:
    for expected in ("LaunchRequest", "IntentRequest"):
        assert press(simulator, "Bad signature") == "The door answered 400: refused, without saying why."
        assert request_of(simulator)["request"]["type"] == expected
        say(simulator, "what is heartburn")


def test_an_edited_request_is_sent_as_it_is(simulator: Any) -> None:
    say(simulator, "what is heartburn")
    simulator.click("#turn .request summary")
    area = simulator.locator("#turn .request textarea")
    area.fill(area.input_value().replace("en-US", "en-GB").replace("heartburn", "acne"))
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


def test_a_request_is_copied_as_it_was_edited(simulator: Any) -> None:
    say(simulator, "what is heartburn")
    simulator.click("#turn .request summary")
    copied = []
    for edited in (None, '{"mine": 1}'):
        if edited:
            simulator.fill("#turn .request textarea", edited)
        simulator.evaluate("() => { document.getElementById('told').textContent = ''; }")
        simulator.locator("#turn .request").get_by_role("button", name="Copy", exact=True).click()
        simulator.wait_for_selector("#told:has-text('Copied.')")
        copied.append(json.loads(simulator.evaluate("() => navigator.clipboard.readText()")))
    assert copied[0]["request"]["type"] == "IntentRequest"
    assert copied[1] == {"mine": 1}


def test_the_saved_test_is_copied_and_downloaded_under_the_name_of_its_first_sentence(simulator: Any) -> None:
    say(simulator, "<launch>")
    say(simulator, "What helps, with heartburn?")
    simulator.get_by_role("button", name="Save as test", exact=True).click()
    simulator.wait_for_selector("#saved:not([hidden])")
    assert "bump-guide test tests/conversations/what-helps-with-heartburn.yaml" in simulator.inner_text("#saved")
    with simulator.expect_download() as download:
        simulator.click("#saved-file")
    assert download.value.suggested_filename == "what-helps-with-heartburn.yaml"
    simulator.click("#saved-copy")
    simulator.wait_for_selector("#told:has-text('Copied.')")
    assert simulator.evaluate("() => navigator.clipboard.readText()") == simulator.text_content("#saved-text")


def test_up_and_down_do_not_lose_what_is_half_typed(simulator: Any) -> None:
    simulator.fill("#sentence", "nothing was said")
    for key in ("ArrowUp", "ArrowDown"):
        simulator.press("#sentence", key)
        assert simulator.input_value("#sentence") == "nothing was said"
    say(simulator, "what is heartburn")
    say(simulator, "what helps")
    simulator.fill("#sentence", "half a sen")
    for key, shown in (
        ("ArrowUp", "what helps"),
        ("ArrowUp", "what is heartburn"),
        ("ArrowDown", "what helps"),
        ("ArrowDown", "half a sen"),
        ("ArrowDown", "half a sen"),
    ):
        simulator.press("#sentence", key)
        assert simulator.input_value("#sentence") == shown
    simulator.press("#sentence", "ArrowUp")
    simulator.press("#sentence", "End")
    simulator.keyboard.type(" now")  # brought back and changed: half typed again
    simulator.press("#sentence", "ArrowUp")
    simulator.press("#sentence", "ArrowDown")
    assert simulator.input_value("#sentence") == "what helps now"


def test_a_slash_goes_to_the_input_unless_something_is_typed(simulator: Any) -> None:
    simulator.focus("#save")
    simulator.keyboard.press("/")
    assert simulator.evaluate("() => document.activeElement.id") == "sentence"
    assert simulator.input_value("#sentence") == ""
    simulator.keyboard.press("/")
    assert simulator.input_value("#sentence") == "/"


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
    simulator.keyboard.press("Alt+ArrowDown")
    assert simulator.inner_text("#turn h2") == "what helps"
    simulator.keyboard.press("Alt+ArrowDown")  # there is none after it
    assert simulator.inner_text("#turn h2") == "what helps"
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


def test_a_link_replays_what_was_no_sentence_too(simulator: Any) -> None:
    say(simulator, "what is heartburn")
    press(simulator, "Bad signature")
    press(simulator, "Session ended")
    simulator.get_by_role("button", name="Copy link").click()
    simulator.wait_for_selector("text=Copied.")
    link = simulator.evaluate("() => navigator.clipboard.readText()")
    shown = simulator.locator("#log .hers, #log .ours").all_inner_texts()
    simulator.goto("about:blank")
    simulator.goto(link)
    reply_after(simulator, 2)
    assert simulator.locator("#log .hers, #log .ours").all_inner_texts() == shown


def test_a_button_under_a_turn_shows_its_details(simulator: Any) -> None:
    say(simulator, "what is heartburn")
    say(simulator, "what helps")
    simulator.get_by_role("button", name="Details of turn 1").click()
    assert simulator.inner_text("#turn h2") == "what is heartburn"


@pytest.mark.parametrize("width", [360, 640])
def test_on_a_narrow_screen_no_table_is_cut_off(simulator: Any, width: int) -> None:
    simulator.set_viewport_size({"width": width, "height": 760})
    say(simulator, SENTENCE)
    simulator.wait_for_selector(".carried table")
    tables = simulator.locator("#turn table").all()
    assert len(tables) == 4
    for table in tables:
        assert table.evaluate("(one) => one.scrollWidth <= one.closest('.scroll').clientWidth")


def test_a_link_holds_no_more_turns_than_it_replays(simulator: Any, address: str) -> None:
    simulator.get_by_role("button", name="Copy link").click()
    assert simulator.inner_text("#problem") == "Nothing was said yet that a link could hold."
    simulator.goto(link(address, *["stop"] * 100))
    reply_after(simulator, 99)
    simulator.get_by_role("button", name="Copy link").click()
    simulator.wait_for_selector("text=Copied.")
    copied = simulator.evaluate("() => navigator.clipboard.readText()")
    say(simulator, "what is acne")
    simulator.get_by_role("button", name="Copy link").click()
    simulator.wait_for_selector("#problem:has-text('A link replays 100 turns at most, and these are 101')")
    assert simulator.evaluate("() => navigator.clipboard.readText()") == copied
    simulator.goto("about:blank")
    simulator.goto(copied)
    assert reply_after(simulator, 99)
    assert simulator.is_hidden("#problem")
    simulator.goto(link(address, *["stop"] * 101))
    simulator.wait_for_selector("#problem:has-text('This link holds 101 turns')")


@pytest.mark.parametrize("fragment", ["#nonsense", "#%7B%7D", "#%E0%A4%A"])
def test_a_link_without_a_conversation_says_so(page: Any, address: str, fragment: str) -> None:
    page.goto(f"{address}/{fragment}")
    page.wait_for_selector("#problem:not([hidden])")
    assert "no conversation" in page.inner_text("#problem")


def link(address: str, *turns: object) -> str:
    return f"{address}/#{quote(json.dumps({'said': turns}))}"


def test_a_link_opened_over_a_conversation_is_replayed_in_a_new_session(simulator: Any, address: str) -> None:
    say(simulator, "what is heartburn")
    say(simulator, "what helps")
    simulator.goto(link(address, "what is acne"))
    simulator.wait_for_function("() => document.querySelector('#log .hers')?.textContent === 'what is acne'")
    assert simulator.locator("#log > li").count() == 1
    simulator.click("#turn .request summary")
    assert json.loads(simulator.input_value("#turn .request textarea"))["session"]["new"] is True


@pytest.mark.parametrize("wrong", [{}, 7, None, "", ["why"], {"end": "BECAUSE"}])
def test_a_link_with_what_is_no_sentence_says_so_and_leaves_the_conversation(
    simulator: Any, address: str, wrong: object
) -> None:
    say(simulator, "what is heartburn")
    simulator.goto(link(address, "what is acne", wrong))
    simulator.wait_for_selector("#problem:not([hidden])")
    assert "its turn 2 is not a sentence" in simulator.inner_text("#problem")
    assert simulator.locator("#log .hers").all_inner_texts() == ["what is heartburn"]


def test_an_edited_request_is_named_where_it_cannot_go_along(simulator: Any) -> None:
    say(simulator, "what is heartburn")
    simulator.click("#turn .request summary")
    press(simulator, "Send it again")
    simulator.get_by_role("button", name="Save as test", exact=True).click()
    simulator.wait_for_selector("#problem:not([hidden])")
    assert "Turn 2 is an edited request" in simulator.inner_text("#problem")
    assert simulator.is_hidden("#saved")
    simulator.get_by_role("button", name="Copy link").click()
    simulator.wait_for_selector("#told:has-text('Not in the link: turn 2')")


def test_a_session_that_was_ended_is_saved_as_ended(simulator: Any) -> None:
    say(simulator, "what is heartburn")
    press(simulator, "Session ended")
    say(simulator, "what helps")
    simulator.get_by_role("button", name="Save as test", exact=True).click()
    simulator.wait_for_selector("#saved:not([hidden])")
    turns = yaml.safe_load(simulator.inner_text("#saved-text"))["dialogs"][0]["turns"]
    assert [turn["say"] for turn in turns] == ["what is heartburn", "<oneshot> what helps"]


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


def one_turn_saved(page: Any, path: Path, cli: Callable[..., Result]) -> Any:
    """The turn that is looked at, saved as a test that `bump-guide test` has held; gives its dialog."""
    page.get_by_role("button", name="Save this turn as a test").click()
    page.wait_for_selector("#saved:not([hidden])")
    with page.expect_download() as download:
        page.click("#saved-file")
    download.value.save_as(path)
    held = cli("test", str(path))
    assert (held.exit_code, held.output.splitlines()[-1]) == (0, "1 of 1 conversations passed"), held.output
    [dialog] = load_conversations(path)
    return dialog


def test_a_turn_that_follows_another_is_saved_with_what_led_to_it(
    simulator: Any, tmp_path: Path, cli: Callable[..., Result]
) -> None:
    say(simulator, "what is acne")
    press(simulator, "Session ended")
    for sentence in ("what is heartburn", "how long does it last", "what helps"):
        say(simulator, sentence)
    press(simulator, "Bad signature")
    simulator.get_by_role("button", name="Details of turn 4").click()
    dialog = one_turn_saved(simulator, tmp_path / "saved.yaml", cli)
    assert dialog["id"] == "how-long-does-it-last"
    first, last = dialog["turns"]
    assert first == {"say": "what is heartburn"}
    assert (last["say"], last["expect"]["topic"]) == ("how long does it last", "heartburn")


def test_a_turn_that_opened_its_session_is_saved_alone(
    simulator: Any, tmp_path: Path, cli: Callable[..., Result]
) -> None:
    say(simulator, "stop")
    say(simulator, "what helps my back pain")
    dialog = one_turn_saved(simulator, tmp_path / "saved.yaml", cli)
    assert (dialog["id"], len(dialog["turns"])) == ("what-helps-my-back-pain", 1)
    assert dialog["turns"][0]["expect"]["topic"] == "back-pain"


def test_a_choice_is_saved_with_what_it_was_offered_for(
    simulator: Any, tmp_path: Path, cli: Callable[..., Result]
) -> None:
    say(simulator, "my stomach hurts")
    say(simulator, "the first one")
    *_, last = one_turn_saved(simulator, tmp_path / "saved.yaml", cli)["turns"]
    assert last["expect"]["topic"] == "$option1"


def test_a_turn_after_an_edited_request_is_not_saved(simulator: Any) -> None:
    say(simulator, "what is heartburn")
    simulator.click("#turn .request summary")
    press(simulator, "Send it again")
    say(simulator, "what helps")
    simulator.get_by_role("button", name="Save this turn as a test").click()
    simulator.wait_for_selector("#problem:has-text('depends on an edited request')")
    assert simulator.is_hidden("#saved")


def test_a_test_that_was_heard_otherwise_says_how_to_hold_it(simulator: Any) -> None:
    simulator.select_option("#hear", "whole")
    say(simulator, SENTENCE)
    simulator.get_by_role("button", name="Save as test", exact=True).click()
    simulator.wait_for_selector("#saved:not([hidden])")
    assert "bump-guide test --hear whole tests/conversations/why-does-my-back-hurt.yaml" in simulator.inner_text(
        "#saved"
    )


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
