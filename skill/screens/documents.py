"""The two APL documents, built once: a page to read, and an urgent one. What they show comes as a data source.

APL 1.4, base components only, nothing imported or fetched: such documents are valid on every later device. Long text
scrolls. Names and values of properties: Amazon, "APL Components"; the tests hold them against Amazon's own validator
and renderer.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from skill.screens.look import Json, resources, styles

VERSION = "1.4"
_WIDE, _NOT_WIDE = "${@wide}", "${!@wide}"
_TALL, _ROUND = "${!@wide && viewport.shape != 'round'}", "${viewport.shape == 'round'}"
_FIRST = "${payload.screen.warning_first}"
_LAST = "${!payload.screen.warning_first && (payload.screen.warning != '' || payload.screen.source != '')}"
_WARNING_GROWS = 1.2
"""The part of a wide screen that when to call takes, to one for the rest: all of it shows without scrolling."""
_PADDED = {"paddingLeft": "@gap", "paddingRight": "@gap", "paddingTop": "@half", "paddingBottom": "@half"}


class Document(dict[str, Any]):
    """A document, made once and never changed: whoever writes JSON may take it as it is."""

    @cached_property
    def written(self) -> str:
        """As JSON text."""
        return json.dumps(self)


def _is_there(part: str) -> str:
    return f"${{payload.screen.{part} != ''}}"


def _part(name: str, style: str, **more: Any) -> Json:
    """A text of the screen, where it has one."""
    return {"type": "Text", "text": f"${{payload.screen.{name}}}", "style": style, "when": _is_there(name), **more}


def _item(text: str, style: str, **more: Any) -> Json:
    return {"type": "Text", "text": text, "style": style, **more}


def _column(*items: Json, **more: Any) -> Json:
    return {"type": "Container", "width": "100%", "items": list(items), **more}


def _row(*items: Json, **more: Any) -> Json:
    return {"type": "Container", "direction": "row", "alignItems": "center", "items": list(items), **more}


def _scroller(*items: Json, **more: Any) -> Json:
    return {"type": "ScrollView", "item": _column(*items), **more}


def _touchable(style: str, inside: Json, **more: Any) -> Json:
    return {
        "type": "TouchWrapper",
        "role": "button",
        "accessibilityLabel": "${data.label}",
        "onPress": [{"type": "SendEvent", "arguments": "${data.touch}"}],
        "item": {"type": "Frame", "style": style, "inheritParentState": True, "item": inside, **_width(more)},
        **more,
    }


def _width(more: Json) -> Json:
    return {"width": "100%"} if "width" in more else {}


def _rows() -> Json:
    """Items under one another; numbered where they can be touched, as the number is what can be said."""
    words = _item("${data.text}", "body", grow=1, shrink=1)
    ordinal = _item("${data.number}", "ordinal", paddingRight="@gap")
    line = {"width": "100%", "minHeight": "@touch", **_PADDED}
    touchable = _touchable("row", _row(ordinal, words, **line), width="100%", when="${data.touch.length > 0}")
    plain = {"type": "Frame", "style": "row", "width": "100%", "item": _row(words, **line)}
    either = _column(touchable, plain | {"when": "${data.touch.length == 0}"}, spacing="@gap")
    return _column(either, data="${payload.screen.rows}", spacing="@gap")


def _warning() -> Json:
    inside = _column(_part("warning_title", "warningTitle"), _part("warning", "warning"), **_PADDED)
    return {"type": "Frame", "style": "warningBox", "width": "100%", "when": _is_there("warning"), "item": inside}


def _foot(button: str, question: str) -> Json:
    """The question, and what can be touched as its answer: beside it, or under it where there is little room."""
    label = _item("${data.text}", f"{button}Label", textAlign="center")
    inside = _column(label, justifyContent="center", minHeight="@touch", **_PADDED) | {"width": "auto"}
    buttons = _row(_touchable(button, inside, spacing="@gap"), data="${payload.screen.buttons}")
    asked = _part("question", question)
    return _column(
        _row(asked | {"grow": 1, "shrink": 1}, buttons, when=_WIDE),
        _column(asked, buttons | {"spacing": "@gap"}, when=_NOT_WIDE),
        when="${payload.screen.question != '' || payload.screen.buttons.length > 0}",
    )


def _screen(background: str, *items: Json) -> Json:
    room = {"height": "100%", "paddingLeft": "@side", "paddingRight": "@side", "paddingTop": "@top"}
    inside = _column(*items, **room, paddingBottom="@top")
    return {"type": "Frame", "width": "100vw", "height": "100vh", "backgroundColor": background, "item": inside}


def _document(layouts: dict[str, Json], screen: Json) -> Document:
    return Document(
        type="APL",
        version=VERSION,
        theme="dark",
        resources=resources(),
        styles=styles(),
        layouts={name: {"item": layout} for name, layout in layouts.items()},
        mainTemplate={"parameters": ["payload"], "items": [screen]},
    )


def _page() -> Document:
    """Wide: text and when to call beside one another, what is said first on the left, and question and buttons below.
    Else all in one column, when to call at its head: nobody has to scroll for that. On a round one all of it scrolls:
    there is too little room for anything to stay.
    """
    large = _part("text", "prompt") | {"when": "${payload.screen.large}"}
    small = _part("text", "body") | {"when": "${!payload.screen.large}"}
    layouts = {
        "Title": _part("title", "title", role="header"),
        "Main": _column(large, small, _rows(), _part("rest", "body", spacing="@gap")),
        "Warning": _warning(),
        "Small": _column(_part("disclaimer", "small"), _part("source", "small", spacing="@gap")),
        "Foot": _foot("button", "body"),
    }
    title, main, warning, fine_print, foot = ({"type": name, "spacing": "@gap"} for name in layouts)
    part = {"height": "100%", "width": "0dp", "spacing": "@side"}
    beside = _row(
        _scroller(warning, fine_print, when=_FIRST, grow=_WARNING_GROWS, **part),
        _scroller(main, grow=1, **part),
        _scroller(warning, fine_print, when=_LAST, grow=_WARNING_GROWS, **part),
        width="100%", height="0dp", grow=1, spacing="@half", alignItems="stretch",
    )  # fmt: skip
    wide = _column(title, beside, foot, height="100%", when=_WIDE)
    column = _scroller(warning, main, fine_print, width="100%", height="0dp", grow=1, spacing="@gap")
    tall = _column(title, column, foot, height="100%", when=_TALL)
    narrow = _scroller(title, warning, main, fine_print, foot, width="100%", height="100%", when=_ROUND)
    return _document(layouts, _screen("@ground", wide, tall, narrow))


def _urgent() -> Document:
    """The number, what to do, and the rest; the color says how fast. Wide: the number stands beside the words, so that
    all of them are seen at once.
    """
    layouts = {
        "Number": _part("number", "care", role="header"),
        "Words": _column(
            _part("action", "action"),
            _part("text", "urgentBody", spacing="@gap"),
            _part("disclaimer", "urgentSmall", spacing="@gap"),
        ),
        "Foot": _foot("urgentButton", "urgentBody"),
    }
    number, words, foot = ({"type": name} for name in layouts)
    beside = _row(
        number | {"paddingRight": "@side", "when": _is_there("number")},
        words | {"width": "0dp", "grow": 1},
        width="100%",
    )
    wide = _column(
        _scroller(beside, width="100%", height="0dp", grow=1), foot | {"spacing": "@gap"}, height="100%", when=_WIDE
    )
    narrow = _scroller(number, words, foot | {"spacing": "@gap"}, width="100%", height="100%", when=_NOT_WIDE)
    background = "${payload.screen.level == 'emergency' ? @emergency : @urgent}"
    return _document(layouts, _screen(background, wide, narrow))


PAGE, URGENT = _page(), _urgent()
