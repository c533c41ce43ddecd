"""Conversations: the welcome, and help, stop, cancel, home, fallback, yes and no in every state of a talk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from skill.certify.findings import Case
from skill.certify.probe import NEWEST_SCREEN, OLDEST_SCREEN, Answer, Probe
from skill.certify.responses import CARD_INTENT
from skill.simulator.converse import LAUNCH, ONESHOT
from skill.simulator.hear import EXACT_CLASSES, hear

HELP, FALLBACK, YES, NO = "AMAZON.HelpIntent", "AMAZON.FallbackIntent", "AMAZON.YesIntent", "AMAZON.NoIntent"
ENDING = ("AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.NavigateHomeIntent")
_TRIES = 20
"""Sentences tried to reach one state."""


@dataclass(frozen=True)
class Sentences:
    """What brings a talk into its states; from content and model, so that it is understood."""

    question: str
    """Gets an answer."""
    vague: Sequence[str]
    """May get a choice between topics."""
    urgent: Sequence[str]
    """May get an emergency reply."""
    topics: str
    """Has topics listed."""


def check_states(probe: Probe, sentences: Sentences) -> None:
    """All of it, in one locale."""
    _welcome(probe)
    _help_explains(probe)
    _said_while_a_slot_is_asked_for(probe)
    for name, answer in _states(probe, sentences):
        _in_state(probe, name, answer)
    for screen in (NEWEST_SCREEN, OLDEST_SCREEN):
        for sentence in (LAUNCH, "help", f"{ONESHOT} {sentences.question}", f"{ONESHOT} {sentences.urgent[0]}"):
            probe.talk(sentence, screen=screen)


def _welcome(probe: Probe) -> None:
    first = probe.launch({})
    again = probe.launch(first.attributes)
    for answer in (first, again):
        fits = probe.wording.skill_name in answer.speech and not answer.ends and answer.speech.endswith("?")
        probe.findings.hold("welcome-names-skill", fits, answer.case(f"{probe.wording.skill_name!r}, and a question"))
    differs = first.speech != again.speech
    probe.findings.hold("welcome-differs", differs, again.case(f"other words than: {first.speech}"))


def _help_explains(probe: Probe) -> None:
    welcome = probe.launch({}).speech
    answer = probe.ask(HELP)
    suggests = any(heard_exactly(probe, phrase) for phrase in answer.speech.split("“")[1:])
    fits = suggests and answer.speech.endswith("?") and not answer.ends and answer.speech != welcome
    probe.findings.hold("help-explains", fits, answer.case("a phrase to say, a question, and not the welcome"))


def heard_exactly(probe: Probe, phrase: str) -> bool:
    """Whether the model hears what stands before the closing quotation mark as one of its samples."""
    return hear(probe.hearing, phrase.partition("”")[0]).match_class in EXACT_CLASSES


def _said_while_a_slot_is_asked_for(probe: Probe) -> None:
    """By voice, over the model: the words must not be taken for the slot's value."""
    helped = probe.talk(LAUNCH, "help")
    probe.findings.hold("help-everywhere", _helps(helped), helped.case("help, although a slot is asked for"))
    for word in ("stop", "cancel"):
        stopped = probe.talk(LAUNCH, word)
        probe.findings.hold("stop-ends", _stops(stopped), stopped.case("an end, although a slot is asked for"))


def _states(probe: Probe, sentences: Sentences) -> Iterator[tuple[str, Answer | None]]:
    """Each state by name, with the answer that leads into it; None where nothing led there."""
    asked = f"{ONESHOT} {sentences.question}"
    yield "before anything was said", Answer(probe.locale, {}, {})
    yield "while a slot is asked for", _first(probe, [(LAUNCH,)], "command")
    yield "after an answer", _first(probe, [(asked,)], "answer")
    yield "after a rating", _first(probe, [(asked, "yes")], "command")
    yield "while a choice is open", _first(probe, [(f"{ONESHOT} {said}",) for said in sentences.vague], "choose")
    yield "after an urgent reply", _first(probe, [(f"{ONESHOT} {said}",) for said in sentences.urgent], "urgent")
    yield "after a list of topics", _first(probe, [(f"{ONESHOT} {sentences.topics}",)], "command")


def _first(probe: Probe, scripts: Sequence[tuple[str, ...]], outcome: str) -> Answer | None:
    """The last answer of the first script that ends in this outcome."""
    answers = (probe.talk(*script) for script in scripts[:_TRIES])
    return next((answer for answer in answers if answer.outcome == outcome), None)


def _in_state(probe: Probe, name: str, before: Answer | None) -> None:
    if before is None:
        unreached = Case(probe.locale, name, "no sentence led there", "this state")
        for rule in ("help-everywhere", "stop-ends", "fallback-answers"):
            probe.findings.hold(rule, False, unreached)
        return
    attributes = before.attributes
    helped = probe.ask(HELP, attributes=attributes)
    probe.findings.hold("help-everywhere", _helps(helped), helped.case(f"help {name}"))
    for intent in ENDING:
        stopped = probe.ask(intent, attributes=attributes)
        probe.findings.hold("stop-ends", _stops(stopped), stopped.case(f"a goodbye {name}, and the end"))
    missed = probe.ask(FALLBACK, attributes=attributes)
    goes_on = _goes_on(missed) and missed.speech != before.speech
    probe.findings.hold("fallback-answers", goes_on, missed.case(f"a way on {name}"))
    probe.ask(CARD_INTENT, attributes=attributes)
    for intent in (YES, NO):
        answer = probe.ask(intent, attributes=attributes)
        sensible = _goes_on(answer) or bool(attributes and answer.speech)  # to what was asked, no may be the end
        probe.findings.hold("yes-no-anywhere", sensible, answer.case(f"a sensible reply {name}"))


def _helps(answer: Answer) -> bool:
    return _goes_on(answer) and answer.understood.get("aspect") == "help"


def _stops(answer: Answer) -> bool:
    return bool(answer.speech) and answer.body.get("shouldEndSession") is True


def _goes_on(answer: Answer) -> bool:
    return bool(answer.speech) and not answer.ends
