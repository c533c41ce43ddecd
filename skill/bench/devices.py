"""The devices that the bench can pretend to be: by name, with the screen that their requests describe.

Sizes and densities are those of Amazon's viewport profiles (ask-sdk-core, utils.viewport): hub round small, hub
landscape large, TV landscape extra large.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from skill.simulator.envelope import Viewport

DeviceName = Literal["speaker", "round", "hub", "tv"]

VIEWPORTS: Mapping[DeviceName, Viewport | None] = {
    "speaker": None,
    "round": Viewport(mode="HUB", shape="ROUND", width=480, height=480, dpi=160),
    "hub": Viewport(mode="HUB", shape="RECTANGLE", width=1280, height=800, dpi=160),
    "tv": Viewport(mode="TV", shape="RECTANGLE", width=1920, height=1080, dpi=320, touch=False),
}
