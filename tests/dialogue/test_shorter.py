""" "Shorter" is clearly shorter, of every answer, and what is left still names the emergencies."""

from __future__ import annotations

import pytest

from skill.check import ASPECTS
from skill.dialogue.answering import answer_on
from skill.dialogue.core import Core
from skill.dialogue.follow_ups import shorter
from skill.library.article import count_words
from skill.turn import Session, Turn

MOST = 0.6
"""Of the words of the whole reply."""


@pytest.mark.parametrize("locale", ["en-US", "en-GB"])
def test_every_answer_becomes_clearly_shorter_and_keeps_its_emergencies(locale: str, core: Core) -> None:
    shares = []
    for topic in core.library.names:
        for aspect in ASPECTS:
            whole = answer_on(Turn("", locale, Session()), core, topic, aspect)
            short = shorter(Turn("ShorterIntent", locale, whole.session), core)
            article = core.article(topic)
            assert article is not None
            emergencies = core.library.voice(locale)(article.when_to_call.warning).split(". ")[0].rstrip(".")
            assert emergencies in short.plain
            shares.append(count_words(short.text) / count_words(whole.text))
            assert shares[-1] <= MOST, (topic, aspect, short.text)
    assert sum(shares) / len(shares) < 0.45
