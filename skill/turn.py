"""What came in and what goes out, in one turn: frozen values that everything passes on and nobody edits.

The core reads and writes only these; it knows nothing of Alexa's JSON. Alexa sends an intent and slots, not the
sentence: `Turn.text` is as much of the sentence as arrived, the carrier's words put back.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from msgspec import Meta, Struct, convert, json, structs, to_builtins


class Outcome(StrEnum):
    """How a turn ended, for measuring and for counts."""

    ANSWER = "answer"
    CHOOSE = "choose"
    UNKNOWN = "unknown"
    URGENT = "urgent"
    COMMAND = "command"


class Asked(StrEnum):
    """What our last prompt asked, so that a bare yes or no can be understood."""

    NOTHING = "nothing"
    OPEN = "open"
    RATING = "rating"
    ANYTHING_ELSE = "anything_else"
    CHOICE = "choice"
    SAY_AGAIN = "say_again"
    URGENT_MORE = "urgent_more"
    GO_ON = "go_on"
    WHY_NOT = "why_not"


_Id = Annotated[str, Meta(max_length=80)]
Place = tuple[_Id, _Id, Annotated[int, Meta(ge=0, le=1000)]]
"""Topic, aspect, and which three of its list; or a group's id (ALL_GROUPS: the groups themselves) and topic_list."""
ALL_GROUPS = "all"
WHOLE = -1
"""In `NextUp`: not an item of the topic's list, but the whole answer."""
NextUp = tuple[_Id, _Id, Annotated[int, Meta(ge=WHOLE, le=1000)]]
"""Topic, aspect, and place in its list."""

PAUSE = "\n"
"""Stands in a text where a person would breathe: before disclaimer and question, between the items of a list."""
MOST_TOLD, LONGEST_TOLD = 5, 200
"""Statements that are kept, and characters of one."""


class _State(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What becomes JSON between two turns, without the fields that are as at the start. An Understood that says nothing
    is left out too where it is the very one of the start, else it is {}.
    """

    def updated(self, **changes: Any) -> Self:
        """A new one with these fields changed."""
        return structs.replace(self, **changes)


class Understood(_State, frozen=True):
    """What was understood in a turn, as `bump-guide ask --batch` reports it."""

    outcome: Outcome = Outcome.COMMAND
    topic: _Id | None = None
    aspect: _Id | None = None
    urgent: Literal["none", "urgent", "emergency"] = "none"
    sign: _Id | None = None
    choices: Annotated[tuple[_Id, ...], Meta(max_length=3)] = ()
    score: Annotated[float, Meta(ge=0, le=1)] | None = None
    """Probability of the best topic, where her words were searched for one."""


class Session(_State, frozen=True):
    """All that is remembered, and only while the session lasts: it lives in Alexa's session attributes and is never
    stored or logged. Bounded and versioned; anything unknown or tampered with starts afresh.
    """

    version: Literal[3] = 3
    turn: Annotated[int, Meta(ge=0, le=10_000)] = 0
    """Turns answered so far; decides which variant of a prompt is said."""
    asked: Asked = Asked.NOTHING
    understood: Understood = Understood()
    """Of the last turn."""
    topic: _Id | None = None
    """The topic being talked about, also after a turn that had none of its own."""
    aspect: _Id | None = None
    page: Annotated[int, Meta(ge=0, le=1000)] = 0
    """Which three of the list were read last, or which part of an urgent sign's rest."""
    back: Annotated[tuple[Place, ...], Meta(max_length=5)] = ()
    """Where earlier answers stood, the latest last."""
    choices: Annotated[tuple[_Id, ...], Meta(max_length=3)] = ()
    """Topics offered, while a choice is open."""
    choice_aspect: _Id | None = None
    choice_misses: Annotated[int, Meta(ge=0, le=9)] = 0
    """Answers to the open choice that chose nothing."""
    not_taken: Annotated[tuple[_Id, ...], Meta(max_length=2)] = ()
    """Topics of the last choice that she did not choose: "no, the other one"."""
    listed: Annotated[tuple[_Id, ...], Meta(max_length=3)] = ()
    """Groups, or topics of a group, that were read last: they can be picked."""
    group: _Id | None = None
    """The group whose topics are being read; None while groups themselves are."""
    next_up: Annotated[tuple[NextUp, ...], Meta(max_length=2)] = ()
    """After "both": what follows."""
    said: Annotated[str, Meta(max_length=1500)] = ""
    """What was said last that is worth saying again: an answer alone, or an open prompt with its question."""
    said_as: Understood = Understood()
    """What was understood when that was said."""
    said_openly: bool = False
    """It is a prompt with an open question."""
    disclaimed: bool = False
    """The full disclaimer was spoken."""
    token: Annotated[str, Meta(pattern=r"\A[0-9a-f]{32}\Z")] | None = None
    """The key of this answer's rating; random, derived from nothing."""
    weeks: Annotated[int, Meta(ge=1, le=45)] | None = None
    told: Annotated[tuple[Annotated[str, Meta(max_length=LONGEST_TOLD)], ...], Meta(max_length=MOST_TOLD)] = ()
    """The last things she stated, so that signs which arrive in pieces are heard together; here and nowhere else."""
    stages: Annotated[tuple[_Id, ...], Meta(max_length=9)] = ()
    """Stages of urgent-signs she is known to be in, from what she said in this session."""
    misses: Annotated[int, Meta(ge=0, le=1000)] = 0
    """Turns in a row that were not understood."""
    emergency_named: bool = False
    """Fallback has named the emergency number once."""
    country_named: bool = False
    """A number was said with its country."""
    sign: _Id | None = None
    """The urgent sign of the last urgent reply in this session."""
    sign_level: Literal["urgent", "emergency"] | None = None
    calmed: bool = False
    """She has said since that it is over, or that care is called."""
    denied: bool = False
    """After a reply to self-harm she has said that she will not."""
    lost: bool = False
    """A loss was told outright."""
    unrated: bool = False
    """After an emergency, self-harm, violence, a loss or psychosis no rating is asked."""
    insisted: Annotated[int, Meta(ge=0, le=9)] = 0
    """Times in a row that what to do was said once more."""
    shortened: bool = False
    """What to do was said in as few words as can be."""
    for_another: bool = False
    """She has said that she asks for somebody else."""
    of_baby: bool = False
    """She has told of a baby that is born: "he" and "she" are the baby since."""
    private: bool = False
    """After violence or self-harm nothing goes to the app, which is shared at home."""
    asked_why: bool = False
    """Why an answer did not help was asked once."""

    @classmethod
    def from_attributes(cls, attributes: object) -> Session:
        """The session as the device handed it back; a fresh one where it is not ours, not whole, or another version."""
        try:
            found = convert(attributes, cls)
            json.encode(found)  # half of a surrogate pair is a text to msgspec, but could not be sent back
            return found
        except ValueError:
            return cls()

    def to_attributes(self) -> dict[str, object]:
        """Plain JSON, without what is still as at the start. The version is always there."""
        return {"version": self.version, **to_builtins(self)}


@dataclass(frozen=True)
class Slot:
    """One slot that was filled."""

    name: str
    heard: str
    """The words as they arrived; may be anything at all."""
    ids: tuple[str, ...] = ()
    """Ids of the list values it resolved to, best first; empty where the words are in no list."""


@dataclass(frozen=True)
class Turn:
    """What came in."""

    intent: str
    locale: str
    session: Session
    new_session: bool = False
    slots: tuple[Slot, ...] = ()
    heard: str = ""
    """The words that arrived in slots, in order."""
    text: str = ""
    """The same with the carrier's words put back: as much of the sentence as can be known."""
    whole: str = ""
    """Where a sentence that arrived whole was known as a sample of the intent: that sentence, comparable."""
    aspect: str | None = None
    """The aspect that the intent stands for, where it stands for one."""

    def slot(self, name: str) -> Slot | None:
        """The slot of that name, where it was filled."""
        return next((slot for slot in self.slots if slot.name == name), None)

    @property
    def names_topic(self) -> bool:
        """Whether a listed topic was named. It may be weeks alone: "what causes forty one weeks pregnant"."""
        return any(slot.name == "topic" and slot.ids for slot in self.slots)


@dataclass(frozen=True)
class Card:
    """What is shown in the app on her phone: plain text, only when she asked for it."""

    title: str
    text: str


@dataclass(frozen=True)
class Reply:
    """What goes out. A session stays open exactly when a question is asked."""

    text: str
    """As spoken, with PAUSE between its parts; numbers of care lines as digits."""
    session: Session
    reprompt: str | None = None
    """Said after silence; None closes the session."""
    elicit: bool = False
    """The question is an open one: have the whole next sentence delivered as the complaint."""
    slow: bool = False
    """To be spoken more slowly."""
    card: Card | None = None

    @property
    def plain(self) -> str:
        """The words alone."""
        return self.text.replace(PAUSE, " ")

    @property
    def ends(self) -> bool:
        """Nothing was asked, so the session closes."""
        return self.reprompt is None
