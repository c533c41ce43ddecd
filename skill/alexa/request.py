"""Alexa's request → Turn. Slots arrive, not the sentence: the carrier's words are put back from the intent's frame.

Shapes: reference page "Request and Response JSON", as modelled by ask-sdk-model. Values are never trusted: a slot may
hold anything, be missing its value or its resolutions, or carry a status code that we do not know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ask_sdk_model import IntentRequest, Request, RequestEnvelope
from ask_sdk_model import Slot as AlexaSlot
from ask_sdk_model.interfaces.alexa.presentation.apl import UserEvent
from ask_sdk_model.slu.entityresolution import StatusCode

from skill.alexa.touch import Spoken, as_spoken
from skill.library.store import Library
from skill.text import comparable, legible
from skill.turn import Session, Slot, Turn

_BEGINNING, _END = 1000, 500
"""Characters of one slot that are listened to: more than can be said in one breath. Every further one costs time that
Alexa does not give, and in a text that long a sign stands most likely at its head or at its end.
"""
_FREE_SLOTS = ("complaint", "phrase")
_SAYS_NOTHING = ("it",)
"""A pronoun stands for the topic being talked about."""
_NOT_OF_HER = ("group",)
"""The name of a group says nothing of her: "after the birth" must not put her there."""


@dataclass(frozen=True)
class Carriers:
    """What an intent's name says about the words that did not arrive."""

    frames: Mapping[str, tuple[str, str | None]]
    """Intent → frame with {what}, and the aspect that the intent stands for."""
    fixed: Mapping[str, str]
    """A comparable sentence without slots → the intent whose sample it is."""
    fillers: frozenset[str] = frozenset()
    """Words that may stand before or after such a sentence: "um hang on please"."""

    @classmethod
    def of(cls, library: Library) -> Carriers:
        """Those of the interaction model."""
        return cls(library.interaction.frames(), library.fixed, frozenset(library.talk.fillers))

    def intent_of(self, sentence: str) -> str | None:
        """The intent whose sample a whole sentence is, fillers apart; else None."""
        words = comparable(sentence).split()
        while words and " ".join(words) not in self.fixed:
            if words[0] in self.fillers:
                words = words[1:]
            elif words[-1] in self.fillers:
                words = words[:-1]
            else:
                return None
        return self.fixed.get(" ".join(words))


def to_turn(envelope: RequestEnvelope, carriers: Carriers, library: Library) -> Turn:
    """The request as a turn. A sentence that arrives whole as the complaint, although it is a sample of another
    intent, as happens while a complaint is elicited, is that intent. A touch is what could have been said instead.
    Raises nothing.
    """
    request = envelope.request
    session = Session.from_attributes(envelope.session.attributes) if envelope.session else Session()
    intent, slots = _spoken(request, session, library)
    heard = " ".join(slot.heard for slot in slots)
    free = next((slot.heard for slot in slots if slot.name in _FREE_SLOTS), None)
    frame, aspect = carriers.frames.get(intent, ("{what}", None))
    text = _put_back(frame, slots) if slots else ""
    whole = ""
    if free is not None and len(slots) == 1 and (meant := carriers.intent_of(free) or carriers.intent_of(text)):
        whole = comparable(free)
        intent, slots, heard, text = meant, (), "", ""
        aspect = carriers.frames.get(intent, ("", None))[1]
    return Turn(
        intent=intent,
        locale=request.locale or "",
        session=session,
        new_session=bool(envelope.session and envelope.session.new),
        slots=slots,
        heard=heard,
        text=text,
        whole=whole,
        aspect=aspect,
    )


def _spoken(request: Request, session: Session, library: Library) -> Spoken:
    if isinstance(request, IntentRequest):
        return request.intent.name, _slots(request)
    if isinstance(request, UserEvent):
        return as_spoken(request.arguments, request.locale or "", session, library)
    return request.object_type, ()


def _put_back(frame: str, slots: tuple[Slot, ...]) -> str:
    """The slots inside the carrier's words: "why do i have" + back pain + "and" + bleeding."""
    slots = tuple(slot for slot in slots if slot.name not in _NOT_OF_HER or not slot.ids)
    opener = " ".join(slot.heard for slot in slots if slot.name == "opener")
    said = " and ".join(slot.heard for slot in slots if slot.name != "opener")
    return frame.replace("{what}", f"{opener} {said}".strip())


def _slots(request: IntentRequest) -> tuple[Slot, ...]:
    filled = request.intent.slots or {}
    slots = (_slot(name, slot) for name, slot in filled.items())
    return tuple(slot for slot in slots if slot.heard and slot.name not in _SAYS_NOTHING)


def _slot(name: str, slot: AlexaSlot) -> Slot:
    return Slot(name, legible(_in_bounds(str(slot.value or ""))).strip(), tuple(dict.fromkeys(_ids(slot))))


def _in_bounds(words: str) -> str:
    return words if len(words) <= _BEGINNING + _END else f"{words[:_BEGINNING]} {words[-_END:]}"


def _ids(slot: AlexaSlot) -> list[str]:
    """Every id of every authority that matched: static and dynamic lists may match alone, and with several values."""
    authorities = (slot.resolutions.resolutions_per_authority or []) if slot.resolutions else []
    return [
        wrapper.value.id
        for authority in authorities
        if authority.status and authority.status.code is StatusCode.ER_SUCCESS_MATCH
        for wrapper in authority.values or []
        if wrapper.value and wrapper.value.id
    ]
