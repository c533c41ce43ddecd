"""`bump-guide certify`: Amazon's rules for custom skills, tried on ours.

rules.py      every rule, its source, and whether a program can check it
findings.py   what was tried and what did not hold
probe.py      one locale of the skill under test
responses.py  what any response is held to, as it passes; speech.py its markup
states.py     the states of a conversation, and how to get into each
everywhere.py the built-in intents and silence in every state
touches.py    touches on what is shown in every state
fitting.py    what fits each intent
samples.py    samples, listed values, example phrases
odd.py        odd slots, events, the end of a session
texts.py      the interaction model
store.py      the store page, its pictures and its addresses
door.py       signed and forged requests
endpoint.py   a web service in place of the skill in this process
report.py     all of it as a table, or as JSON
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from skill.certify.door import MakeDoor, Post, check_door, check_refusals
from skill.certify.everywhere import check_in_state, check_welcome, enter_all
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
    RULES,
    SESSION,
    SLOTS,
    SPEECH,
    STORE,
)
from skill.certify.samples import VALUES_EVERY, Sampled, Setting, check_examples, check_samples, how_many
from skill.certify.states import sentences_of, states
from skill.certify.store import Listing, check_examples_listed, check_store, composed, packaged
from skill.certify.texts import check_suggested, check_text_of_model
from skill.certify.touches import check_touches, check_untrusted
from skill.library.content import Content
from skill.settings import Settings
from skill.simulator.converse import Endpoint
from skill.simulator.envelope import Json
from skill.store_package.listing import Page

_TALKED = (SESSION, SPEECH, CARDS, INTENTS, HEALTH)
"""Groups whose rules are tried by talking."""
NO_DOOR = "cannot be checked here: this server does not verify signatures"
SIGNED_ONLY = "cannot be checked here: this server takes only what Alexa signed"


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
    """None for a server that takes unsigned requests."""
    package: Path | None = None
    """The folder of a store package, in place of what would be packaged."""


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
    listing = _listing(subject)
    most = len(subject.models) * one_in
    plans = {
        locale: Sampled(values_every=1) if everything else Sampled(place, most, VALUES_EVERY * one_in)
        for place, locale in enumerate(subject.models)
    }
    talks = findings.wants(*_TALKED)
    progress.begin(sum(how_many(subject.models[locale], plan) for locale, plan in plans.items()) if talks else 0)
    for locale, plan in plans.items():
        _in_locale(subject, findings, locale, listing.pages.get(locale), plan, progress)
    if findings.wants(STORE):
        check_store(listing, [*subject.models], findings)
    if subject.make_door is None:
        findings.excuse((rule.id for rule in RULES.values() if rule.group == DOOR), NO_DOOR)
    elif findings.wants(DOOR):
        check_door(subject.make_door, findings)
    return findings


def certify_signed(door: Post, only: Sequence[str] = ()) -> Findings:
    """A server that takes only what Alexa signed: what it must refuse is tried. Nothing else can be, there. Raises
    InputInvalid where it does not answer.
    """
    findings = Findings(only=tuple(only))
    check_refusals(door, findings)
    findings.excuse(RULES, SIGNED_ONLY)
    return findings


def _listing(subject: Subject) -> Listing:
    if subject.package is None:
        return composed(subject.content, subject.settings)
    return packaged(subject.package, subject.content, subject.settings)


def _in_locale(
    subject: Subject, findings: Findings, locale: str, page: Page | None, plan: Sampled, progress: Progress
) -> None:
    probe, watched = probing(subject, locale, findings)
    if findings.wants(*_TALKED):
        _talk(subject, probe, page, plan, progress)
        check_suggested(probe, watched.suggested)
    if findings.wants(SLOTS, SPEECH):
        check_slots(probe)
    if findings.wants(REQUESTS, SESSION):
        check_requests(probe)
    if findings.wants(MODEL):
        check_text_of_model(probe, subject.content.said)
    if findings.wants(STORE) and page:
        check_examples_listed(probe, page)


def probing(subject: Subject, locale: str, findings: Findings) -> tuple[Probe, Watched]:
    """The skill in one locale, and what watches every response of it. Raises ModelInvalid."""
    wording = _wording(subject, locale)
    watched = Watched(subject.endpoint, locale, wording, findings, subject.clock)
    return Probe(locale, watched, subject.models[locale], wording, findings), watched


def _talk(subject: Subject, probe: Probe, page: Page | None, plan: Sampled, progress: Progress) -> None:
    """Every state, what is said and touched there, and every sample where it makes sense."""
    content = subject.content
    check_welcome(probe)
    sentences = sentences_of(content, probe.model, page, probe.wording.invocation_name)
    entered = enter_all(probe, states(content, sentences, asks_why=subject.settings.ask_why))
    for state in entered:
        check_in_state(probe, state)
        check_touches(probe, state)
    check_untrusted(probe, entered)
    aspects = {intent: aspect for intent, (_, aspect) in content.interaction.frames().items()}
    setting = Setting({state.name: state.answer for state in entered}, aspects, probe.launch({}).speech)
    check_samples(probe, setting, plan, progress.step)
    check_examples(probe, page.example_phrases if page else ())


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
