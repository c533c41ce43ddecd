"""The two documents: APL 1.4, of base components, with nothing fetched, and colors that can be told apart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from skill.screens.colors import COLORS, EDGE_ON, TEXT_ON
from skill.screens.documents import PAGE, URGENT
from skill.screens.render import data_source
from skill.screens.screen import Button, Kind, Page, Row

DOCUMENTS = {"page": PAGE, "urgent": URGENT}
BASE = {"Container", "Frame", "Text", "ScrollView", "TouchWrapper", "SendEvent"}
AA_TEXT, AA_EDGE = 4.5, 3.0


def parts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(inner)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_only_base_components_are_used_and_nothing_is_fetched(name: str) -> None:
    document = DOCUMENTS[name]
    assert document["version"] == "1.4"
    used = {part["type"] for part in parts(document) if "type" in part}
    assert used - BASE - {"APL"} <= set(document["layouts"])
    assert "http" not in json.dumps(document)
    assert not {key for part in parts(document) for key in part} & {"source", "sources", "import"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_whatever_can_be_touched_says_what_it_is_to_a_screen_reader(name: str) -> None:
    touchables = [part for part in parts(DOCUMENTS[name]) if part.get("type") == "TouchWrapper"]
    assert touchables
    assert all(part["role"] == "button" and part["accessibilityLabel"] for part in touchables)


def luminance(color: str) -> float:
    """W3C: WCAG 2.1, relative luminance."""
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(COLORS[one]), luminance(COLORS[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("color", "behind"), TEXT_ON)
def test_text_can_be_read_on_what_is_behind_it(color: str, behind: str) -> None:
    assert contrast(color, behind) >= AA_TEXT


@pytest.mark.parametrize(("color", "behind"), EDGE_ON)
def test_an_edge_can_be_seen_on_what_is_behind_it(color: str, behind: str) -> None:
    assert contrast(color, behind) >= AA_EDGE


def test_every_color_is_in_a_pair_and_no_other_color_is_used() -> None:
    assert set(COLORS) == {color for pair in (*TEXT_ON, *EDGE_ON) for color in pair}
    assert [json.dumps(document).count("#") for document in DOCUMENTS.values()] == [len(COLORS)] * 2


def test_markup_in_a_text_stays_text_and_a_label_stays_plain() -> None:
    row = Row("a < b & <b>c</b>", ("open", 1))
    screen = data_source(Page(Kind.LIST, text="<br>${x}", rows=(row,), buttons=(Button("Q & A", ("more",)),)))["screen"]
    assert screen["text"] == "&lt;br&gt;${x}"
    assert screen["rows"][0]["text"] == "a &lt; b &amp; &lt;b&gt;c&lt;/b&gt;"
    assert screen["rows"][0]["label"] == row.text
