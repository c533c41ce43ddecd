"""One locale of the skill under test: what is sent to it, and what came back, ready to be judged.

The skill is any function from a request to a response: our own in this process, or a web service.
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from skill.alexa.touch import USER_EVENT
from skill.certify.findings import Case, Findings
from skill.simulator.converse import Conversation, Endpoint, plain
from skill.simulator.envelope import (
    Device,
    Json,
    ended_envelope,
    intent_envelope,
    launch_envelope,
    touch_envelope,
)
from skill.simulator.hear import Heard, HeardSlot, HearingModel, MatchClass

NEWEST_SCREEN, OLDEST_SCREEN = "2024.3", "1.4"
"""APL versions of a device: what the simulator's own has, and the oldest that a screen is drawn for."""
_TOLD = 300
"""Characters of a text in a report."""


@dataclass(frozen=True)
class Wording:
    """What the skill says and is called in one locale, as far as it has to be recognised."""

    skill_name: str
    invocation_name: str
    emergency_number: str
    hospital: str
    foreign_numbers: tuple[str, ...]
    """Emergency numbers of the other locales."""
    went_wrong: str
    """How the sentence for our own failures begins."""


@dataclass(frozen=True)
class Answer:
    """One request and what came of it."""

    locale: str
    request: Json
    response: Json

    @property
    def body(self) -> Json:
        """The response inside its envelope; empty where there is none."""
        body = self.response.get("response")
        return body if isinstance(body, dict) else {}

    @cached_property
    def speech(self) -> str:
        """The words that are spoken."""
        return plain(markup_of(self.body))

    @cached_property
    def reprompt(self) -> str:
        """The words after silence."""
        return plain(markup_of(self.body.get("reprompt")))

    @property
    def ends(self) -> bool:
        """The session is over; absent means so where there is no screen."""
        return self.body.get("shouldEndSession") is not False

    @property
    def attributes(self) -> Json:
        """What the session remembers."""
        attributes = self.response.get("sessionAttributes")
        return attributes if isinstance(attributes, dict) else {}

    @property
    def understood(self) -> Mapping[str, Any]:
        """What was understood, as the session remembers it; empty where it says nothing."""
        understood = self.attributes.get("understood")
        return understood if isinstance(understood, dict) else {}

    @property
    def outcome(self) -> str:
        """How the turn ended: answer, choose, unknown, urgent or command."""
        return str(self.understood.get("outcome", "command"))

    @property
    def asked(self) -> str:
        """What the last prompt asked, as the session remembers it."""
        return str(self.attributes.get("asked", "nothing"))

    @property
    def is_empty(self) -> bool:
        """A valid response that says, shows and asks nothing."""
        body: Any = self.response.get("response")
        parts = ("outputSpeech", "card", "directives", "reprompt")
        return isinstance(body, dict) and not any(body.get(part) for part in parts)

    @property
    def directives(self) -> Sequence[Json]:
        """What else the device is told."""
        found = self.body.get("directives")
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    @property
    def sent(self) -> str:
        """The request in a few words."""
        request = self.request.get("request", {})
        intent = request.get("intent") or {}
        slots = intent.get("slots") or {}
        filled = [f"{name}={slot.get('value')!r}" for name, slot in slots.items() if isinstance(slot, dict)]
        touched = [json.dumps(request["arguments"])] if request.get("type") == USER_EVENT else []
        return " ".join([str(intent.get("name") or request.get("type")), *filled, *touched])[:_TOLD]

    def case(self, expected: str, came: str | None = None) -> Case:
        """This as a case of a rule; `came` is what was said unless given."""
        return Case(self.locale, self.sent, (self.speech if came is None else came)[:_TOLD], expected)


class Probe:
    """Sends anything to the skill in one locale."""

    def __init__(self, locale: str, endpoint: Endpoint, model: Json, wording: Wording, findings: Findings) -> None:
        """`endpoint` holds each response to what any response is held to: see responses.py. Raises ModelInvalid."""
        self.locale = locale
        self.model = model
        self.hearing = HearingModel.from_json(model)
        self.wording = wording
        self.findings = findings
        self._endpoint = endpoint

    @cached_property
    def topics(self) -> Mapping[str, str]:
        """What each topic of the model is called."""
        kinds = self.model["interactionModel"]["languageModel"].get("types", [])
        listed = next((kind["values"] for kind in kinds if kind["name"] == "Topic"), ())
        return {value["id"]: value["name"]["value"] for value in listed}

    def send(self, request: Json) -> Answer:
        """One request as it is."""
        return Answer(self.locale, request, self._endpoint(request))

    def talk(self, *said: str, screen: str | None = None) -> Answer:
        """Sentences, one a turn, as Alexa would hear them; the last answer. `screen` is the device's version of APL."""
        conversation = Conversation(
            self.hearing, lambda request: self._endpoint(_on_screen(request, screen)), Device(locale=self.locale)
        )
        *_, last = (conversation.say(sentence) for sentence in said)
        return Answer(self.locale, last.request or {}, last.response)

    def launch(self, attributes: Mapping[str, Any]) -> Answer:
        """The skill is opened, in a session that remembers this."""
        return self.send(launch_envelope(Device(locale=self.locale), attributes, new=not attributes))

    def ask(self, intent: str, *slots: HeardSlot, attributes: Mapping[str, Any] | None = None) -> Answer:
        """An intent as Alexa sends it, in a session that remembers `attributes`."""
        return self.send(self.envelope(intent, *slots, attributes=attributes))

    def touch(self, arguments: object, *, attributes: Mapping[str, Any]) -> Answer:
        """Something on a screen is touched that sends these arguments, whatever they are."""
        request = touch_envelope(Device(locale=self.locale, screen=True), [], attributes, new=False)
        request["request"]["arguments"] = arguments
        return self.send(request)

    def end(self, attributes: Mapping[str, Any]) -> Answer:
        """The device ends a session that remembers this, as it does after two silences."""
        return self.send(ended_envelope(Device(locale=self.locale), attributes))

    def envelope(self, intent: str, *slots: HeardSlot, attributes: Mapping[str, Any] | None = None) -> Json:
        """The request of `ask`."""
        heard = Heard(intent, slots, None, MatchClass.FIXED)
        device = Device(locale=self.locale)
        return intent_envelope(device, heard, attributes or {}, new=not attributes, elicited=False)


def markup_of(part: object) -> str:
    """The speech of a response or a reprompt, as markup; empty where there is none."""
    speech = part.get("outputSpeech") if isinstance(part, dict) else None
    if not isinstance(speech, dict):
        return ""
    if speech.get("type") == "SSML":
        return str(speech.get("ssml") or "")
    return f"<speak>{html.escape(str(speech.get('text') or ''), quote=False)}</speak>"


def _on_screen(request: Json, version: str | None) -> Json:
    if version is None:
        return request
    system = request["context"]["System"]
    interfaces = {"Alexa.Presentation.APL": {"runtime": {"maxVersion": version}}}
    device = {**system["device"], "supportedInterfaces": interfaces}
    return {**request, "context": {**request["context"], "System": {**system, "device": device}}}
