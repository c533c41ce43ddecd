"""A web service of somebody's: a real HTTP server in a thread, its skill a function of the request."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Skill = Callable[[dict[str, Any]], Any]


class Served:
    """The server: `skill` gives a response's JSON, or (status, content type, bytes); `requests` is what came."""

    def __init__(self) -> None:
        self.skill: Skill = lambda request: tell("hello")
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.url = ""

    def answer(self, body: bytes) -> tuple[int, str, bytes]:
        self.requests.append(json.loads(body))
        given = self.skill(self.requests[-1])
        return given if isinstance(given, tuple) else (200, "application/json", json.dumps(given).encode())


def tell(text: str, *, ends: bool | None = False, attributes: Any = None, **more: Any) -> dict[str, Any]:
    body = {"outputSpeech": {"type": "PlainText", "text": text}, **more}
    if ends is not None:
        body["shouldEndSession"] = ends
    return {"version": "1.0", "sessionAttributes": attributes or {}, "response": body}


@contextmanager
def serving() -> Iterator[Served]:
    """Served, while it is served."""
    service = Served()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            service.headers.append({key.lower(): value for key, value in self.headers.items()})
            status, kind, body = service.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.url = f"http://127.0.0.1:{server.server_port}/"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield service
    server.shutdown()
    server.server_close()
