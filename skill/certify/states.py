"""The states of a conversation: how to get into each, and the answer that leads there.

A state is what the session remembers once its sentences were said, as Alexa would hear them: what is asked, what is
offered, what was told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from skill.certify.probe import Answer, Probe
from skill.library.content import Content
from skill.library.interaction import SIGN_PREFIX
from skill.library.signs import Level
from skill.simulator.converse import LAUNCH, NOISE, ONESHOT
from skill.simulator.envelope import Json
from skill.store_package.listing import Page, sentence_of

BEGUN, RATING, CHOICE, GROUPS, ITEMS, URGENT = (
    "before anything was said", "while a rating is asked", "while a choice is open", "after a list of groups",
    "after the items of a list", "after what to do today",
)  # fmt: skip
"""States that samples are said in."""
_TRIES = 20
"""Scripts tried to get into one state."""


class Entered(NamedTuple):
    """A state that a conversation is in."""

    name: str
    script: tuple[str, ...]
    """What was said to get there."""
    answer: Answer
    """The last one on the way."""


@dataclass(frozen=True)
class State:
    """A state, and how to get there."""

    name: str
    scripts: Sequence[tuple[str, ...]]
    """Sentences, one a turn; the first script that gets there is taken."""
    is_reached: Callable[[Answer], bool]

    def enter(self, probe: Probe) -> Entered | None:
        """Gets there; None where no script does."""
        said = ((script, probe.talk(*script)) for script in self.scripts[:_TRIES])
        return next((Entered(self.name, script, answer) for script, answer in said if self.is_reached(answer)), None)


@dataclass(frozen=True)
class Sentences:
    """What brings a conversation into its states; from content and model, so that it is understood."""

    question: str
    """Gets an answer."""
    vague: Sequence[str]
    """May get a choice between topics."""
    signs: dict[str, Sequence[str]]
    """Sign → what gets its urgent reply."""
    losses: Sequence[str]
    """Tells a loss."""
    topics: str
    """Has topics listed."""
    what_else: str
    """Has the items of a list read, after an answer."""
    false_alarm: str
    """After an urgent reply: that it was none."""
    first: str
    """Picks the first of what was read."""
    both: str
    """Picks both of what was read."""


def sentences_of(content: Content, model: Json, page: Page | None, invocation_name: str) -> Sentences:
    """Out of a locale's model and store page."""
    vague = content.talk.vague
    language = model["interactionModel"]["languageModel"]
    values = next(kind["values"] for kind in language["types"] if kind["name"] == "Complaint")
    examples = [sentence_of(phrase, invocation_name) for phrase in page.example_phrases] if page else []
    choices, commands = content.interaction.choices, content.interaction.commands
    return Sentences(
        question=next(filter(None, examples), f"what is {next(iter(content.catalog.values())).name}"),
        vague=[f"my {place} {word}" for place in vague.places for word in vague.plain[1:2]],
        signs=dict(_signs(values)),
        losses=content.talk.lost,
        topics=commands["TopicListIntent"][0],
        what_else=content.interaction.asks["WhatElseIntent"].bare[-1],
        false_alarm=commands["FalseAlarmIntent"][0],
        first=choices["first"][0],
        both=choices["both"][0],
    )


def _signs(complaints: Sequence[Json]) -> Iterator[tuple[str, Sequence[str]]]:
    for value in complaints:
        if str(value.get("id")).startswith(SIGN_PREFIX):
            name = value["name"]
            yield value["id"].removeprefix(SIGN_PREFIX), (name["value"], *name.get("synonyms", ()))


def states(content: Content, sentences: Sentences, *, asks_why: bool) -> list[State]:
    """Every state but the first, in which nothing was said yet; that of being asked why only where the operator has it
    asked.
    """
    asked = f"{ONESHOT} {sentences.question}"
    listed = f"{ONESHOT} {sentences.topics}"
    vague = [f"{ONESHOT} {said}" for said in sentences.vague]
    why = [State("while it is asked why it did not help", [(asked, "no")], _asks("why_not"))] if asks_why else []
    return [
        State("while a slot is asked for", [(LAUNCH,)], _asks("open")),
        State("after help", [(LAUNCH, "help")], _speaks_of("help")),
        State(RATING, [(asked,)], _asks("rating")),
        State("after a rating", [(asked, "yes")], _asks("anything_else")),
        *why,
        State(CHOICE, [(said,) for said in vague], _asks("choice")),
        State("while it is asked whether to go on", [(said, sentences.both) for said in vague], _asks("go_on")),
        State(GROUPS, [(listed,)], _speaks_of("topic_list")),
        State("after the topics of a group", [(listed, sentences.first)], lambda answer: "group" in answer.attributes),
        State(ITEMS, [(asked, sentences.what_else)], _speaks_of("differentials")),
        *_missed(),
        *_urgent(content, sentences),
        State("after a loss", [(f"{ONESHOT} {said}",) for said in sentences.losses], _remembers("lost")),
    ]


def _missed() -> Iterator[State]:
    for times, so_often in enumerate(("once", "twice", "three times"), start=1):
        script = (NOISE,) * times
        yield State(f"after nothing was understood {so_often}", [script], lambda answer: answer.outcome == "unknown")


def _urgent(content: Content, sentences: Sentences) -> Iterator[State]:
    """By level, and in each manner: after self-harm, violence and psychosis the talk goes another way."""
    ordinary = {sign for sign, known in content.signs.items() if known.manner == "ordinary"}
    today = {sign for sign in ordinary if content.signs[sign].level is Level.URGENT}
    now = _scripts(sentences, ordinary - today)
    yield State(URGENT, _scripts(sentences, today), lambda answer: answer.understood.get("urgent") == "urgent")
    yield State("after an emergency", now, lambda answer: answer.understood.get("urgent") == "emergency")
    over = [(*script, sentences.false_alarm) for script in now]
    yield State("after an emergency that is over", over, _remembers("calmed"))
    for manner in dict.fromkeys(sign.manner for sign in content.signs.values()):
        told = {sign for sign, known in content.signs.items() if known.manner == manner}
        if told - ordinary:
            yield State(f"after {manner} was told", _scripts(sentences, told), _tells(told))


def _scripts(sentences: Sentences, signs: set[str]) -> list[tuple[str, ...]]:
    """The first sentences of each of these signs, each sign in turn."""
    told = [sentences.signs[sign][: 1 + _TRIES // len(signs)] for sign in sorted(signs & sentences.signs.keys())]
    return [(f"{ONESHOT} {said}",) for of_sign in told for said in of_sign]


def _asks(asked: str) -> Callable[[Answer], bool]:
    return lambda answer: answer.asked == asked


def _speaks_of(aspect: str) -> Callable[[Answer], bool]:
    return lambda answer: answer.understood.get("aspect") == aspect


def _remembers(what: str) -> Callable[[Answer], bool]:
    return lambda answer: answer.attributes.get(what) is True


def _tells(signs: set[str]) -> Callable[[Answer], bool]:
    return lambda answer: answer.understood.get("sign") in signs


def before_anything(probe: Probe) -> Entered:
    """The state in which nothing was said yet."""
    return Entered(BEGUN, (), Answer(probe.locale, {}, {}))
