"""POST /: raw bytes in, proven to be Alexa's and meant for us, then through the SDK's web-service handler.

Whatever fails before that is 400 without detail, 413 for a body over the limit. After it there is always a safe
spoken sentence.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ask_sdk_core.skill import CustomSkill
from flask import Blueprint, Request, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from skill.alexa.handle import Dispatch, Json
from skill.alexa.response_body import response_body
from skill.alexa.skill_id import verify_skill_id
from skill.alexa.verify import RequestVerifier, verify_timestamp
from skill.alexa.webservice import WebserviceSkillHandler
from skill.errors import RequestRejected, RequestTooLarge
from skill.web.guard import from_this_machine
from skill.web.live import LiveSkill
from skill.web.observer import Observer, kind_of

MOST_BYTES = 256 * 1024
"""Of a request's body. Amazon names no limit; with a screen's state on board an envelope takes some 30 kB."""

_SIGNATURE_HEADERS = ("Signature-256", "SignatureCertChainUrl")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Door:
    """Who may come in."""

    verifier: RequestVerifier
    skill_id: str | None
    production: bool
    """Off: unsigned requests are taken too, from this machine only."""
    now: Callable[[], datetime]

    def admit(self, http: Request) -> dict[str, Any]:
        """The verified envelope. Raises RequestRejected, RequestTooLarge when over the limit."""
        body = _body(http)
        signed = self.production or any(header in http.headers for header in _SIGNATURE_HEADERS)
        if signed:
            self.verifier.verify_signature(http.headers, body)  # type: ignore[arg-type]  # its items(), duplicates and all
        elif not from_this_machine(http):
            raise RequestRejected("unsigned, and not from this machine")
        envelope = _parse(body)
        if signed:
            verify_timestamp(envelope, self.now())
        if self.skill_id is not None:
            verify_skill_id(envelope, self.skill_id)
        return envelope


def web_dispatch(skill: CustomSkill) -> Dispatch:
    """The SDK's own web-service handler around the skill; the signature was verified before, on the raw bytes."""
    handler = WebserviceSkillHandler(skill=skill, verify_signature=False, verify_timestamp=False)

    def dispatch(request: Json) -> Json:
        # The handler only hands the body to the skill's serializer, which takes one that is parsed.
        response: Json = handler.verify_request_and_dispatch({}, request)
        return response

    return dispatch


def alexa_route(door: Door, live: LiveSkill, observer: Observer) -> Blueprint:
    """The one address that Alexa calls. What becomes of each request is told to `observer`."""
    routes = Blueprint("alexa", __name__)

    @routes.post("/")
    def answer() -> Response:
        began = time.perf_counter()
        answered = live.current().answer(door.admit(request))
        observer.answered(answered.seen, time.perf_counter() - began)
        return Response(response_body(answered.response), mimetype="application/json")

    @routes.errorhandler(RequestRejected)
    def rejected(error: RequestRejected) -> Response:
        _log.warning("Rejected a request: %s", error)
        observer.refused(kind_of(error))
        return Response(status=413 if isinstance(error, RequestTooLarge) else 400)

    return routes


def _body(http: Request) -> bytes:
    if http.content_length is not None and http.content_length > MOST_BYTES:
        raise RequestTooLarge(f"{http.content_length} bytes announced")
    try:
        body = http.get_data(cache=False)
    except RequestEntityTooLarge as error:
        raise RequestTooLarge("more bytes than allowed") from error
    except Exception as error:  # the server's own errors for a body that ends early, or is not framed as announced
        raise RequestRejected("the body could not be read") from error
    if len(body) > MOST_BYTES:
        raise RequestTooLarge("more bytes than allowed, and not announced")
    return body


def _parse(body: bytes) -> dict[str, Any]:
    try:
        envelope = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RequestRejected("the body is not JSON that can be read") from error
    if not isinstance(envelope, dict) or not isinstance(envelope.get("request"), dict):
        raise RequestRejected("the body is not a request of Alexa's")
    return envelope
