"""A loss told outright: a word of kindness, what may need a call, room to ask. No rating and no cheer after that; what
fits a loss (after-loss.yaml) in place of what speaks of a pregnancy or a baby.
"""

from __future__ import annotations

from dataclasses import replace

from skill.dialogue.core import Core, Speaker
from skill.dialogue.replies import ask_openly, keep_to_repeat, parts, short_disclaimer
from skill.dialogue.still_care import country_of_numbers, with_action_first
from skill.library.after_loss import AfterLoss
from skill.library.cues import BeyondName
from skill.topics.resolve import Found
from skill.turn import Reply, Turn


def reply_to_loss(turn: Turn, core: Core) -> Reply:
    """ "I lost the baby". What she asks next is about the article on a loss, where her words lead to one."""
    speaker = Speaker(turn, core)
    text = parts(
        speaker.say(speaker.prompts.loss_told),
        short_disclaimer(turn, speaker),
        speaker.say(speaker.prompts.loss_question),
    )
    reply = ask_openly(turn, core, text, speaker.say(speaker.prompts.loss_reprompt))
    session = reply.session.updated(unrated=True, country_named=True, topic=_topic(turn, core), aspect=None)
    return replace(reply, session=keep_to_repeat(session, text, openly=True))


def told_or_asked(turn: Turn, core: Core) -> Reply | None:
    """The reply to a loss that is told, or to what no article has that she asks about it; None to anything else."""
    if core.talk.tells_a_loss(turn.text) and core.talk.is_statement(turn.text):
        return reply_to_loss(turn, core)
    entry = core.talk.asks_after_loss(turn.text) if turn.session.lost else None
    if entry is not None and not (entry.article_knows and _is_on_a_loss(turn.session.topic, core)):
        return _reply_with(turn, core, entry, None)
    return reply_on_it(turn, core)


def in_place_of(turn: Turn, core: Core, topics: tuple[str, ...]) -> Reply | None:
    """After a loss: what is said in place of one of these articles, which speak of a pregnancy; None where there is
    nothing.
    """
    if not turn.session.lost:
        return None
    held = [(entry, topic) for topic in topics for entry in core.library.after_loss if topic in entry.topics]
    return _reply_with(turn, core, *held[0]) if held else None


def can_be_named(turn: Turn, core: Core, topics: tuple[str, ...]) -> tuple[str, ...]:
    """Of topics to choose from, those that can be named: after a loss none whose name speaks of a pregnancy."""
    if not turn.session.lost:
        return topics
    names, hurts = core.library.names, core.talk.speaks_of_pregnancy
    return tuple(topic for topic in topics if _is_on_a_loss(topic, core) or not hurts(names[topic]))


def _reply_with(turn: Turn, core: Core, entry: AfterLoss, topic: str | None) -> Reply:
    """What helps or what to expect, with its warning; `topic`: the article that what she asks next is about."""
    speaker = Speaker(turn, core)
    warning = speaker.voice(entry.warning) if entry.warning else speaker.say(speaker.prompts.loss_warning)
    text = speaker.voice(entry.text)
    reply = _gently(turn, core, warning, f"{warning} {text}" if entry.reassures else f"{text} {warning}")
    topic = topic or turn.session.topic
    return replace(reply, session=reply.session.updated(topic=topic, aspect=None))


def asks_about_it(turn: Turn, core: Core) -> bool:
    """After a loss: whether she asks how long something lasts, whether it happens again, or whether she is to blame."""
    return turn.session.lost and _asked(turn, core) is not None


def _asked(turn: Turn, core: Core) -> BeyondName | None:
    return core.talk.follows_up(turn.text) or core.talk.asks_beyond(turn.text)


def reply_on_it(turn: Turn, core: Core, asked: BeyondName | None = None) -> Reply | None:
    """The gentle reply to that, with when to call; `asked`: where the intent says it. None where she asks anything
    else, and where the article on a loss says where it comes from.
    """
    asked = asked or _asked(turn, core)
    if not turn.session.lost or asked is None or (asked == "fault" and _is_on_a_loss(turn.session.topic, core)):
        return None
    speaker = Speaker(turn, core)
    prompts = speaker.prompts
    said = speaker.say(prompts.loss_fault if asked == "fault" else prompts.loss_not_known)
    warning = speaker.say(prompts.loss_warning)
    return _gently(turn, core, warning, f"{said} {warning}")


def _gently(turn: Turn, core: Core, warning: str, told: str) -> Reply:
    """Something told, with whose numbers its warning names, and room to ask."""
    speaker = Speaker(turn, core)
    told = " ".join(filter(None, (kind_word(turn, core), told, country_of_numbers(turn, speaker, warning))))
    told = with_action_first(turn, core, told)
    text = parts(told, short_disclaimer(turn, speaker), speaker.say(speaker.prompts.loss_question))
    reply = ask_openly(turn, core, text, speaker.say(speaker.prompts.loss_reprompt))
    return replace(reply, session=keep_to_repeat(reply.session.updated(country_named=True), text, openly=True))


def _is_on_a_loss(topic: str | None, core: Core) -> bool:
    article = core.article(topic)
    return article is not None and article.tone == "loss"


def kind_word(turn: Turn, core: Core) -> str:
    """Before the answer to a question in which a loss is told; else nothing."""
    speaker = Speaker(turn, core)
    return speaker.say(speaker.prompts.kind_loss) if core.talk.tells_a_loss(turn.text) else ""


def _topic(turn: Turn, core: Core) -> str | None:
    resolution = core.resolver.resolve(turn)
    found = resolution.topic if isinstance(resolution, Found) else None
    return found if _is_on_a_loss(found, core) else None
