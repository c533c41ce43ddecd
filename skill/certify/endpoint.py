"""A web service as an endpoint: requests go out unsigned, as a server in development takes them from this machine, or
with any headers, as its door is tried.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import urllib3

from skill.certify.door import Answered, Post
from skill.errors import InputInvalid
from skill.simulator.converse import Endpoint
from skill.simulator.envelope import Device, Json, launch_envelope

_SECONDS = 20.0
"""More than Alexa waits, so that a slow answer is told as slow."""
_OK = 200
_NOT_LET_IN = (400, 401, 403)
"""What a door says to a request that nobody signed: ours, and others that were seen."""


class UnusableAnswer(Exception):
    """The web service answered with something that is no response of a skill's."""


class NotLetIn(UnusableAnswer):
    """The web service refused the request itself."""


def refuses_unsigned(endpoint: Endpoint, locale: str) -> bool:
    """Whether a plain launch is refused, as a server in production does. Raises InputInvalid where nothing answers."""
    try:
        endpoint(launch_envelope(Device(locale=locale), {}))
    except NotLetIn:
        return True
    except UnusableAnswer:  # a fault of the skill's: a case for the report
        return False
    return False


def posting_to(url: str) -> Post:
    """Sends bodies with headers to this address. It raises InputInvalid where nothing answers."""
    pool = urllib3.PoolManager(retries=False, timeout=_SECONDS)

    def post(body: bytes, headers: Mapping[str, str]) -> Answered:
        try:
            answer = pool.request("POST", url, body=body, headers={"Content-Type": "application/json", **headers})
        except (urllib3.exceptions.HTTPError, ValueError) as error:
            raise InputInvalid(
                f"{url} does not answer ({type(error).__name__}): is the skill running there?"
            ) from error
        return Answered(answer.status, answer.data)

    return post


def over_http(url: str) -> Endpoint:
    """The endpoint at this address. It raises InputInvalid where nothing answers, UnusableAnswer for another status
    than 200 or for what is no JSON object.
    """
    post = posting_to(url)

    def endpoint(request: Json) -> Json:
        status, body = post(json.dumps(request).encode(), {})
        if status in _NOT_LET_IN:
            raise NotLetIn(f"HTTP {status}")
        if status != _OK:
            raise UnusableAnswer(f"HTTP {status}")
        try:
            response = json.loads(body)
        except ValueError as error:
            raise UnusableAnswer("no JSON") from error
        if not isinstance(response, dict):
            raise UnusableAnswer("no JSON object")
        return response

    return endpoint
