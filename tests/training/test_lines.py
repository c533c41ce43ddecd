"""What the encoder learns from: large, varied, nobody's template, and none of it a question that it is measured by."""

from __future__ import annotations

import ast
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from conftest import CONTENT, ROOT

from skill.library.content import Content
from skill.library.signs import UrgentSign
from skill.training.lines import NO_SIGN, Line, lines
from skill.variety import varieties

QUESTIONS = Path(__file__).parents[1] / "questions"
CARRIERS = ("how do i get rid of", "what are the symptoms of", "are you a robot")
"""Runs of words that say nothing by themselves, in which anybody would ask."""


@pytest.fixture(scope="session")
def learned(content: Content) -> list[Line]:
    return list(lines(content))


def test_there_is_enough_of_everything(content: Content) -> None:
    for topic, heard in content.heard.items():
        assert len(list(heard.lines)) >= 100, topic
        assert 40 <= len(heard.phrases) <= 80, topic
        assert all(len(questions) >= 5 for questions in heard.asks.values()), topic
        assert len(heard.asks) == 7, topic
    assert sum(len(heard.phrases) for heard in content.heard_signs.values()) >= 2500
    assert sum(len(heard.look_alikes) for heard in content.heard_signs.values()) >= 2500
    assert sum(len(group) for group in content.out_of_scope.values()) >= 1480
    sign: UrgentSign
    for sign in content.signs.values():
        heard_sign = content.heard_signs[sign.id]
        assert len(heard_sign.phrases) >= 30, sign.id
        assert len(heard_sign.look_alikes) >= 30, sign.id


def test_no_topic_is_a_filled_template(content: Content) -> None:
    """Over half of a topic's lines share no four words in a row with another; most word 3-grams stand once."""
    topics = [one for one in varieties(content) if one.sort == "topic"]
    assert len(topics) == len(content.heard)
    assert [one for one in topics if one.alone <= 0.5 or one.distinct <= 0.8] == []


def test_what_is_not_known_is_masked(learned: list[Line]) -> None:
    topics = [line for line in learned if line.topic]
    assert {line.in_scope for line in topics} == {True}
    assert {NO_SIGN, None, "bleeding-from-20"} <= {line.sign for line in topics}
    assert {line.aspect is None for line in topics} == {True, False}
    outside = [line for line in learned if line.in_scope is False]
    assert all(line.topic is None and line.sign == NO_SIGN for line in outside)


def hashed(text: str, salt: str) -> set[str]:
    words = text.split()
    fours = [words[start : start + 4] for start in range(len(words) - 3)] or [words]
    return {hashlib.blake2b((salt + " ".join(four)).encode(), digest_size=6).hexdigest() for four in fours}


def copies(texts: Iterator[tuple[str, str]], apart: dict[str, object]) -> list[tuple[str, str]]:
    """Texts that hold at least half of a development question's runs of four words (of a shorter one: all of it)."""
    salt = str(apart["salt"])
    questions: list[list[str]] = apart["questions"]  # type: ignore[assignment]
    holding: dict[str, list[int]] = {}
    for number, runs in enumerate(questions):
        for run in runs:
            holding.setdefault(run, []).append(number)
    found = []
    for where, text in texts:
        shared = Counter(number for run in hashed(text, salt) for number in holding.get(run, ()))
        if any(count >= len(questions[number]) / 2 for number, count in shared.items()):
            found.append((where, text))
    return found


def of_content(content: Content) -> Iterator[tuple[str, str]]:
    for topic, heard in content.heard.items():
        yield from ((topic, line) for line in heard.lines)
    for sign, heard_sign in content.heard_signs.items():
        yield from ((sign, line) for line in (*heard_sign.phrases, *heard_sign.look_alikes))
    for kind, group in content.out_of_scope.items():
        yield from ((kind, line) for line in group)


def of_every_file() -> Iterator[tuple[str, str]]:
    """Every text that stands anywhere under content/ or among the words of the code: whole, and each entry of a list of
    expressions by itself.
    """
    paths = [*sorted(CONTENT.rglob("*.yaml")), *sorted((ROOT / "skill").rglob("*.yaml"))]
    texts = [(path, text) for path in paths for text in strings(yaml.safe_load(path.read_text(encoding="utf-8")))]
    for path in sorted((ROOT / "skill").rglob("*.py")):
        texts += [(path, text) for text in constants(ast.parse(path.read_text(encoding="utf-8")))]
    for path, text in texts:
        for part in {text, *re.split(r"[,;|()\n]", text)}:
            words = re.findall(r"[\w'-]+", part.lower())
            if words:
                yield str(path.relative_to(ROOT)), " ".join(words)


def strings(tree: object) -> Iterator[str]:
    """All texts of a YAML file, keys too."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from (*strings(key), *strings(value))
    elif isinstance(tree, list):
        for value in tree:
            yield from strings(value)
    elif isinstance(tree, str):
        yield tree


def constants(tree: ast.AST) -> Iterator[str]:
    """All texts of a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def of_tests() -> Iterator[tuple[str, str]]:
    for path in sorted(QUESTIONS.rglob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield path.name, json.loads(line)["text"]


def test_no_development_question_stands_in_content_or_in_our_test_questions(content: Content) -> None:
    """By salted hashes, so that it holds in any clone: the questions themselves are not in the project."""
    apart = json.loads((QUESTIONS / "apart.json").read_text(encoding="utf-8"))
    assert len(apart["questions"]) > 390
    assert copies(of_content(content), apart) == []
    assert copies(of_tests(), apart) == []


def test_no_development_question_stands_in_any_file_of_content_or_code() -> None:
    """Of four words and more: anybody calls sore gums so."""
    apart = json.loads((QUESTIONS / "apart.json").read_text(encoding="utf-8"))
    texts = {(name, text) for name, text in of_every_file() if len(text.split()) > 3}
    assert {"content/en/urgent-patterns.yaml", "content/en/talk.yaml", "skill/ordinary.py"} <= {
        name for name, _ in texts
    }
    assert len(texts) > 60_000
    found = copies(iter(texts), apart)
    assert [each for each in found if not any(carrier in each[1] for carrier in CARRIERS)] == []


def test_no_test_question_is_a_copy_of_a_line_that_is_learned(content: Content) -> None:
    """Of no question's runs of four words do half stand in one line of the content."""
    holding: dict[str, set[str]] = {}
    for _, text in of_content(content):
        for run in hashed(text, ""):
            holding.setdefault(run, set()).add(text)
    for where, text in of_tests():
        runs = hashed(text, "")
        shared = Counter(line for run in runs for line in holding.get(run, ()))
        assert max(shared.values(), default=0) < len(runs) / 2, (where, text, shared.most_common(1))
