"""Counts move between stores by a file, exactly, however often; a file with faults moves nothing and names them all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from feedback.contract import rating, reason, token

from skill.cli import main
from skill.errors import InputInvalid
from skill.feedback.connect import connect
from skill.feedback.memory import MemoryStore
from skill.feedback.move import export_lines, import_lines
from skill.feedback.record import Count, FeedbackStore


@pytest.fixture
def store(address: str) -> Iterator[FeedbackStore]:
    with closing(connect(address, Path())) as store:
        yield store


@pytest.fixture
def full() -> MemoryStore:
    store = MemoryStore()
    for feedback in (rating(), rating(), rating(helpful=False), rating("nausea"), reason()):
        store.add(token(), feedback)
    return store


FULL = [Count("back-pain", 2, 1), Count("nausea", 1, 0)]


def test_counts_come_over_once_however_often(store: FeedbackStore, full: MemoryStore) -> None:
    lines = export_lines(full)
    assert import_lines(store, lines, "f") == 4
    assert import_lines(store, lines, "f") == 0
    assert store.counts() == FULL


def test_what_was_counted_since_is_added_by_a_later_file(store: FeedbackStore, full: MemoryStore) -> None:
    first = export_lines(full)
    full.add(token(), rating())
    store.add(token(), rating())
    import_lines(store, export_lines(full), "f")
    import_lines(store, first, "f")
    assert store.counts() == [Count("back-pain", 4, 1), Count("nausea", 1, 0)]


def test_there_and_back_changes_nothing(store: FeedbackStore, full: MemoryStore) -> None:
    for _ in range(20):
        store.add(token(), rating())
    import_lines(store, export_lines(full), "f")
    import_lines(full, export_lines(store), "f")
    assert import_lines(store, export_lines(full), "f") == 0
    assert store.counts() == full.counts() == [Count("back-pain", 22, 1), Count("nausea", 1, 0)]


def test_a_file_holds_nothing_but_counts(full: MemoryStore) -> None:
    head, *lines = export_lines(full)
    assert json.loads(head) == {"bump_guide_feedback": 1, "lines": 4}
    assert {tuple(json.loads(line)) for line in lines} == {
        ("origin", "kind", "topic", "aspect", "answer", "locale", "content_version", "day", "times")
    }
    assert not any(key in "".join(lines) for _, key in full._tokens)


def test_every_fault_is_named_and_nothing_is_taken_over(full: MemoryStore) -> None:
    lines = export_lines(full)
    wrong = [{**json.loads(line)} for line in lines[1:]]
    wrong[0]["day"] = "2026-13-01"
    wrong[1] |= {"times": 0, "user": "amzn1"}
    lines[1:] = [*map(json.dumps, wrong), lines[-1], "nonsense"]
    target = MemoryStore()
    with pytest.raises(InputInvalid) as raised:
        import_lines(target, lines, "counts.jsonl")
    said = str(raised.value)
    for words in (
        "line 1: lines: it says 4 and 6 follow",
        "line 2: day:",
        "line 3: times:",
        "line 3: user:",
        "stands there 2 times",
        "line 7: the line:",
        "6 faults; nothing was taken over.",
    ):
        assert words in said
    assert target.counts() == []


@pytest.mark.parametrize("text", ["", "{}", "nonsense", "[1]", '{"bump_guide_feedback": 2, "lines": 0}'])
def test_another_file_is_refused(text: str) -> None:
    with pytest.raises(InputInvalid, match="line 1"):
        import_lines(MemoryStore(), text.splitlines(), "f")


def bump_guide(*arguments: str, data: Path) -> Result:
    return CliRunner().invoke(main, ["feedback", *arguments], env={"BUMP_GUIDE_DATA": str(data)})


def test_the_command_moves_counts(tmp_path: Path) -> None:
    old, new, file = tmp_path / "old", tmp_path / "new", str(tmp_path / "counts.jsonl")
    with closing(connect("", old)) as store:
        store.add(token(), rating())
    assert "1 counts written" in bump_guide("export", file, data=old).output
    assert "ready" in bump_guide("prepare", data=new).output
    assert "1 of 1 counts" in bump_guide("import", file, data=new).output
    assert "0 of 1 counts" in bump_guide("import", file, data=new).output
    assert "back-pain" in bump_guide(data=new).output


@pytest.mark.parametrize("address", ["", "sqlite:{}/data/feedback.sqlite"])
def test_an_export_from_a_file_that_is_not_there_is_an_error_and_makes_none(tmp_path: Path, address: str) -> None:
    data, target = tmp_path / "data", tmp_path / "counts.jsonl"
    environment = {"BUMP_GUIDE_DATA": str(data), "BUMP_GUIDE_FEEDBACK": address.format(tmp_path)}
    done = CliRunner().invoke(main, ["feedback", "export", str(target)], env=environment)
    assert done.exit_code == 1
    assert str(data / "feedback.sqlite") in done.output
    assert "BUMP_GUIDE_DATA" in done.output
    assert not data.exists()
    assert not target.exists()


def test_the_command_names_a_file_that_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"\xff\xfe")
    done = bump_guide("import", str(tmp_path / "f"), data=tmp_path)
    assert done.exit_code == 1
    assert "not text" in done.output
