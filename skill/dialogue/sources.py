"""Who says so: where the words come from, and whether anybody has reviewed them."""

from __future__ import annotations

from dataclasses import replace

from skill.answers import publishers, review_state
from skill.dialogue.core import Core, Speaker
from skill.dialogue.replies import keep_to_repeat, reply_and_ask
from skill.dialogue.still_care import reply_still_get_care, was_told_last
from skill.library.article import Aspect
from skill.turn import Reply, Turn, Understood


def source(turn: Turn, core: Core) -> Reply:
    """Who says so: the publishers of the article or of the urgent sign, and truthfully whether anybody has reviewed our
    words.
    """
    if was_told_last(turn.session):
        return _source_of_sign(turn, core)
    speaker = Speaker(turn, core)
    article = core.article(turn.session.topic)
    if article is None:
        text = _source_of_skill(speaker)
    else:
        text = speaker.say(
            speaker.prompts.source,
            name=speaker.name(article.id),
            publishers=speaker.together(publishers(article.sources)),
            review_state=review_state(article, speaker.voice, speaker.prompts, turn.session.turn),
        )
    understood = Understood(topic=article.id if article else None, aspect=Aspect.SOURCE.value)
    reply = reply_and_ask(turn, core, text, understood=understood)
    return replace(reply, session=keep_to_repeat(reply.session, text))


def _source_of_skill(speaker: Speaker) -> str:
    return speaker.say(speaker.prompts.source_of_skill, review_state=speaker.say(speaker.prompts.review_unreviewed))


def _source_of_sign(turn: Turn, core: Core) -> Reply:
    """After an urgent reply: its publishers, and that it still holds. After violence no name that would tell of it."""
    speaker = Speaker(turn, core)
    sign = core.library.signs[turn.session.sign or ""]
    if sign.manner == "violence":
        return reply_and_ask(turn, core, _source_of_skill(speaker), understood=Understood(aspect=Aspect.SOURCE.value))
    text = speaker.say(
        speaker.prompts.source_of_urgent,
        publishers=speaker.together(publishers(sign.sources)),
        review_state=speaker.say(speaker.prompts.review_unreviewed),
    )
    return reply_still_get_care(turn, core, after=text)
