"""Content files → the compiled library, with everything that is worked out once: the index of topics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from skill.encoder.encoder import Encoder
from skill.errors import ContentInvalid, Fault
from skill.library.content import Content
from skill.library.load import load_content
from skill.library.signature import with_void_signatures_removed
from skill.library.store import fingerprint, write_store
from skill.spotting import UnknownWordListError
from skill.text import comparable
from skill.topics.letters import LetterIndex
from skill.topics.meaning import MeaningIndex
from skill.urgent import UrgentCheck


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


def _refuse_rules_that_cannot_listen(content: Content) -> None:
    try:
        UrgentCheck(content.patterns, content.signs)
    except UnknownWordListError as error:
        fault = Fault(
            f"{content.language}/urgent-patterns.yaml", "words", str(error), "Add the list, or correct its name."
        )
        raise ContentInvalid([fault]) from error


def build(root: Path, target: Path, encoder: Encoder | None = None) -> Content:
    """Reads content/, writes the compiled file; without an encoder, what needs one is left out of it. Raises
    ContentInvalid with every fault, OSError if it cannot write.
    """
    built_from = fingerprint(root, encoder.version if encoder else "")
    content = load_content(root)
    content = replace(content, articles=dict(with_void_signatures_removed(content)))
    _refuse_rules_that_cannot_listen(content)
    topics = LetterIndex.build(labelled_phrases(content), content.cues.light)
    vectors = encoder.embed([comparable(text) for text in topics.texts]) if encoder else np.empty((0, 1), np.float32)
    meaning = MeaningIndex.arrays(topics.topic_of if encoder else [], vectors)
    arrays = {**topics.arrays(), **meaning}
    write_store(target, content, built_from, arrays, topics.lists())
    return content
