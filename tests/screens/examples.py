"""What is looked at: one screen of each kind, as the skill itself sends it, and the five viewports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from skill.simulator.converse import Conversation
from skill.simulator.envelope import Device, touch_envelope

Json = dict[str, Any]

# Sizes and shapes are those of Amazon's example devices (apl-suggester, viewport profiles); a TV has two pixels a dp.
VIEWPORTS: dict[str, Json] = {
    "round": {"width": 480, "height": 480, "dpi": 160, "isRound": True, "shape": "ROUND", "mode": "HUB"},
    "landscape-small": {"width": 960, "height": 480, "dpi": 160, "isRound": False, "shape": "RECTANGLE", "mode": "HUB"},
    "landscape-large": {
        "width": 1280,
        "height": 800,
        "dpi": 160,
        "isRound": False,
        "shape": "RECTANGLE",
        "mode": "HUB",
    },
    "portrait": {"width": 1080, "height": 1920, "dpi": 160, "isRound": False, "shape": "RECTANGLE", "mode": "HUB"},
    "tv": {"width": 1920, "height": 1080, "dpi": 320, "isRound": False, "shape": "RECTANGLE", "mode": "TV"},
}

CONVERSATIONS: dict[str, tuple[str, ...]] = {
    "answer": ("<oneshot> what causes back pain",),
    "normal": ("<touch> choose heartburn", "is that normal"),
    "list": ("<touch> choose back-pain", "what else could it be"),
    "urgent": ("<oneshot> i have back pain and i'm bleeding heavily",),
    "help": ("<launch>", "help"),
    "topics": ("<oneshot> what can i ask about",),
}
OPEN_CHOICE = {"version": 3, "turn": 1, "asked": "choice", "choices": ["heartburn", "stomach-pain", "chest-pain"]}
KINDS = (*CONVERSATIONS, "choice")


def example(kind: str, start: Callable[[], Conversation], endpoint: Callable[[Json], Json]) -> tuple[Json, Json]:
    """The response that shows this kind of screen, and its directive. A choice is an open one that is offered again, so
    that it needs no sentence that is understood as ambiguous.
    """
    if kind == "choice":
        response = endpoint(touch_envelope(Device(screen=True), ["again"], OPEN_CHOICE, new=False))
    else:
        conversation = start()
        response = [conversation.say(words) for words in CONVERSATIONS[kind]][-1].response
    return response, screen_of(response)


def screen_of(response: Json) -> Json:
    """The directive that shows a screen; fails where there is none."""
    directives = response["response"].get("directives", [])
    (shown,) = (entry for entry in directives if entry["type"] == "Alexa.Presentation.APL.RenderDocument")
    directive: Json = shown
    return directive
