"""The log: one JSON object a line, on standard output. Nothing in it was sent to us.

    {"time": "…", "level": "info", "from": "skill.web", "message": "answered", "request": "5f0c…", "status": 200, …}

`request` is a random id of our own, made for each request and given back in the response's X-Request-Id. A line with it
names no topic, no intent and no words (design: "What is kept"). Of an exception stand its kind and the places in the
code, never its message; of the log of a library only that there was a line, since either may quote a request.
"""

from __future__ import annotations

import json
import logging
import secrets
import sys
import threading
import traceback
from collections.abc import Iterable
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any

from gunicorn.glogging import Logger

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

REQUEST_HEADER = "X-Request-Id"
_OURS = ("skill", "gunicorn")
_request: ContextVar[str | None] = ContextVar("request", default=None)


class JsonLines(logging.Formatter):
    """A log record → one line."""

    def format(self, record: logging.LogRecord) -> str:
        ours = record.name.split(".")[0] in _OURS
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "process": record.process,
            "message": record.getMessage() if ours else "A library logged something.",
        }
        if (request := _request.get()) is not None:
            line["request"] = request
        line |= getattr(record, "more", {})
        if record.exc_info and record.exc_info[0] is not None:
            line |= _kind_and_places(record.exc_info[0], record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def _kind_and_places(kind: type[BaseException], trace: TracebackType | None) -> dict[str, object]:
    places = traceback.extract_tb(trace)
    return {"error": kind.__name__, "at": [f"{place.filename}:{place.lineno} {place.name}" for place in places]}


def log_json_lines() -> None:
    """From now on everything that is logged in this process, and in those it forks, is a line of JSON."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    threading.excepthook = _log_a_dead_thread
    sys.unraisablehook = _log_what_could_not_be_raised


def _log_a_dead_thread(died: threading.ExceptHookArgs) -> None:
    """Python would print the message of the exception."""
    logging.getLogger(__name__).error("A thread died.", exc_info=(died.exc_type, None, died.exc_traceback))  # type: ignore[arg-type]


def _log_what_could_not_be_raised(what: Any) -> None:
    logging.getLogger(__name__).error("An error was lost.", exc_info=(what.exc_type, None, what.exc_traceback))


class GunicornLog(Logger):  # type: ignore[misc]
    """gunicorn's own messages take the same way; it logs no requests, since each has its line from RequestLog."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True

    def access(self, resp: object, req: object, environ: object, request_time: object) -> None:
        """Nothing: the line would hold the path and the sender's address."""


class RequestLog:
    """Around an application: gives every request its id, and its line when it is answered."""

    def __init__(self, app: WSGIApplication, count: Any) -> None:
        """`count` is called with the status of each response."""
        self._app = app
        self._count = count
        self._log = logging.getLogger("skill.web")

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = secrets.token_hex(8)
        mark = _request.set(request)
        began = datetime.now(UTC)

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            taken = (datetime.now(UTC) - began).total_seconds()
            self._count(status[:3])
            answered = {"status": int(status[:3]), "milliseconds": round(taken * 1000, 1)}
            self._log.info("answered", extra={"more": answered})
            return start_response(status, [*headers, (REQUEST_HEADER, request)], *more)

        try:
            return self._app(environ, start)
        finally:
            _request.reset(mark)
