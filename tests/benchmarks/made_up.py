"""Libraries of any size: the real content, and as many made-up articles beside it as are wanted.

A made-up article is a real one under another name: the smallest that the check lets pass, with ten lay names and
fifteen phrases, each with a made-up word in it, so that no two say the same.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).parents[2] / "content"
_BEGIN, _END = ("ba", "do", "fi", "gu", "ke", "lo", "mi", "nu", "pa", "re", "so", "ti", "va", "zo"), "lmnrstx"
_LAY_NAMES, _PHRASES = 10, 15
_LONGEST_NAME = 6
"""Words."""

_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def write_library(folder: Path, articles: int) -> None:
    """A content folder with so many articles, the real ones among them."""
    shutil.copytree(CONTENT, folder)
    paths = sorted((CONTENT / "en" / "articles").glob("*.yaml"))
    real = [(_read(path), _read(CONTENT / "en" / "phrases-heard" / path.name)) for path in paths]
    models = [pair for pair in real if len(pair[0]["name"].split()) < _LONGEST_NAME]
    entries = []
    for number, word in zip(range(articles - len(real)), _words(), strict=False):
        article, heard = models[number % len(models)]
        topic = f"made-up-{number + 1:05d}"
        _write(folder / "en" / "articles" / f"{topic}.yaml", _article(article, topic, word))
        _write(folder / "en" / "phrases-heard" / f"{topic}.yaml", _phrases(heard, topic, word))
        entries.append({"id": topic, "name": f"{word} trouble", "when": "any", "scope": f"trouble with the {word}"})
    if entries:
        with (folder / "catalog.yaml").open("a", encoding="utf-8") as catalog:
            catalog.write(yaml.dump(entries, Dumper=_Dumper))


def _words() -> Iterator[str]:
    """balo, balobam …: never the same twice."""
    for parts in product(_BEGIN, _BEGIN, _BEGIN, _END, _BEGIN):
        yield "".join(parts)


def _article(real: Mapping[str, Any], topic: str, word: str) -> dict[str, Any]:
    lay_names = [f"{name} {word}" for name in real["lay_names"][:_LAY_NAMES]]
    return {**real, "id": topic, "name": f"{real['name']} {word}", "lay_names": lay_names}


def _phrases(real: Mapping[str, Any], topic: str, word: str) -> dict[str, Any]:
    return {"topic": topic, "phrases": [f"{phrase} {word}" for phrase in real["phrases"][:_PHRASES]]}


def _read(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - safe loaders
    return data


def _write(path: Path, data: Mapping[str, Any]) -> None:
    path.write_text(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False), encoding="utf-8")
