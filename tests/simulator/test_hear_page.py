"""docs/matcher.md prints the lists that the matcher keeps; it must print them as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from skill.simulator.word_lists import FUNCTION_WORDS, NUMBER_WORDS, USUAL_WORDS

PAGE = (Path(__file__).parents[2] / "docs" / "matcher.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return PAGE.split(f"### {title}\n")[1].split("\n#")[0]


@pytest.mark.parametrize(("title", "words"), [("Function words", FUNCTION_WORDS), ("Number words", NUMBER_WORDS)])
def test_the_page_prints_the_word_list(title, words):
    assert set(section(title).split()) == words


def test_the_page_prints_the_usual_words():
    rows = [
        row.strip("| ").split(" | ")
        for row in section("Usual words of the built-in intents").splitlines()
        if "AMAZON." in row
    ]
    assert {intent: tuple(words.split(", ")) for intent, words in rows} == dict(USUAL_WORDS)
