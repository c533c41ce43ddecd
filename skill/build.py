"""Content files → the compiled library, with everything that is worked out once: the index of topics."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from skill.library.content import Content
from skill.library.load import load_content
from skill.library.store import fingerprint, write_store
from skill.topics.index import TopicIndex


def labelled_phrases(content: Content) -> Iterator[tuple[str, str]]:
    """Every name, lay name and phrase with its topic: what the index is made of."""
    voice = content.voice("en-US")
    for topic, article in content.articles.items():
        yield topic, voice(article.name)
        yield from ((topic, lay_name) for lay_name in article.lay_names)
        yield from ((topic, phrase) for phrase in content.heard[topic].phrases)


def build(root: Path, target: Path) -> Content:
    """Reads content/, writes the compiled file. Raises ContentInvalid with every fault, OSError where it cannot write."""
    built_from = fingerprint(root)
    content = load_content(root)
    index = TopicIndex.build(list(labelled_phrases(content)))
    write_store(target, content, built_from, index.arrays(), index.lists())
    return content
