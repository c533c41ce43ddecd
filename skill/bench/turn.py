"""One turn on the bench: what is asked comes in, and everything that a developer wants to see of it goes out."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from skill.alexa.handle import is_served
from skill.alexa.response_body import MOST_RESPONSE_BYTES
from skill.answers import WORDS_A_SECOND
from skill.bench.devices import DeviceName
from skill.bench.road import Road, Stopwatch, pretended_device
from skill.bench.why import URGENT, why_not
from skill.dialogue.core import Core
from skill.dialogue.get_care import EMERGENCY_WORDS, URGENT_WORDS
from skill.dialogue.replies import FIRST_REPLY_WORDS, LATER_REPLY_WORDS
from skill.simulator.batch import result
from skill.simulator.converse import Conversation, Exchange, Kept
from skill.simulator.envelope import Json, ended_envelope
from skill.simulator.explain import explain
from skill.simulator.hear import Heard, Mode
from skill.turn import Session

_log = logging.getLogger(__name__)


class TurnAsked(BaseModel):
    """What the page sends: exactly one of a sentence, the end of the session, or a whole request."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    locale: str = "en-US"
    device: DeviceName = "speaker"
    hear: Mode = "alexa"
    kept: Kept | None = None
    say: Annotated[str, Field(max_length=2000)] | None = None
    """A sentence, or what else a conversation understands: `<launch>`, `<touch> open 2`."""
    end: Literal["USER_INITIATED", "ERROR", "EXCEEDED_MAX_REPROMPTS"] | None = None
    request: Json | None = None
    """Edited by hand, sent as it is."""

    @model_validator(mode="after")
    def _exactly_one(self) -> TurnAsked:
        given = [name for name in ("say", "end", "request") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError("expected exactly one of say, end and request")
        return self


def take_turn(road: Road, asked: TurnAsked) -> dict[str, Any]:
    """One turn → what was matched, understood and said, measured. Raises InputInvalid or ModelInvalid."""
    conversation, watch = road.start(asked.locale, device=asked.device, mode=asked.hear, kept=asked.kept)
    exchange = watch.timed("total", _act(conversation, asked))()
    answer = result(None, exchange)
    return {
        "said": exchange.said,
        "speech": exchange.speech,
        "ssml": _ssml(exchange),
        "reprompt": conversation.kept.reprompt,
        "ends": exchange.ends,
        "kept": conversation.kept.model_dump(mode="json"),
        "matched": _matched(exchange.heard, answer["channel"]) if exchange.heard else None,
        "understood": {key: answer[key] for key in ("outcome", "urgent", "sign", "topic", "aspect", "choices")},
        "why": _why(road.core(), exchange.request),
        "spoken": _spoken(exchange, answer),
        "bytes": len(json.dumps(exchange.response).encode()),
        "most_bytes": MOST_RESPONSE_BYTES,
        "milliseconds": _stages(watch),
        "request": exchange.request,
        "response": exchange.response,
    }


def _act(conversation: Conversation, asked: TurnAsked) -> Callable[[], Exchange]:
    if asked.say is not None:
        said = asked.say
        return lambda: conversation.say(said)
    request = asked.request
    if request is None:
        kept = asked.kept or conversation.kept
        device = pretended_device(asked.locale, asked.device)
        request = ended_envelope(device, kept.attributes, asked.end or "ERROR")
    whole = request
    return lambda: conversation.send(whole)


def _ssml(exchange: Exchange) -> str:
    """What is spoken, with its markup; the reprompt, where silence was answered."""
    speech = (exchange.response.get("response") or {}).get("outputSpeech") or {}
    return str(speech.get("ssml") or speech.get("text") or "") if exchange.request else exchange.speech


def _matched(heard: Heard, channel: str) -> dict[str, Any]:
    return {
        "intent": heard.intent,
        "sample": heard.sample,
        "match": heard.match_class.name.lower(),
        "channel": channel,
        "slots": [
            {
                "name": slot.name,
                "type": slot.type,
                "value": slot.value,
                "code": slot.resolution.code if slot.resolution else None,
                "values": [{"id": value_id, "name": name} for value_id, name in slot.resolution.values]
                if slot.resolution
                else [],
            }
            for slot in heard.slots
        ],
    }


def _why(core: Core, request: Json | None) -> dict[str, Any] | None:
    """None where there is nothing to understand: silence, the session's end, a request that is none."""
    if request is None or not is_served(request):
        return None
    try:
        why = explain(core, request)
    except Exception as error:  # an edited request may be anything; the skill has answered it safely already
        _log.info("A request on the bench could not be explained: %s", type(error).__name__)
        return None
    decision = URGENT if why["urgent"] is not None else why["decision"]
    return {**why, "decision": decision, "why_not": why_not(why)}


def _spoken(exchange: Exchange, answer: dict[str, Any]) -> dict[str, Any]:
    """Words and seconds, and the budget that holds for this kind of reply."""
    first = not Session.from_attributes(_attributes_before(exchange.request or {})).disclaimed
    kinds = {
        ("urgent", "emergency"): ("emergency reply", EMERGENCY_WORDS),
        ("urgent", "urgent"): ("urgent reply", URGENT_WORDS),
        ("answer", "none"): ("first reply", FIRST_REPLY_WORDS) if first else ("later reply", LATER_REPLY_WORDS),
    }
    kind, most = kinds.get((answer["outcome"], answer["urgent"]), (None, None))
    words = answer["words"]
    return {"words": words, "seconds": round(words / WORDS_A_SECOND, 1), "kind": kind, "most_words": most}


def _attributes_before(request: Json) -> object:
    session = request.get("session")
    return session.get("attributes") if isinstance(session, dict) else None


def _stages(watch: Stopwatch) -> dict[str, float]:
    """The matcher's time is what is left of the turn; dialogue and SDK what is left of the skill's."""
    spent = watch.spent
    understood = {stage: spent.get(stage, 0.0) for stage in ("urgent", "topics", "aspect")}
    skill = spent.get("skill", 0.0)
    stages = {
        "matcher": spent["total"] - skill,
        **understood,
        "dialogue": max(0.0, skill - sum(understood.values())),
        "total": spent["total"],
    }
    return {stage: round(value, 2) for stage, value in stages.items()}
