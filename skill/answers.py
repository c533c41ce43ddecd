"""Article and aspect → what is said about it: whole sentences, at most 75 words, always with when to call.

Design, "What is said": nothing reassures before its warning signs, and every answer names its emergencies, because
words that the device dropped cannot be recovered. Lists are read three at a time. Nothing is cut to fit: what is too
long fails the content check.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from skill.library.article import Article, Aspect, Item, Source
from skill.library.locales import Voice
from skill.library.phrases import Said, variant
from skill.turn import PAUSE

ITEMS_AT_A_TIME = 3
WORDS_A_SECOND = 2.5
"""150 a minute: design, "What is said"."""
ANSWER_WORDS = 75
"""The longest answer, without disclaimer and question: half a minute."""
_IN_BRACKETS = re.compile(r" \([^)]*\)")
LISTS = (Aspect.DIFFERENTIALS, Aspect.TESTS, Aspect.RELIEF)

Hurts = Callable[[str], bool]
"""Whether a template speaks of what hurts after a loss: a pregnancy, a birth, a baby."""


@dataclass(frozen=True)
class Answer:
    """What an article says to one question."""

    topic: str
    aspect: Aspect
    text: str
    page: int
    """Which three of a list were read; 0 for the first, and for what is no list."""
    has_more: bool
    """There are further items that 'more' would read."""
    opened: bool = False
    """It is one item of the list, opened by name or number."""


def join(phrases: Sequence[str], word: str) -> str:
    """ "a", "b", "c" and "or" → "a, b, or c". Two get a comma, too, where one of them holds the word itself."""
    if len(phrases) < 2:
        return "".join(phrases)
    *first, last = phrases
    comma = "," if len(first) > 1 or any(f" {word} " in phrase for phrase in phrases) else ""
    return f"{', '.join(first)}{comma} {word} {last}"


def items_of(article: Article, aspect: Aspect) -> Sequence[Item]:
    """The list behind an aspect; the differentials behind the short answer too, since those can be opened."""
    if aspect is Aspect.TESTS:
        return article.checks
    if aspect is Aspect.RELIEF:
        return article.relief
    return article.differentials


def list_of(article: Article, aspect: Aspect) -> Sequence[Item]:
    """Everything that can be opened from a reading of an aspect, by its place: the causes in full too."""
    return article.causes if aspect is Aspect.CAUSES else items_of(article, aspect)


def pages(article: Article, aspect: Aspect) -> int:
    """How many times 'more' can be said, plus one."""
    if aspect is Aspect.CAUSES:  # in short first, then each in full
        return 1 + _threes(article.causes)
    return _threes(items_of(article, aspect)) if aspect in LISTS else 1


def _threes(items: Sequence[Item]) -> int:
    return -(-len(items) // ITEMS_AT_A_TIME)


def answer(
    article: Article,
    aspect: Aspect,
    voice: Voice,
    said: Said,
    *,
    turn: int = 0,
    page: int = 0,
    after_birth: bool = False,
    hurts: Hurts | None = None,
) -> Answer:
    """What `article` says on `aspect` in one locale. `turn` picks the variant of prompts, `page` the three of a list;
    with `after_birth`, what it is and where it comes from are those of the time after the birth. With `hurts`, after a
    loss, nothing of it speaks of a pregnancy or a baby, and whoever asks what it is hears what helps.

    Raises nothing for an aspect of articles; a page past the end is read as the last.
    """
    gently = hurts is not None and article.tone != "loss"
    if gently and aspect not in (*LISTS, Aspect.WHEN_TO_CALL):
        aspect = Aspect.RELIEF
    page = min(page, pages(article, aspect) - 1)
    sentences = _SENTENCES[aspect](article, said, turn, page)
    if gently and hurts is not None:
        sentences = _gently(article, aspect, sentences, said, turn, hurts)
    elif after_birth and article.after_birth is not None and page == 0 and aspect in _AFTER_BIRTH:
        sentences = _AFTER_BIRTH[aspect](article, article.after_birth, said)
    lists_nothing = gently and len(sentences) == 2  # a lead and the warning
    has_more = page + 1 < pages(article, aspect) and not lists_nothing
    if has_more and aspect in LISTS:
        sentences = [*sentences[:-1], variant(said.more_hint, turn), sentences[-1]]
    between = PAUSE if aspect in LISTS or page else " "
    return Answer(article.id, aspect, voice(between.join(sentences)), page, has_more)


def warning_of(article: Article, said: Said, turn: int = 0, *, hurts: Hurts | None = None) -> str:
    """The warning of an article as a template; with `hurts`, after a loss, another one where it speaks of a
    pregnancy.
    """
    warning = article.when_to_call.warning
    if hurts is None or article.tone == "loss":
        return warning
    return variant(said.loss_warning, turn) if hurts(warning) else to_provider(warning)


def _gently(
    article: Article, aspect: Aspect, sentences: Sequence[str], said: Said, turn: int, hurts: Hurts
) -> list[str]:
    """Only what does not speak of a pregnancy; where that leaves nothing, when to call."""
    warning = warning_of(article, said, turn, hurts=hurts)
    only_calls = [variant(said.loss_when_to_call, turn), warning]
    if aspect is Aspect.WHEN_TO_CALL:
        return only_calls if any(map(hurts, sentences)) else [*map(to_provider, sentences)]
    lead = variant(said.list_relief_loss, turn) if aspect is Aspect.RELIEF else sentences[0]
    items = [to_provider(item) for item in sentences[1:-1] if not hurts(item)]
    fits = aspect is Aspect.RELIEF or article.stage != "pregnancy"
    return [lead, *items, warning] if items and fits else only_calls


def to_provider(text: str) -> str:
    """Without the place where babies are born."""
    return text.replace("{unit}", "{provider}").replace("{Unit}", "{Provider}")


def one_item(article: Article, item: Item, voice: Voice) -> str:
    """One item of a list, opened by number, that has no article of its own."""
    return voice(f"{item.text} {article.when_to_call.warning}")


def sentences_of(article: Article, *, after_birth: bool) -> list[str]:
    """What an article says of its topic as a whole, sentence by sentence, as templates; first what fits her stage."""
    born = [article.after_birth] if article.after_birth else []
    before = [article.summary, article.is_it_normal]
    texts = [*born, *before] if after_birth else [*before, *born]
    return [sentence for text in texts for sentence in re.split(r"(?<=[.?!]) ", text)]


def review_state(article: Article, voice: Voice, said: Said, turn: int = 0) -> str:
    """Whether anybody has signed the article's words, said truthfully."""
    review = article.review
    if review.status == "unreviewed" or review.by is None or review.on is None:
        return voice(variant(said.review_unreviewed, turn))
    return voice(variant(said.review_reviewed, turn), by=review.by, on=f"{review.on:%d %B %Y}")


def publishers(sources: Sequence[Source]) -> list[str]:
    """Who facts come from, without what only a reader can use: three at most, each once."""
    named = (name for source in sources for name in _IN_BRACKETS.sub("", source.publisher).split(" / "))
    return list(dict.fromkeys(named))[:3]


def read_items(article: Article, aspect: Aspect, page: int) -> Sequence[Item]:
    """The items that are read in full on a page of a list; none where an aspect is no list."""
    if aspect is Aspect.CAUSES:  # in short first, then each in full
        return _three(article.causes, page - 1) if page else ()
    return _three(items_of(article, aspect), page) if aspect in LISTS else ()


def _three(items: Sequence[Item], page: int) -> Sequence[Item]:
    return items[page * ITEMS_AT_A_TIME : (page + 1) * ITEMS_AT_A_TIME]


def others(article: Article, said: Said) -> str:
    """What else it can be, in one sentence, as a template: the first three in short."""
    short = join([other.short for other in article.differentials[:ITEMS_AT_A_TIME]], said.word_or[0])
    return f"{article.openings.differentials} {short}."


def _causes(article: Article, said: Said, turn: int, page: int) -> list[str]:
    if page:
        return _list(article, Aspect.CAUSES, page, variant(said.list_causes, turn))
    causes = join([cause.short for cause in article.causes[:ITEMS_AT_A_TIME]], said.word_or[0])
    return [f"{article.openings.causes} {causes}.", others(article, said), article.when_to_call.warning]


def _causes_after_birth(article: Article, after_birth: str, said: Said) -> list[str]:
    return [after_birth, others(article, said), article.when_to_call.warning]


def _summary_after_birth(article: Article, after_birth: str, said: Said) -> list[str]:
    return [after_birth, article.when_to_call.warning]


def _summary(article: Article, said: Said, turn: int, page: int) -> list[str]:
    return [article.summary, article.when_to_call.warning]


def _is_it_normal(article: Article, said: Said, turn: int, page: int) -> list[str]:
    return [article.when_to_call.warning, article.is_it_normal]


def _when_to_call(article: Article, said: Said, turn: int, page: int) -> list[str]:
    return [article.when_to_call.emergency, article.when_to_call.urgent, article.when_to_call.routine]


def _differentials(article: Article, said: Said, turn: int, page: int) -> list[str]:
    return _list(article, Aspect.DIFFERENTIALS, page, variant(said.list_differentials, turn))


def _tests(article: Article, said: Said, turn: int, page: int) -> list[str]:
    return _list(article, Aspect.TESTS, page, variant(said.list_tests, turn))


def _relief(article: Article, said: Said, turn: int, page: int) -> list[str]:
    lead = said.list_relief_loss if article.tone == "loss" else said.list_relief
    return _list(article, Aspect.RELIEF, page, variant(lead, turn))


def _list(article: Article, aspect: Aspect, page: int, lead: str) -> list[str]:
    return [lead, *(item.text for item in read_items(article, aspect, page)), article.when_to_call.warning]


_SENTENCES = {
    Aspect.SUMMARY: _summary,
    Aspect.CAUSES: _causes,
    Aspect.DIFFERENTIALS: _differentials,
    Aspect.TESTS: _tests,
    Aspect.RELIEF: _relief,
    Aspect.WHEN_TO_CALL: _when_to_call,
    Aspect.IS_IT_NORMAL: _is_it_normal,
}

_AFTER_BIRTH = {Aspect.SUMMARY: _summary_after_birth, Aspect.CAUSES: _causes_after_birth}
