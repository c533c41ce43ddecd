"""One SDK request handler a family of intents, two or three lines into the dialogue; the urgent one first.

The SDK's dispatch is the only table of intents.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_model import Response

from skill.alexa.request import Carriers, to_turn
from skill.alexa.response import to_response
from skill.alexa.screen import shows_apl, to_directive
from skill.alexa.touch import USER_EVENT
from skill.dialogue import after_care, asides, commands, follow_ups, groups, phone, questions, rating, sources
from skill.dialogue.core import Core
from skill.dialogue.get_care import reply_get_care
from skill.dialogue.respond import Family, Heard, listen, respond
from skill.dialogue.weeks import how_far_along
from skill.turn import Reply, Turn

_log = logging.getLogger(__name__)

LAUNCH, ENDED = "LaunchRequest", "SessionEndedRequest"

COMMANDS: dict[str, Family] = {
    LAUNCH: commands.launch,
    "ChooseIntent": questions.choose,
    "WeeksIntent": commands.weeks,
    "HerWeeksIntent": commands.weeks,
    "HowFarAlongIntent": how_far_along,
    "ShorterIntent": follow_ups.shorter,
    "SlowerIntent": follow_ups.slower,
    "SomethingElseIntent": follow_ups.something_else,
    "SourceIntent": sources.source,
    "TopicListIntent": groups.topic_list,
    "GroupIntent": questions.ask_group,
    "HowLongIntent": questions.ask_how_long,
    "OutlookIntent": questions.ask_outlook,
    "FaultIntent": questions.ask_fault,
    "AllRightIntent": after_care.all_right,
    "FalseAlarmIntent": after_care.false_alarm,
    "CareCalledIntent": after_care.care_called,
    "SendToPhoneIntent": phone.send_to_phone,
    "NotMineIntent": follow_ups.not_mine,
    "NotHelpfulIntent": rating.not_helpful,
    "NotClearIntent": follow_ups.not_clear,
    "WaitIntent": asides.wait,
    "OkayIntent": rating.okay,
    "NotSureIntent": asides.not_sure,
    "NumberIntent": asides.number,
    "CallForMeIntent": asides.call_for_me,
    "NoAnswerIntent": asides.no_answer,
    "HelloIntent": commands.hello,
    "ThanksIntent": commands.thanks,
    "WhoAreYouIntent": commands.who_i_am,
    "AMAZON.HelpIntent": commands.help_,
    "AMAZON.StopIntent": commands.stop,
    "AMAZON.CancelIntent": commands.stop,
    "AMAZON.NavigateHomeIntent": commands.stop,
    "AMAZON.FallbackIntent": commands.fallback,
    "AMAZON.RepeatIntent": follow_ups.repeat,
    "AMAZON.MoreIntent": follow_ups.more,
    "AMAZON.NextIntent": follow_ups.more,
    "AMAZON.PreviousIntent": follow_ups.go_back,
    "AMAZON.StartOverIntent": follow_ups.something_else,
    "AMAZON.YesIntent": rating.yes,
    "AMAZON.NoIntent": rating.no,
}
"""Intents that are not about a symptom, and the part of the dialogue that answers each."""


class _Listener:
    """Turns a request into a heard turn once, whichever handlers ask for it."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self._carriers = Carriers.of(core.library)

    def heard(self, handler_input: HandlerInput) -> Heard:
        attributes: dict[str, Any] = handler_input.attributes_manager.request_attributes
        if "heard" not in attributes:
            attributes["heard"] = listen(self.turn(handler_input, self._carriers), self.core)
        heard: Heard = attributes["heard"]
        return heard

    def turn(self, handler_input: HandlerInput, carriers: Carriers) -> Turn:
        return to_turn(handler_input.request_envelope, carriers, self.core.library)

    def answer(self, handler_input: HandlerInput, reply: Reply) -> Response:
        envelope, library = handler_input.request_envelope, self.core.library
        handler_input.attributes_manager.session_attributes = reply.session.to_attributes()
        voice = library.voice(envelope.request.locale or "")
        if envelope.request.object_type == USER_EVENT:  # no source says that a slot may be elicited after a touch
            reply = replace(reply, elicit=False)
        shown = to_directive(reply, library, voice) if shows_apl(envelope) else None
        return to_response(reply, voice, handler_input.response_builder, shown)


class UrgentHandler(AbstractRequestHandler):  # type: ignore[misc]
    """Any request in whose words an urgent sign was heard."""

    def __init__(self, listener: _Listener) -> None:
        self._listener = listener

    def can_handle(self, handler_input: HandlerInput) -> bool:
        return self._listener.heard(handler_input).verdict is not None

    def handle(self, handler_input: HandlerInput) -> Response:
        heard = self._listener.heard(handler_input)
        assert heard.verdict is not None  # noqa: S101 - can_handle said so
        return self._listener.answer(handler_input, reply_get_care(heard.turn, self._listener.core, heard.verdict))


class FamilyHandler(AbstractRequestHandler):  # type: ignore[misc]
    """The intents that one part of the dialogue answers."""

    def __init__(self, listener: _Listener, handles: Callable[[str], bool], family: Family) -> None:
        self._listener = listener
        self._handles = handles
        self._family = family

    def can_handle(self, handler_input: HandlerInput) -> bool:
        return self._handles(self._listener.heard(handler_input).turn.intent)

    def handle(self, handler_input: HandlerInput) -> Response:
        heard = self._listener.heard(handler_input)
        return self._listener.answer(handler_input, respond(heard, self._listener.core, self._family))


class EndedHandler(AbstractRequestHandler):  # type: ignore[misc]
    """The session is over: nothing may be spoken in reply (Amazon: Request Types Reference)."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        return bool(handler_input.request_envelope.request.object_type == ENDED)

    def handle(self, handler_input: HandlerInput) -> Response:
        return handler_input.response_builder.response


class ErrorHandler(AbstractExceptionHandler):  # type: ignore[misc]
    """Something of ours failed: a safe sentence is spoken, and the log names the kind of error, never what was said."""

    def __init__(self, listener: _Listener, failed: Callable[[], None]) -> None:
        self._listener = listener
        self._failed = failed

    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:
        return True

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        _log.error("%s: %s", _what_failed(handler_input), type(exception).__name__)
        self._failed()
        turn = self._listener.turn(handler_input, Carriers({}, {}))
        return self._listener.answer(handler_input, commands.went_wrong(turn, self._listener.core))


def _what_failed(handler_input: HandlerInput) -> str:
    """Alarms are set on these words (template.yaml): whether somebody may now lack an urgent reply."""
    heard = handler_input.attributes_manager.request_attributes.get("heard")
    if heard is None:
        return "A turn failed unheard"
    return "A turn failed" if heard.verdict is None else "An urgent turn failed"


def skill_builder(core: Core, failed: Callable[[], None] = lambda: None) -> SkillBuilder:
    """The SDK's dispatch over one core. `failed` is called, in the turn's thread, when something of ours fails."""
    listener = _Listener(core)
    builder = SkillBuilder()
    builder.add_request_handler(EndedHandler())
    builder.add_request_handler(UrgentHandler(listener))
    # Questions come most often, so they are not asked last of all.
    builder.add_request_handler(FamilyHandler(listener, lambda intent: intent not in COMMANDS, questions.ask))
    for name, family in COMMANDS.items():
        builder.add_request_handler(FamilyHandler(listener, name.__eq__, family))
    builder.add_exception_handler(ErrorHandler(listener, failed))
    return builder
