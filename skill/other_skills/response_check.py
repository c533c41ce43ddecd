"""A response against Alexa's limits and forms: what Alexa would refuse, or would do otherwise than meant.

Limits: 8,000 characters of speech or card and 120 kB in all (alexa-games/litexa issue 44, and public code that copies
Amazon's list of limits); five audio clips and pauses of ten seconds (ssml-check-core 0.3.9). Forms: ask-sdk-model's
Response. Which tags Alexa knows: that validator's list for Alexa.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

MOST_CHARACTERS = 8_000
MOST_BYTES = 120_000
_MOST_CLIPS = 5
_LONGEST_PAUSE_IN_SECONDS = 10
_TAGS = frozenset(
    {"speak", "audio", "break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "voice", "w"}
    | {"alexa:name", "amazon:domain", "amazon:effect", "amazon:emotion"}
)
_CARDS = ("Simple", "Standard", "LinkAccount", "AskForPermissionsConsent")
"""Of ask-sdk-model."""


def shape_faults(response: dict[str, Any]) -> Iterator[str]:
    """What makes a response unreadable: a key that is not of its kind. Nothing else is looked at before."""
    body = response.get("response")
    if not isinstance(body, dict):
        yield 'has no object "response"'
        return
    reprompt = body.get("reprompt")
    objects = {"outputSpeech": body.get("outputSpeech"), "reprompt": reprompt, "card": body.get("card")}
    if isinstance(reprompt, dict):
        objects["reprompt.outputSpeech"] = reprompt.get("outputSpeech")
    yield from (f"{key} is no object" for key, value in objects.items() if not isinstance(value, dict | None))
    directives = body.get("directives")
    if not isinstance(directives, list | None):
        yield "directives is no list"
    elif not all(isinstance(one, dict) for one in directives or ()):
        yield "directives holds what is no object"
    if not isinstance(response.get("sessionAttributes"), dict | None):
        yield "sessionAttributes is no object"


def check_response(response: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a response whose shape is right, a sentence each."""
    body = response["response"]
    size = len(json.dumps(response, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    if size > MOST_BYTES:
        yield f"the response has {size:,} bytes; Alexa takes {MOST_BYTES:,}."
    if response.get("version") != "1.0":
        yield f'version is {response.get("version")!r}; write "1.0".'
    yield from _speech("outputSpeech", body.get("outputSpeech"))
    yield from _speech("reprompt", (body.get("reprompt") or {}).get("outputSpeech"))
    yield from _card(body.get("card"))
    yield from _session(body)


def _speech(key: str, speech: dict[str, Any] | None) -> Iterator[str]:
    if speech is None:
        return
    field = {"PlainText": "text", "SSML": "ssml"}.get(str(speech.get("type")))
    if field is None:
        yield f"{key}.type is {speech.get('type')!r}; Alexa takes PlainText and SSML."
        return
    text = speech.get(field)
    if not isinstance(text, str) or not text:
        yield f"{key}.{field} is missing or empty."
        return
    if len(text) > MOST_CHARACTERS:
        yield f"{key} has {len(text):,} characters, tags counted; Alexa takes {MOST_CHARACTERS:,}."
    if field == "ssml":
        yield from (f"{key}: {problem}" for problem in _ssml(text))


def _ssml(text: str) -> Iterator[str]:
    try:
        elements = _elements(text)
    except (ExpatError, ValueError) as error:
        yield f"is no well-formed SSML: {error}. A bare & has to be &amp;."
        return
    tags = [tag for tag, _ in elements]
    if tags[0] != "speak":
        yield "does not begin with <speak>."
    for tag in dict.fromkeys(tags):
        if tag not in _TAGS:
            yield f"<{tag}> is no tag of Alexa's."
    if tags.count("audio") > _MOST_CLIPS:
        yield f"has {tags.count('audio')} audio clips; Alexa takes {_MOST_CLIPS}."
    for tag, attributes in elements:
        found = re.fullmatch(r"([\d.]+)(m?)s", attributes.get("time", "")) if tag == "break" else None
        if found and float(found[1]) / (1000 if found[2] else 1) > _LONGEST_PAUSE_IN_SECONDS:
            yield f"a pause of {found[0]}; Alexa takes {_LONGEST_PAUSE_IN_SECONDS} s."


def _elements(text: str) -> list[tuple[str, dict[str, str]]]:
    """Tags with their attributes, in order. Raises ExpatError, or ValueError for entities of its own, which a
    stranger's text could blow up with.
    """
    found: list[tuple[str, dict[str, str]]] = []

    def refuse(*_: object) -> None:
        raise ValueError("it declares entities")

    parser = ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: found.append((tag, attributes))
    parser.EntityDeclHandler = refuse
    parser.Parse(text.strip().encode("utf-8", "surrogatepass"), True)
    return found


def _card(card: dict[str, Any] | None) -> Iterator[str]:
    if card is None:
        return
    if card.get("type") not in _CARDS:
        yield f"card.type is {card.get('type')!r}; Alexa takes {', '.join(_CARDS)}."
    size = sum(len(card.get(key) or "") for key in ("title", "content", "text"))
    if size > MOST_CHARACTERS:
        yield f"the card has {size:,} characters; Alexa takes {MOST_CHARACTERS:,}."


def _session(body: dict[str, Any]) -> Iterator[str]:
    ends = body.get("shouldEndSession")
    kinds = [str(directive.get("type", "")) for directive in body.get("directives") or ()]
    if "" in kinds:
        yield "a directive has no type."
    if not isinstance(ends, bool | None):
        yield f"shouldEndSession is {ends!r}; it has to be true or false."
    if ends is None and not any(kind.startswith("Dialog.") for kind in kinds):
        yield "shouldEndSession is not there: what happens then differs by device; say true or false."
    if ends is True and any(kind.startswith("Dialog.") for kind in kinds):
        yield "a dialog directive with shouldEndSession true: the session ends, and the question is never answered."
    if ends is False and not body.get("outputSpeech") and not kinds:
        yield "the session stays open and nothing is said."
    if "Dialog.Delegate" in kinds and body.get("outputSpeech"):
        yield "outputSpeech beside Dialog.Delegate: the device speaks its own prompt, and this is not said."
