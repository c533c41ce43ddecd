"""A small skill made with Amazon's own SDK: says which intent it got with which slots, leaves dialogs to the device."""

from __future__ import annotations

from typing import Any

from ask_sdk_core.dispatch_components import AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_core.utils import get_dialog_state, is_intent_name, is_request_type
from ask_sdk_model import DialogState, Intent, Response, Slot
from ask_sdk_model.dialog import DelegateDirective
from ask_sdk_model.slu.entityresolution import StatusCode
from other_skills.served import Skill


class _Launch(AbstractRequestHandler):  # type: ignore[misc] - the SDK has no types
    def can_handle(self, handler_input: HandlerInput) -> bool:
        return bool(is_request_type("LaunchRequest")(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        return handler_input.response_builder.speak("Welcome.").ask("Yes?").response


class _Stop(AbstractRequestHandler):  # type: ignore[misc]
    def can_handle(self, handler_input: HandlerInput) -> bool:
        return bool(is_intent_name("AMAZON.StopIntent")(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        return handler_input.response_builder.speak("Goodbye.").set_should_end_session(True).response


class _Dialog(AbstractRequestHandler):  # type: ignore[misc]
    def can_handle(self, handler_input: HandlerInput) -> bool:
        asked = is_request_type("IntentRequest")(handler_input)
        return bool(asked and get_dialog_state(handler_input) in (DialogState.STARTED, DialogState.IN_PROGRESS))

    def handle(self, handler_input: HandlerInput) -> Response:
        return handler_input.response_builder.add_directive(DelegateDirective()).response


class _Anything(AbstractRequestHandler):  # type: ignore[misc]
    def can_handle(self, handler_input: HandlerInput) -> bool:
        return bool(is_request_type("IntentRequest")(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        told = _told(handler_input.request_envelope.request.intent)
        return handler_input.response_builder.speak(told).ask("Anything else?").response


class _Ended(AbstractRequestHandler):  # type: ignore[misc]
    def can_handle(self, handler_input: HandlerInput) -> bool:
        return bool(is_request_type("SessionEndedRequest")(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response:
        return handler_input.response_builder.response


def _told(intent: Intent) -> str:
    """The intent and what its slots hold, "FindIntent size=tiny": what a value was resolved to, else as sent."""
    slots = intent.slots or {}
    filled = [f"{name}={_meant(slot)}" for name, slot in sorted(slots.items()) if slot.value is not None]
    return " ".join([intent.name, *filled])


def _meant(slot: Slot) -> str:
    for authority in slot.resolutions.resolutions_per_authority if slot.resolutions else ():
        if authority.status.code == StatusCode.ER_SUCCESS_MATCH:
            return str(authority.values[0].value.name)
    return str(slot.value)


def skill_with_the_sdk() -> Skill:
    """The skill, as a function from a request to a response."""
    builder = SkillBuilder()
    for handler in (_Launch(), _Stop(), _Dialog(), _Anything(), _Ended()):
        builder.add_request_handler(handler)
    handle = builder.lambda_handler()

    def skill(request: dict[str, Any]) -> Any:
        return handle(request, None)

    return skill
