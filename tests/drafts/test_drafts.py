"""Writing a new article: a skeleton that passes the schema, and an encyclopedia page brought in whole."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from conftest import CONTENT

from skill.cli import main
from skill.drafts.draft import Draft, draft_path, drafts, skeleton, write_draft
from skill.drafts.encyclopedia import read_page
from skill.errors import InputInvalid
from skill.library.content import CatalogEntry
from skill.library.kinds import checker

ENTRY = CatalogEntry(id="wobbly-knees", name="wobbly knees", when="any", scope="knees that give way")

PAGE = """Pregnant woman with wobbly knees

Introduction

Knees may give way in pregnancy.
Most people notice it on the stairs.

Causes:
Ligaments are softer.

The bump shifts the balance.

Related examinations
Knee examination, blood test

Folk wisdom

Grandmothers say to sit down more.

3. Differential diagnosis
Low iron. A pinched nerve.
"""


def test_a_skeleton_passes_the_schema_and_names_all_that_is_left(tmp_path: Path) -> None:
    left = write_draft(draft_path(tmp_path, "en", ENTRY.id), skeleton(ENTRY))
    assert {"summary", "causes.0.short", "when_to_call.emergency", "sources.1.url", "lay_names.9"} <= set(left)
    draft = next(iter(drafts(tmp_path, "en")))
    assert draft.left == left


def test_a_draft_is_never_overwritten(tmp_path: Path) -> None:
    path = draft_path(tmp_path, "en", ENTRY.id)
    write_draft(path, skeleton(ENTRY))
    before = path.read_bytes()
    with pytest.raises(InputInvalid, match="is there already"):
        write_draft(path, skeleton(ENTRY))
    assert path.read_bytes() == before


def test_a_page_is_brought_in_in_order_and_nothing_is_lost() -> None:
    sections = read_page(PAGE)
    assert [(section.heading, section.goes_to) for section in sections] == [
        ("Pregnant woman with wobbly knees", None),
        ("Introduction", "summary"),
        ("Causes", "causes"),
        ("Related examinations", "checks"),
        ("Folk wisdom", None),
        ("Differential diagnosis", "differentials"),
    ]
    assert sections[2].paragraphs == ("Ligaments are softer.", "The bump shifts the balance.")

    def words(text: str) -> list[str]:
        return re.findall(r"[A-Za-z]+", text)

    kept = " ".join(" ".join((section.heading, *section.paragraphs)) for section in sections)
    assert words(kept) == words(PAGE)


@pytest.mark.parametrize(
    ("page", "headings"),
    [
        ("# Causes\n\nOne.\n", ["Causes"]),
        ("Causes\n======\nOne.\n", ["Causes"]),
        ("CAUSES\nOne.\n", ["CAUSES"]),
        ("Causes: soft ligaments, and more.\n", ["Causes"]),
        ("No heading at all, only this sentence.\n", [""]),
        ("\r\n\r\nCauses\r\nOne.\r\n", ["Causes"]),
    ],
)
def test_headings_are_known_however_they_are_marked(page: str, headings: list[str]) -> None:
    assert [section.heading for section in read_page(page)] == headings


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "content"
    shutil.copytree(CONTENT, root)
    with (root / "catalog.yaml").open("a", encoding="utf-8") as catalog:
        catalog.write("\n- " + yaml.safe_dump(dict(ENTRY), default_flow_style=True))
    monkeypatch.setenv("BUMP_GUIDE_CONTENT", str(root))
    monkeypatch.setenv("BUMP_GUIDE_DATA", str(tmp_path / "data"))
    return root


def test_new_writes_a_draft_and_says_what_is_left(root: Path) -> None:
    done = CliRunner().invoke(main, ["new", "wobbly-knees"])
    assert done.exit_code == 0
    assert "left to write" in done.output
    assert "is_it_normal" in done.output
    checker(Draft).validate_python(yaml.safe_load(draft_path(root, "en", "wobbly-knees").read_text(encoding="utf-8")))


def test_import_names_the_headings_it_does_not_know(root: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    done = CliRunner().invoke(main, ["import", str(page), "--topic", "wobbly-knees"])
    assert done.exit_code == 0
    assert "Folk wisdom → not known, kept as it is: 1" in done.output
    draft = yaml.safe_load(draft_path(root, "en", "wobbly-knees").read_text(encoding="utf-8"))
    assert [section["heading"] for section in draft["imported"]][-1] == "Differential diagnosis"
    assert "imported (rewrite each section" in done.output


@pytest.mark.parametrize(
    ("topic", "problem"), [("no-such-topic", "add it there first"), ("back-pain", "has an article already")]
)
@pytest.mark.usefixtures("root")
def test_new_refuses_what_cannot_be_begun(topic: str, problem: str) -> None:
    done = CliRunner().invoke(main, ["new", topic])
    assert done.exit_code == 1
    assert problem in done.output


@pytest.mark.usefixtures("root")
def test_import_refuses_what_is_no_text(tmp_path: Path) -> None:
    page = tmp_path / "page.bin"
    page.write_bytes(b"\xff\xfe\x00Causes")
    done = CliRunner().invoke(main, ["import", str(page), "--topic", "wobbly-knees"])
    assert done.exit_code == 1
    assert "is not UTF-8 text" in done.output
