"""Is this request fresh, and meant for us? Apart from the signature (verify.py), which Lambda has no need of and which
takes long to import.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta

from skill.alexa.rejecting import rejecting
from skill.errors import RequestRejected

FARTHEST_REQUEST = timedelta(seconds=150)  # either way: clocks of both sides may be off
OLDEST_SKILL_EVENT = timedelta(seconds=3600)
SKILL_EVENTS = frozenset(
    {
        "AlexaSkillEvent.SkillEnabled",
        "AlexaSkillEvent.SkillDisabled",
        "AlexaSkillEvent.SkillPermissionChanged",
        "AlexaSkillEvent.SkillPermissionAccepted",
        "AlexaSkillEvent.SkillAccountLinked",
    }
)


def verify_timestamp(envelope: Mapping[str, object], now: datetime) -> None:
    """Returns when the request was sent just now (150 seconds either way; the five skill events up to an hour ago).

    Raises RequestRejected otherwise, and when the time is missing, has no zone, or cannot be read. `now` is aware.
    """
    with rejecting("timestamp"):
        sent = _moment(_at(envelope, "request", "timestamp"))
        if sent is None:
            raise RequestRejected("timestamp: missing or not a time")
        kind = _at(envelope, "request", "type")
        # Amazon, "Use Skill Events": events are older than requests may be. From the future they are no likelier.
        oldest = OLDEST_SKILL_EVENT if isinstance(kind, str) and kind in SKILL_EVENTS else FARTHEST_REQUEST
        if not -FARTHEST_REQUEST <= now - sent <= oldest:
            raise RequestRejected("timestamp: too far from now")


def verify_skill_id(envelope: Mapping[str, object], skill_id: str) -> None:
    """Returns when the request names our skill; raises RequestRejected otherwise, also when `skill_id` is empty.

    The context's id must be there (ask-sdk-core, skill.py: invoke); events have no session, but one that has an id
    must agree.
    """
    with rejecting("skill id"):
        in_context = _at(envelope, "context", "System", "application", "applicationId")
        if not skill_id or in_context != skill_id:
            raise RequestRejected("skill id: missing, or another skill's")
        if _at(envelope, "session", "application", "applicationId") not in (None, skill_id):
            raise RequestRejected("skill id: the session names another skill")


def _at(envelope: object, *path: str) -> object:
    """What lies at the end of the path, or None."""
    for key in path:
        if not isinstance(envelope, Mapping):
            return None
        envelope = envelope.get(key)
    return envelope


def _moment(text: object) -> datetime | None:
    """An ISO 8601 time with its zone, or None. The reader's error is dropped here, because it quotes the text."""
    if not isinstance(text, str):
        return None
    with suppress(ValueError):
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else None
    return None
