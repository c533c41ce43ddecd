"""A loss told outright: a word of kindness, what may need a call, room to ask. No rating and no cheer after that."""

from __future__ import annotations

from dataclasses import replace

from skill.dialogue.core import Core, Speaker
from skill.dialogue.replies import ask_openly, keep_to_repeat, parts, short_disclaimer
from skill.dialogue.still_care import country_of_numbers
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
    return reply_on_it(turn, core)


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
    told = " ".join(filter(None, (said, warning, country_of_numbers(turn, speaker, warning))))
    text = parts(told, short_disclaimer(turn, speaker), speaker.say(prompts.loss_question))
    reply = ask_openly(turn, core, text, speaker.say(prompts.loss_reprompt))
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
