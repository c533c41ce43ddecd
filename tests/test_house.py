"""The rooms of skill/ and who may import whom: one direction, no circles. The table is explained in docs/road.md."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

SKILL = Path(__file__).parent.parent / "skill"
MODULES = sorted(SKILL.rglob("*.py"))

LOWEST = {"ngrams", "errors", "text", "turn", "expressions", "readings", "spotting", "stages"}
MAY_IMPORT = {
    **{room: set() for room in LOWEST},
    "stages": {"readings", "text"},
    "alarm": {*LOWEST, "library", "urgent", "encoder"},
    "whole_file": set(),
    "settings": {"errors", "text"},
    "library": {"errors", "text", "whole_file"},
    "feedback": {"errors", "text"},
    "ordinary": {"spotting", "library"},
    "urgent": {*LOWEST, "library", "ordinary"},
    "topics": {*LOWEST, "library", "encoder"},
    "answers": {"turn", "library", "topics"},
    "build": {*LOWEST, "library", "topics", "urgent", "encoder"},
    "dialogue": {*LOWEST, "library", "feedback.record", "urgent", "alarm", "topics", "answers"},
    "assemble": {
        "errors",
        "turn",
        "settings",
        "library",
        "topics",
        "urgent",
        "alarm",
        "encoder",
        "feedback",
        "dialogue",
        "build",
    },
    "screens": {"turn", "library", "answers"},
    "alexa": {"turn", "text", "errors", "whole_file", "dialogue", "library", "screens"},
    "simulator": {"errors", "alexa", "dialogue", "topics"},
    "formats": {"errors", "simulator"},
    "other_skills": {"errors", "simulator"},
    "exports": {"turn", "library", "answers"},
    "reading_grade": set(),
    "mishear": {"encoder"},
    "variety": {"library"},
    "clash": {"errors", "library", "topics", "alexa"},
    "review": {"errors", "library", "answers"},
    "drafts": {"errors", "library"},
    "training": {"errors", "text", "library", "urgent", "mishear", "encoder"},
    "encoder": {"errors"},
    "check": {"*"},
    "evaluation": {"errors", "simulator"},
    "certify": {"errors", "settings", "library", "alexa", "simulator", "store_package"},
    "store_package": {"errors", "settings", "library", "alexa", "simulator"},
    "bench": {
        "errors",
        "text",
        "turn",
        "library",
        "feedback.record",
        "feedback.memory",
        "topics",
        "answers",
        "dialogue",
        "alexa",
        "simulator",
        "reading_grade",
        "review",
        "check",
    },
    "deployment": {"errors", "settings", "library", "alexa", "assemble", "build", "store_package"},
    "web": {"*"},
    "aws_lambda": {"*"},
    "cli": {"*"},
}
NOTHING_IMPORTS = {"web", "aws_lambda", "cli"}
ONLY_THERE = {
    "flask": "web",
    "werkzeug": "web",
    "boto3": "feedback.dynamodb",
    "markdown_it": "store_package.policies",
    "botocore": "feedback.dynamodb",
    "sqlalchemy": "feedback.postgres",
    "psycopg": "feedback.postgres",
    "click": "cli",
    "rich": ("cli", "evaluation.report", "certify.report", "deployment.report"),
    "msgspec": "turn",
    "onnxruntime": ("encoder.runtime", "training.export"),
    "gunicorn": "web.production",
    "prometheus_client": "web.production.metrics",
}
"""Third parties that stay in one room, or in the few named."""


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(SKILL).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module == "skill" or node.module.count(".") == 1:
                yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module.startswith("skill"))


def ours(path: Path) -> set[str]:
    rooms = {name.removeprefix("skill.") for name in imports(path) if name.startswith("skill.")}
    return {
        room for room in rooms if (SKILL / room.split(".")[0]).is_dir() or (SKILL / f"{room.split('.')[0]}.py").exists()
    }


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_only_rooms_below_its_own(path: Path) -> None:
    room = name_of(path).split(".")[0]
    if room == "__init__":
        return
    assert room in MAY_IMPORT, f"{room} has no row in the table: decide what it may import"
    allowed = MAY_IMPORT[room]
    strangers = {
        other
        for other in ours(path)
        if other.split(".")[0] != room
        and "*" not in allowed
        and other.split(".")[0] not in allowed
        and not any(other == name or other.startswith(f"{name}.") for name in allowed)
    }
    assert not strangers


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_imports_an_entrance(path: Path) -> None:
    room = name_of(path).split(".")[0]
    inside = {"web"} if room in {"web", "cli"} else set()
    assert not {other.split(".")[0] for other in ours(path)} & (NOTHING_IMPORTS - inside - {room})


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_third_parties_stay_in_their_room(path: Path) -> None:
    for imported in imports(path):
        room = ONLY_THERE.get(imported.split(".")[0])
        assert room is None or name_of(path).startswith(room)


def test_only_settings_reads_the_environment() -> None:
    readers = [name_of(path) for path in MODULES if "os.environ" in path.read_text(encoding="utf-8")]
    assert [name for name in readers if name not in {"settings"}] == []


def test_no_room_is_a_cupboard_without_a_label() -> None:
    assert not {name_of(path).split(".")[-1] for path in MODULES} & {"utils", "util", "common", "helpers", "misc"}


def test_every_test_module_has_a_name_of_its_own() -> None:
    """Of two with one name pytest collects only one, and says so only where both are asked for."""
    alone = (path for path in Path(__file__).parent.rglob("test_*.py") if not (path.parent / "__init__.py").exists())
    names = Counter(path.name for path in alone if "node_modules" not in path.parts)
    assert [name for name, times in names.items() if times > 1] == []
