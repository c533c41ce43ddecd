"""The library as it will be said: what the library page shows, worked out from the content that is served now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from skill.alexa.speech import to_ssml
from skill.answers import ANSWER_WORDS, WORDS_A_SECOND, answer, pages
from skill.bench.why import URGENT
from skill.check import ASPECTS, check_served, register_faults
from skill.dialogue.core import Core
from skill.dialogue.respond import listen
from skill.errors import ContentInvalid, Fault, InputInvalid
from skill.library.article import Article, Aspect, Source, count_words
from skill.library.content import Content
from skill.library.load import load_content
from skill.reading_grade import HIGHEST_GRADE, reading_grade
from skill.review.sign import state
from skill.topics.resolve import Found, NotFound
from skill.turn import Session, Turn


@dataclass(frozen=True)
class Spoken:
    """One answer, as it will be said."""

    aspect: str
    part: str
    """Empty, or which part of a longer list, or that it is said after the birth."""
    text: str
    ssml: str
    words: int
    seconds: float
    grade: float | None
    """School grade; None where it cannot be measured."""

    @property
    def too_long(self) -> bool:
        return self.words > ANSWER_WORDS

    @property
    def too_hard(self) -> bool:
        return self.grade is not None and self.grade > HIGHEST_GRADE


@dataclass(frozen=True)
class Link:
    """From one article to another: what else it could be."""

    topic: str
    name: str
    written: bool


@dataclass(frozen=True)
class Volume:
    """One article, opened."""

    topic: str
    name: str
    stage: str
    review: str
    withdrawn: bool
    spoken: Sequence[Spoken]
    sources: Sequence[Source]
    leads_to: Sequence[Link]
    led_to_from: Sequence[Link]
    lay_names: Sequence[str]
    signs: Sequence[str]


@dataclass(frozen=True)
class Spine:
    """One article, seen from outside."""

    topic: str
    name: str
    stage: str
    review: str
    withdrawn: bool
    words: int
    """Of its first answer: the one that its page begins with."""
    leads_to: Sequence[str]


class Shelf:
    """The library of a running server; looks at its content files again when their version changes."""

    def __init__(self, core: Callable[[], Core], root: Path, register: Path) -> None:
        """`core` gives the parts as they are now, `root` is the content folder, `register` that of withdrawn topics."""
        self._core = core
        self._root = root
        self._register = register
        self._load = lru_cache(maxsize=1)(lambda version: load_content(root))

    @property
    def can_grade(self) -> bool:
        """Whether reading grades can be measured: the extra `editor`, and the content files."""
        return reading_grade(()) is not None and self._content(self._core()) is not None

    def spines(self, locale: str) -> list[Spine]:
        """Every article, in the catalog's order."""
        core = self._core()
        content = self._content(core)
        return [_spine(core, content, article, locale) for article in _articles(core)]

    def volume(self, topic: str, locale: str) -> Volume:
        """One article in one locale. Raises InputInvalid where there is none."""
        core = self._core()
        article = core.library.article(topic)
        if article is None:
            raise InputInvalid("There is no such article.")
        content = self._content(core)
        spine = _spine(core, content, article, locale)
        return Volume(
            topic=topic,
            name=spine.name,
            stage=spine.stage,
            review=spine.review,
            withdrawn=spine.withdrawn,
            spoken=_spoken(core, content, article, locale),
            sources=article.sources,
            leads_to=[_link(core, other, locale) for other in spine.leads_to],
            led_to_from=[
                _link(core, other.id, locale)
                for other in _articles(core)
                if any(differential.topic == topic for differential in other.differentials)
            ],
            lay_names=article.lay_names,
            signs=article.urgent_signs,
        )

    def faults(self, *topics: str) -> list[Fault] | None:
        """What `bump-guide check` finds in what is served, or with these topics; None where its files are not there to
        be checked, or are others by now. All of it takes many seconds.
        """
        core = self._core()
        content = self._content(core)
        return check_served(core, content, self._register, topics) if content is not None else None

    def register_faults(self, *, links: bool) -> list[Fault]:
        """What is wrong with the register of withdrawn topics and, where the files can be read, with links to one."""
        content = self._content(self._core()) if links and self._register.is_file() else None
        return register_faults(self._register, content)

    def _content(self, core: Core) -> Content | None:
        """The files of what is served. None where they are not there, or are faulty now: the server says why."""
        try:
            return self._load(core.library.version) if self._root.is_dir() else None
        except ContentInvalid:
            return None


def _articles(core: Core) -> list[Article]:
    library = core.library
    return [article for topic in library.names if (article := library.article(topic)) is not None]


def _spine(core: Core, content: Content | None, article: Article, locale: str) -> Spine:
    voice = core.library.voice(locale)
    first = answer(article, ASPECTS[0], voice, core.library.said).text
    links = dict.fromkeys(other.topic for other in article.differentials if other.topic is not None)
    return Spine(
        topic=article.id,
        name=voice(article.name),
        stage=article.stage,
        review=state(article, content) if content is not None else article.review.status,
        withdrawn=article.id in core.withheld(),
        words=count_words(first),
        leads_to=tuple(links),
    )


def _spoken(core: Core, content: Content | None, article: Article, locale: str) -> list[Spoken]:
    grade = reading_grade(content.medical_terms) if content is not None else None
    voice, said = core.library.voice(locale), core.library.said

    def spoken(aspect: Aspect, part: str, text: str) -> Spoken:
        words = count_words(text)
        return Spoken(
            aspect=aspect.value,
            part=part,
            text=text,
            ssml=to_ssml(text, voice.numbers, voice.pronunciation),
            words=words,
            seconds=round(words / WORDS_A_SECOND, 1),
            grade=round(grade(text), 1) if grade is not None else None,
        )

    shown = []
    for aspect in ASPECTS:
        count = pages(article, aspect)
        for page in range(count):
            text = answer(article, aspect, voice, said, page=page).text
            shown.append(spoken(aspect, f"part {page + 1} of {count}" if count > 1 else "", text))
        if article.after_birth is not None and aspect in {Aspect.SUMMARY, Aspect.CAUSES}:
            text = answer(article, aspect, voice, said, after_birth=True).text
            shown.append(spoken(aspect, "after the birth", text))
    return shown


def _link(core: Core, topic: str, locale: str) -> Link:
    names = core.library.names
    name = core.library.voice(locale)(names[topic]) if topic in names else topic.replace("-", " ")
    return Link(topic, name, topic in names)


def search(core: Core, text: str, locale: str) -> dict[str, Any]:
    """Words as people ask → the topics that the skill would think of, best first, and what it would do with them: the
    urgent check comes first, as on the road.
    """
    heard = listen(Turn(intent="", locale=locale, session=Session(), text=text, heard=text), core)
    resolution = core.resolver.resolve(heard.turn)
    names, voice = core.library.names, core.library.voice(locale)
    return {
        "urgent": {"level": heard.verdict.level.value, "sign": heard.verdict.sign} if heard.verdict else None,
        "decision": URGENT if heard.verdict else type(resolution).__name__,
        "reason": resolution.reason if isinstance(resolution, NotFound) else None,
        "topic": resolution.topic if isinstance(resolution, Found) else None,
        "topics": [
            {
                "topic": candidate.topic,
                "name": voice(names[candidate.topic]) if candidate.topic in names else candidate.topic,
                "score": candidate.score,
                "entry": candidate.entry,
                "written": candidate.topic in names,
            }
            for candidate in resolution.candidates
        ],
    }
