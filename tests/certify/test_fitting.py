"""A sample gets its intent's kind of reply: any other one, however friendly, is named."""

from __future__ import annotations

import pytest
from subjects import Model, broken, failures, subject, with_model, wrapped

from skill.certify.everywhere import enter_all
from skill.certify.findings import Findings
from skill.certify.run import Subject, probing
from skill.certify.samples import Sampled, Setting, check_samples
from skill.certify.states import sentences_of, states
from skill.library.content import Content
from skill.library.store import Library

LOCALE = "en-US"


@pytest.fixture(scope="module")
def whole(content: Content, library: Library) -> Subject:
    return subject(content, library, LOCALE)


@pytest.fixture(scope="module")
def setting(whole: Subject) -> Setting:
    sentences = sentences_of(whole.content, whole.models[LOCALE], None, whole.settings.invocation_name)
    probe, _ = probing(whole, LOCALE, Findings())
    entered = enter_all(probe, states(whole.content, sentences, asks_why=True))
    aspects = {intent: aspect for intent, (_, aspect) in whole.content.interaction.frames().items()}
    return Setting({state.name: state.answer for state in entered}, aspects, probe.launch({}).speech)


def _one_sample_each(language: Model) -> None:
    """Of each intent its first sample of each kind: with a slot, and without."""
    for intent in language["intents"]:
        kinds = {"{" in sample: sample for sample in reversed(intent.get("samples", []))}
        intent["samples"] = [*kinds.values()]


def _named(whole: Subject, setting: Setting) -> set[str]:
    """Intents of which a sample got no fitting reply."""
    findings = Findings()
    probe, _ = probing(with_model(whole, _one_sample_each), LOCALE, findings)
    check_samples(probe, setting, Sampled(values_every=100_000), lambda: None)
    return {case.sent.split()[0].rstrip(":") for case in failures(findings).get("samples-answered", ())}


def test_the_skill_as_it_is_answers_each_fittingly(whole: Subject, setting: Setting) -> None:
    assert _named(whole, setting) == set()


def _always_as(whole: Subject, intent: str) -> Subject:
    """A copy that takes whatever is said for this intent."""

    def answer(request: Model, response: Model) -> Model:
        said = {"name": intent, "confirmationStatus": "NONE", "slots": {}}
        return whole.endpoint({**request, "request": {**request["request"], "intent": said}})

    return wrapped(whole, answer)


def test_a_friendly_reply_fits_no_intent_but_its_own(whole: Subject, setting: Setting) -> None:
    """Two kinds of reply that stay open and ask: each intent's samples are named with one of them."""
    named = _named(_always_as(whole, "HelloIntent"), setting) | _named(_always_as(whole, "ThanksIntent"), setting)
    intents = {intent["name"] for intent in whole.models[LOCALE]["interactionModel"]["languageModel"]["intents"]}
    assert intents - named == set()


def test_an_intent_of_which_nobody_has_said_what_fits_is_named(whole: Subject) -> None:
    def sings(language: Model) -> None:
        language["intents"].insert(0, {"name": "SingIntent", "samples": ["sing me a song"], "slots": []})

    cases = broken(with_model(whole, sings), "intents")["samples-answered"]
    assert [case.sent for case in cases] == ["SingIntent: 'sing me a song'"]
