"""Labelled lines are read from files and folders, and every bad one is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from skill.errors import InputInvalid
from skill.evaluation.labelled import Sort, read_lines

TOPIC = {"id": "t1", "text": "a", "topic": "heartburn", "aspect": "causes", "style": "asr", "also_ok": ["reflux"]}
URGENT = {"id": "u1", "text": "b", "level": "urgent", "sign": "seizure", "source": "NHS"}
NOT_URGENT = {"id": "n1", "text": "c", "topic": None, "also_ok": [], "care_advice_ok": False, "asr": False}
OUTSIDE = {"id": 7, "text": "d", "kind": "dosing", "article_ok": False, "asr": False}


def write(path: Path, *lines: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(json.dumps(line) for line in lines) + "\n", encoding="utf-8")
    return path


def test_the_labels_tell_the_four_sorts_apart(tmp_path: Path) -> None:
    lines = read_lines([write(tmp_path / "q.jsonl", TOPIC, URGENT, NOT_URGENT, OUTSIDE)])
    assert [line.sort for line in lines] == [Sort.TOPIC, Sort.URGENT, Sort.NOT_URGENT, Sort.OUT_OF_SCOPE]
    assert [sorted(line.fitting) for line in lines] == [["heartburn", "reflux"], [], [], []]


def test_a_folder_is_every_file_of_json_lines_below_it(tmp_path: Path) -> None:
    write(tmp_path / "b.jsonl", URGENT)
    write(tmp_path / "topics" / "a.jsonl", TOPIC)
    write(tmp_path / "figures.json", {"modes": {}})
    assert [line.id for line in read_lines([tmp_path])] == ["u1", "t1"]


def test_every_bad_line_and_file_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "q.jsonl", TOPIC, [], {"id": 2}, {"id": 3, "text": "a"}, {**URGENT, "level": "high"})
    path.write_text(path.read_text(encoding="utf-8") + "\nnope\n", encoding="utf-8")
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(InputInvalid) as caught:
        read_lines([path, tmp_path / "missing.jsonl", empty])
    named = str(caught.value)
    assert all(f"q.jsonl:{number}: " in named for number in (2, 3, 4, 5, 7))
    assert "q.jsonl:1:" not in named
    assert "q.jsonl:6:" not in named
    assert "q.jsonl:3: text: Field required" in named
    assert "missing.jsonl: cannot be read" in named
    assert f"{empty}: there is no *.jsonl file" in named


def test_files_without_a_question_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputInvalid, match="no questions"):
        read_lines([write(tmp_path / "q.jsonl")])
