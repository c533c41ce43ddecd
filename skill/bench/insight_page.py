"""The insight tables drawn: bars in SVG with a table below, for a page of the bench or for a file of its own."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from skill.bench.insight import Insight


def charts(shown: Insight) -> Markup:
    """The tables as HTML without a page around it and without styles."""
    return Markup(_template("charts.html").render(shown=shown))  # noqa: S704 - escaped by the template


def page(shown: Insight) -> str:
    """The tables as one HTML file that needs no server."""
    return _template("insight.html").render(charts=charts(shown))


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=PackageLoader("skill.bench"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template(name)
