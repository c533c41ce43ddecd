"""Topics, samples and answers as data: for another assistant, a reader, or a table.

Every answer carries its locale, its aspect, the disclaimer that has to be said with it and whether a clinician has
signed the article. Topics that are off the air are not among them: `build_tables` is told which.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from typing import Any, get_args

from skill.answers import answer, pages
from skill.library.article import Article, Aspect, ReadAspect
from skill.library.phrases import variant
from skill.library.store import Library
from skill.turn import PAUSE

ABOUT = (
    "General information on symptoms in pregnancy and after birth, not medical advice or a diagnosis. Say the"
    " disclaimer with every answer, and look for urgent signs in what a person says before you answer at all:"
    " these texts do not replace that check."
)


@dataclass(frozen=True)
class TopicRow:
    """One article."""

    topic: str
    name: str
    lay_names: tuple[str, ...]
    stage: str
    review: str
    """unreviewed, or reviewed."""
    sources: tuple[str, ...]
    """Publisher, title and address of each."""


@dataclass(frozen=True)
class SampleRow:
    """One sentence of a locale's interaction model; slots in braces."""

    locale: str
    intent: str
    sample: str


@dataclass(frozen=True)
class AnswerRow:
    """One answer, in the words that are spoken."""

    locale: str
    topic: str
    aspect: str
    page: int
    """0, or which further part "more" reads."""
    after_birth: bool
    """What she hears who has said that the baby is born, where that differs."""
    text: str
    disclaimer: str
    review: str


@dataclass(frozen=True)
class Tables:
    """Everything, by kind."""

    version: str
    """Of the content."""
    topics: tuple[TopicRow, ...]
    samples: tuple[SampleRow, ...]
    answers: tuple[AnswerRow, ...]


def build_tables(
    library: Library, models: Mapping[str, Mapping[str, Any]], locales: Sequence[str], withheld: Set[str]
) -> Tables:
    """All rows for these locales; `models` holds the JSON of the interaction model of each."""
    articles = [found for topic in library.names if topic not in withheld and (found := library.article(topic))]
    return Tables(
        version=library.version,
        topics=tuple(_topic(article, library, locales[0]) for article in articles),
        samples=tuple(row for locale in locales for row in _samples(locale, models[locale])),
        answers=tuple(row for locale in locales for article in articles for row in _answers(article, locale, library)),
    )


def _review(article: Article, library: Library) -> str:
    return "unreviewed" if article.id in library.unreviewed else "reviewed"


def _topic(article: Article, library: Library, locale: str) -> TopicRow:
    voice = library.voice(locale)
    sources = tuple(f"{source.publisher}: {source.title}, {source.url}" for source in article.sources)
    names = tuple(map(voice, article.lay_names))
    return TopicRow(article.id, voice(article.name), names, article.stage, _review(article, library), sources)


def _samples(locale: str, model: Mapping[str, Any]) -> Iterator[SampleRow]:
    for intent in model["interactionModel"]["languageModel"]["intents"]:
        for sample in intent.get("samples") or ():
            yield SampleRow(locale, intent["name"], sample)


def _answers(article: Article, locale: str, library: Library) -> Iterator[AnswerRow]:
    """Every aspect, every page of it; once more where the time after the birth differs."""
    voice, said = library.voice(locale), library.said
    disclaimer, review = voice(variant(said.disclaimer_full, 0)), _review(article, library)
    for aspect in map(Aspect, get_args(ReadAspect)):
        usual = [answer(article, aspect, voice, said, page=page) for page in range(pages(article, aspect))]
        after = answer(article, aspect, voice, said, after_birth=True)
        rows = [(one, False) for one in usual] + ([(after, True)] if after.text != usual[0].text else [])
        for one, born in rows:
            words = one.text.replace(PAUSE, " ")
            yield AnswerRow(locale, article.id, aspect, one.page, born, words, disclaimer, review)


def to_json(tables: Tables) -> str:
    """The text of the JSON file."""
    return json.dumps({"about": ABOUT, **asdict(tables)}, indent=1, ensure_ascii=False) + "\n"


_COLUMNS = (
    "kind", "locale", "topic", "name", "lay_names", "stage", "sources", "intent", "sample", "aspect", "page",
    "after_birth", "text", "disclaimer", "review",
)  # fmt: skip


def to_csv(tables: Tables) -> str:
    """The text of the CSV file: one table, a row's `kind` says what it is; what a kind does not have is empty. Names
    and sources of a topic are joined with "; ".
    """
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, _COLUMNS, restval="")
    writer.writeheader()
    for kind, rows in (("topic", tables.topics), ("sample", tables.samples), ("answer", tables.answers)):
        for row in rows:
            cells = {key: "; ".join(value) if isinstance(value, tuple) else value for key, value in asdict(row).items()}
            writer.writerow({"kind": kind, **cells})
    return target.getvalue()
