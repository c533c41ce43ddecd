"""Content → labelled lines to learn from. What a line does not say is masked, never guessed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from skill.library.article import Aspect
from skill.library.content import Content
from skill.urgent import UrgentCheck

NO_SIGN = "none"
_QUIET_SHARE = 0.8
"""In so many of a topic's lines the rules have to hear nothing, for those to count as no sign: lines of a topic that
is urgent by itself, such as vomiting that won't stop, are left open.
"""
READ_ASPECTS = tuple(aspect.value for aspect in (Aspect.SUMMARY, Aspect.CAUSES, Aspect.DIFFERENTIALS, Aspect.TESTS,
                                                 Aspect.RELIEF, Aspect.WHEN_TO_CALL, Aspect.IS_IT_NORMAL))  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line, with what is known of it; None where it is not known."""

    text: str
    topic: str | None = None
    aspect: str | None = None
    sign: str | None = None
    """An urgent sign, `none` for certainly none, None for not known."""
    in_scope: bool | None = None


def lines(content: Content) -> Iterator[Line]:
    """Every line of the content, in its order."""
    rules = UrgentCheck(content.patterns, content.signs)
    voice = content.voice("en-US")
    for topic, article in content.articles.items():
        yield from (Line(name, topic, in_scope=True) for name in (voice(article.name), *article.lay_names))
    for topic, heard in content.heard.items():
        asked: list[tuple[str, str | None]] = [(phrase, None) for phrase in heard.phrases]
        asked += [(question, aspect) for aspect, questions in heard.asks.items() for question in questions]
        quiet = {text for text, _ in asked if rules(text) is None}
        ordinary = len(quiet) >= _QUIET_SHARE * len(asked)
        for text, aspect in asked:
            yield Line(text, topic, aspect, NO_SIGN if ordinary and text in quiet else None, in_scope=True)
    for sign, heard_sign in content.heard_signs.items():
        yield from (Line(phrase, sign=sign, in_scope=True) for phrase in heard_sign.phrases)
        yield from (Line(phrase, sign=NO_SIGN) for phrase in heard_sign.look_alikes)
    for group in content.out_of_scope.values():
        yield from (Line(text, sign=NO_SIGN, in_scope=False) for text in group)
