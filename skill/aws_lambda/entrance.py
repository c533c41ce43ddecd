"""The Lambda entrance: the same skill as on the web. Lambda proves the sender; the skill id is checked all the same.

The compiled library is shipped with the function; nothing is built there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from skill.alexa.handle import Skill
from skill.alexa.skill_id import verify_skill_id
from skill.assemble import assemble, open_library
from skill.errors import SettingsInvalid
from skill.feedback.connect import one_write
from skill.settings import Settings

Handler = Callable[[dict[str, Any], object], dict[str, Any]]
"""Alexa's request and Lambda's context in, the response out. Raises RequestRejected for another skill's request."""


def entrance(settings: Settings) -> Handler:
    """The handler of one instance of the function. What understands free text is loaded with the first of it: somebody
    waits for the launch that began this instance, and a launch needs a fraction of it.

    Raises SettingsInvalid without a skill id, StoreDamaged or ContentInvalid where the content cannot be opened.
    """
    skill_id = settings.skill_id
    if skill_id is None:
        raise SettingsInvalid("BUMP_GUIDE_SKILL_ID is not set: without it any skill could invoke this function.")
    feedback = one_write(settings.feedback, settings.data)
    skill = Skill(assemble(settings, open_library(settings), feedback, at_once=False))

    def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
        verify_skill_id(event, skill_id)
        return skill.handle(event)

    return handler
