"""The items of a list that was read: opened by number, by a part of the name, or one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from skill.answers import ITEMS_AT_A_TIME, LISTS, Answer, list_of, one_item
from skill.dialogue.answering import answer_on
from skill.dialogue.core import Core, Speaker
from skill.dialogue.misses import not_known
from skill.dialogue.picking import picked
from skill.dialogue.replies import Question, ask_whats_happening, aspect_now, go_on_with, reply_with_answer
from skill.library.article import Article, Aspect, Differential, Item
from skill.turn import WHOLE, Asked, NextUp, Reply, Session, Turn

ORDINALS = {"first": 0, "second": 1, "third": 2, "last": -1}
BOTH, OTHER = "both", "other"


@dataclass(frozen=True)
class Read:
    """The items of an article that were read last."""

    article: Article
    aspect: Aspect
    """Of which list they are."""
    start: int
    """Place of the first of them."""
    items: Sequence[Item]


def read_last(turn: Turn, core: Core) -> Read | None:
    """What can be picked from the last answer or, where that was opened from a list, from the list; None where there is
    none.
    """
    session = turn.session
    if session.topic is None or session.aspect is None:
        return None
    return _read_at(core, session.topic, aspect_now(session), session.page) or _left_for(session, core)


def _left_for(session: Session, core: Core) -> Read | None:
    """The list before the last answer, where that is one of its items."""
    if not session.back or session.back[-1][1] == Aspect.TOPIC_LIST:
        return None
    topic, aspect, page = session.back[-1]
    read = _read_at(core, topic, Aspect(aspect), page)
    opened = read is not None and any(
        isinstance(item, Differential) and item.topic == session.topic for item in read.items
    )
    return read if opened else None


def _read_at(core: Core, topic: str, aspect: Aspect, page: int) -> Read | None:
    article = core.article(topic)
    if article is None:
        return None
    if aspect is Aspect.CAUSES and page == 0:  # the answer names the differentials, and those can be opened
        aspect = Aspect.DIFFERENTIALS
    elif aspect is Aspect.CAUSES:
        page -= 1
    elif aspect not in LISTS:
        return None
    start = page * ITEMS_AT_A_TIME
    items = list_of(article, aspect)[start : start + ITEMS_AT_A_TIME]
    return Read(article, aspect, start, items) if items else None


def open_by_number(turn: Turn, core: Core, which: str) -> Reply:
    """ "The second one", or both of them."""
    read = read_last(turn, core)
    if read is None:
        return _no_such_one(turn, core)
    entries = [(read.article.id, read.aspect.value, read.start + place) for place in range(len(read.items))]
    if which == BOTH:
        return answer_in_turn(turn, core, tuple(entries))
    place = ORDINALS.get(which, len(entries))
    if not -len(entries) <= place < len(entries):
        return _no_such_one(turn, core)
    return answer_in_turn(turn, core, (entries[place],))


def open_waiting(turn: Turn, core: Core, which: str) -> Reply | None:
    """ "The second one" while the others of a choice or a list wait for their turn: the one of them that it is."""
    waiting = turn.session.next_up
    places = {"second": 0, OTHER: 0, "third": 1, "last": len(waiting) - 1}
    place = places.get(which, len(waiting))
    return answer_in_turn(turn, core, waiting[place:]) if waiting and place < len(waiting) else None


def open_by_name(turn: Turn, core: Core) -> Reply | None:
    """ "The kidney one": None where no item of the list is named."""
    read = read_last(turn, core)
    if read is None:
        return None
    speaker = Speaker(turn, core)
    texts = [[speaker.voice(item.short), speaker.voice(item.text), *_names(item, core)] for item in read.items]
    place = picked(turn.text, texts, core.talk.content_words)
    if place is None:
        return None
    return answer_in_turn(turn, core, ((read.article.id, read.aspect.value, read.start + place),))


def _names(item: Item, core: Core) -> Sequence[str]:
    article = core.article(item.topic) if isinstance(item, Differential) else None
    return article.lay_names if article else ()


def answer_in_turn(turn: Turn, core: Core, wanted: tuple[NextUp, ...]) -> Reply:
    """The first of several answers; then, instead of the rating, whether to go on with the next one."""
    (topic, aspect, place), *rest = wanted
    question, lead = None, ""
    if rest:
        speaker = Speaker(turn, core)
        if turn.session.asked is not Asked.GO_ON:
            lead = speaker.say(speaker.prompts.one_after_other, name=_name_of(core, speaker, wanted[0]))
        question = go_on_with(_name_of(core, speaker, rest[0]), tuple(rest), speaker)
    if place == WHOLE:
        return answer_on(turn, core, topic, Aspect(aspect), lead=lead, question=question)
    return _open(turn, core, wanted[0], lead, question)


def _open(turn: Turn, core: Core, entry: NextUp, lead: str, question: Question | None) -> Reply:
    """One item in full, or the article that it leads to."""
    topic, aspect, place = entry[0], Aspect(entry[1]), entry[2]
    article, item = core.article(topic), _item(core, topic, aspect, place)
    if article is None or item is None:
        return not_known(turn, core)
    if isinstance(item, Differential) and item.topic in core.library.names:
        return answer_on(turn, core, item.topic or "", Aspect.SUMMARY, lead=lead, question=question)
    speaker = Speaker(turn, core)
    text = one_item(article, item, speaker.voice)
    page = place // ITEMS_AT_A_TIME + (1 if aspect is Aspect.CAUSES else 0)
    opened = Answer(article.id, aspect, text, page, has_more=False, opened=True)
    return reply_with_answer(turn, core, opened, lead=lead, question=question)


def _name_of(core: Core, speaker: Speaker, entry: NextUp) -> str:
    topic, aspect, place = entry
    item = _item(core, topic, Aspect(aspect), place)
    return speaker.name(topic) if item is None else speaker.voice(item.short)


def _item(core: Core, topic: str, aspect: Aspect, place: int) -> Item | None:
    """One of an article's list; None for the whole of it, or where the article is withheld."""
    article = core.article(topic)
    items = () if article is None else list_of(article, aspect)
    return items[place] if 0 <= place < len(items) else None


def _no_such_one(turn: Turn, core: Core) -> Reply:
    speaker = Speaker(turn, core)
    return ask_whats_happening(turn, core, speaker.say(speaker.prompts.no_number_in_list))
