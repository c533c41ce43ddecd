"""What a file is, by its ending and its keys: a replay file, an annotation set, or conversation tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from skill.errors import InputInvalid
from skill.formats.annotations import AnnotationSet, is_annotation_set, read_annotations
from skill.formats.annotations_csv import read_csv
from skill.formats.replay import Replay, is_replay, read_replay
from skill.simulator.conversation_tests import load_conversations

Dialogs = list[dict[str, Any]]


def read_any(path: Path) -> Replay | AnnotationSet | Dialogs:
    """The file, read as what it is; a folder holds conversation tests. Raises InputInvalid that says what is wrong."""
    ending = path.suffix.lower()
    if ending not in (".json", ".csv"):
        return load_conversations(path)
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputInvalid(f"{path}: cannot be read: {error}. It has to be a file in UTF-8.") from error
    return read_csv(text, path) if ending == ".csv" else _read_json(text, path)


def _read_json(text: str, path: Path) -> Replay | AnnotationSet:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputInvalid(f"{path}: is no JSON: {error}.") from error
    if is_replay(data):
        return read_replay(data, path)
    if is_annotation_set(data):
        return read_annotations(data, path)
    raise InputInvalid(
        f"{path}: is neither a replay file (with `userInput`) nor an annotation set (with a list `data`)."
    )
