"""Envelope and core → response, through the SDK's dispatch. Shared by the web, Lambda and the simulator.

ask-sdk-model raises on any request type, status code or error type that it does not know. So the raw JSON is looked at
first: what we do not serve gets a valid, empty response, and codes that it would refuse are taken out.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ask_sdk_core.skill import CustomSkill
from ask_sdk_model import RequestEnvelope
from ask_sdk_model.slu.entityresolution import StatusCode

from skill.alexa.handlers import ENDED, LAUNCH, skill_builder
from skill.alexa.seen import Seen, Vocabulary
from skill.alexa.serializer import QuickSerializer
from skill.alexa.touch import USER_EVENT
from skill.dialogue.commands import went_wrong
from skill.dialogue.core import Core
from skill.turn import Session, Turn

Json = dict[str, Any]

_SERVED = frozenset({LAUNCH, "IntentRequest", USER_EVENT})
_APL = "Alexa.Presentation.APL"
_MOST_ARGUMENTS = 5
_KNOWN_CODES = frozenset(code.value for code in StatusCode)
_KNOWN_ERRORS = frozenset(
    {"INVALID_RESPONSE", "DEVICE_COMMUNICATION_ERROR", "INTERNAL_SERVICE_ERROR", "ENDPOINT_TIMEOUT"}
)
"""Why Alexa ends a session by itself: ask-sdk-model, SessionEndedErrorType."""
_SCREEN_ERROR = f"{_APL}.RuntimeError"
_log = logging.getLogger(__name__)


Dispatch = Callable[[Json], Json]
"""A request's parsed JSON in, a response's out. What comes out is shared with other requests: not to be changed."""


def in_process(skill: CustomSkill) -> Dispatch:
    """The SDK's dispatch without a web service around it."""

    def dispatch(request: Json) -> Json:
        response = skill.invoke(skill.serializer.deserialize(request, RequestEnvelope), None)
        written: Json = skill.serializer.serialize(response)
        return written

    return dispatch


def empty_response() -> Json:
    """Valid, and says nothing."""
    return {"version": "1.0", "response": {}}


def safe_response(core: Core, locale: object) -> Json:
    """What is said when even the dispatch failed: a safe sentence, and the session stays open."""
    turn = Turn(intent="", locale=locale if isinstance(locale, str) else "", session=Session())
    reply = went_wrong(turn, core)
    return {
        "version": "1.0",
        "sessionAttributes": {},
        "response": {
            "outputSpeech": {"type": "PlainText", "text": reply.text},
            "reprompt": {"outputSpeech": {"type": "PlainText", "text": reply.reprompt}},
            "shouldEndSession": False,
        },
    }


@dataclass(frozen=True)
class Answered:
    """One request, answered."""

    response: Json
    seen: Seen
    """For counts."""


class Skill:
    """One core behind the SDK's dispatch; safe to share between threads."""

    def __init__(self, core: Core, dispatch: Callable[[CustomSkill], Dispatch] = in_process) -> None:
        """Builds the dispatch once. `dispatch` wraps it for an entrance that has its own way in, such as the web's."""
        self.core = core
        self._vocabulary = Vocabulary(core.library)
        self._this_turn = threading.local()
        sdks = skill_builder(core, self._note_failure).create()
        sdks.serializer = QuickSerializer()
        self._dispatch = dispatch(sdks)

    def handle(self, envelope: Json) -> Json:
        """The response to a verified request. What we do not serve (events, session end, types that are new)
        gets an empty one; anything that fails on our side still gets a safe sentence. Raises nothing.
        """
        return self.answer(envelope).response

    def answer(self, envelope: Json) -> Answered:
        """As `handle`, with what an entrance may count of it."""
        self._this_turn.failed = False
        response = self._response(envelope)
        return Answered(response, self._vocabulary.seen(envelope, response, failed=self._this_turn.failed))

    def _response(self, envelope: Json) -> Json:
        if not is_served(envelope):
            _log_failure(envelope)
            return empty_response()
        try:
            response = self._dispatch(served(envelope))
        except Exception as error:  # after verification there is always something to say, never a traceback
            _log.error("A request could not be handled: %s", type(error).__name__)
            self._note_failure()
            return safe_response(self.core, envelope["request"].get("locale"))
        return response

    def _note_failure(self) -> None:
        self._this_turn.failed = True


def is_served(envelope: Json) -> bool:
    """Whether this is a request that a person made and hears the reply to."""
    request = envelope.get("request")
    kind = request.get("type") if isinstance(request, dict) else None
    return isinstance(kind, str) and kind in _SERVED


def served(envelope: Json) -> Json:
    """The envelope without what ask-sdk-model would refuse: resolutions whose status code it does not know, and parts
    that we do not read. A new code of Alexa's must not cost her the answer.
    """
    kept: Json = {key: envelope[key] for key in ("version", "session", "request") if key in envelope}
    context = envelope.get("context")
    system = context.get("System") if isinstance(context, dict) else None
    if isinstance(system, dict):
        kept["context"] = {"System": {key: system[key] for key in ("application", "user") if key in system}}
        kept["context"]["System"]["device"] = {"supportedInterfaces": _screen_of(system)}
    request = kept["request"]
    if request["type"] == USER_EVENT:
        kept["request"] = _touch_in(request)
    elif isinstance(request.get("intent"), dict):
        kept["request"] = request | {"intent": _intent_in(request["intent"])}
    return kept


def _screen_of(system: Json) -> Json:
    """Whether the device has a screen of ours, and the version of it, as far as it is told in the known form."""
    device = system.get("device")
    interfaces = device.get("supportedInterfaces") if isinstance(device, dict) else None
    if not isinstance(interfaces, dict) or not isinstance(interfaces.get(_APL), dict):
        return {}
    runtime = interfaces[_APL].get("runtime")
    newest = runtime.get("maxVersion") if isinstance(runtime, dict) else None
    return {_APL: {"runtime": {"maxVersion": newest}} if isinstance(newest, str) else {}}


def _touch_in(request: Json) -> Json:
    """A touch without the state of the components, and its arguments only where they are a few plain values."""
    touch: Json = {key: request[key] for key in ("type", "requestId", "timestamp", "locale") if key in request}
    arguments = request.get("arguments")
    given = arguments[:_MOST_ARGUMENTS] if isinstance(arguments, list) else []
    plain = all(isinstance(value, str | int) for value in given)
    return {**touch, "arguments": given if plain else []}


def _intent_in(intent: Json) -> Json:
    slots = intent.get("slots")
    return (
        intent | {"slots": {name: _slot_in(slot) for name, slot in slots.items()}}
        if isinstance(slots, dict)
        else intent
    )


def _slot_in(slot: object) -> object:
    """A slot with the resolutions whose code is known, and without its newer form."""
    if not isinstance(slot, dict):
        return slot
    resolutions = slot.get("resolutions")
    authorities = resolutions.get("resolutionsPerAuthority") if isinstance(resolutions, dict) else None
    known = [entry for entry in authorities or [] if isinstance(entry, dict) and _code(entry) in _KNOWN_CODES]
    kept = {key: value for key, value in slot.items() if key != "slotValue"}
    return kept | {"resolutions": {"resolutionsPerAuthority": known}}


def _code(authority: Json) -> object:
    status = authority.get("status")
    return status.get("code") if isinstance(status, dict) else None


def _log_failure(envelope: Json) -> None:
    """Alexa's reason when a session ends by an error of ours, and that a screen reports one. Nothing as it was sent:
    what is not in our lists is called another.
    """
    request = envelope.get("request")
    if not isinstance(request, dict) or not isinstance(request.get("type"), str):
        return
    kind, error = request["type"], request.get("error")
    if kind == ENDED and isinstance(error, dict):
        reason = str(error.get("type"))
        _log.warning("Alexa ended a session: %s", reason if reason in _KNOWN_ERRORS else "another reason")
    elif kind.startswith("Alexa.Presentation."):
        _log.warning("A screen reported: %s", kind if kind == _SCREEN_ERROR else "something else")
