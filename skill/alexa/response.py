"""Reply → Alexa's response, through the SDK's response builder."""

from __future__ import annotations

from ask_sdk_core.response_helper import ResponseFactory
from ask_sdk_model import Intent, Response
from ask_sdk_model.dialog import ElicitSlotDirective
from ask_sdk_model.interfaces.alexa.presentation.apl import RenderDocumentDirective
from ask_sdk_model.ui import SimpleCard

from skill.alexa.elicited import ELICITED_INTENT, ELICITED_SLOT
from skill.alexa.speech import to_ssml
from skill.library.locales import Voice
from skill.turn import Reply


def to_response(
    reply: Reply, voice: Voice, builder: ResponseFactory, shown: RenderDocumentDirective | None = None
) -> Response:
    """Speech, reprompt, directives, and whether the session ends: always said explicitly, because absent means
    something else on every kind of device (Amazon: Manage the Skill Session).
    """
    builder.speak(to_ssml(reply.text, voice.numbers, voice.pronunciation, slow=reply.slow))
    if reply.reprompt is not None:
        builder.ask(to_ssml(reply.reprompt, voice.numbers, voice.pronunciation))
    if reply.card is not None:
        builder.set_card(SimpleCard(title=reply.card.title, content=reply.card.text))
    if reply.elicit:
        builder.add_directive(_elicit())
    if shown is not None:
        builder.add_directive(shown)
    builder.set_should_end_session(reply.ends)
    return builder.response


def _elicit() -> ElicitSlotDirective:
    """Allowed after a launch or a built-in intent only with an updated intent of the dialog model: Amazon's blog on
    intent chaining.
    """
    return ElicitSlotDirective(slot_to_elicit=ELICITED_SLOT, updated_intent=Intent(name=ELICITED_INTENT, slots={}))
