"""The bare SDK: a skill of one handler, as its documentation begins. Imports nothing else, since a start times it."""

from __future__ import annotations

from typing import Any

from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_core.utils import is_request_type


def hello_world() -> SkillBuilder:
    """Answers launches and intents."""
    builder = SkillBuilder()

    def answer(handler_input: Any) -> Any:
        return handler_input.response_builder.speak("Hello world").ask("Anything else?").response

    for kind in ("LaunchRequest", "IntentRequest"):
        builder.request_handler(can_handle_func=is_request_type(kind))(answer)
    return builder
