"""`bump-guide policies`: pages that an operator can publish, and that say what the skill does."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT

from skill.errors import InputInvalid, PackageInvalid
from skill.feedback.record import Feedback
from skill.library.store import Library
from skill.store_package.policies import Operator, operator_faults, write_policies

SOURCE = ROOT / "docs" / "store"
OPERATOR = Operator("A & B Ltd <trading>", "privacy@example.org", "the UK", "*Acme* Hosting", date(2026, 12, 1))


@pytest.fixture
def published(tmp_path: Path, library: Library) -> dict[str, str]:
    paths = write_policies(SOURCE, tmp_path / "pages", OPERATOR, "Bump Guide", library)
    return {path.stem: path.read_text(encoding="utf-8") for path in paths}


def words(page: str) -> str:
    body = page.partition("<body>")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", body)).split())


def test_pages_are_whole_and_nothing_is_left_to_fill_in(published: dict[str, str]) -> None:
    assert set(published) == {"privacy-policy", "terms-of-use"}
    for page in published.values():
        assert page.startswith("<!doctype html>")
        assert not re.search(r"\{\w+\}", page.partition("<body>")[2])
        assert "1 December 2026" in page
        assert '<a href="mailto:privacy@example.org">privacy@example.org</a>' in page
        assert "http://" not in page


def test_what_an_operator_gives_is_text_and_never_markup(published: dict[str, str]) -> None:
    for page in published.values():
        assert "A &amp; B Ltd &lt;trading&gt;" in page
    assert "*Acme* Hosting" in published["privacy-policy"]


def test_the_policy_names_everything_that_a_rating_keeps(published: dict[str, str]) -> None:
    said = {
        "topic": "the topic",
        "aspect": "the part of the answer",
        "answer": "yes or no",
        "kind": "which of our two questions",
        "locale": "the language setting",
        "content_version": "the version of our texts",
        "day": "the day",
    }
    assert {field.name for field in fields(Feedback)} == set(said)
    policy = words(published["privacy-policy"])
    assert [phrase for phrase in said.values() if phrase not in policy] == []


def test_the_terms_say_what_it_is_for_and_that_nobody_reviewed_it(published: dict[str, str], library: Library) -> None:
    terms = words(published["terms-of-use"])
    assert library.said.intended_use[0] in terms
    assert library.said.review_unreviewed[0] in terms
    assert "Call your local emergency number yourself" in terms


def test_the_terms_say_what_it_is_not_intended_for_and_leave_its_legal_class_to_the_operator(
    published: dict[str, str],
) -> None:
    terms = words(published["terms-of-use"])
    assert "not intended to find out what you have" in terms
    assert "medical device" not in terms


def test_the_policy_says_where_a_card_goes_and_who_sees_it(published: dict[str, str]) -> None:
    policy = words(published["privacy-policy"])
    assert "“send it to my phone”" in policy
    assert "everybody who shares the app at home can see it" in policy


@pytest.mark.parametrize(
    ("change", "option"),
    [
        ({"name": " "}, "--operator"),
        ({"name": "two\nlines"}, "--operator"),
        ({"contact": "nobody"}, "--contact"),
        ({"contact": "http://example.org"}, "--contact"),
        ({"contact": 'a@b.org"><script>'}, "--contact"),
        ({"country": ""}, "--country"),
        ({"host": "x" * 201}, "--host"),
    ],
)
def test_a_particular_that_cannot_be_printed_is_named(change: dict[str, str], option: str) -> None:
    (fault,) = operator_faults(replace(OPERATOR, **change))  # type: ignore[arg-type]
    assert fault.file == option


def test_every_bad_particular_is_named_at_once_and_nothing_written(tmp_path: Path, library: Library) -> None:
    bad = replace(OPERATOR, name="", contact="nobody")
    with pytest.raises(PackageInvalid) as caught:
        write_policies(SOURCE, tmp_path / "pages", bad, "Bump Guide", library)
    assert {fault.file for fault in caught.value.faults} == {"--operator", "--contact"}
    assert not (tmp_path / "pages").exists()


def test_pages_that_are_there_are_not_written_over(tmp_path: Path, library: Library) -> None:
    (tmp_path / "terms-of-use.html").write_text("mine")
    with pytest.raises(InputInvalid, match=r"terms-of-use\.html"):
        write_policies(SOURCE, tmp_path, OPERATOR, "Bump Guide", library)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["terms-of-use.html"]


def test_a_placeholder_that_nothing_fills_is_named(tmp_path: Path, library: Library) -> None:
    for name in ("privacy-policy", "terms-of-use"):
        (tmp_path / f"{name}.md").write_text("# Of {nobody}\n")
    with pytest.raises(InputInvalid, match=r"\{nobody\}"):
        write_policies(tmp_path, tmp_path / "pages", OPERATOR, "Bump Guide", library)


def test_the_command_writes_both(tmp_path: Path) -> None:
    command = [str(Path(sys.executable).parent / "bump-guide"), "policies", str(tmp_path), "--operator", "A Ltd",
               "--contact", "https://example.org/contact", "--country", "the UK", "--host", "A Ltd",
               "--effective", "2026-12-01"]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 2
    assert 'href="https://example.org/contact"' in (tmp_path / "terms-of-use.html").read_text(encoding="utf-8")
