"""POST /api/ask: one sentence over the road of a real request, as JSON, so that another assistant can use the content.

Same road and same rules as on a device: urgent check first, disclaimer in every answer. openapi.json beside this file
describes it and is served at /api/openapi.json.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

from flask import Blueprint, Response, jsonify, request
from pydantic import BaseModel, ConfigDict, Field
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from skill.bench.road import Road
from skill.simulator.batch import result
from skill.simulator.converse import Kept
from skill.web.guard import Guard, comes_from_our_page
from skill.web.json_errors import Refused, answer_errors_in_json, read_json

OPENAPI = Path(__file__).with_name("openapi.json")


class Asked(BaseModel):
    """The body of a question."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: Annotated[str, Field(min_length=1, max_length=2000)]
    locale: Annotated[str, Field(max_length=10)] = "en-US"
    session: Kept | None = None
    """As the last answer gave it; without one a new session begins."""


def api(guard: Guard, road: Road) -> Blueprint:
    """The API, guarded."""
    routes = Blueprint("api", __name__, url_prefix="/api")
    described = json.loads(OPENAPI.read_text(encoding="utf-8"))

    @routes.before_request
    def check() -> Response | None:
        if not comes_from_our_page(request):
            return Refused(403, "Sent by a page of another site.").response()
        if guard.admits(request):
            return None
        if guard.token is None:
            return Refused(403, "The API is for this machine only, under the name localhost.").response()
        refused = Refused(401, "Send the token: Authorization: Bearer ….").response()
        refused.headers["WWW-Authenticate"] = "Bearer"
        return refused

    @routes.after_request
    def never_kept(response: Response) -> Response:
        response.headers.update({"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"})
        return response

    @routes.post("/ask")
    def ask() -> Response:
        return jsonify(answer(road, read_json(request, Asked)))

    @routes.get("/openapi.json")
    def description() -> Response:
        return jsonify(described)

    answer_errors_in_json(routes)
    for status in (404, 405):  # raised before it is known whose address it is, so not by these routes
        routes.app_errorhandler(status)(_nowhere)
    return routes


def _nowhere(error: HTTPException) -> Response | HTTPException:
    """An address or a method that the API does not have; on other addresses Flask's own page."""
    if not request.path.startswith("/api/"):
        return error
    if not isinstance(error, MethodNotAllowed):
        return Refused(404, "There is nothing here: /api/openapi.json says what there is.").response()
    taken = sorted({*(error.valid_methods or ())} - {"HEAD", "OPTIONS"})
    response = Refused(405, f"Use {' or '.join(taken)} here.").response()
    response.headers["Allow"] = ", ".join(taken)
    return response


def answer(road: Road, asked: Asked) -> dict[str, Any]:
    """What `bump-guide ask --batch` writes, and what is needed to go on. Raises InputInvalid or ModelInvalid."""
    conversation, _ = road.start(asked.locale, kept=asked.session)
    exchange = conversation.say(asked.text)
    answered = result(None, exchange)
    del answered["id"]
    kept = conversation.kept
    return {**answered, "reprompt": kept.reprompt or None, "session": kept.model_dump(mode="json")}
