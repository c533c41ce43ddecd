"""A log of numbered entries, each of which names the tests that show it: what it says, and does each test exist?"""

from __future__ import annotations

import ast
import re
from functools import cache

import yaml
from conftest import ROOT


def entries(log: str, letter: str) -> dict[str, str]:
    """Number → text, of the entries headed `### <letter>1. …` and so on."""
    return dict(re.findall(rf"^### ({letter}\d+)\. [^\n]+\n(.*?)(?=^##|\Z)", log, re.MULTILINE | re.DOTALL))


def parts(entry: str) -> dict[str, str]:
    """Name → text, of the lines `- **Name:** text`, in their order."""
    return dict(re.findall(r"^- \*\*([^*]+):\*\* (.+)$", entry, re.MULTILINE))


def missing_tests(text: str) -> list[str]:
    """Of the tests that a text names in backquotes, as `tests/file.py::test_name`, those that are not there."""
    return [name for name in re.findall(r"`(tests/[^`]+)`", text) if not exists(*name.partition("::")[::2])]


@cache
def exists(file: str, test: str) -> bool:
    """A test function of a Python file, or a conversation of a YAML file by its id."""
    path = ROOT / file
    if not path.is_file():
        return False
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".yaml":
        return test in {dialog["id"] for dialog in yaml.safe_load(text)["dialogs"]}
    return test in {node.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)}
