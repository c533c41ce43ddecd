"""What every part of the dialogue is given: the library, the understanding, the store, the clock. And how it speaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from skill.alarm import Alarm
from skill.answers import join, list_of
from skill.dialogue.talk_cues import TalkCues
from skill.feedback.record import FeedbackSink
from skill.library.article import Article, Aspect, ReadAspect
from skill.library.groups import TopicGroup
from skill.library.phrases import Said, variant
from skill.library.store import Library
from skill.topics.aspect import AspectCues
from skill.topics.resolve import Resolver
from skill.turn import ALL_GROUPS, WHOLE, Asked, NextUp, Outcome, Session, Turn
from skill.urgent import UrgentCheck

CLEARLY_NAMED = 0.5
"""Probability from which a topic counts beside something else that was said: a sign that does not belong to it, or a
medicine.
"""
SUGGESTIONS = 3
"""Topics named as examples in a prompt."""


@dataclass(frozen=True)
class Core:
    """The parts, assembled once and shared by all requests; nothing in it changes but the feedback store."""

    skill_name: str
    library: Library
    resolver: Resolver
    aspect_of: AspectCues
    urgent: Alarm
    rules: UrgentCheck
    """The rules alone: what hears signs that arrive in pieces."""
    talk: TalkCues
    ask_why: bool
    """Once a session, after a "no", ask why an answer did not help."""
    feedback: FeedbackSink
    withheld: Callable[[], frozenset[str]]
    """Topics that are not talked about now: withdrawn, or unreviewed where only signed articles are served."""
    today: Callable[[], date]
    new_token: Callable[[], str]
    """Gives a fresh random token of 128 bits as 32 hexadecimal digits."""

    def article(self, topic: str | None) -> Article | None:
        """The article of a topic as far as it may be spoken: None where there is none or it is withheld."""
        return None if topic is None or topic in self.withheld() else self.library.article(topic)

    def sound(self, session: Session) -> Session:
        """The session, or a fresh one where it names what there is not: an older version's, or a tampered one."""
        topics = {*session.choices, *session.not_taken, session.topic, session.understood.topic, session.said_as.topic}
        lists = {name for name, aspect, _ in session.back if aspect == Aspect.TOPIC_LIST}
        topics |= {name for name, *_ in (*session.back, *session.next_up)} - lists
        places = [entry for entry in session.back if entry[1] != Aspect.TOPIC_LIST]
        aspects = {session.aspect, session.choice_aspect, *(entry[1] for entry in (*places, *session.next_up))}
        listed = {*session.listed, session.group, *lists} - {ALL_GROUPS}
        signs = {session.sign, session.understood.sign}
        known = (
            topics <= {None, *self.library.names}
            and aspects <= {None, *get_args(ReadAspect)}
            and listed <= {None, *self.library.names, *(group.id for group in self.library.groups)}
            and signs <= {None, *self.library.signs}
            and (session.sign is None) is (session.sign_level is None)
            and (session.sign is not None or not _follows_urgent(session))
        )
        return session if known and all(map(self._is_there, session.next_up)) else Session()

    def _is_there(self, waiting: NextUp) -> bool:
        """Whether that article has such an item; of a topic and an aspect that there are."""
        topic, aspect, place = waiting
        article = self.library.article(topic)
        return place == WHOLE or (article is not None and place < len(list_of(article, Aspect(aspect))))

    def group(self, name: str | None) -> TopicGroup | None:
        """A group by its id."""
        return next((group for group in self.library.groups if group.id == name), None)

    def on_air(self) -> tuple[str, ...]:
        """The topics that can be asked for, in the catalog's order."""
        withheld = self.withheld()
        return tuple(topic for topic in self.library.names if topic not in withheld)


def _follows_urgent(session: Session) -> bool:
    """Whether the last reply or its question was about an urgent sign, so that one has to be named."""
    return session.understood.outcome is Outcome.URGENT or session.asked in {Asked.SAY_AGAIN, Asked.URGENT_MORE}


class Speaker:
    """Says prompts to one listener: her locale, and the variant that belongs to this turn."""

    def __init__(self, turn: Turn, core: Core) -> None:
        self.voice = core.library.voice(turn.locale)
        self.prompts: Said = core.library.said
        self._number = turn.session.turn
        self._skill_name = core.skill_name
        self._names = core.library.names
        self._on_air = core.on_air
        self.hurts = core.talk.speaks_of_pregnancy if turn.session.lost else None
        """After a loss: whether a text speaks of what hurts then."""

    def say(self, variants: tuple[str, ...], **more: str) -> str:
        """This turn's variant of a prompt, filled."""
        return self.voice(variant(variants, self._number), skill=self._skill_name, **more)

    def name(self, topic: str) -> str:
        """A topic's name as said in the middle of a sentence."""
        return self.voice(self._names[topic])

    def group_name(self, group: TopicGroup) -> str:
        """A group's name as said in the middle of a sentence."""
        return self.voice(group.name)

    def groups(self, groups: tuple[TopicGroup, ...]) -> str:
        """ "aches and pains, skin and hair, or illness" """
        return self.either([self.group_name(group) for group in groups])

    def options(self, topics: tuple[str, ...]) -> str:
        """ "back pain, sciatica, or hip pain" """
        return self.either([self.name(topic) for topic in topics])

    def either(self, names: Sequence[str]) -> str:
        """ "back pain, sciatica, or hip pain" """
        return join(names, self.prompts.word_or[0])

    def together(self, names: Sequence[str]) -> str:
        """ "back pain, sciatica, and hip pain" """
        return join(names, self.prompts.word_and[0])

    def suggestions(self) -> str:
        """A few topics that can be asked for, other ones each turn."""
        topics = self._on_air()
        start = self._number * SUGGESTIONS % max(1, len(topics))
        return self.options((topics[start:] + topics[:start])[:SUGGESTIONS])
