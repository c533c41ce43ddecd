"""Screen → APL: one of the two documents, and the data source that fills it."""

from __future__ import annotations

import html
from typing import Any

from skill.screens.documents import PAGE, URGENT, Document
from skill.screens.look import Json
from skill.screens.screen import Button, Kind, Page, Row, Screen, Urgent

_LISTS = ("rows", "buttons")
_FEW_CHARACTERS = 240


def document(screen: Screen) -> Document:
    """The document that shows it; the same object each time, not to be changed."""
    return URGENT if isinstance(screen, Urgent) else PAGE


def data_source(screen: Screen) -> Json:
    """What the document reads as `payload.screen`. A Text understands markup: what is no break is escaped."""
    plain = ((name, value) for name, value in vars(screen).items() if name not in _LISTS)
    marked = {name: _marked(value) if isinstance(value, str) else value for name, value in plain}
    shown: Json = {**marked, "buttons": [_touchable(button.label, button) for button in screen.buttons]}
    if isinstance(screen, Page):
        rows = [_touchable(row.text, row) | {"number": place} for place, row in enumerate(screen.rows, start=1)]
        shown |= {"rows": rows, "large": _is_large(screen)}
    return {"screen": shown}


def _touchable(text: str, item: Row | Button) -> dict[str, Any]:
    return {"text": _marked(text), "label": text, "touch": list(item.touch)}


def _marked(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>")


def _is_large(page: Page) -> bool:
    """A short sentence or two, and perhaps what to choose from."""
    return page.kind not in {Kind.ANSWER, Kind.LIST} and len(page.text) <= _FEW_CHARACTERS
