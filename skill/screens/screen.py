"""What a screen shows, as values: a page to read, or an urgent one. Nothing here knows how it is drawn.

Every text on it is a part of what is said, as written; beside it stand only the topic's name, the publishers of the
article and the words of shown.yaml.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from skill.library.signs import Level

Touch = tuple[str | int, ...]
"""What a touch sends back: a verb of `Verb`, then what it is about."""


class Verb(StrEnum):
    """What can be touched. Each stands for a sentence that could have been spoken."""

    CHOOSE = "choose"
    """A topic, by its id."""
    OPEN = "open"
    """One of the items on the screen, by its number."""
    MORE = "more"
    AGAIN = "again"
    TOPICS = "topics"
    HELPFUL = "helpful"
    """Whether it was: "yes" or "no"."""
    GO_ON = "go_on"
    """Whether to go on with what is next: "yes" or "no"."""


class Kind(StrEnum):
    """What a page is for."""

    ANSWER = "answer"
    LIST = "list"
    CHOICE = "choice"
    TOPICS = "topics"
    HELP = "help"
    PROMPT = "prompt"


@dataclass(frozen=True)
class Row:
    """One of a few items under one another."""

    text: str
    touch: Touch = ()
    """Empty where there is nothing more behind it."""


@dataclass(frozen=True)
class Button:
    """Something to touch beside the question."""

    label: str
    touch: Touch


@dataclass(frozen=True)
class Page:
    """A page to read; every part but `text` may be missing. Shown in the order in which it is said, but that a narrow
    screen has when to call at its head.
    """

    kind: Kind
    title: str = ""
    text: str = ""
    rows: tuple[Row, ...] = ()
    rest: str = ""
    """What is said after the rows."""
    warning_title: str = ""
    warning: str = ""
    """When to call."""
    warning_first: bool = False
    """It is said, and stands, before the text: nothing reassures before its warning signs."""
    disclaimer: str = ""
    source: str = ""
    """Publishers, and whether anybody clinical has reviewed our words."""
    question: str = ""
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Urgent:
    """What to do now, before anything else."""

    level: Level
    action: str
    number: str = ""
    """The number that the action names, shown very large; empty where it names none."""
    text: str = ""
    disclaimer: str = ""
    question: str = ""
    buttons: tuple[Button, ...] = ()


Screen = Page | Urgent
