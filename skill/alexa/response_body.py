"""Response → the text that goes out."""

from __future__ import annotations

import json
import secrets
from typing import Any

from skill.screens.documents import Document

Json = dict[str, Any]

MOST_RESPONSE_BYTES = 120_000
"""Of a whole response: Alexa's limit, reference page "Request and Response JSON"."""
_HERE = secrets.token_hex(16)
"""Stands for a document while the rest is written: random, and never sent, so that nobody can say it."""


def response_body(response: Json) -> str:
    """A response as JSON. Three quarters of one with a screen are the document, which is the same each time and was
    written once.
    """
    inside = response["response"]
    directives = inside.get("directives") or []
    shown = next((entry for entry in directives if type(entry.get("document")) is Document), None)
    if shown is None:
        return json.dumps(response)
    others = [entry if entry is not shown else {**entry, "document": _HERE} for entry in directives]
    text = json.dumps({**response, "response": {**inside, "directives": others}})
    return text.replace(f'"{_HERE}"', shown["document"].written, 1)
