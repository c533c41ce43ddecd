"""What a library costs by its size, as an SVG of four panels. A few lines of text, so that no library is needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log10
from pathlib import Path
from typing import Any

_PANELS: list[tuple[str, Callable[[Any], float]]] = [
    ("build, seconds", lambda one: one.build_seconds),
    ("ready to answer, seconds", lambda one: one.open_seconds),
    ("resolve free text, p50, ms", lambda one: one.resolve_milliseconds),
    ("server memory, MB", lambda one: one.server_megabytes),
]
_WIDTH, _HEIGHT, _GAP, _MARGIN = 300, 170, 60, 50


def write_plot(measured: Sequence[Any], path: Path) -> None:
    """Writes the file; sizes along a logarithmic axis, each figure from zero."""
    panels = [
        _panel(place, title, [(one.articles, of(one)) for one in measured]) for place, (title, of) in enumerate(_PANELS)
    ]
    width, height = 2 * (_WIDTH + _GAP) + _MARGIN, 2 * (_HEIGHT + _GAP) + _MARGIN
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif"'
        ' font-size="12">\n'
        f'<rect width="{width}" height="{height}" fill="white"/>\n' + "\n".join(panels) + "\n</svg>\n",
        encoding="utf-8",
    )


def _panel(place: int, title: str, points: Sequence[tuple[int, float]]) -> str:
    left, top = _MARGIN + place % 2 * (_WIDTH + _GAP), _MARGIN + place // 2 * (_HEIGHT + _GAP)
    first, last, most = log10(points[0][0]), log10(points[-1][0]), max(value for _, value in points) or 1
    at = [
        (left + (log10(size) - first) / ((last - first) or 1) * _WIDTH, top + _HEIGHT * (1 - value / most))
        for size, value in points
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
    marks = [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#14507a"/>'
        f'<text x="{x:.1f}" y="{y - 8:.1f}" text-anchor="middle">{value:.3g}</text>'
        f'<text x="{x:.1f}" y="{top + _HEIGHT + 16}" text-anchor="middle" fill="#555">{size:,}</text>'
        for (x, y), (size, value) in zip(at, points, strict=True)
    ]
    return "\n".join([
        f'<text x="{left}" y="{top - 22}" font-weight="bold">{title}</text>',
        f'<path d="M{left} {top}V{top + _HEIGHT}H{left + _WIDTH}" fill="none" stroke="#999"/>',
        f'<polyline points="{line}" fill="none" stroke="#14507a" stroke-width="2"/>',
        *marks,
    ])  # fmt: skip
