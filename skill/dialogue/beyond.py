"""What no article has a part for: how long it lasts, whether it gets worse or comes back, whether she is to blame."""

from __future__ import annotations

from collections.abc import Callable

from skill.answers import Answer, sentences_of
from skill.dialogue.answering import answer_on, reply_not_in_article
from skill.dialogue.core import Core, Speaker
from skill.dialogue.replies import anything_else, reply_with_answer
from skill.library.article import Article, Aspect
from skill.library.cues import BeyondName
from skill.stages import is_after_birth
from skill.turn import Reply, Turn


def reply_beyond(turn: Turn, core: Core, article: Article, asked: BeyondName) -> Reply:
    """The honest reply on one article to one of these questions."""
    return _REPLIES[asked](turn, core, article)


def _how_long(turn: Turn, core: Core, article: Article) -> Reply:
    """A sentence of the article that tells how long it lasts, after its warning; else that there is none."""
    told = sentences_of(article, after_birth=is_after_birth(turn.session.stages))
    lasting = next((sentence for sentence in told if core.talk.tells_how_long(sentence)), None)
    if lasting is None:
        return reply_not_in_article(turn, core, article)
    speaker = Speaker(turn, core)
    warning = speaker.voice(article.when_to_call.warning)
    text = f"{warning} {speaker.say(speaker.prompts.lasting)} {speaker.voice(lasting)}"
    said = Answer(article.id, Aspect.WHEN_TO_CALL, text, 0, has_more=False)
    return reply_with_answer(turn, core, said, question=anything_else(speaker))


def _fault(turn: Turn, core: Core, article: Article) -> Reply:
    """Where it comes from, after a word against blame."""
    speaker = Speaker(turn, core)
    return answer_on(turn, core, article.id, Aspect.CAUSES, lead=speaker.say(speaker.prompts.not_to_blame))


_REPLIES: dict[BeyondName, Callable[[Turn, Core, Article], Reply]] = {
    "how_long": _how_long,
    "outlook": reply_not_in_article,
    "fault": _fault,
}
BEYOND: tuple[BeyondName, ...] = tuple(_REPLIES)
"""What can be asked of any article."""
