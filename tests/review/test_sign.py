"""A signature stands under every spoken sentence: recorded, and void as soon as one of them changes."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from conftest import CONTENT

from skill.build import build
from skill.errors import ContentInvalid, InputInvalid
from skill.library.load import load_content
from skill.library.rules import library_faults
from skill.library.store import Library
from skill.review.pack import Change, word_diff, write_pack
from skill.review.sign import sign, state

ON, DUE = date(2026, 11, 1), date(2027, 11, 1)
WHO = "A. Person, midwife"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "content"
    shutil.copytree(CONTENT, root)
    return root


@pytest.fixture
def signed(root: Path) -> Path:
    sign(root, load_content(root), "back-pain", by=WHO, on=ON, due=DUE)
    return root


def edit(root: Path, file: str, before: str, after: str) -> None:
    path = root / "en" / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def state_of(root: Path, topic: str = "back-pain") -> str:
    content = load_content(root)
    return state(content.articles[topic], content)


def test_a_signature_is_recorded_in_the_article(signed: Path) -> None:
    assert state_of(signed) == f"reviewed by {WHO} on 2026-11-01, due 2027-11-01"
    assert state_of(signed, "heartburn") == "unreviewed"


def test_signing_changes_nothing_but_the_review(root: Path) -> None:
    path = root / "en" / "articles" / "back-pain.yaml"
    before = path.read_text(encoding="utf-8").partition("\nreview:")[0]
    sign(root, load_content(root), "back-pain", by=WHO, on=ON, due=DUE)
    assert path.read_text(encoding="utf-8").partition("\nreview:")[0] == before


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("articles/back-pain.yaml", "back pain", "backache"),
        ("words.yaml", "en-GB: paracetamol", "en-GB: panadol"),
        ("care-contacts.yaml", "unit: your maternity unit", "unit: the maternity ward"),
        ("articles/back-pain.yaml", "publisher: NHS", "publisher: The NHS"),
    ],
)
def test_any_later_edit_makes_it_unreviewed_again(file: str, before: str, after: str, signed: Path) -> None:
    edit(signed, file, before, after)
    assert state_of(signed) == f"unreviewed: edited since {WHO} signed it on 2026-11-01"


def test_the_compiled_library_counts_only_signatures_that_stand(signed: Path, tmp_path: Path) -> None:
    build(signed, tmp_path / "one.sqlite")
    library = Library(tmp_path / "one.sqlite")
    assert "back-pain" not in library.unreviewed
    assert len(library.unreviewed) == len(library.names) - 1
    library.close()
    edit(signed, "articles/back-pain.yaml", "back pain", "backache")
    build(signed, tmp_path / "two.sqlite")
    library = Library(tmp_path / "two.sqlite")
    assert len(library.unreviewed) == len(library.names)
    article = library.article("back-pain")
    assert article is not None
    assert article.review.status == "unreviewed"
    library.close()


def test_a_review_past_its_date_fails_the_check(signed: Path) -> None:
    content = load_content(signed)
    assert library_faults(content, today=date(2027, 10, 31)) == []
    assert [fault.key for fault in library_faults(content, today=date(2027, 11, 2))] == ["review.due"]


def test_a_signature_written_by_hand_without_a_date_fails_the_check(root: Path) -> None:
    edit(root, "articles/back-pain.yaml", "status: unreviewed", "status: reviewed")
    with pytest.raises(ContentInvalid, match="Signed without by, on and due"):
        load_content(root)


@pytest.mark.parametrize(
    ("topic", "by", "due", "problem"),
    [
        ("no-such-topic", WHO, DUE, "There is no article"),
        ("back-pain", "  ", DUE, "--by is empty"),
        ("back-pain", WHO, ON, "is not after"),
    ],
)
def test_a_signature_that_cannot_be_is_refused(topic: str, by: str, due: date, problem: str, root: Path) -> None:
    with pytest.raises(InputInvalid, match=problem):
        sign(root, load_content(root), topic, by=by, on=ON, due=due)


def test_the_pack_holds_every_spoken_sentence_source_and_sign(root: Path) -> None:
    content = load_content(root)
    pack = write_pack(root, content, ["back-pain"], ON)
    article = content.articles["back-pain"]
    voice = content.voice("en-US")
    for item in (*article.causes, *article.differentials, *article.checks, *article.relief):
        assert voice(item.text).replace("'", "&#39;") in pack
    assert all(str(source.url) in pack for source in article.sources)
    assert all(sign_id in pack for sign_id in article.urgent_signs)
    assert "unreviewed" in pack
    assert "heartburn" not in pack


def test_the_pack_shows_what_changed_since_the_last_signature(signed: Path) -> None:
    edit(signed, "articles/back-pain.yaml", "It is usually an ache", "Often there's an ache")
    pack = write_pack(signed, load_content(signed), ["back-pain"], ON)
    assert "<del>It is usually</del><ins>Often there&#39;s</ins>" in pack.replace("\n", "").replace("> <", "><")


def test_the_diff_goes_word_by_word() -> None:
    assert word_diff("call the unit now", "call the midwife now") == (
        Change("kept", "call the"),
        Change("removed", "unit"),
        Change("added", "midwife"),
        Change("kept", "now"),
    )
