"""What may be counted of one request: how it came and how it ended, neither who asked nor what about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from skill.alexa.elicited import ELICITED_INTENT
from skill.alexa.handlers import COMMANDS, ENDED, LAUNCH
from skill.alexa.touch import USER_EVENT
from skill.library.store import Library
from skill.turn import Outcome

_KINDS = {LAUNCH: "launch", "IntentRequest": "intent", USER_EVENT: "touch", ENDED: "ended"}
OTHER, NONE = "other", "none"
"""A value that we do not know, and one that is not there: labels are from closed lists, whatever arrives."""
FAILED, NOTHING = "failed", "nothing"
"""Outcomes beside those of Outcome: something of ours failed; nothing was to be said."""


@dataclass(frozen=True)
class Seen:
    """One request, counted."""

    kind: str
    """launch, intent, touch, ended or other."""
    intent: str
    locale: str
    outcome: str
    """An Outcome, FAILED or NOTHING."""


class Vocabulary:
    """The intents and locales of one library: what is in neither list is OTHER."""

    def __init__(self, library: Library) -> None:
        self._intents = frozenset(COMMANDS) | frozenset(library.interaction.frames()) | {ELICITED_INTENT}
        self._locales = frozenset(library.locales)

    def seen(self, envelope: Mapping[str, Any], response: Mapping[str, Any], *, failed: bool) -> Seen:
        """What of this exchange may be counted. Raises nothing, whatever the envelope holds."""
        request = envelope.get("request")
        asked = request if isinstance(request, dict) else {}
        intent = asked.get("intent")
        kind = asked.get("type")
        return Seen(
            kind=_KINDS.get(kind, OTHER) if isinstance(kind, str) else OTHER,
            intent=_known(intent.get("name") if isinstance(intent, dict) else None, self._intents),
            locale=_known(asked.get("locale"), self._locales),
            outcome=FAILED if failed else _outcome(response),
        )


def _known(value: object, known: frozenset[str]) -> str:
    if value is None:
        return NONE
    return value if isinstance(value, str) and value in known else OTHER


def _outcome(response: Mapping[str, Any]) -> str:
    """Read from the session's state, where what was understood stands unless it is a plain command."""
    if not response.get("response"):
        return NOTHING
    understood = response.get("sessionAttributes", {}).get("understood", {})
    return str(understood.get("outcome", Outcome.COMMAND))
