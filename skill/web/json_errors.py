"""What is wrong with a JSON request, in one shape: `{"error": {"status", "message", "faults"}}`."""

from __future__ import annotations

import logging
from typing import Any, TypeVar

from flask import Blueprint, Request, Response, jsonify
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import BadRequest, HTTPException, RequestEntityTooLarge, UnsupportedMediaType

from skill.errors import InputInvalid, ModelInvalid

_log = logging.getLogger(__name__)
_Model = TypeVar("_Model", bound=BaseModel)


class Refused(Exception):
    """A request that is not answered: HTTP status, a sentence, and what is wrong field by field."""

    def __init__(self, status: int, message: str, faults: list[dict[str, str]] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.faults = faults or []

    def response(self) -> Response:
        """The same as JSON."""
        body = jsonify(error={"status": self.status, "message": self.message, "faults": self.faults})
        body.status_code = self.status
        return body


def read_json(http: Request, model: type[_Model]) -> _Model:
    """The body as `model`. Raises Refused: 415 for another type, 413 for too many bytes, 400 for all else, naming
    every field at once. What was sent is not repeated, except the names of fields.
    """
    try:
        data: Any = http.get_json()
    except UnsupportedMediaType as error:
        raise Refused(415, "Send JSON, with Content-Type: application/json.") from error
    except RequestEntityTooLarge as error:
        raise Refused(413, "The request is larger than is taken here.") from error
    except (BadRequest, RecursionError) as error:
        raise Refused(400, "The body is not JSON that can be read.") from error
    try:
        return model.model_validate(data)
    except (ValidationError, RecursionError) as error:
        faults = error.errors(include_url=False, include_input=False) if isinstance(error, ValidationError) else []
        named = [{"field": ".".join(map(str, fault["loc"])), "problem": fault["msg"]} for fault in faults]
        raise Refused(400, "The request is not of the form that is taken here.", named) from error


def answer_errors_in_json(routes: Blueprint) -> None:
    """Whatever is raised in these routes is answered in the one shape."""
    routes.register_error_handler(Refused, Refused.response)
    routes.register_error_handler(InputInvalid, _not_possible)
    routes.register_error_handler(ModelInvalid, _not_possible)
    routes.register_error_handler(HTTPException, _refused_by_flask)
    routes.register_error_handler(Exception, _failed)


def _not_possible(error: Exception) -> Response:
    return Refused(400, str(error)).response()


def _refused_by_flask(error: HTTPException) -> Response:
    return Refused(error.code or 500, error.description or "Not possible.").response()


def _failed(error: Exception) -> Response:
    """The kind of error only: what was typed may stand in its message."""
    _log.error("A page or the API failed: %s", type(error).__name__)
    return Refused(500, f"This failed on the server ({type(error).__name__}).").response()
