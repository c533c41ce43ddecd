"""The Lambda entrance: the same skill as on the web. Lambda proves the sender; the skill id is checked all the same.

The compiled library is shipped with the function; nothing is built there.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from skill.alexa.fresh_and_ours import verify_skill_id
from skill.alexa.handle import Skill
from skill.assemble import assemble, open_library
from skill.errors import SettingsInvalid
from skill.feedback.connect import connect, one_write
from skill.settings import Settings


@cache
def _skill() -> tuple[Settings, Skill]:
    settings = Settings.from_env()
    if settings.skill_id is None:
        raise SettingsInvalid("BUMP_GUIDE_SKILL_ID is not set: without it any skill could invoke this function.")
    store = one_write(settings.feedback, settings.data)
    return settings, Skill(assemble(settings, open_library(settings), store, at_once=False))


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Alexa's request in, the response out. Raises RequestRejected for another skill's request."""
    settings, skill = _skill()
    verify_skill_id(event, settings.skill_id or "")
    return skill.handle(event)


def forget_tokens(event: dict[str, Any], context: object) -> dict[str, int]:
    """The entrance of a daily schedule: the store forgets the tokens of past days, and keeps the counts.

    Gives how many. Raises FeedbackUnavailable, so that the failed invocation is seen.
    """
    settings = Settings.from_env()
    store = connect(settings.feedback, settings.data)
    try:
        return {"forgotten": store.forget_tokens(datetime.now(UTC).date() - timedelta(days=1))}
    finally:
        store.close()
