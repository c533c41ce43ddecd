"""One sentence of intended use, the same everywhere; and a hazard log whose controls are shown by tests that exist."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import CONTENT, ROOT
from named_tests import entries, exists, missing_tests, parts

from skill.library.content import Content
from skill.settings import Settings
from skill.store_package.listing import pages

SENTENCE = "It gives general information and tells people when to call. It does not assess, diagnose or triage anyone."
LOG = (ROOT / "docs" / "hazard-log.md").read_text(encoding="utf-8")
HAZARDS = entries(LOG, "H")
PARTS = ("How bad", "Cause", "Harm", "Control", "Shown by", "Remains", "Decides")


def flat(path: Path) -> str:
    return " ".join(path.read_text(encoding="utf-8").split())


def test_the_sentence_stands_in_the_same_words_everywhere(content: Content) -> None:
    assert content.said.intended_use == (SENTENCE,)
    assert all("{intended_use}" in text for text in content.said.help)
    for page in ("README.md", "docs/intended-use.md", "skill/review/templates/pack.html", "skill/web/openapi.json"):
        assert SENTENCE in flat(ROOT / page), page
    assert "{intended_use}" in flat(ROOT / "docs/store/terms-of-use.md")
    listed, _ = pages(content, Settings(content=CONTENT))
    assert listed
    assert all(SENTENCE in page.description for page in listed.values())


def test_the_log_holds_at_least_25_hazards_numbered_through() -> None:
    assert list(HAZARDS) == [f"H{number}" for number in range(1, len(HAZARDS) + 1)]
    assert len(HAZARDS) >= 25


@pytest.mark.parametrize("hazard", HAZARDS)
def test_every_part_of_a_hazard_is_filled_in(hazard: str) -> None:
    found = parts(HAZARDS[hazard])
    assert tuple(found) == PARTS
    assert found["How bad"] in {"severe", "serious", "minor"}
    assert len(set(found.values())) == len(PARTS)


@pytest.mark.parametrize("hazard", HAZARDS)
def test_what_shows_a_control_exists(hazard: str) -> None:
    assert "`tests/" in HAZARDS[hazard]
    assert missing_tests(HAZARDS[hazard]) == []


@pytest.mark.parametrize(
    ("file", "test"),
    [
        ("tests/test_urgent.py", "test_nobody_wrote_this"),
        ("tests/no_such_file.py", "test_stays_quiet"),
        ("tests/conversations/first-issue.yaml", "no-such-conversation"),
    ],
)
def test_a_test_that_is_not_there_is_noticed(file: str, test: str) -> None:
    assert not exists(file, test)
