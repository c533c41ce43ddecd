"""A conversation with one session: sentence → matcher → request JSON → skill → response JSON, with no shortcut.

The skill is any function from a request to a response: our own in this process, or somebody's web service.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from skill.simulator.envelope import (
    Device,
    Json,
    ended_envelope,
    intent_envelope,
    launch_envelope,
    new_session_id,
    touch_envelope,
)
from skill.simulator.hear import FALLBACK_INTENT, Elicited, Heard, HearingModel, MatchClass, Mode, hear

Endpoint = Callable[[Json], Json]

LAUNCH, ONESHOT, SILENCE, NOISE, TOUCH = "<launch>", "<oneshot>", "<silence>", "<noise>", "<touch>"


@dataclass(frozen=True)
class Exchange:
    """One turn, from both sides."""

    said: str
    heard: Heard | None
    """None where nothing was matched: a launch, a touch, or silence."""
    elicited: bool
    """The last response had asked for a slot, and this sentence went into it."""
    request: Json | None
    """None on silence: the device speaks the reprompt by itself."""
    response: Json
    speech: str
    """Plain text of what is heard."""
    ends: bool

    @property
    def attributes(self) -> Json:
        """Session attributes after this turn."""
        attributes = self.response.get("sessionAttributes")
        return attributes if isinstance(attributes, dict) else {}


class Kept(BaseModel):
    """What a device keeps between two turns. A page or a caller may hold it, so that no server has to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    session_id: Annotated[str, Field(max_length=200)]
    open: bool = False
    attributes: Json = {}
    """Session attributes, as the last response gave them."""
    elicited: tuple[str, str] | None = None
    """Intent and slot that the last response asked for."""
    reprompt: str = ""
    """Plain text, said after silence."""
    silences: Annotated[int, Field(ge=0)] = 0
    """In a row."""


class Conversation:
    """One device talking with one skill."""

    def __init__(self, model: HearingModel, endpoint: Endpoint, device: Device, mode: Mode = "alexa") -> None:
        """Nothing is sent before something is said. The endpoint's errors come through as they are."""
        self._model = model
        self._endpoint = endpoint
        self._mode = mode
        self._device = device
        self._start()

    def _start(self) -> None:
        self._device = replace(self._device, session_id=new_session_id())
        self.open = False
        self._attributes: Json = {}
        self._elicited: Elicited | None = None
        self._reprompt = ""
        self._silences = 0
        self._last: Exchange | None = None

    @property
    def kept(self) -> Kept:
        """What goes on from here, in another process too."""
        return Kept(
            session_id=self._device.session_id,
            open=self.open,
            attributes=self._attributes,
            elicited=(self._elicited.intent, self._elicited.slot) if self._elicited else None,
            reprompt=self._reprompt,
            silences=self._silences,
        )

    def resume(self, kept: Kept) -> None:
        """Goes on where a device that kept this has stopped."""
        self._device = replace(self._device, session_id=kept.session_id)
        self.open = kept.open
        self._attributes = dict(kept.attributes)
        self._elicited = Elicited(*kept.elicited) if kept.elicited else None
        self._reprompt = kept.reprompt
        self._silences = kept.silences
        self._last = Exchange("", None, False, None, {"sessionAttributes": self._attributes}, "", not kept.open)

    def say(self, utterance: str) -> Exchange:
        """One turn. `<launch>` opens the skill, `<oneshot> …` opens and asks in one breath, `<silence>` says nothing,
        `<noise>` is heard and not understood, `<touch> open 2` touches what sends these arguments. A sentence to a
        closed session opens a new one.
        """
        if utterance.strip() == SILENCE:
            return self._silence(utterance)
        self._silences = 0
        if utterance.startswith(ONESHOT) or utterance.strip() == LAUNCH or not self.open:
            self._start()
        sentence = utterance.removeprefix(ONESHOT).strip()
        if sentence == LAUNCH:
            return self._send(utterance, None, launch_envelope(self._device, self._attributes), elicited=False)
        if sentence.startswith(TOUCH):
            return self._touch(utterance, sentence.removeprefix(TOUCH).split())
        return self._deliver(utterance, sentence)

    def _deliver(self, utterance: str, sentence: str) -> Exchange:
        heard = self._hear(sentence)
        elicited = self._elicited is not None and heard.match_class is MatchClass.ELICITED
        request = intent_envelope(self._device, heard, self._attributes, new=not self.open, elicited=elicited)
        return self._send(utterance, heard, request, elicited=elicited)

    def send(self, request: Json) -> Exchange:
        """One turn with a request that was made elsewhere, sent as it is."""
        return self._send("", None, request, elicited=False)

    def _touch(self, said: str, words: list[str]) -> Exchange:
        self._device = replace(self._device, screen=True)
        arguments = [int(word) if word.isdecimal() else word for word in words]
        request = touch_envelope(self._device, arguments, self._attributes, new=not self.open)
        return self._send(said, None, request, elicited=False)

    def _hear(self, sentence: str) -> Heard:
        if sentence == NOISE:
            return Heard(FALLBACK_INTENT, (), None, MatchClass.FALLBACK)
        return hear(self._model, sentence, mode=self._mode, elicited=self._elicited)

    def _send(self, said: str, heard: Heard | None, request: Json, *, elicited: bool) -> Exchange:
        response = self._endpoint(request)
        body = response.get("response") or {}
        attributes = response.get("sessionAttributes")
        self._attributes = attributes if isinstance(attributes, dict) else {}
        self._reprompt = plain(speech_of(body.get("reprompt") or {}))
        self._elicited = _elicited_by(body)
        ends = body.get("shouldEndSession") is not False
        self.open = not ends
        exchange = Exchange(said, heard, elicited, request, response, plain(speech_of(body)), ends)
        self._last = exchange
        return exchange

    def _silence(self, said: str) -> Exchange:
        """The device speaks the last reprompt, and no request is sent; a second silence ends the session."""
        self._silences += 1
        if self._last is None or not self.open or self._silences > 1:
            self.open = False
            if self._last is not None:
                self._endpoint(ended_envelope(self._device, self._attributes))
            return Exchange(said, None, False, None, {"sessionAttributes": self._attributes}, "", True)
        return Exchange(said, None, False, None, self._last.response, self._reprompt, False)


def channel(exchange: Exchange) -> str:
    """How the words arrived: list, complaint, query, elicited or fallback."""
    heard = exchange.heard
    if heard is None or heard.match_class is MatchClass.FALLBACK:
        return "fallback"
    if exchange.elicited:
        return "elicited"
    kinds = {slot.type for slot in heard.slots}
    if "AMAZON.SearchQuery" in kinds:
        return "query"
    return "complaint" if "Complaint" in kinds else "list"


def words_heard(exchange: Exchange) -> str:
    """The words that arrived in slots."""
    return " ".join(slot.value for slot in exchange.heard.slots) if exchange.heard else ""


def plain(speech: str) -> str:
    """SSML or text → the words: markup taken out, entities opened, white space folded."""
    with_pauses = re.sub(r"<(?:break|p|/p|s|/s)\b[^>]*>", " ", speech)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", with_pauses)).split())


def speech_of(part: dict[str, Any]) -> str:
    """The SSML of a response, or of its reprompt; plain text is escaped; "" where it says nothing."""
    speech = part.get("outputSpeech") or {}
    if speech.get("type") == "SSML":
        return str(speech.get("ssml") or "")
    return html.escape(str(speech.get("text") or ""), quote=False)


def _elicited_by(body: dict[str, Any]) -> Elicited | None:
    for directive in body.get("directives") or []:
        if directive.get("type") == "Dialog.ElicitSlot":
            intent = (directive.get("updatedIntent") or {}).get("name")
            if intent and directive.get("slotToElicit"):
                return Elicited(intent, directive["slotToElicit"])
    return None
