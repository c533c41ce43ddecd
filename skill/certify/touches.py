"""Touches on what a reply shows: each gets the reply that the same words get; whatever else arrives gets one too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from skill.certify.probe import NEWEST_SCREEN, OLDEST_SCREEN, Answer, Probe
from skill.certify.states import BEGUN, CHOICE, ITEMS, Entered
from skill.simulator.hear import HeardSlot, Resolution

_SPOKEN = {
    ("more",): "AMAZON.MoreIntent",
    ("again",): "AMAZON.RepeatIntent",
    ("topics",): "TopicListIntent",
    ("helpful", "yes"): "AMAZON.YesIntent",
    ("helpful", "no"): "AMAZON.NoIntent",
    ("go_on", "yes"): "AMAZON.YesIntent",
    ("go_on", "no"): "AMAZON.NoIntent",
}
"""What a button sends → the intent of the words that mean it."""
_ORDINALS = {1: "first", 2: "second", 3: "third"}
"""Of the rows of a list."""
_MARKUP = '<audio src="https://example.org/x.mp3"/>'
_NOT_OURS: tuple[object, ...] = (
    None, [], "more", ["no-such"], [None], [{"open": 1}], ["open", 99], ["open", -1], ["open", True],
    ["choose", "no-such"], ["choose", 7], ["helpful", "perhaps"], [_MARKUP], ["choose", _MARKUP], ["x" * 8000],
)  # fmt: skip


def check_touches(probe: Probe, entered: Entered) -> None:
    """Everything that can be touched in one state, which is shown on the oldest screen that is drawn for, too."""
    if not entered.script:  # nothing was shown yet
        return
    probe.talk(*entered.script, screen=OLDEST_SCREEN)
    shown = probe.talk(*entered.script, screen=NEWEST_SCREEN)
    for arguments in _touchables(shown):
        touched = probe.touch(arguments, attributes=shown.attributes)
        spoken = _spoken(probe, tuple(arguments), shown)
        expected = f"what is said {entered.name}: {spoken.speech}" if spoken else "words that mean the same"
        same = spoken is not None and _told(touched) == _told(spoken)
        probe.findings.hold("touch-as-spoken", same, touched.case(expected))


def check_untrusted(probe: Probe, entered: Sequence[Entered]) -> None:
    """What nothing of ours sends, in the states in which most can be picked."""
    for state in entered:
        if state.name not in (BEGUN, CHOICE, ITEMS):
            continue
        for odd in _NOT_OURS:
            touched = probe.touch(odd, attributes=state.answer.attributes)
            answered = bool(touched.speech) and not touched.speech.startswith(probe.wording.went_wrong)
            holds = answered and "<audio" not in str(touched.body.get("outputSpeech"))
            probe.findings.hold("touch-untrusted", holds, touched.case(f"a reply {state.name}"))


def _touchables(shown: Answer) -> Iterator[list[Any]]:
    """What the documents send when touched."""
    for directive in shown.directives:
        yield from _within(directive.get("datasources"))


def _within(data: object) -> Iterator[list[Any]]:
    if isinstance(data, dict):
        if isinstance(data.get("touch"), list) and data["touch"]:
            yield data["touch"]
        data = [*data.values()]
    if isinstance(data, list):
        for part in data:
            yield from _within(part)


def _spoken(probe: Probe, arguments: tuple[Any, ...], shown: Answer) -> Answer | None:
    """The answer to the words that mean this touch; None where there are none."""
    match arguments:
        case ("choose", str(topic)) if topic in probe.topics:
            return probe.ask("TopicIntent", _listed("topic", topic, probe.topics[topic]), attributes=shown.attributes)
        case ("open", int(row)) if row in _ORDINALS:
            which = _ORDINALS[row]
            return probe.ask("ChooseIntent", _listed("choice", which, f"the {which} one"), attributes=shown.attributes)
        case _:
            intent = _SPOKEN.get(tuple(map(str, arguments)))
            return probe.ask(intent, attributes=shown.attributes) if intent else None


def _listed(name: str, value: str, words: str) -> HeardSlot:
    return HeardSlot(name, name.capitalize(), words, Resolution("ER_SUCCESS_MATCH", ((value, words),)))


def _told(answer: Answer) -> tuple[str, str, bool, Any]:
    return answer.speech, answer.reprompt, answer.ends, answer.understood
