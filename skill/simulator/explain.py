"""Why a request was understood as it was: the urgent check, the candidate topics with their signals, the aspect.

The same parts look at the same request once more. Nothing of this is in the response: a device needs none of it.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ask_sdk_model import RequestEnvelope

from skill.alexa.handle import Json, served
from skill.alexa.request import Carriers, to_turn
from skill.alexa.serializer import QuickSerializer
from skill.dialogue.core import Core
from skill.dialogue.respond import Heard, listen
from skill.topics.resolve import Found, NotFound


def listened(core: Core, envelope: Json) -> Heard:
    """A request's JSON → the turn that it becomes, and what the urgent check says of it."""
    request = QuickSerializer().deserialize(served(envelope), RequestEnvelope)
    return listen(to_turn(request, Carriers.of(core.library), core.library), core)


def explain(core: Core, envelope: Json) -> dict[str, Any]:
    """A request's JSON → what was heard as text, urgent and why, topics with probability and signals, the runner-up."""
    heard = listened(core, envelope)
    resolution = core.resolver.resolve(heard.turn)
    candidates = [asdict(candidate) for candidate in resolution.candidates]
    return {
        "text": heard.turn.text,
        "stages": list(heard.turn.session.stages),
        "urgent": {**asdict(heard.verdict), "level": heard.verdict.level.value} if heard.verdict else None,
        "decision": type(resolution).__name__,
        "reason": resolution.reason if isinstance(resolution, NotFound) else None,
        "topics": candidates,
        "runner_up": candidates[1]["topic"] if isinstance(resolution, Found) and len(candidates) > 1 else None,
        "aspect_of_intent": heard.turn.aspect,
        "aspect_asked": core.aspect_of(heard.turn.text),
    }
