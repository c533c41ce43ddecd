"""Files that cannot be used get a sentence for every fault, with file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from skill.errors import InputInvalid
from skill.formats.convert import dialogs_to_replay
from skill.formats.which import read_any

FAULTY = {
    "replay without skill": (
        "a.json",
        '{"userInput": ["hi", "", 3], "locale": "en-US"}',
        ["skillId", "userInput.1", "userInput.2"],
    ),
    "replay without sentences": ("a.json", '{"userInput": [], "skillId": "x", "locale": " "}', ["userInput", "locale"]),
    "annotations": (
        "a.json",
        '{"data": [{"inputs": {}, "expected": []}, {"inputs": {"utterance": "a"}, "expected": [{"intent": {}}]}]}',
        ["data.0.inputs.utterance", "data.0.expected", "data.1.expected.0.intent.name"],
    ),
    "something else": ("a.json", '{"hello": 1}', ["userInput", "data"]),
    "no json": ("a.json", "{", ["is no JSON"]),
    "csv without intent": ("a.csv", "utterance,slot[a],odd\nhi,b,c\n", ["no column intent", "'odd'"]),
    "csv with short lines": ("a.csv", "utterance,intent\nhi\n,Go\na,b,c\n", ["line 2", "line 3: utterance", "line 4"]),
    "csv with a column twice": ("a.csv", "utterance,intent,intent\nhi,a,b\n", ["twice"]),
    "empty csv": ("a.csv", "", ["no column utterance"]),
}


@pytest.mark.parametrize("name", FAULTY)
def test_every_fault_is_named_at_once(name: str, tmp_path: Path) -> None:
    file, text, words = FAULTY[name]
    (tmp_path / file).write_text(text)
    with pytest.raises(InputInvalid) as caught:
        read_any(tmp_path / file)
    assert [word for word in words if word not in str(caught.value)] == []
    assert file in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputInvalid, match="gone"):
        read_any(tmp_path / "gone.csv")


def test_a_replay_needs_to_know_its_skill() -> None:
    with pytest.raises(InputInvalid, match="--skill-id"):
        dialogs_to_replay([{"id": "a", "turns": [{"say": "help"}]}], "bump guide", None, "en-US")
