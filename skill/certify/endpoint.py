"""A web service as an endpoint: requests go out unsigned, as a server in development takes them from this machine."""

from __future__ import annotations

import json

import urllib3

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


def over_http(url: str) -> Endpoint:
    """The endpoint at this address. It raises InputInvalid where nothing answers, UnusableAnswer for another status
    than 200 or for what is no JSON object.
    """
    pool = urllib3.PoolManager(retries=False, timeout=_SECONDS)

    def endpoint(request: Json) -> Json:
        headers = {"Content-Type": "application/json"}
        try:
            answer = pool.request("POST", url, body=json.dumps(request).encode(), headers=headers)
        except (urllib3.exceptions.HTTPError, ValueError) as error:
            raise InputInvalid(
                f"{url} does not answer ({type(error).__name__}): is the skill running there?"
            ) from error
        if answer.status in _NOT_LET_IN:
            raise NotLetIn(f"HTTP {answer.status}")
        if answer.status != _OK:
            raise UnusableAnswer(f"HTTP {answer.status}")
        try:
            response = json.loads(answer.data)
        except ValueError as error:
            raise UnusableAnswer("no JSON") from error
        if not isinstance(response, dict):
            raise UnusableAnswer("no JSON object")
        return response

    return endpoint
