"""The screens drawn by Amazon's own viewhost in a real browser, at five viewports; and touched there."""

from __future__ import annotations

import html
import json
import math
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from screens.examples import KINDS, VIEWPORTS, example
from screens.viewhost import Viewhost, missing

from skill.alexa.handle import Skill
from skill.alexa.screen import to_directive
from skill.dialogue.core import Core
from skill.dialogue.get_care import reply_get_care
from skill.dialogue.questions import answer_on
from skill.library.article import Aspect
from skill.library.locales import LOCALES
from skill.simulator.converse import Conversation
from skill.simulator.envelope import Device, touch_envelope
from skill.turn import Reply, Session, Turn
from skill.urgent import Verdict

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


MILLIMETERS = {"round": 63, "landscape-small": 140, "landscape-large": 203, "portrait": 396, "tv": 1016}
"""Across the screen of a device that has this viewport: 2.5, 5.5, 8, 15.6 and 40 inches."""
CAPITAL = 0.7
"""Height of a capital letter or a digit, of the size of its font."""
SEEN = 5
"""Minutes of arc that such a letter has to fill for an eye of normal sight: what 6/6 means on a chart."""


def minutes(size: float, viewport: str, meters: float) -> float:
    """How large a letter of this font size, in pixels, is seen from so far."""
    shape = VIEWPORTS[viewport]
    across = shape["width"] if viewport == "round" else math.hypot(shape["width"], shape["height"])
    height = size * CAPITAL * MILLIMETERS[viewport] / across
    return math.degrees(math.atan(height / (meters * 1000))) * 60


@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_what_is_read_is_large_enough_from_where_one_stands(viewport: str, viewhost: Viewhost, shown: Example) -> None:
    """The number from three metres; from there all of what hangs on a wall, from one all of what stands beside her."""
    away = 3 if viewport in {"portrait", "tv"} else 1
    for kind in ("answer", "urgent", "help"):
        drawn = render(viewhost, shown(kind)[1], viewport)["texts"]
        smallest = min(drawn, key=lambda entry: entry["size"])
        assert minutes(smallest["size"], viewport, away) >= SEEN, smallest
        for entry in drawn:
            assert entry["text"] != "911" or minutes(entry["size"], viewport, 3) > SEEN * 1.4


def longest_warning(core: Core) -> Json:
    """The screen of that article whose name and warning are the longest in any locale, as it is said first."""
    lengths = {
        (locale, topic): len(core.library.voice(locale)(f"{article.name} {article.when_to_call.warning}"))
        for locale in LOCALES
        for topic in core.library.names
        if (article := core.library.article(topic)) is not None
    }
    locale, topic = max(lengths, key=lambda entry: lengths[entry])
    reply = answer_on(Turn("TopicIntent", locale, Session()), core, topic, Aspect.CAUSES)
    return as_sent(reply, core, locale)


def as_sent(reply: Reply, core: Core, locale: str) -> Json:
    directive = to_directive(reply, core.library, core.library.voice(locale))
    assert directive is not None
    return {"document": dict(directive.document), "datasources": directive.datasources}


@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_when_to_call_shows_whole_without_scrolling(
    viewport: str, viewhost: Viewhost, core: Core, shown: Example
) -> None:
    """The longest of all articles too; a TV cannot even be touched."""
    for directive in (shown("answer")[1], shown("normal")[1], shown("list")[1], longest_warning(core)):
        drawn = {entry["text"]: entry for entry in render(viewhost, directive, viewport)["texts"]}
        assert drawn[html.unescape(directive["datasources"]["screen"]["warning"])]["atOnce"]


def longest_actions(core: Core) -> list[Json]:
    """The urgent screens with the longest action in any locale: with a number in it, and without."""
    replies = [
        (reply_get_care(Turn("", locale, Session()), core, Verdict(sign.id, sign.level, ())), locale)
        for locale in LOCALES
        for sign in core.library.signs.values()
        if sign.manner == "ordinary"
    ]
    screens = [as_sent(reply, core, locale) for reply, locale in replies]
    return [
        max(some, key=lambda sent: len(sent["datasources"]["screen"]["action"]))
        for some in (
            [sent for sent in screens if sent["datasources"]["screen"]["number"]],
            [sent for sent in screens if not sent["datasources"]["screen"]["number"]],
        )
    ]


@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_the_action_and_its_number_show_whole_without_scrolling(viewport: str, viewhost: Viewhost, core: Core) -> None:
    for directive in longest_actions(core):
        screen = directive["datasources"]["screen"]
        drawn = {entry["text"]: entry for entry in render(viewhost, directive, viewport)["texts"]}
        assert drawn[html.unescape(screen["action"])]["atOnce"], screen["action"]
        assert not screen["number"] or drawn[screen["number"]]["atOnce"]


@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_all_of_a_choice_shows_without_scrolling(viewport: str, viewhost: Viewhost, shown: Example) -> None:
    seen = render(viewhost, shown("choice")[1], viewport)["texts"]
    assert [entry["text"] for entry in seen if not entry["atOnce"]] == []


@pytest.mark.parametrize("viewport", ["portrait", "landscape-small", "landscape-large", "tv"])
def test_what_can_be_touched_as_an_answer_shows_without_scrolling(
    viewport: str, viewhost: Viewhost, shown: Example
) -> None:
    directive = shown("answer")[1]
    drawn = {entry["text"]: entry for entry in render(viewhost, directive, viewport)["texts"]}
    assert all(drawn[button["label"]]["atOnce"] for button in directive["datasources"]["screen"]["buttons"])


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
