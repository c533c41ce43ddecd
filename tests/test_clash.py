"""Topics and intents that run into one another: told with the lines that do, and no others."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from conftest import MODELS

from skill.clash import TopicClash, intent_clashes, topic_clashes
from skill.library.content import Content
from skill.library.store import Library, write_store
from skill.topics.letters import LetterIndex
from skill.topics.meaning import MeaningIndex

LINES = {
    ("heartburn", "my chest burns"): 0,
    ("heartburn", "acid comes up"): 10,
    ("heartburn", "i feel sick after eating"): 80,  # beside nausea
    ("heartburn", "sour after every meal"): 70,  # beside nausea too, not as near
    ("nausea", "i feel sick"): 82,
    ("nausea", "queasy all day"): 90,
    ("rash", "spots on my arms"): 180,
    ("rash", "my skin is bumpy"): 185,
}
"""Topic, line → degrees on a circle, on which what is near means the same."""


def compiled(content: Content, path: Path, lines: dict[tuple[str, str], int]) -> Library:
    """A library of these lines, that knows no others."""
    letters = LetterIndex.build(lines, content.cues.light)
    degrees = {line: where for (_, line), where in lines.items()}
    angles = np.radians([degrees[line] for line in letters.texts])
    vectors = np.stack([np.cos(angles), np.sin(angles)] * 4, axis=1) / 2  # bytes hold no number above a half
    meaning = MeaningIndex.build(letters.topic_of, vectors.astype(np.float32))
    write_store(path, content, "of a test", {**letters.arrays(), **meaning.arrays()}, letters.lists())
    return Library(path)


def test_a_line_nearer_to_another_topic_is_told_with_the_line_it_is_nearest_to(
    content: Content, tmp_path: Path
) -> None:
    library = compiled(content, tmp_path / "library.sqlite", LINES)
    assert topic_clashes(library) == [
        TopicClash("heartburn", "nausea", (("i feel sick after eating", "i feel sick"),)),
        TopicClash("nausea", "heartburn", (("i feel sick", "i feel sick after eating"),)),
    ]


def test_the_pair_that_is_mixed_up_most_comes_first_and_its_nearest_lines_first(
    content: Content, tmp_path: Path
) -> None:
    lines = LINES | {("nausea", "i could throw up"): 85, ("rash", "sick of these spots"): 84}
    del lines["heartburn", "i feel sick after eating"]
    first, *_ = topic_clashes(compiled(content, tmp_path / "library.sqlite", lines))
    assert (first.topic, first.other) == ("nausea", "rash")
    assert first.lines == (("i could throw up", "sick of these spots"), ("i feel sick", "sick of these spots"))


def test_topics_that_lie_apart_do_not_clash(content: Content, tmp_path: Path) -> None:
    apart = {line: where for line, where in LINES.items() if "meal" not in line[1] and "eating" not in line[1]}
    assert topic_clashes(compiled(content, tmp_path / "library.sqlite", apart)) == []


@pytest.mark.parametrize(
    ("intent", "sample", "other"),
    [
        ("WhatHelpsMeIntent", "what causes {topic}", "WhatCausesIntent"),
        ("SourceIntent", "i have {topic}", "IHaveIntent"),
    ],
)
def test_a_sample_that_stands_in_two_intents_is_told_of_both(intent: str, sample: str, other: str) -> None:
    model = json.loads((MODELS / "en-US.json").read_text(encoding="utf-8"))
    before = set(intent_clashes(model, "en-US"))
    found = next(each for each in model["interactionModel"]["languageModel"]["intents"] if each["name"] == intent)
    found["samples"].append(sample)
    found.setdefault("slots", []).append({"name": "topic", "type": "Topic"})
    new = set(intent_clashes(model, "en-US")) - before
    assert [told for told in new if f"{intent}/{sample}" in told and f"{other}/{sample}" in told], new


def test_without_a_fault_of_that_kind_nothing_is_told() -> None:
    assert list(intent_clashes({"interactionModel": {"languageModel": {"intents": [], "types": []}}}, "en-US")) == []
