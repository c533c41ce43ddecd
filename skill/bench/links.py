"""The links between articles, as a drawing: topics on a circle, what leads to what as curves through its middle."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from skill.bench.shelf import Spine

RADIUS = 330
MIDDLE = 640
"""Of a square drawing of twice this side: room for names around the circle."""


@dataclass(frozen=True)
class Node:
    """One topic on the circle."""

    topic: str
    name: str
    x: float
    y: float
    turned: float
    """Degrees by which its name is turned."""
    leftward: bool
    """The name ends at the circle, so that none stands on its head."""


@dataclass(frozen=True)
class Edge:
    """One link, as an SVG path."""

    source: str
    target: str
    path: str


@dataclass(frozen=True)
class Drawing:
    """All of it."""

    nodes: Sequence[Node]
    edges: Sequence[Edge]
    middle: int = MIDDLE


def draw(spines: Sequence[Spine]) -> Drawing:
    """Articles → the drawing; links to topics without an article are left out, since they have no place on it."""
    places = {spine.topic: 2 * math.pi * number / max(1, len(spines)) for number, spine in enumerate(spines)}
    edges = [
        Edge(spine.topic, other, _curve(places[spine.topic], places[other]))
        for spine in spines
        for other in spine.leads_to
        if other in places and other != spine.topic
    ]
    return Drawing([_node(spine, places[spine.topic]) for spine in spines], edges)


def _node(spine: Spine, angle: float) -> Node:
    x, y = _point(angle, RADIUS + 8)
    leftward = math.cos(angle) < 0
    turned = math.degrees(angle) + (180 if leftward else 0)
    return Node(spine.topic, spine.name, x, y, round(turned, 2), leftward)


def _point(angle: float, radius: float) -> tuple[float, float]:
    return round(MIDDLE + radius * math.cos(angle), 1), round(MIDDLE + radius * math.sin(angle), 1)


def _curve(start: float, end: float) -> str:
    """Bent towards the middle, less where the two are neighbours."""
    (x1, y1), (x2, y2) = _point(start, RADIUS), _point(end, RADIUS)
    bend = 0.85 * abs(math.cos((end - start) / 2))
    x, y = (round(MIDDLE + bend * ((a + b) / 2 - MIDDLE), 1) for a, b in ((x1, x2), (y1, y2)))
    return f"M{x1} {y1}Q{x} {y} {x2} {y2}"
