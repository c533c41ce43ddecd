"""Markup of one speech against what Alexa takes: reference page "SSML", and ssml-check-core 0.3.9 for the details."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

LONGEST_BREAK = 10.0
_STRENGTHS = {"none", "x-weak", "weak", "medium", "strong", "x-strong"}
_SECONDS = re.compile(r"(\d+(?:\.\d+)?)(m?s)")
ATTRIBUTES = {
    "speak": set[str](),
    "p": set[str](),
    "s": set[str](),
    "break": {"strength", "time"},
    "sub": {"alias"},
    "say-as": {"interpret-as", "format"},
    "phoneme": {"alphabet", "ph"},
    "prosody": {"rate", "pitch", "volume"},
    "emphasis": {"level"},
    "w": {"role"},
    "lang": {"{http://www.w3.org/XML/1998/namespace}lang"},
}
"""Tags that work in every locale, with their attributes. Audio, voices and Amazon's own effects are not for health
speech: they sound otherwise, or not at all, from place to place.
"""
SAID_AS = {
    "characters", "spell-out", "cardinal", "number", "ordinal", "digits", "fraction", "unit", "date", "time",
    "telephone", "address", "interjection", "expletive",
}  # fmt: skip


def faults(ssml: str) -> tuple[list[str], list[str]]:
    """What is wrong with the markup, and with its breaks; both empty for sound speech. Raises nothing."""
    try:
        root = ElementTree.fromstring(ssml)  # noqa: S314 - bounded by the size of a response; entities are not resolved
    except ElementTree.ParseError as error:
        return [f"not well-formed: {error}"], []
    wrong = [] if root.tag == "speak" else [f"begins with {root.tag}"]
    breaks: list[str] = []
    for element in root.iter():
        wrong.extend(_of_element(element))
        if element.tag == "break":
            breaks.extend(_of_break(element))
    return wrong, breaks


def _of_element(element: ElementTree.Element) -> Iterator[str]:
    known = ATTRIBUTES.get(element.tag)
    if known is None:
        yield f"tag {element.tag}"
        return
    for name in sorted(set(element.attrib) - known):
        yield f"attribute {name} of {element.tag}"
    if element.tag == "say-as" and element.get("interpret-as") not in SAID_AS:
        yield f"say-as {element.get('interpret-as')}"


def _of_break(element: ElementTree.Element) -> Iterator[str]:
    strength, time = element.get("strength"), element.get("time")
    if strength is not None and strength not in _STRENGTHS:
        yield f"strength {strength}"
    if time is not None:
        lasts = _SECONDS.fullmatch(time)
        if lasts is None or float(lasts[1]) / (1000 if lasts[2] == "ms" else 1) > LONGEST_BREAK:
            yield f"time {time}"
