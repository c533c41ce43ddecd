"""Is the request meant for our skill? Asked everywhere; on Lambda, where AWS vouches for the sender, it is all that is
asked, and so stands apart from the certificates of verify.py.
"""

from __future__ import annotations

from collections.abc import Mapping

from skill.alexa.rejecting import rejecting
from skill.errors import RequestRejected


def verify_skill_id(envelope: Mapping[str, object], skill_id: str) -> None:
    """Returns when the request names our skill; raises RequestRejected otherwise, also when `skill_id` is empty.

    The context's id must be there (ask-sdk-core, skill.py: invoke); events have no session, but one that has an id
    must agree.
    """
    with rejecting("skill id"):
        in_context = at(envelope, "context", "System", "application", "applicationId")
        if not skill_id or in_context != skill_id:
            raise RequestRejected("skill id: missing, or another skill's")
        if at(envelope, "session", "application", "applicationId") not in (None, skill_id):
            raise RequestRejected("skill id: the session names another skill")


def at(envelope: object, *path: str) -> object:
    """What lies at the end of the path, or None."""
    for key in path:
        if not isinstance(envelope, Mapping):
            return None
        envelope = envelope.get(key)
    return envelope
