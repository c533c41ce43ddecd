"""What can be asked: groups of topics, named three at a time; then the topics of a group, three at a time."""

from __future__ import annotations

from dataclasses import replace

from skill.dialogue.answering import answer_on
from skill.dialogue.core import Core, Speaker
from skill.dialogue.lists import ORDINALS
from skill.dialogue.misses import GROUPS_AT_A_TIME
from skill.dialogue.picking import picked
from skill.dialogue.replies import ask_openly, is_listing, keep_to_repeat, places_left
from skill.library.article import Aspect
from skill.library.groups import TopicGroup
from skill.turn import Reply, Turn, Understood

_TOPICS_AT_A_TIME = 3


def topic_list(turn: Turn, core: Core) -> Reply:
    """The first groups; asked again straight away, the next ones."""
    session = turn.session
    naming = is_listing(session) and session.group is None and session.listed
    return _name_groups(turn, core, session.page + 1 if naming else 0)


def more(turn: Turn, core: Core) -> Reply:
    """The next groups, or the next topics of a group, or the end of them."""
    group = core.group(turn.session.group)
    if group is None:
        return _name_groups(turn, core, turn.session.page + 1)
    return _name_topics(turn, core, group, turn.session.page + 1)


def open_group(turn: Turn, core: Core) -> Reply | None:
    """ "Skin and hair", "the skin group"; None where there is no such group."""
    slot = turn.slot("group")
    by_id = core.group(slot.ids[0]) if slot and slot.ids else None
    group = by_id or (_named(slot.heard, core, core.library.groups) if slot else None)
    return _name_topics(turn, core, group, 0) if group is not None else None


def open_at(turn: Turn, core: Core, name: str, page: int) -> Reply:
    """A list that was left, at the page it was left at: a group's topics, or the groups."""
    group = core.group(name)
    return _name_groups(turn, core, page) if group is None else _name_topics(turn, core, group, page)


def pick_by_number(turn: Turn, core: Core, which: str) -> Reply | None:
    """ "The first group", "the second one" of the topics read last; None where there is no such one."""
    listed = turn.session.listed
    place = ORDINALS.get(which, len(listed))
    return _pick(turn, core, listed[place]) if -len(listed) <= place < len(listed) else None


def pick_by_name(turn: Turn, core: Core) -> Reply | None:
    """A group that was named, by a part of its name; None where none is meant."""
    groups = [group for entry in turn.session.listed if (group := core.group(entry)) is not None]
    group = _named(turn.text, core, groups)
    return _name_topics(turn, core, group, 0) if group is not None else None


def in_short(turn: Turn, core: Core) -> str:
    """The names that were read last, of groups or of topics, as a question."""
    speaker = Speaker(turn, core)
    groups = tuple(group for entry in turn.session.listed if (group := core.group(entry)) is not None)
    options = speaker.groups(groups) if groups else speaker.options(turn.session.listed)
    text = speaker.say(speaker.prompts.choose_short, options=options)
    return text[:1].upper() + text[1:]


def _pick(turn: Turn, core: Core, entry: str) -> Reply:
    group = core.group(entry)
    return answer_on(turn, core, entry, Aspect.CAUSES) if group is None else _name_topics(turn, core, group, 0)


def _named(said: str, core: Core, groups: tuple[TopicGroup, ...] | list[TopicGroup]) -> TopicGroup | None:
    place = picked(said, [(group.name, *group.also) for group in groups], core.talk.content_words)
    return groups[place] if place is not None else None


def _name_groups(turn: Turn, core: Core, page: int) -> Reply:
    speaker = Speaker(turn, core)
    groups = core.library.groups
    here = groups[page * GROUPS_AT_A_TIME : (page + 1) * GROUPS_AT_A_TIME]
    last = (page + 1) * GROUPS_AT_A_TIME >= len(groups)
    said = speaker.prompts
    prompts = said.topic_groups if page == 0 else said.topic_groups_more
    if last:
        prompts = said.topic_groups_last if here else said.topic_groups_end
    options = speaker.groups(here) if page == 0 else speaker.together([speaker.group_name(group) for group in here])
    text = speaker.say(prompts, options=options, more_hint=speaker.say(said.more_hint))
    reprompt = speaker.say(said.topic_groups_last_reprompt if last else said.miss_groups_reprompt)
    named = tuple(group.id for group in here) or turn.session.listed
    return _listing(turn, core, text, reprompt, named, None, page)


def _name_topics(turn: Turn, core: Core, group: TopicGroup, page: int) -> Reply:
    speaker = Speaker(turn, core)
    on_air = set(core.on_air())
    topics = [topic for topic in group.topics if topic in on_air]
    here = tuple(topics[page * _TOPICS_AT_A_TIME : (page + 1) * _TOPICS_AT_A_TIME])
    prompts = _prompts(speaker, page, here=bool(here), last=(page + 1) * _TOPICS_AT_A_TIME >= len(topics))
    text = speaker.say(
        prompts,
        name=speaker.group_name(group),
        options=speaker.together([speaker.name(topic) for topic in here]),
        more_hint=speaker.say(speaker.prompts.more_hint),
    )
    reprompt = speaker.say(speaker.prompts.group_topics_reprompt)
    return _listing(turn, core, text, reprompt, here or turn.session.listed, group.id, page)


def _prompts(speaker: Speaker, page: int, *, here: bool, last: bool) -> tuple[str, ...]:
    prompts = speaker.prompts
    if not here:
        return prompts.group_topics_end
    if last:
        return prompts.group_topics_whole if page == 0 else prompts.group_topics_last
    return prompts.group_topics if page == 0 else prompts.group_topics_more


def _listing(
    turn: Turn, core: Core, text: str, reprompt: str, listed: tuple[str, ...], group: str | None, page: int
) -> Reply:
    reply = ask_openly(turn, core, text, reprompt, Understood(aspect=Aspect.TOPIC_LIST.value))
    session = reply.session.updated(
        listed=listed, group=group, page=min(page, 1000), aspect=None, back=places_left(turn.session)
    )
    return replace(reply, session=keep_to_repeat(session, text, openly=True))
