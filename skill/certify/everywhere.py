"""The welcome; and help, stop, cancel, home, fallback, silence, yes and no in every state of a conversation."""

from __future__ import annotations

from collections.abc import Sequence

from skill.certify.findings import Case
from skill.certify.probe import Answer, Probe
from skill.certify.responses import CARD_INTENT, asks_otherwise
from skill.certify.states import Entered, State, before_anything
from skill.simulator.converse import NOISE
from skill.simulator.hear import EXACT_CLASSES, hear

HELP, FALLBACK, YES, NO = "AMAZON.HelpIntent", "AMAZON.FallbackIntent", "AMAZON.YesIntent", "AMAZON.NoIntent"
ENDING = ("AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.NavigateHomeIntent")
_IN_EVERY_STATE = ("help-everywhere", "stop-ends", "fallback-answers", "silence-everywhere", "yes-no-anywhere")


def check_welcome(probe: Probe) -> None:
    """The welcome, its second time, and the help that must not be it."""
    first = probe.launch({})
    again = probe.launch(first.attributes)
    for answer in (first, again):
        fits = probe.wording.skill_name in answer.speech and not answer.ends and answer.speech.endswith("?")
        probe.findings.hold("welcome-names-skill", fits, answer.case(f"{probe.wording.skill_name!r}, and a question"))
    differs = first.speech != again.speech
    probe.findings.hold("welcome-differs", differs, again.case(f"other words than: {first.speech}"))
    helped = probe.ask(HELP)
    suggests = any(heard_exactly(probe, phrase) for phrase in helped.speech.split("“")[1:])
    fits = suggests and helped.speech.endswith("?") and not helped.ends and helped.speech != first.speech
    probe.findings.hold("help-explains", fits, helped.case("a phrase to say, a question, and not the welcome"))


def heard_exactly(probe: Probe, phrase: str) -> bool:
    """Whether the model hears what stands before the closing quotation mark as one of its samples."""
    return hear(probe.hearing, phrase.partition("”")[0]).match_class in EXACT_CLASSES


def enter_all(probe: Probe, states: Sequence[State]) -> list[Entered]:
    """Gets into every state; one that no sentence leads into fails whatever has to hold there."""
    entered = [before_anything(probe)]
    for state in states:
        there = state.enter(probe)
        if there is not None:
            entered.append(there)
            continue
        for rule in _IN_EVERY_STATE:
            probe.findings.hold(rule, False, Case(probe.locale, state.name, "no sentence led there", "this state"))
    return entered


def check_in_state(probe: Probe, entered: Entered) -> None:
    """What must be possible at any time, in one state: as intents, and as words where a slot may be asked for, whose
    value they must not be taken for.
    """
    name, script, before = entered
    attributes = before.attributes
    for helped in (probe.ask(HELP, attributes=attributes), *_spoken(probe, script, "help")):
        probe.findings.hold("help-everywhere", _helps(helped), helped.case(f"help {name}"))
    ended = [probe.ask(intent, attributes=attributes) for intent in ENDING]
    for stopped in (*ended, *_spoken(probe, script, "stop", "cancel")):
        probe.findings.hold("stop-ends", stops(stopped), stopped.case(f"a goodbye {name}, and the end"))
    for missed in (probe.ask(FALLBACK, attributes=attributes), *_spoken(probe, script, NOISE)):
        goes_on = _goes_on(missed) and missed.speech != before.speech
        probe.findings.hold("fallback-answers", goes_on, missed.case(f"a way on {name}"))
    for intent in (YES, NO):
        answer = probe.ask(intent, attributes=attributes)
        sensible = _goes_on(answer) or bool(attributes and answer.speech)  # to what was asked, no may be the end
        probe.findings.hold("yes-no-anywhere", sensible, answer.case(f"a sensible reply {name}"))
    probe.ask(CARD_INTENT, attributes=attributes)
    if script:
        _silence(probe, entered)


def _spoken(probe: Probe, script: Sequence[str], *words: str) -> list[Answer]:
    """What each of these words gets at the end of this script; nothing where there is no talk to say them in."""
    return [probe.talk(*script, word) for word in words] if script else []


def _silence(probe: Probe, entered: Entered) -> None:
    before = entered.answer
    asks = before.reprompt.endswith("?") and asks_otherwise(before)
    case = before.case(f"a reprompt {entered.name}, that asks in other words", before.reprompt)
    probe.findings.hold("silence-everywhere", asks, case)
    ended = probe.end(before.attributes)
    case = ended.case(f"nothing to the end {entered.name}", str(ended.response))
    probe.findings.hold("silence-everywhere", ended.is_empty, case)


def _helps(answer: Answer) -> bool:
    return _goes_on(answer) and answer.understood.get("aspect") == "help"


def stops(answer: Answer) -> bool:
    """Whether it says goodbye and ends the session."""
    return bool(answer.speech) and answer.body.get("shouldEndSession") is True


def _goes_on(answer: Answer) -> bool:
    return bool(answer.speech) and not answer.ends
