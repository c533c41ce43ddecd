"""The compiled library: opened as it was written, and not trusted when it is damaged, old or of other sources."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from conftest import CONTENT

from skill.assemble import compiled_path, load_encoder, open_library
from skill.build import build
from skill.errors import StoreDamaged
from skill.library.content import Content
from skill.library.store import Library, fingerprint, write_store
from skill.settings import Settings


def test_every_article_comes_back_as_it_was_written(library: Library, content: Content) -> None:
    assert list(library.names) == list(content.articles)
    for topic, article in content.articles.items():
        assert library.article(topic) == article
    assert library.article("no-such-topic") is None


def test_everything_else_comes_back_as_it_was_written(library: Library, content: Content) -> None:
    assert library.signs == content.signs
    assert library.patterns == content.patterns
    assert library.cues == content.cues
    assert library.said == content.said
    assert library.talk == content.talk
    assert library.groups == content.groups
    assert library.interaction == content.interaction
    assert library.locales == content.locales


def test_the_same_content_compiles_to_the_same_version(tmp_path: Path, library: Library) -> None:
    build(CONTENT, tmp_path / "again.sqlite", load_encoder())
    again = Library(tmp_path / "again.sqlite")
    assert again.version == library.version
    again.close()


def test_it_can_be_read_by_many_threads(library: Library) -> None:
    library.article.cache_clear()
    with ThreadPoolExecutor(8) as threads:
        articles = list(threads.map(library.article, [*library.names] * 20))
    assert all(article is not None for article in articles)


@pytest.fixture
def copy(compiled: Path, tmp_path: Path) -> Path:
    for path in (compiled, compiled.with_suffix(".sqlite.sha256")):
        shutil.copy(path, tmp_path / path.name)
    return tmp_path / compiled.name


def damage_a_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def lose_the_digest(path: Path) -> None:
    path.with_suffix(".sqlite.sha256").unlink()


@pytest.mark.parametrize("harm", [damage_a_byte, cut_short, lose_the_digest, Path.unlink])
def test_a_damaged_file_is_refused_with_what_to_do(copy: Path, harm: object) -> None:
    harm(copy)  # type: ignore[operator]
    with pytest.raises(StoreDamaged, match="bump-guide build"):
        Library(copy)


def test_a_file_of_other_sources_is_refused(copy: Path) -> None:
    with pytest.raises(StoreDamaged, match="out of date"):
        Library(copy, "0" * 64)


def test_where_the_sources_are_there_it_is_built_anew(tmp_path: Path) -> None:
    settings = Settings(content=CONTENT, data=tmp_path)
    open_library(settings).close()
    damage_a_byte(compiled_path(settings))
    library = open_library(settings)
    assert library.article("heartburn") is not None
    library.close()


def test_where_there_are_no_sources_a_damaged_file_is_refused(tmp_path: Path) -> None:
    open_library(Settings(content=CONTENT, data=tmp_path)).close()
    without = Settings(content=tmp_path / "nowhere", data=tmp_path)
    open_library(without).close()
    damage_a_byte(compiled_path(without))
    with pytest.raises(StoreDamaged):
        open_library(without)


def test_the_file_cannot_be_written_through_the_library(library: Library) -> None:
    with pytest.raises(sqlite3.OperationalError):
        library._connection.execute("DELETE FROM article")


def test_an_edited_file_changes_the_fingerprint(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    before = fingerprint(folder)
    path = folder / "en/articles/heartburn.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert fingerprint(folder) != before


def test_held_in_memory_it_outlives_its_file_and_a_fork(compiled: Path, tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    for suffix in (".sqlite", ".sqlite.sha256"):
        shutil.copy(compiled.with_suffix(suffix), path.with_suffix(suffix))
    library = Library(path, in_memory=True)
    path.write_bytes(b"another")
    assert library.article("heartburn") is not None
    child = os.fork()
    if child == 0:
        os._exit(0 if library.article("back-pain") is not None else 1)
    assert os.waitpid(child, 0)[1] == 0
    library.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


@pytest.fixture(scope="module")
def earlier(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library made without the encoder, which is quicker; its rarities altered, so that they can be known again."""
    path = tmp_path_factory.mktemp("earlier")
    build(CONTENT, path / "made.sqlite")
    made = Library(path / "made.sqlite")
    altered = {**made.arrays(), "letters.rarity": made.array("letters.rarity") + 1}
    write_store(path / "altered.sqlite", content, made.version, altered, made.lists())
    made.close()
    library = Library(path / "altered.sqlite")
    yield library
    library.close()


def built_after(edited: Path, before: str, after: str, folder: Path, earlier: Library) -> Library:
    text = edited.read_text(encoding="utf-8")
    assert before in text
    edited.write_text(text.replace(before, after, 1), encoding="utf-8")
    build(folder, folder.parent / "new.sqlite", earlier=earlier)
    return Library(folder.parent / "new.sqlite")


def test_what_is_said_anew_is_understood_as_an_earlier_library_has_it(folder: Path, earlier: Library) -> None:
    edited = folder / "en/articles/heartburn.yaml"
    with closing(built_after(edited, "summary: ", "summary: Zanzibar is warm. ", folder, earlier)) as new:
        article = new.article("heartburn")
        assert article is not None
        assert "Zanzibar" in article.summary
        assert new.lists() == earlier.lists()
        assert all((array == earlier.array(name)).all() for name, array in new.arrays().items())


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("phrases-heard/heartburn.yaml", "phrases:\n", "phrases:\n- a volcano in zanzibar\n"),
        ("articles/heartburn.yaml", "lay_names:\n", "lay_names:\n- zanzibar stomach\n"),
    ],
)
def test_what_is_heard_anew_is_worked_out_anew(
    folder: Path, earlier: Library, file: str, before: str, after: str
) -> None:
    with closing(built_after(folder / "en" / file, before, after, folder, earlier)) as new:
        assert any("zanzibar" in text for text in new.texts("letters.texts"))
        assert (new.array("letters.rarity") < earlier.array("letters.rarity")).all()


def test_what_other_rules_heard_is_worked_out_anew(
    folder: Path, earlier: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "urgent.py").write_text("# another rule")
    monkeypatch.setattr("skill.library.store._RULES", (str(tmp_path / "urgent.py"),))
    with closing(built_after(folder / "en/articles/heartburn.yaml", "", "", folder, earlier)) as new:
        assert (new.array("letters.rarity") < earlier.array("letters.rarity")).all()
