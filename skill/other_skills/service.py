"""Somebody's web service: the request's JSON is posted unsigned, the response's JSON comes back.

A skill in production refuses unsigned requests: it has to be started with verification switched off, on a machine of
the developer's own.
"""

from __future__ import annotations

import json
from typing import Any

import urllib3

from skill.errors import InputInvalid, ServiceFailed

SECONDS_ALEXA_WAITS = 8
"""Amazon's page, quoted in jovotech/jovo-framework issue 550."""
_SECONDS_WE_WAIT = 20
_MOST_SHOWN = 200
_MOST_BYTES = 1_000_000


class Service:
    """One address. Called with a request, it gives the response."""

    def __init__(self, url: str) -> None:
        """Raises InputInvalid for what is no address of the web."""
        if not url.startswith(("http://", "https://")):
            raise InputInvalid(f"--endpoint {url} is no web address: begin with http:// or https://.")
        self._url = url
        self._http = urllib3.PoolManager(retries=False, timeout=_SECONDS_WE_WAIT)

    def __call__(self, request: dict[str, Any]) -> dict[str, Any]:
        """Raises ServiceFailed, which says what the service did: status, kind of body and how it begins."""
        try:
            answer = self._http.request(
                "POST",
                self._url,
                body=json.dumps(request),
                headers={"Content-Type": "application/json; charset=utf-8"},
                preload_content=False,
            )
            body = answer.read(_MOST_BYTES)
            answer.release_conn()
        except urllib3.exceptions.HTTPError as error:
            raise ServiceFailed(f"{self._url} cannot be reached: {_reason(error)}.") from error
        kind = answer.headers.get("Content-Type", "no Content-Type").split(";")[0]
        if answer.status != 200:
            raise ServiceFailed(f"{self._url} answered {answer.status} with {_described(kind, body)}")
        return _parsed(body, kind, self._url)


def _parsed(body: bytes, kind: str, url: str) -> dict[str, Any]:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ServiceFailed(f"{url} answered 200, but no JSON: {_described(kind, body)}") from error
    if not isinstance(data, dict):
        raise ServiceFailed(f"{url} answered 200, but its JSON is no object: {_described(kind, body)}")
    return data


def _described(kind: str, body: bytes) -> str:
    if not body:
        return f"{kind}, and an empty body."
    shown = " ".join(body[: _MOST_SHOWN * 4].decode("utf-8", "replace").split())
    return f"{kind}, {len(body):,} bytes: {shown[:_MOST_SHOWN]}{'…' if len(shown) > _MOST_SHOWN else ''}"


def _reason(error: Exception) -> str:
    """The last clause of urllib3's words, without the object that they begin with."""
    return str(getattr(error, "reason", None) or error).rsplit(">: ", maxsplit=1)[-1].rstrip(".")
