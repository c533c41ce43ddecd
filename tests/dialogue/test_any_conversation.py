"""Any conversation whatever: always a valid response within Alexa's limits, urgent words still caught, never an error.

Random turns in any order: samples of every intent, launches, noise, touches, urgent lines in between, anything in the
slots, and session attributes that somebody has tampered with, clumsily or cleverly. CONVERSATION_TURNS sets how many
(about 500; CI takes 10,000), CONVERSATION_SEED repeats a run: the seed is printed.
"""

from __future__ import annotations

import json
import logging
import os
import random
import re
from collections import Counter
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import ResponseEnvelope
from conftest import ROOT
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from skill.alexa.handle import Skill
from skill.alexa.speech import MOST_CHARACTERS
from skill.library.article import Aspect
from skill.library.interaction import SIGN_PREFIX
from skill.screens.screen import Verb
from skill.simulator.converse import plain
from skill.simulator.envelope import Device, intent_envelope, launch_envelope, touch_envelope
from skill.simulator.hear import Elicited, HearingModel, hear
from skill.turn import Asked, Session

TURNS = int(os.environ.get("CONVERSATION_TURNS", "500"))
SEED = int(os.environ.get("CONVERSATION_SEED", random.randrange(10**9)))  # noqa: S311 - no secret
TURNS_EACH = 25
LARGEST_RESPONSE = 24_000
"""Bytes of JSON that Alexa takes without doubt: reference page "Request and Response JSON"."""

URGENT = [
    "i'm bleeding heavily and soaking pads", "she's having a fit", "i can't feel my baby moving any more",
    "i want to end my life", "my chest hurts and i can't breathe", "the cord is coming out", "my husband hits me",
]  # fmt: skip
SAID = [
    "no i meant my hip", "not my back my hip", "i'm thirty weeks", "i had the baby ten days ago", "my belly aches",
    "my stomach hurts", "my leg hurts", "my legs ache", "no my back", "my baby is nine days old", "he's really hot",
    "make that thirty one", "every five minutes", "can i take ibuprofen",
    "the pubic one", "both", "i lost the baby", "how long does it last", "my wife's back hurts", "skin and hair",
    "what can i ask", "how many pills can i take", "too long", "okay", "i called them", "it stopped", "yes", "no",
    "send it to my phone", "more", "repeat that", "shorter", "slower", "go back", "the second one", "stop", "help",
]  # fmt: skip
ODD = st.one_of(
    st.sampled_from(
        [
            "<speak>&</speak>",
            '"/><audio src="x"/>',
            "🤰" * 50,
            "ظهري يؤلمني",
            "x" * 8000,
            "a " * 4000,
            "?" * 99,
            " ",
            "",
        ]
    ),
    st.text(max_size=60),
)
IDS = st.sampled_from(
    ["back-pain", "nausea", "first", "both", "last", "skin-and-hair", "no-such-id", SIGN_PREFIX + "seizure", "30", "-7"]
)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
TOPICS = st.sampled_from(["back-pain", "nausea", "heartburn", "miscarriage", "depression"])
ASPECTS = st.sampled_from([None, *(aspect.value for aspect in Aspect)])
PLACES = st.lists(st.tuples(TOPICS, ASPECTS.filter(bool), st.integers(-60, 1000)), max_size=2)
TOUCHES = st.lists(st.sampled_from([*Verb, "yes", "no", "back-pain", 0, 2, -1, 10**9, "x" * 500]) | JUNK, max_size=3)
SLOT_NAMES = st.sampled_from(["topic", "complaint", "opener", "choice", "weeks", "group", "phrase", "it", "x"])
FILLED = {
    "topic": "back pain", "complaint": "my feet are swollen", "opener": "why do i", "choice": "the second one",
    "weeks": "thirty", "phrase": "have such tired legs", "it": "it", "group": "skin and nails",
}  # fmt: skip


class Errors(logging.Handler):
    """Keeps whatever was logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())


class AnyConversation(RuleBasedStateMachine):
    """One device talking with the skill, in any order of anything."""

    skill: Skill
    hearing: Callable[[str], HearingModel]
    samples: list[str]
    errors: Errors
    answered: Counter[str]

    @initialize(locale=st.sampled_from(["en-US", "en-GB", "en-IN", "en-AU", "en-CA"]))
    def begin(self, locale: str) -> None:
        self.errors.texts.clear()
        self.device = Device(locale=locale)
        self.attributes: Any = {}
        self.elicited: Elicited | None = None

    @rule()
    def launch(self) -> None:
        self._send(launch_envelope(self.device, {}))

    @rule(sentence=st.sampled_from(SAID))
    def say(self, sentence: str) -> None:
        self._say(sentence)

    @rule(data=st.data())
    def say_a_sample(self, data: st.DataObject) -> None:
        self._say(data.draw(st.sampled_from(self.samples)))

    @rule(line=st.sampled_from(URGENT))
    def say_something_urgent(self, line: str) -> None:
        response = self._say(line)
        assert response["sessionAttributes"]["understood"]["urgent"] in {"urgent", "emergency"}, line

    @rule()
    def make_noise(self) -> None:
        self._ask("AMAZON.FallbackIntent", {})

    @rule(name=st.data(), slots=st.dictionaries(SLOT_NAMES, st.tuples(ODD, IDS), max_size=3))
    def ask_with_anything_in_the_slots(self, name: st.DataObject, slots: dict[str, tuple[str, str]]) -> None:
        intents = sorted({*self.hearing("en-US").intents, "NoSuchIntent"})
        self._ask(name.draw(st.sampled_from(intents)), slots)

    @rule(junk=JUNK)
    def tamper_with_everything(self, junk: Any) -> None:
        self.attributes = junk if isinstance(junk, dict) else {"version": junk}

    @rule(field=st.sampled_from(sorted(Session.__struct_fields__)), junk=JUNK)
    def tamper_with_one_field(self, field: str, junk: Any) -> None:
        self.attributes = {**self.attributes, field: junk}

    @rule(field=st.sampled_from(["topic", "sign", "group", "asked", "aspect"]), text=IDS)
    def tamper_with_a_name(self, field: str, text: str) -> None:
        self.attributes = {**self.attributes, field: text}

    @rule(
        asked=st.sampled_from(list(Asked)), topic=TOPICS, aspects=st.tuples(ASPECTS, ASPECTS), places=PLACES,
        choices=st.lists(TOPICS, max_size=3, unique=True), page=st.integers(0, 1000),
    )  # fmt: skip
    def tamper_cleverly(
        self, asked: Asked, topic: str, aspects: tuple[str | None, str | None], places: Any, choices: Any, page: int
    ) -> None:
        self.attributes = {"version": 3, "asked": asked.value, "topic": topic, "aspect": aspects[0], "page": page}
        self.attributes |= {"choice_aspect": aspects[1], "choices": choices, "next_up": places, "back": places[:1]}

    @rule(arguments=TOUCHES)
    def touch(self, arguments: list[Any]) -> None:
        self._send(touch_envelope(Device(locale=self.device.locale, screen=True), arguments, {}, new=False))

    def _say(self, sentence: str) -> dict[str, Any]:
        heard = hear(self.hearing(self.device.locale), sentence, elicited=self.elicited)
        return self._send(intent_envelope(self.device, heard, self.attributes, new=False, elicited=False))

    def _ask(self, intent: str, slots: dict[str, tuple[str, str]]) -> None:
        envelope = launch_envelope(self.device, self.attributes)
        envelope["request"] |= {
            "type": "IntentRequest",
            "intent": {"name": intent, "slots": {name: _slot(name, *filled) for name, filled in slots.items()}},
        }
        self._send(envelope)

    def _send(self, envelope: dict[str, Any]) -> dict[str, Any]:
        envelope["session"]["attributes"] = self.attributes
        response = self.skill.handle(json.loads(json.dumps(envelope)))
        self._check(response)
        self.answered[response["sessionAttributes"].get("understood", {}).get("outcome", "command")] += 1
        body = response["response"]
        self.attributes = {} if body["shouldEndSession"] else response["sessionAttributes"]
        directives = body.get("directives") or []
        self.elicited = Elicited("ComplaintIntent", "complaint") if directives else None
        return response

    def _check(self, response: dict[str, Any]) -> None:
        text = json.dumps(response)
        assert len(text.encode()) < LARGEST_RESPONSE
        DefaultSerializer().deserialize(text, ResponseEnvelope)
        body = response["response"]
        speech = _words(body["outputSpeech"]["ssml"])
        assert body["shouldEndSession"] is not speech.endswith("?"), speech
        assert speech.count("?") == (0 if body["shouldEndSession"] else 1), speech
        assert ("reprompt" in body) is not body["shouldEndSession"]
        if "reprompt" in body:
            assert _words(body["reprompt"]["outputSpeech"]["ssml"]).endswith("?")
        if "card" in body:
            assert "<" not in body["card"]["content"]
            assert len(body["card"]["content"]) <= MOST_CHARACTERS
        assert self.errors.texts == []


def _words(ssml: str) -> str:
    """The words of well-formed SSML that is not too long."""
    assert len(ssml) <= MOST_CHARACTERS
    ElementTree.fromstring(ssml)  # noqa: S314 - our own markup
    return plain(ssml)


def _slot(name: str, words: str, value: str) -> dict[str, Any]:
    authority = {
        "authority": "a", "status": {"code": "ER_SUCCESS_MATCH"}, "values": [{"value": {"name": "n", "id": value}}],
    }  # fmt: skip
    return {"name": name, "value": words, "resolutions": {"resolutionsPerAuthority": [authority]}}


def samples_of_every_intent() -> list[str]:
    """Each sample of the model with something in its slots."""
    model = json.loads((ROOT / "interaction_models" / "en-US.json").read_text(encoding="utf-8"))
    intents = model["interactionModel"]["languageModel"]["intents"]
    samples = [sample for intent in intents for sample in intent["samples"]]
    return [re.sub(r"\{(\w+)\}", lambda match: FILLED[match.group(1)], sample) for sample in samples]


def test_any_conversation_is_answered(skill: Skill, hearing: Callable[[str], HearingModel]) -> None:
    print(f"CONVERSATION_SEED={SEED} CONVERSATION_TURNS={TURNS}")  # noqa: T201 - shown where it fails
    errors, answered = Errors(), Counter[str]()
    parts = {"hearing": staticmethod(hearing), "samples": samples_of_every_intent(), "errors": errors}
    machine = type("Machine", (AnyConversation,), {"skill": skill, "answered": answered, **parts})
    logging.getLogger("skill").addHandler(errors)
    try:
        for number in range(TURNS):
            run_state_machine_as_test(seed(SEED + number)(machine), settings=_A_FEW)
            if answered.total() >= TURNS:
                break
    finally:
        logging.getLogger("skill").removeHandler(errors)
    assert answered.total() >= TURNS
    assert {"answer", "choose", "unknown", "urgent", "command"} <= answered.keys()


_A_FEW = settings(
    max_examples=20,
    stateful_step_count=TURNS_EACH,
    deadline=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
