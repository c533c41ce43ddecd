"""A card in the app on her phone, only when she asks: the app is shared at home, so never after violence or self-harm.

Plain text: what was said last, the disclaimer, and the sources with their addresses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from skill.dialogue.core import Core, Speaker
from skill.dialogue.replies import ask_whats_happening, parts, reply_and_ask, short_disclaimer
from skill.dialogue.still_care import action_again, reply_still_get_care, was_told_last
from skill.library.article import Source
from skill.turn import PAUSE, Card, Reply, Turn

_LINE = "\n"


def send_to_phone(turn: Turn, core: Core) -> Reply:
    """ "Send it to my phone": the last answer, or what to do after an urgent reply."""
    speaker = Speaker(turn, core)
    session = turn.session
    if session.private:
        return reply_and_ask(turn, core, speaker.say(speaker.prompts.card_private))
    if was_told_last(session):
        return _with_action(turn, core)
    article = core.article(session.said_as.topic)
    if not session.said or article is None:
        return ask_whats_happening(turn, core, speaker.say(speaker.prompts.card_nothing))
    said = _LINE.join(line for line in session.said.split(PAUSE) if line not in speaker.prompts.more_hint)
    card = _card(speaker, speaker.name(article.id), said, article.sources)
    reply = reply_and_ask(turn, core, speaker.say(speaker.prompts.card_sent), understood=session.said_as)
    return replace(reply, card=card)


def _with_action(turn: Turn, core: Core) -> Reply:
    """What to do comes first in speech too."""
    speaker = Speaker(turn, core)
    sign = core.library.signs[turn.session.sign or ""]
    reply = reply_still_get_care(turn, core)
    text = parts(
        action_again(turn, core), speaker.say(speaker.prompts.card_urgent),
        short_disclaimer(turn, speaker), speaker.say(speaker.prompts.say_again),
    )  # fmt: skip
    name = speaker.name(turn.session.said_as.topic) if turn.session.said_as.topic else ""
    return replace(reply, text=text, card=_card(speaker, name, turn.session.said, sign.sources))


def _card(speaker: Speaker, name: str, said: str, sources: Sequence[Source]) -> Card:
    prompts = speaker.prompts
    text = [
        said,
        speaker.say(prompts.disclaimer_full),
        speaker.say(prompts.card_sources) + _LINE + _LINE.join(map(_source, sources)),
    ]
    return Card(speaker.say(prompts.card_title, name=name).rstrip(": "), (_LINE * 2).join(text))


def _source(source: Source) -> str:
    return f"{source.publisher}: {source.title}. {source.url}"
