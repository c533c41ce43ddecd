"""Content → labelled lines to learn from. What a line does not say is masked, never guessed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from skill.library.article import Aspect
from skill.library.content import Content
from skill.urgent import UrgentCheck

NO_SIGN = "none"
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
        for name in (voice(article.name), *article.lay_names):
            yield Line(name, topic, sign=_of_topic(rules, name), in_scope=True)
    for topic, heard in content.heard.items():
        for phrase in heard.phrases:
            yield Line(phrase, topic, sign=_of_topic(rules, phrase), in_scope=True)
        for aspect, questions in heard.asks.items():
            for question in questions:
                yield Line(question, topic, aspect, sign=_of_topic(rules, question), in_scope=True)
    for sign, heard_sign in content.heard_signs.items():
        yield from (Line(phrase, sign=sign, in_scope=True) for phrase in heard_sign.phrases)
        yield from (Line(phrase, sign=NO_SIGN) for phrase in heard_sign.look_alikes)
    for group in content.out_of_scope.values():
        yield from (Line(text, sign=NO_SIGN, in_scope=False) for text in group)


def _of_topic(rules: UrgentCheck, text: str) -> str | None:
    """An ordinary line is no sign; one in which the rules hear a sign may be one, so it is left open."""
    return NO_SIGN if rules(text) is None else None
