"""What any response is held to, whatever was asked: session, speech, cards, screens, health."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import ResponseEnvelope

from skill.alexa.response_body import MOST_RESPONSE_BYTES
from skill.alexa.speech import MOST_CHARACTERS
from skill.certify import speech
from skill.certify.findings import Findings
from skill.certify.probe import Answer, Wording, markup_of
from skill.errors import InputInvalid
from skill.simulator.converse import Endpoint
from skill.simulator.envelope import Json

MOST_SECONDS = 8.0
SPOKEN_TO = ("LaunchRequest", "IntentRequest")
CARD_INTENT = "SendToPhoneIntent"
"""Asks for a card: the only one that does."""
_SCREEN = "Alexa.Presentation.APL"
_DISCLAIMER = re.compile(r"\b(general information|educational? purposes?|not (?:medical )?advice)\b", re.IGNORECASE)
_HEALTH = ("answer", "urgent")
"""Outcomes that give health information."""
_IN_PASSING = "WaitIntent"
"""What was answered is kept for what comes next, and nothing is said of it."""
_SUGGESTED = re.compile(r"“([^”]+)”")


class Watched:
    """An endpoint whose every response is held to these rules as it passes."""

    def __init__(
        self, endpoint: Endpoint, locale: str, wording: Wording, findings: Findings, clock: Callable[[], float]
    ) -> None:
        self.suggested: set[str] = set()
        """What any prompt so far invited people to say."""
        self._endpoint = endpoint
        self._locale = locale
        self._wording = wording
        self._findings = findings
        self._clock = clock

    def __call__(self, request: Json) -> Json:
        """The response, or an empty one where the skill failed: that is a case of its own. InputInvalid passes."""
        started = self._clock()
        try:
            response = self._endpoint(request)
        except InputInvalid:
            raise
        except Exception as error:  # whatever a skill raises is a failure of the skill
            nothing = Answer(self._locale, request, {})
            self._findings.hold("no-error", False, nothing.case("a reply", f"{type(error).__name__}: {error}"))
            return {"version": "1.0", "response": {"shouldEndSession": True}}
        took = self._clock() - started
        answer = Answer(self._locale, request, response)
        self._findings.hold("answer-time", took < MOST_SECONDS, answer.case("less than 8 seconds", f"{took:.1f} s"))
        self.suggested.update(_SUGGESTED.findall(f"{answer.speech} {answer.reprompt}"))
        hold_response(answer, self._wording, self._findings)
        return response


def hold_response(answer: Answer, wording: Wording, findings: Findings) -> None:
    """Every rule that can be read from one request and its response."""
    _shape(answer, findings)
    spoken_to = answer.request.get("request", {}).get("type") in SPOKEN_TO
    if not spoken_to and not answer.speech:
        return
    failed = not answer.speech or answer.speech.startswith(wording.went_wrong)
    findings.hold("no-error", not failed, answer.case("a reply that is not the sentence for our own failures"))
    _session(answer, findings)
    _speech(answer, findings)
    _card(answer, findings)
    _screen(answer, findings)
    _health(answer, wording, findings)


def _shape(answer: Answer, findings: Findings) -> None:
    text = json.dumps(answer.response)
    size = len(text.encode())
    findings.hold(
        "response-size",
        size <= MOST_RESPONSE_BYTES,
        answer.case(f"at most {MOST_RESPONSE_BYTES:,} bytes", f"{size:,} bytes"),
    )
    problem = "" if isinstance(answer.response.get("response"), dict) else "no response inside"
    try:
        DefaultSerializer().deserialize(text, ResponseEnvelope)
    except Exception as error:  # the serializer raises its own error, and whatever Python raises on odd values
        problem = str(error)
    findings.hold("response-shape", not problem, answer.case("a response of Alexa's shape", problem))


def _session(answer: Answer, findings: Findings) -> None:
    said = answer.body.get("shouldEndSession")
    findings.hold("session-said", isinstance(said, bool), answer.case("shouldEndSession true or false", str(said)))
    asks = answer.speech.endswith("?")
    expected = "a question at the end" if not answer.ends else "no question, because the session ends"
    findings.hold("session-question", asks is not answer.ends, answer.case(expected))
    if not answer.ends:
        case = answer.case("a reprompt that asks, in other words", answer.reprompt)
        findings.hold("session-reprompt", answer.reprompt.endswith("?"), case)
        findings.hold("reprompt-differs", asks_otherwise(answer), case)


def asks_otherwise(answer: Answer) -> bool:
    """Whether the reprompt is more than a part of what was said."""
    return bool(answer.reprompt) and answer.reprompt not in answer.speech


def _speech(answer: Answer, findings: Findings) -> None:
    spoken = markup_of(answer.body)
    findings.hold("speech-size", len(spoken) <= MOST_CHARACTERS, answer.case("8,000 characters", f"{len(spoken):,}"))
    reprompt = markup_of(answer.body.get("reprompt"))
    findings.hold("reprompt-size", len(reprompt) <= MOST_CHARACTERS, answer.case("8,000", f"{len(reprompt):,}"))
    for ssml in filter(None, (spoken, reprompt)):
        wrong, breaks = speech.faults(ssml)
        findings.hold("ssml-valid", not wrong, answer.case("tags and attributes of Alexa's", "; ".join(wrong)))
        findings.hold("ssml-break", not breaks, answer.case("breaks of Alexa's", "; ".join(breaks)))


def _card(answer: Answer, findings: Findings) -> None:
    card = answer.body.get("card")
    if not isinstance(card, dict):
        return
    text = " ".join(str(card.get(key) or "") for key in ("title", "content", "text"))
    findings.hold("card-plain", not re.search(r"</?[a-z]|&\w+;", text), answer.case("no markup", text))
    findings.hold("card-size", len(text) <= MOST_CHARACTERS, answer.case("8,000 characters", f"{len(text):,}"))
    asked = _intent_of(answer) == CARD_INTENT
    findings.hold("card-asked", asked, answer.case("no card unless it was asked for", text))


def _intent_of(answer: Answer) -> str | None:
    name = (answer.request["request"].get("intent") or {}).get("name")
    return str(name) if name else None


def _screen(answer: Answer, findings: Findings) -> None:
    """Generic: any document that Alexa could draw passes; what it looks like is not seen here."""
    for directive in answer.directives:
        kind = str(directive.get("type"))
        if not kind.startswith(_SCREEN):
            continue
        newest = _screen_of(answer.request)
        findings.hold("screen-only", newest is not None, answer.case("no screen directive without a screen", kind))
        if kind != f"{_SCREEN}.RenderDocument":
            continue
        document = directive.get("document")
        whole = isinstance(document, dict) and document.get("type") == "APL" and bool(directive.get("token"))
        findings.hold("screen-document", whole, answer.case("a token, and a document of type APL", kind))
        version = str(document.get("version")) if isinstance(document, dict) else ""
        if newest is not None:
            fits = _number(version) is not None and (_number(version) or ()) <= (_number(newest) or ())
            findings.hold("screen-version", fits, answer.case(f"at most {newest}", version))


def _screen_of(request: Json) -> str | None:
    device: Any = request.get("context", {}).get("System", {}).get("device", {})
    screen = (device.get("supportedInterfaces") or {}).get(_SCREEN)
    return None if screen is None else str((screen.get("runtime") or {}).get("maxVersion"))


def _number(version: str) -> tuple[int, ...] | None:
    """1.4 and 2024.3 as numbers: they are in order of time."""
    parts = version.split(".")
    return tuple(map(int, parts)) if all(part.isdigit() for part in parts) else None


def _health(answer: Answer, wording: Wording, findings: Findings) -> None:
    if answer.outcome in _HEALTH and _intent_of(answer) != _IN_PASSING:
        card = answer.body.get("card") or {}  # what is sent to the app is not spoken: its disclaimer stands there
        disclaimed = _DISCLAIMER.search(f"{answer.speech} {card.get('content', '')}") is not None
        findings.hold("disclaimer-spoken", disclaimed, answer.case("general information, not advice"))
    abroad = [number for number in wording.foreign_numbers if says(answer, number)]
    findings.hold("emergency-local", not abroad, answer.case(f"not {' or '.join(abroad)}"))
    if answer.understood.get("urgent") == "emergency":
        here = says(answer, wording.emergency_number) or wording.hospital in answer.speech
        findings.hold("emergency-local", here, answer.case(f"{wording.emergency_number} or {wording.hospital}"))


def says(answer: Answer, number: str) -> bool:
    """Whether this number is spoken, and not only as a part of another."""
    return re.search(rf"(?<![\w.]){re.escape(number)}(?!\w)", f"{answer.speech} {answer.reprompt}") is not None
