"""The screens drawn by Amazon's own viewhost in a real browser, at five viewports; and touched there."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from screens.examples import KINDS, VIEWPORTS, example, screen_of
from screens.viewhost import Viewhost, missing

from skill.alexa.handle import Skill
from skill.simulator.converse import Conversation
from skill.simulator.envelope import Device, touch_envelope

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())

Json = dict[str, Any]
Example = Callable[[str], tuple[Json, Json]]


@pytest.fixture(scope="module")
def viewhost() -> Iterator[Viewhost]:
    with Viewhost() as running:
        yield running


@pytest.fixture
def shown(talk: Callable[..., Conversation], skill: Skill) -> Example:
    return lambda kind: example(kind, lambda: talk(screen=True), skill.handle)


def render(viewhost: Viewhost, shown: Json, viewport: str) -> Json:
    return viewhost(document=shown["document"], datasources=shown["datasources"], viewport=VIEWPORTS[viewport])


@pytest.mark.parametrize("kind", ["answer", "urgent"])
def test_amazons_validator_finds_no_fault(kind: str, viewhost: Viewhost, shown: Example) -> None:
    assert viewhost(validate=shown(kind)[1]["document"]) == {"faults": []}


def test_the_validator_would_find_one(viewhost: Viewhost, shown: Example) -> None:
    wrong = json.loads(json.dumps(shown("answer")[1]["document"]).replace('"paddingLeft"', '"paddingLeftt"'))
    assert viewhost(validate=wrong)["faults"]


@pytest.mark.parametrize("viewport", VIEWPORTS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_screen_is_drawn_whole_without_error_or_outside_request(
    kind: str, viewport: str, viewhost: Viewhost, shown: Example
) -> None:
    """Whole: each text of the data source is on the screen or scrolls into it, and none is cut."""
    _, directive = shown(kind)
    seen = render(viewhost, directive, viewport)
    assert (seen["faults"], seen["outside"]) == ([], [])
    assert [entry for entry in seen["texts"] if entry["cut"]] == []
    drawn = [entry["text"] for entry in seen["texts"]]
    screen = directive["datasources"]["screen"]
    texts = {name: value for name, value in screen.items() if isinstance(value, str) and name not in {"kind", "level"}}
    wanted = [html.unescape(value.replace("<br>", "")) for value in texts.values()]
    wanted += [item["label"] for item in (*screen.get("rows", ()), *screen["buttons"])]
    assert sorted(set(filter(None, wanted)) - set(drawn)) == []


@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_the_warning_stands_above_what_reassures_or_left_of_it(
    viewport: str, viewhost: Viewhost, shown: Example
) -> None:
    _, directive = shown("normal")
    screen = directive["datasources"]["screen"]
    drawn = {entry["text"]: entry for entry in render(viewhost, directive, viewport)["texts"]}
    warning, text = (drawn[html.unescape(screen[part])] for part in ("warning", "text"))
    assert warning["right"] <= text["left"] or warning["top"] < text["top"]


def longest_warning(talk: Callable[..., Conversation], skill: Skill) -> Json:
    """The screen of that article whose warning is the longest, as it is said first. A few topics are urgent replies."""
    topics = skill.core.library.names
    shown = [screen_of(talk(screen=True).say(f"<touch> choose {topic}").response) for topic in topics]
    return max(shown, key=lambda directive: len(directive["datasources"]["screen"].get("warning", "")))


@pytest.mark.parametrize("viewport", ["landscape-small", "landscape-large", "tv"])
def test_when_to_call_shows_whole_without_scrolling(
    viewport: str, viewhost: Viewhost, talk: Callable[..., Conversation], skill: Skill, shown: Example
) -> None:
    """On a wide screen, the longest of all articles too; a TV cannot even be touched."""
    for directive in (shown("answer")[1], shown("normal")[1], shown("list")[1], longest_warning(talk, skill)):
        drawn = {entry["text"]: entry for entry in render(viewhost, directive, viewport)["texts"]}
        assert drawn[html.unescape(directive["datasources"]["screen"]["warning"])]["atOnce"]


@pytest.mark.parametrize("viewport", ["landscape-small", "landscape-large", "tv"])
def test_what_to_do_now_shows_whole_without_scrolling(viewport: str, viewhost: Viewhost, shown: Example) -> None:
    _, directive = shown("urgent")
    seen = render(viewhost, directive, viewport)["texts"]
    assert [entry["text"] for entry in seen if not entry["atOnce"]] == []


def test_the_look_at_cut_texts_would_find_one(viewhost: Viewhost, shown: Example) -> None:
    """A document whose text may not grow, and one whose text lies outside: both are told."""
    _, directive = shown("answer")
    low = json.loads(json.dumps(directive).replace('"style": "title"', '"style": "title", "height": "5dp"'))
    assert any(entry["cut"] for entry in render(viewhost, low, "landscape-small")["texts"])
    outside = json.loads(json.dumps(directive).replace('"paddingTop": "@top"', '"paddingTop": "90vh"', 1))
    assert any(entry["cut"] for entry in render(viewhost, outside, "round")["texts"])


@pytest.mark.parametrize("viewport", ["round", "landscape-small", "tv"])
def test_a_touch_on_a_topic_is_answered_with_that_topic(
    viewport: str, viewhost: Viewhost, shown: Example, skill: Skill
) -> None:
    response, directive = shown("choice")
    render(viewhost, directive, viewport)
    sent = viewhost(touch="Stomach pain")["sent"]
    envelope = touch_envelope(Device(screen=True), sent, response["sessionAttributes"], new=False)
    assert skill.handle(envelope)["sessionAttributes"]["understood"]["topic"] == "stomach-pain"


@pytest.mark.parametrize(
    ("kind", "label", "sent"),
    [
        ("list", None, ["open", 2]),
        ("answer", "Yes", ["helpful", "yes"]),
        ("answer", "No", ["helpful", "no"]),
        ("answer", "More", ["more"]),
        ("urgent", "Say that again", ["again"]),
        ("help", "What can I ask?", ["topics"]),
    ],
)
def test_each_button_sends_what_it_stands_for(
    kind: str, label: str | None, sent: list[Any], viewhost: Viewhost, shown: Example
) -> None:
    _, directive = shown(kind)
    label = label or directive["datasources"]["screen"]["rows"][1]["label"]
    render(viewhost, directive, "landscape-large")
    assert viewhost(touch=label)["sent"] == sent
