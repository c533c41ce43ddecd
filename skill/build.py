"""Content files → the compiled library, with everything that is worked out once: the index of topics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from skill.library.content import Content
from skill.library.load import load_content
from skill.library.store import fingerprint, write_store
from skill.topics.index import TopicIndex


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
        yield from ((topic, phrase) for phrase in content.heard[topic].phrases)


def build(root: Path, target: Path) -> Content:
    """Reads content/, writes the compiled file. Raises ContentInvalid with every fault, OSError if it cannot write."""
    built_from = fingerprint(root)
    content = load_content(root)
    index = TopicIndex.build(labelled_phrases(content), content.cues.light)
    write_store(target, content, built_from, index.arrays(), index.lists())
    return content
