"""Content files → the compiled library, with everything that is worked out once: the index of topics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from skill.alarm import alarm_parts
from skill.errors import ContentInvalid, Fault
from skill.library.content import Content
from skill.library.load import load_content
from skill.library.signature import with_void_signatures_removed
from skill.library.store import fingerprint, write_store
from skill.spotting import UnknownWordListError
from skill.topics.index import TopicIndex
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
        yield from ((topic, phrase) for phrase in content.heard[topic].phrases)


def _rules(content: Content) -> UrgentCheck:
    try:
        return UrgentCheck(content.patterns, content.signs)
    except UnknownWordListError as error:
        fault = Fault(
            f"{content.language}/urgent-patterns.yaml", "words", str(error), "Add the list, or correct its name."
        )
        raise ContentInvalid([fault]) from error


def harmless_lines(content: Content) -> Iterator[str]:
    """What only sounds like a sign, and how people speak of ordinary topics. Phrases in which the rules hear a sign are
    left out, and so is a topic most of whose phrases are one, such as the baby moving less.
    """
    rules = _rules(content)
    for heard_sign in content.heard_signs.values():
        yield from heard_sign.look_alikes
    for heard in content.heard.values():
        quiet = [phrase for phrase in heard.phrases if rules(phrase) is None]
        if len(quiet) > len(heard.phrases) / 2:
            yield from quiet


def build(root: Path, target: Path) -> Content:
    """Reads content/, writes the compiled file. Raises ContentInvalid with every fault, OSError if it cannot write."""
    built_from = fingerprint(root)
    content = load_content(root)
    content = replace(content, articles=dict(with_void_signatures_removed(content)))
    topics = TopicIndex.build(labelled_phrases(content), content.cues.light)
    urgent = {sign: heard.phrases for sign, heard in content.heard_signs.items()}
    arrays, lists = alarm_parts(urgent, list(harmless_lines(content)), content.cues)
    write_store(
        target,
        content,
        built_from,
        {**topics.arrays(TopicIndex.NAME), **arrays},
        {**topics.lists(TopicIndex.NAME), **lists},
    )
    return content
