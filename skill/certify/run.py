"""`bump-guide certify`: Amazon's rules for custom skills, tried on ours.

rules.py      every rule, its source, and whether a program can check it
findings.py   what was tried and what did not hold
probe.py      one locale of the skill under test
responses.py  what any response is held to, as it passes; speech.py its markup
states.py     the built-in intents in every state of a conversation
samples.py    samples, listed values, example phrases
odd.py        odd slots, events, the end of a session
texts.py      interaction model and store page
door.py       signed and forged requests
endpoint.py   a web service in place of the skill in this process
report.py     all of it as a table, or as JSON
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from skill.certify.door import MakeDoor, check_door
from skill.certify.findings import Findings
from skill.certify.odd import check_requests, check_slots
from skill.certify.probe import Probe, Wording
from skill.certify.responses import Watched
from skill.certify.rules import (
    CARDS,
    DOOR,
    HEALTH,
    INTENTS,
    MODEL,
    REQUESTS,
    SESSION,
    SLOTS,
    SPEECH,
    STORE,
)
from skill.certify.samples import VALUES_EVERY, Sampled, check_examples, check_samples, how_many
from skill.certify.states import Sentences, check_states
from skill.certify.texts import check_examples_listed, check_store, check_suggested, check_text_of_model
from skill.library.content import Content
from skill.library.interaction import SIGN_PREFIX
from skill.settings import Settings
from skill.simulator.converse import Endpoint
from skill.simulator.envelope import Json
from skill.store_package.listing import Page, pages, sentence_of

_TALKED = (SESSION, SPEECH, CARDS, INTENTS, HEALTH)
"""Groups whose rules are tried by talking."""
_URGENT_TRIED = 5


@dataclass(frozen=True)
class Subject:
    """What is certified."""

    content: Content
    settings: Settings
    models: dict[str, Json]
    """Interaction model of each locale that is looked at."""
    endpoint: Endpoint
    clock: Callable[[], float]
    """Seconds that count for an answer: of the processor in this process, of the clock over the network."""
    make_door: MakeDoor | None = None
    """None where the trusted root cannot be chosen."""


@dataclass(frozen=True)
class Progress:
    """Whom to tell how far it is."""

    begin: Callable[[int], None] = lambda steps: None
    step: Callable[[], None] = lambda: None


def certify(
    subject: Subject,
    *,
    everything: bool = False,
    one_in: int = 1,
    only: Sequence[str] = (),
    progress: Progress | None = None,
) -> Findings:
    """Tries every rule of the groups `only`, of all where it is empty. Unless `everything` is wanted the samples are
    dealt out among the locales, and of the listed values one in forty is said; only `one_in` so many of all these where
    there is little time.

    Raises ModelInvalid for a model that cannot be read, InputInvalid where the endpoint does not answer.
    """
    progress = progress or Progress()
    findings = Findings(only=tuple(only))
    listed, _ = pages(subject.content, subject.settings)
    most = len(subject.models) * one_in
    plans = {
        locale: Sampled(values_every=1) if everything else Sampled(place, most, VALUES_EVERY * one_in)
        for place, locale in enumerate(subject.models)
    }
    talks = findings.wants(*_TALKED)
    progress.begin(sum(how_many(subject.models[locale], plan) for locale, plan in plans.items()) if talks else 0)
    for locale, plan in plans.items():
        _in_locale(subject, findings, locale, listed.get(locale), plan, progress)
    if findings.wants(STORE):
        check_store(subject.content, subject.settings, findings)
    if subject.make_door is not None and findings.wants(DOOR):
        check_door(subject.make_door, findings)
    return findings


def _in_locale(
    subject: Subject, findings: Findings, locale: str, page: Page | None, plan: Sampled, progress: Progress
) -> None:
    wording = _wording(subject, locale)
    watched = Watched(subject.endpoint, locale, wording, findings, subject.clock)
    probe = Probe(locale, watched, subject.models[locale], wording, findings)
    if findings.wants(*_TALKED):
        check_states(probe, _sentences(subject.content, probe, page))
        check_samples(probe, plan, progress.step)
        check_examples(probe, page.example_phrases if page else ())
        check_suggested(probe, watched.suggested)
    if findings.wants(SLOTS, SPEECH):
        check_slots(probe)
    if findings.wants(REQUESTS, SESSION):
        check_requests(probe)
    if findings.wants(MODEL):
        check_text_of_model(probe, subject.content.said)
    if findings.wants(STORE) and page:
        check_examples_listed(probe, page)


def _wording(subject: Subject, locale: str) -> Wording:
    content, settings = subject.content, subject.settings
    voice = content.voice(locale)
    everywhere = {content.voice(other).emergency_number for other in content.locales}
    return Wording(
        skill_name=settings.skill_name,
        invocation_name=settings.invocation_name,
        emergency_number=voice.emergency_number,
        hospital=voice("{hospital}"),
        foreign_numbers=tuple(sorted(everywhere - {voice.emergency_number})),
        went_wrong=voice(content.said.went_wrong[0], skill=settings.skill_name).partition(".")[0],
    )


def _sentences(content: Content, probe: Probe, page: Page | None) -> Sentences:
    """Out of content and model, so that each is understood in this language."""
    vague = content.talk.vague
    language = probe.model["interactionModel"]["languageModel"]
    values = next(kind["values"] for kind in language["types"] if kind["name"] == "Complaint")
    urgent = [value["name"]["value"] for value in values if str(value.get("id")).startswith(SIGN_PREFIX)]
    topics = next(intent["samples"] for intent in language["intents"] if intent["name"] == "TopicListIntent")
    examples = [sentence_of(phrase, probe.wording.invocation_name) for phrase in page.example_phrases] if page else []
    return Sentences(
        question=next(filter(None, examples), f"what is {next(iter(content.catalog.values())).name}"),
        vague=[f"my {place} {word}" for place in vague.places for word in vague.plain[1:2]],
        urgent=urgent[:_URGENT_TRIED],
        topics=topics[0],
    )
