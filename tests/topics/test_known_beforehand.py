"""What was understood at build time is what would be understood now; what was not is understood now."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from skill.assemble import load_encoder
from skill.build import MOST_SENTENCES, listed_sentences
from skill.encoder.encoder import Encoder
from skill.encoder.remembered import Remembered, RememberingReader
from skill.library.content import Content
from skill.library.signs import Stage
from skill.library.store import CALM, Library, fingerprint
from skill.stages import stages_said
from skill.text import comparable
from skill.topics.candidate import LIST_EVIDENCE
from skill.topics.known_ranks import KnownRanks
from skill.topics.letters import LetterIndex
from skill.topics.meaning import MeaningIndex
from skill.topics.rank import Ranker
from skill.topics.resolve import is_born
from skill.urgent import UrgentCheck


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    encoder = load_encoder()
    assert encoder is not None
    return encoder


def ranker(library: Library, encoder: Encoder, known: KnownRanks | None) -> Ranker:
    letters, meaning = LetterIndex.from_library(library), MeaningIndex.from_library(library)
    return Ranker(letters, meaning, encoder, library.stages, known)


def test_every_listed_name_is_known_in_the_words_of_every_intent(content: Content) -> None:
    sentences = list(listed_sentences(content))
    assert len(sentences) == MOST_SENTENCES
    known = {text for text, _ in sentences}
    voice = content.voice("en-US")
    for intent in ("WhatCausesIntent", "IsMineNormalIntent", "WhatHelpsMeIntent", "WhenToCallIntent", "IHaveIntent"):
        frame = content.interaction.asks[intent].frame
        for article in content.articles.values():
            assert comparable(frame.replace("{what}", voice(article.name))) in known


def test_a_remembered_reading_is_what_the_encoder_says(library: Library, encoder: Encoder, content: Content) -> None:
    reader = RememberingReader(encoder, Remembered.opened(library.array))
    for text, _ in list(listed_sentences(content))[::97]:
        remembered, read = reader.read(text), encoder.read(text)
        assert remembered is not None
        assert remembered.signs == read.signs
        assert remembered.aspects == read.aspects
        assert remembered.in_scope == pytest.approx(read.in_scope)
        assert np.array_equal(remembered.embedding, read.embedding)


def test_a_remembered_reading_needs_no_encoder_to_run(
    library: Library, encoder: Encoder, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = RememberingReader(encoder, Remembered.opened(library.array))
    monkeypatch.setattr(encoder, "read", None)
    text, _ = next(listed_sentences(content))
    assert reader.read(text) is not None
    with pytest.raises(TypeError):
        reader.read("words that stand in no list at all")


def test_a_known_rank_is_what_ranking_gives(library: Library, encoder: Encoder, content: Content) -> None:
    known = KnownRanks.from_library(library)
    without = ranker(library, encoder, None)
    for text, topic in list(listed_sentences(content))[::97]:
        born = is_born(stages_said(text))
        assert known.find((text, topic, born)) == without.rank(text, {topic: LIST_EVIDENCE}, born=born)


def test_a_known_rank_is_not_taken_where_something_else_is_known(
    library: Library, encoder: Encoder, content: Content
) -> None:
    """Another topic from the list, weaker evidence, or her stage: each can change the order."""
    text, topic = next(listed_sentences(content))
    wrong = KnownRanks({(text, topic, None): "[]"})
    knowing, without = ranker(library, encoder, wrong), ranker(library, encoder, None)
    assert knowing.rank(text, {topic: LIST_EVIDENCE}, born=None) == ()
    other = next(name for name in library.names if name != topic)
    for listed, born in (({topic: 0.1}, None), ({topic: LIST_EVIDENCE}, True), ({other: LIST_EVIDENCE}, None),
                         ({topic: LIST_EVIDENCE, other: LIST_EVIDENCE}, None), ({}, None)):  # fmt: skip
        assert knowing.rank(text, listed, born=born) == without.rank(text, listed, born=born) != ()


def test_a_name_that_says_when_is_known_with_it(
    library: Library, encoder: Encoder, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Ranker, "_rank", None)
    knowing = ranker(library, encoder, KnownRanks.from_library(library))
    evidence = {"headache-after-birth": LIST_EVIDENCE}
    assert knowing.rank("what causes headache after birth", evidence, born=True)[0].topic == "headache-after-birth"


def test_nearness_of_topics_looked_at_is_that_of_their_lines(library: Library, encoder: Encoder) -> None:
    """By hand, over all lines: the nearest, the mean of the nearest five, and the middle."""
    meaning = MeaningIndex.from_library(library)
    reading = encoder.read("my back hurts when i stand up")
    scores, nearest = meaning.scores(reading.embedding, np.zeros(len(meaning.centers), np.float32))
    near = meaning.directions() @ reading.embedding
    best = int(scores.argmax())
    own = np.flatnonzero(meaning.topic_of == best)
    five = np.sort(near[own])[-5:]
    expected = 0.25 * five.max() + 0.25 * five.mean() + 0.5 * float(meaning.centers[best] @ reading.embedding)
    assert scores[best] == pytest.approx(expected, abs=1e-4)
    assert nearest[best] == own[near[own].argmax()]


def test_lines_kept_as_bytes_are_the_directions_they_were(encoder: Encoder) -> None:
    embeddings = encoder.embed([f"line {word}" for word in ("one", "two", "three", "four", "five", "six")])
    index = MeaningIndex.build([0, 0, 0, 1, 1, 1], embeddings)
    cosines = (index.directions() * embeddings).sum(axis=1)
    assert cosines.min() > 0.999


def test_the_rules_hear_nothing_at_any_stage_in_what_is_known_to_be_calm(library: Library, content: Content) -> None:
    rules, calm = UrgentCheck(library.patterns, library.signs), library.texts(CALM)
    sentences = [text for text, _ in listed_sentences(content)]
    assert set(calm) < set(sentences)
    assert [text for text in calm[::5] for stage in get_args(Stage) if rules.all_signs(text, frozenset({stage}))] == []
    assert [text for text in set(sentences[::5]) - set(calm) if not rules.all_signs(text)] == []


def test_what_is_known_to_be_calm_is_not_searched_and_all_else_is(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = UrgentCheck(library.patterns, library.signs, library.texts(CALM))
    monkeypatch.setattr(UrgentCheck, "_mentions", None)
    assert rules("what causes back pain") is None
    with pytest.raises(TypeError):
        rules("what causes back pain and bleeding")


def test_a_library_is_built_anew_for_other_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What they heard at build time holds for them only."""
    before = fingerprint(tmp_path)
    other = tmp_path / "urgent.py"
    other.write_text("# another rule")
    monkeypatch.setattr("skill.library.store._RULES", (str(other),))
    assert fingerprint(tmp_path) != before
