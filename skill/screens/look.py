"""How the screens look: lengths by viewport, and styles. Dark, and large enough to be read from where one stands:
docs/decisions/0011 has the rule, and a test measures it.

APL, "Resources" and "Styles". Lengths are dp. A wide screen has two columns, any other one; a round hub keeps clear of
its edge: what stands inside the rectangle that its padding leaves is inside the circle, too. There `call`, the text of
when to call, and `action` with `number`, what to do now, are so small that the longest of them show without a touch.
"""

from __future__ import annotations

from typing import Any

from skill.screens.colors import COLORS

Json = dict[str, Any]

_LENGTHS = ("side", "top", "gap", "half", "small", "body", "call", "title", "prompt", "action", "number", "touch")
_SMALL_LANDSCAPE_AND_TV = (40, 20, 12, 6, 20, 25, 25, 32, 36, 40, 108, 56)
_BY_VIEWPORT = {
    "${viewport.shape != 'round' && viewport.width < 700}": (24, 24, 12, 6, 20, 26, 26, 32, 34, 38, 110, 60),
    "${viewport.shape == 'round'}": (70, 72, 10, 5, 20, 26, 22, 24, 26, 30, 72, 56),
    "${viewport.width >= 1200 && viewport.height >= 700}": (60, 40, 20, 10, 26, 34, 34, 48, 54, 60, 200, 80),
    "${viewport.width >= 700 && viewport.height > viewport.width || viewport.width >= 1800}": (
        64,
        64,
        28,
        14,
        36,
        50,
        50,
        64,
        76,
        88,
        340,
        112,
    ),
}


def resources() -> list[Json]:
    """The `resources` of a document: colors, lengths, and whether the screen is wide."""
    return [
        {"colors": COLORS, "dimensions": _lengths(_SMALL_LANDSCAPE_AND_TV), "boolean": {"wide": False}},
        {"when": "${viewport.shape != 'round' && viewport.width > viewport.height}", "boolean": {"wide": True}},
        *({"when": when, "dimensions": _lengths(lengths)} for when, lengths in _BY_VIEWPORT.items()),
    ]


def _lengths(lengths: tuple[int, ...]) -> dict[str, str]:
    return {name: f"{dp}dp" for name, dp in zip(_LENGTHS, lengths, strict=True)}


def styles() -> Json:
    """The `styles` of a document, by the name of what they are for."""
    return {
        **{
            name: {"values": [{"fontSize": f"@{size}", "color": f"@{color}", "fontWeight": weight}]}
            for name, (size, color, weight) in _TEXTS.items()
        },
        "row": _surface("surface"),
        "button": _surface("button"),
        "urgentButton": _surface("urgentButton"),
        "warningBox": {
            "values": [{"backgroundColor": "@warning", "borderColor": "@warningTitle"} | _EDGE],
        },
    }


_EDGE = {"borderRadius": "16dp", "borderWidth": "4dp"}
_TEXTS = {
    "title": ("title", "accent", "700"),
    "body": ("body", "text", "400"),
    "prompt": ("prompt", "text", "400"),
    "ordinal": ("body", "accent", "700"),
    "warningTitle": ("call", "warningTitle", "700"),
    "warning": ("call", "text", "400"),
    "small": ("small", "quiet", "400"),
    "buttonLabel": ("body", "text", "700"),
    "care": ("number", "urgentText", "700"),
    "action": ("action", "urgentText", "700"),
    "urgentBody": ("body", "urgentText", "400"),
    "urgentSmall": ("small", "urgentQuiet", "400"),
    "urgentButtonLabel": ("body", "urgentButtonText", "700"),
}
"""Style of a text → size, color, weight."""


def _surface(color: str) -> Json:
    """What can be touched; the edge shows what a remote control has in focus, or a finger is on."""
    return {
        "values": [
            {"backgroundColor": f"@{color}", "borderColor": f"@{color}"} | _EDGE,
            {"when": "${state.focused || state.pressed}", "borderColor": "@focus"},
        ]
    }
