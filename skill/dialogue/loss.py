"""A loss told outright: a word of kindness, what may need a call, room to ask. No rating and no cheer after that."""

from __future__ import annotations

from dataclasses import replace

from skill.dialogue.core import Core, Speaker
from skill.dialogue.replies import ask_openly, keep_to_repeat, parts, short_disclaimer
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


def kind_word(turn: Turn, core: Core) -> str:
    """Before the answer to a question in which a loss is told; else nothing."""
    speaker = Speaker(turn, core)
    return speaker.say(speaker.prompts.kind_loss) if core.talk.tells_a_loss(turn.text) else ""


def _topic(turn: Turn, core: Core) -> str | None:
    resolution = core.resolver.resolve(turn)
    article = core.article(resolution.topic) if isinstance(resolution, Found) else None
    return article.id if article is not None and article.tone == "loss" else None
