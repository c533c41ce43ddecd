"""Reply → Alexa's directive for the screen, on devices that have one."""

from __future__ import annotations

import logging
import re

from ask_sdk_model import RequestEnvelope
from ask_sdk_model.interfaces.alexa.presentation.apl import RenderDocumentDirective

from skill.library.locales import Voice
from skill.library.store import Library
from skill.screens.compose import compose
from skill.screens.documents import VERSION
from skill.screens.render import data_source, document
from skill.turn import Reply

_TOKEN = "bump-guide"  # noqa: S105 - Alexa's word for the name of what is shown
_log = logging.getLogger(__name__)


def shows_apl(envelope: RequestEnvelope) -> bool:
    """Whether the device can show our documents: it says that it has APL, and of no older version than theirs
    (Amazon: Alexa.Presentation.APL Interface Reference).
    """
    system = envelope.context.system if envelope.context else None
    interfaces = system.device.supported_interfaces if system and system.device else None
    apl = interfaces.alexa_presentation_apl if interfaces else None
    newest = apl.runtime.max_version if apl and apl.runtime else None
    return apl is not None and (newest is None or _numbers(newest) >= _numbers(VERSION))


def _numbers(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d{1,9}", version)]


def to_directive(reply: Reply, library: Library, voice: Voice) -> RenderDocumentDirective | None:
    """What is shown with a reply. A screen that cannot be made must never cost her the spoken answer: then None, and
    the log names the kind of error.
    """
    try:
        screen = compose(reply, library, voice)
        return RenderDocumentDirective(_TOKEN, document(screen), data_source(screen))
    except Exception as error:  # the answer is spoken all the same
        _log.error("A screen could not be made: %s", type(error).__name__)
        return None
