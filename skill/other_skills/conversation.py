"""A conversation that plays dialog directives: slots are collected, asked for and confirmed over several turns.

`Dialog.ElicitSlot`, `ConfirmSlot` and `ConfirmIntent` make the next sentence an answer; `Dialog.Delegate` lets the
device ask what the model still requires and sends the complete intent. Amazon: Dialog Interface Reference.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Literal

from skill.errors import ServiceFailed
from skill.other_skills.amazon_types import as_alexa_sends, reads
from skill.other_skills.dialogs import Ask, DialogModel, confirmed
from skill.other_skills.response_check import check_response, shape_faults
from skill.other_skills.service import SECONDS_ALEXA_WAITS
from skill.other_skills.shares import shared_out
from skill.simulator.converse import Conversation, Endpoint, Exchange
from skill.simulator.envelope import Device, Json, filled_slot, intent_request
from skill.simulator.hear import Elicited, Heard, HeardSlot, HearingModel, MatchClass, Mode
from skill.simulator.normalise import normalise
from skill.simulator.word_lists import USUAL_WORDS

_YES, _NO = USUAL_WORDS["AMAZON.YesIntent"], USUAL_WORDS["AMAZON.NoIntent"]
_ASKS: dict[str, tuple[Literal["elicit", "confirm slot", "confirm intent"], str]] = {
    "Dialog.ElicitSlot": ("elicit", "slotToElicit"),
    "Dialog.ConfirmSlot": ("confirm slot", "slotToConfirm"),
    "Dialog.ConfirmIntent": ("confirm intent", ""),
}


class DialogConversation(Conversation):
    """One device talking with one skill of somebody's. `notes` holds what is to be said of the last turn."""

    def __init__(
        self,
        model: HearingModel,
        dialogs: DialogModel,
        endpoint: Endpoint,
        device: Device,
        mode: Mode = "alexa",
        today: date | None = None,
    ) -> None:
        """The endpoint's errors come through as they are; `today` is what "tomorrow" is counted from."""
        self._dialogs = dialogs
        self._today = today or date.today()
        self.notes: list[str] = []
        self._service = endpoint
        super().__init__(model, self._answer, device, mode)

    def _start(self) -> None:
        super()._start()
        self._intent: Json | None = None
        self._ask: Ask | None = None
        self._delegated = False
        self._told = False

    def say(self, utterance: str) -> Exchange:
        """One turn, as in any conversation."""
        self.notes = []
        return super().say(utterance)

    def _answer(self, request: Json) -> Json:
        """The service's response. To the news that a session has ended Alexa takes none, so a bad one is only noted."""
        try:
            return _usable(self._service(request))
        except ServiceFailed as error:
            if request["request"]["type"] != "SessionEndedRequest":
                raise
            self.notes.append(f"at the end of the session: {error}")
            return {}

    def _deliver(self, utterance: str, sentence: str) -> Exchange:
        intent, asked = self._intent, self._ask
        self._ask = self._elicited = None
        if intent and asked and asked.kind != "elicit" and normalise(sentence) in (*_YES, *_NO):
            self._intent = confirmed(intent, asked, yes=normalise(sentence) in _YES)
            return self._go_on(utterance, Heard(intent["name"], (), None, MatchClass.ELICITED), "IN_PROGRESS")
        if intent and asked and asked.kind == "elicit":
            self._elicited = Elicited(intent["name"], asked.slot or "")
        heard = self._hear(sentence)
        if intent and heard.match_class is MatchClass.ELICITED:
            self._intent = self._filled(intent, heard)
            return self._go_on(utterance, heard, "IN_PROGRESS")
        self._intent, self._delegated = self._filled(self._dialogs.empty(heard.intent), heard), False
        return self._go_on(utterance, heard, "STARTED")

    def _hear(self, sentence: str) -> Heard:
        """As the matcher has it, but that Amazon's types get the words that they can read; in the modes that play what
        a device does, not in those that cut or keep the whole sentence.
        """
        heard = super()._hear(sentence)
        if self._mode not in ("alexa", "strict"):
            return heard
        return shared_out(self._model, normalise(sentence).split(), heard, self._reads)

    def _reads(self, slot_type: str, words: str) -> bool | None:
        """None, too, for a type that the model adds values to: that is sent as heard, with what it was resolved to."""
        return None if slot_type in self._model.types else reads(slot_type, words, self._today)

    def _filled(self, intent: Json, heard: Heard) -> Json:
        slots = {slot.name: self._slot(slot) for slot in heard.slots}
        return {**intent, "slots": {**intent["slots"], **slots}}

    def _slot(self, slot: HeardSlot) -> Json:
        """As Alexa sends it: words of one of Amazon's types as what they mean."""
        if slot.type.startswith("AMAZON.") and slot.resolution is None:
            slot = replace(slot, value=as_alexa_sends(slot.type, slot.value, self._today))
        return filled_slot(slot, self._device.skill_id)

    def _go_on(self, utterance: str, heard: Heard | None, state: str) -> Exchange:
        """What the device still has to ask, if that is left to it; else the intent goes to the skill."""
        assert self._intent is not None  # noqa: S101  for the type checker: whoever calls this has set it
        name = self._intent["name"]
        if self._delegated or name in self._dialogs.always:
            ask = self._dialogs.next_ask(self._intent)
            if ask is not None:
                return self._prompt(utterance, heard, ask)
            state, self._delegated = "COMPLETED", False
        request = intent_request(
            self._device,
            self._intent,
            self._attributes,
            new=not self._told,
            dialog_state=state if name in self._dialogs.intents else None,
        )
        elicited = heard is not None and heard.match_class is MatchClass.ELICITED
        return self._send(utterance, heard, request, elicited=elicited)

    def _prompt(self, utterance: str, heard: Heard | None, ask: Ask) -> Exchange:
        """The device asks by itself; the skill hears nothing of it."""
        self.notes.append("asked by the device from the model's prompts; nothing was sent.")
        self._ask, self._reprompt, self.open = ask, ask.prompt, True
        self._last = Exchange(utterance, heard, False, None, {"sessionAttributes": self._attributes}, ask.prompt, False)
        return self._last

    def _follow(self, exchange: Exchange, state: str) -> Exchange:
        """The dialog directives of a response."""
        for directive in _dialog_directives(exchange.response):
            kind = directive["type"]
            if not self._update(directive.get("updatedIntent")):
                continue
            if self._intent is None:
                self.notes.append(f"{kind} without updatedIntent where no intent is being talked about.")
            elif kind == "Dialog.Delegate" and state != "COMPLETED":
                self._delegated = True
                return self._go_on(exchange.said, exchange.heard, "IN_PROGRESS")
            elif kind == "Dialog.Delegate":
                self.notes.append("Dialog.Delegate after the dialog was complete: nothing is left to ask.")
            elif kind in _ASKS:
                self._expect(directive, self._intent["name"])
            else:
                self.notes.append(f"{kind} is not played.")
        return exchange

    def _update(self, updated: object) -> bool:
        """Takes over the intent that a directive names; False, and a note, for one that the model does not have."""
        if not isinstance(updated, dict) or not updated.get("name"):
            return True
        name = updated["name"]
        if name not in self._dialogs.slots:
            self.notes.append(f"updatedIntent {name} is not in the model: Alexa refuses such a response.")
            return False
        base = self._dialogs.empty(name)
        given = updated.get("slots") if isinstance(updated.get("slots"), dict) else {}
        status = updated.get("confirmationStatus") or "NONE"
        self._intent = {**base, "confirmationStatus": status, "slots": {**base["slots"], **(given or {})}}
        return True

    def _expect(self, directive: Json, intent: str) -> None:
        kind, key = _ASKS[directive["type"]]
        slot = directive.get(key) if key else None
        if key and slot not in self._dialogs.slots.get(intent, ()):
            self.notes.append(f"{directive['type']} names the slot {slot}, which {intent} does not have.")
            return
        if intent not in self._dialogs.intents:
            self.notes.append(f"{directive['type']} for {intent}, which is not in the model's dialog section.")
        self._ask = Ask(kind, slot)

    def _send(self, said: str, heard: Heard | None, request: Json, *, elicited: bool) -> Exchange:
        self._told = True
        begun = time.monotonic()
        exchange = super()._send(said, heard, request, elicited=elicited)
        seconds = time.monotonic() - begun
        if seconds > SECONDS_ALEXA_WAITS:
            self.notes.append(f"took {seconds:.0f} s; Alexa waits {SECONDS_ALEXA_WAITS} s.")
        self.notes.extend(check_response(exchange.response))
        if heard is None:
            self._intent = None
        if exchange.ends and not self._held_open(exchange):
            self._intent = None
            return exchange
        self._last, self.open = replace(exchange, ends=False), True
        return self._follow(self._last, request["request"].get("dialogState", ""))

    def _held_open(self, exchange: Exchange) -> bool:
        """A dialog directive goes on with the dialog where shouldEndSession is not said."""
        said = exchange.response["response"].get("shouldEndSession")
        return said is None and any(_dialog_directives(exchange.response))


def _dialog_directives(response: Json) -> Iterator[Json]:
    for directive in response["response"].get("directives") or ():
        if str(directive.get("type", "")).startswith("Dialog."):
            yield directive


def _usable(response: Json) -> Json:
    """Raises ServiceFailed for a response that cannot be read at all."""
    faults = [*shape_faults(response)]
    if faults:
        raise ServiceFailed(f"The service's response is none of Alexa's: {'; '.join(faults)}.")
    return response
