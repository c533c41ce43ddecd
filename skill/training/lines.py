"""Content → labelled lines to learn from. What a line does not say is masked, never guessed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from skill.library.article import Aspect, HeardPhrases
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
        yield from (Line(name, topic, in_scope=True) for name in (voice(article.name), *article.lay_names))
    for topic, heard in content.heard.items():
        asked: list[tuple[str, str | None]] = [(phrase, None) for phrase in heard.phrases]
        asked += [(question, aspect) for aspect, questions in heard.asks.items() for question in questions]
        signs = _read_by_hand(heard) if heard.states is not None else _by_rule(heard, rules)
        for text, aspect in asked:
            yield Line(text, topic, aspect, signs.get(text, NO_SIGN), in_scope=True)
    for sign, heard_sign in content.heard_signs.items():
        yield from (Line(phrase, sign=sign, in_scope=True) for phrase in heard_sign.phrases)
        yield from (Line(phrase, sign=NO_SIGN) for phrase in heard_sign.look_alikes)
    for group in content.out_of_scope.values():
        yield from (Line(text, sign=NO_SIGN, in_scope=False) for text in group)


def _read_by_hand(heard: HeardPhrases) -> dict[str, str | None]:
    """Line → the sign it states, None where that is open; what is left out states none."""
    stated = {line: sign for sign, lines in (heard.states or {}).items() for line in lines}
    return {**dict.fromkeys(heard.may_state), **stated}


def _by_rule(heard: HeardPhrases, rules: UrgentCheck) -> dict[str, str | None]:
    """Of a topic whose lines nobody read for signs: what the rules hear a sign in is left open."""
    return {line: None for line in heard.lines if rules(line) is not None}
