"""Content files → the compiled library, with everything that is worked out once: the index of topics."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice, zip_longest
from pathlib import Path

import numpy as np

from skill.encoder.encoder import Encoder
from skill.encoder.reading import Reader
from skill.encoder.remembered import Remembered, RememberingReader
from skill.errors import ContentInvalid, Fault
from skill.library.content import Content
from skill.library.load import load_content
from skill.library.signature import with_void_signatures_removed
from skill.library.store import CALM, MADE_OF, Arrays, Library, Lists, fingerprint, rules_code, write_store
from skill.spotting import UnknownWordListError
from skill.stages import stages_said
from skill.text import comparable
from skill.topics.candidate import LIST_EVIDENCE, Candidate
from skill.topics.known_ranks import Asked, KnownRanks
from skill.topics.letters import LetterIndex
from skill.topics.meaning import MeaningIndex
from skill.topics.rank import Ranker
from skill.topics.resolve import is_born
from skill.urgent import UrgentCheck

MOST_SENTENCES = 2500
"""Understood beforehand: some milliseconds and 1,300 bytes each."""


def labelled_phrases(content: Content) -> Iterator[tuple[str, str]]:
    """Every name, lay name and phrase with its topic: what the index is made of. Topics of the catalog whose article is
    not written yet stand in it by name and scope, so that no other article is stretched over them.
    """
    voice = content.voice("en-US")
    for topic, entry in content.catalog.items():
        if topic not in content.articles:
            yield topic, entry.name
            yield from ((topic, part) for part in re.split(r"[,:;()]| or ", entry.scope) if part.strip())
    for topic, article in content.articles.items():
        yield topic, voice(article.name)
        yield from ((topic, lay_name) for lay_name in article.lay_names)
        yield from ((topic, line) for line in content.heard[topic].lines)


def listed_sentences(content: Content) -> Iterator[tuple[str, str]]:
    """What listed topics and the words of the intents around them make together, comparable and each once, with the
    topic: all topics by their names, then by their first lay names, and so on, as many as are worth the time.
    """
    voice = content.voice("en-US")
    names = [
        [(article.id, name) for name in (voice(article.name), *article.lay_names)]
        for article in content.articles.values()
    ]
    asks = (asking for asking in content.interaction.asks.values() if any("{topic}" in said for said in asking.samples))
    frames = dict.fromkeys(["{what}", *(asking.frame for asking in asks)])
    named = (entry for together in zip_longest(*names) for entry in together if entry is not None)
    sentences = ((comparable(frame.replace("{what}", name)), topic) for topic, name in named for frame in frames)
    return islice(_each_once(sentences), MOST_SENTENCES)


def _each_once(sentences: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """One after the other: of thousands of articles' sentences few are worth the time, so not all are made."""
    seen: set[tuple[str, str]] = set()
    for sentence in sentences:
        if sentence not in seen:
            seen.add(sentence)
            yield sentence


def _rules(content: Content) -> UrgentCheck:
    """The rules for urgent signs, compiled. Raises ContentInvalid where they cannot listen."""
    rules = UrgentCheck(content.patterns, content.signs)
    try:
        rules.compile()
    except UnknownWordListError as error:
        fault = Fault(
            f"{content.language}/urgent-patterns.yaml", "words", str(error), "Add the list, or correct its name."
        )
        raise ContentInvalid([fault]) from error
    return rules


def build(root: Path, target: Path, encoder: Encoder | None = None, *, earlier: Library | None = None) -> Content:
    """Reads content/, writes the compiled file; without an encoder, what needs one is left out of it. What an `earlier`
    one holds of the very same lines is taken from there: most edits change what is said and not what is understood.
    Raises ContentInvalid with every fault, OSError if it cannot write.
    """
    built_from = fingerprint(root, encoder.version if encoder else "")
    content = load_content(root)
    content = replace(content, articles=dict(with_void_signatures_removed(content)))
    index = _index(content, encoder, _rules(content), earlier)
    write_store(target, content, built_from, *index)
    return content


def _index(
    content: Content, encoder: Encoder | None, rules: UrgentCheck, earlier: Library | None
) -> tuple[Arrays, Lists]:
    """Everything that is worked out for understanding, by name."""
    made_of = (_made_of(content, encoder),)
    if earlier is not None and earlier.texts(MADE_OF) == made_of:
        return earlier.arrays(), earlier.lists()
    arrays, lists = _worked_out(content, encoder, rules)
    return arrays, {**lists, MADE_OF: made_of}


def _made_of(content: Content, encoder: Encoder | None) -> str:
    """A digest of all that `_worked_out` looks at."""
    asks = [(asking.frame, asking.samples) for asking in content.interaction.asks.values()]
    stages = [(topic, article.stage) for topic, article in content.articles.items()]
    rules = (rules_code(), content.patterns, [(sign.level, sign.stage) for sign in content.signs.values()])
    parts = (encoder.version if encoder else "", [*labelled_phrases(content)], content.cues.light, asks, stages, rules)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _worked_out(content: Content, encoder: Encoder | None, rules: UrgentCheck) -> tuple[Arrays, Lists]:
    topics = LetterIndex.build(labelled_phrases(content), content.cues.light)
    vectors = encoder.embed([comparable(text) for text in topics.texts]) if encoder else np.empty((0, 1), np.float32)
    meaning = MeaningIndex.build(topics.topic_of if encoder else [], vectors)
    sentences = list(listed_sentences(content)) if encoder else []
    remembered = Remembered.of([text for text, _ in sentences], encoder)
    asked = [(text, topic, is_born(stages_said(text))) for text, topic in sentences]
    ranks = KnownRanks.of(asked, _ranking(content, topics, meaning, RememberingReader(encoder, remembered)))
    calm = tuple(text for text, _ in sentences if not rules.all_signs(text))
    lists = {**topics.lists(), **ranks.lists(), CALM: calm}
    return {**topics.arrays(), **meaning.arrays(), **remembered.arrays()}, lists


def _ranking(
    content: Content, topics: LetterIndex, meaning: MeaningIndex, reader: Reader
) -> Callable[[Asked], tuple[Candidate, ...]]:
    stages = {topic: article.stage for topic, article in content.articles.items()}
    ranker = Ranker(topics, meaning, reader, stages)
    return lambda asked: ranker.rank(asked[0], {asked[1]: LIST_EVIDENCE}, born=asked[2])
