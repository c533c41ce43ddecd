"""Articles that are being written: files in content/<language>/drafts/, checked against the schema and never served.

What is still to write says so with a marker; `left_to_write` lists it. When nothing is left, the file moves to
articles/ and the content check takes over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import yaml
from pydantic import ValidationError

from skill.errors import InputInvalid
from skill.library.article import Article
from skill.library.content import CatalogEntry
from skill.library.frozen import Frozen
from skill.library.kinds import checker

if TYPE_CHECKING:
    from pydantic import Field

    from skill.library.kinds import Text

MARKER = "To write"
_SOURCE = {"publisher": f"{MARKER}: who published it", "title": f"{MARKER}: the page's title",
           "url": "https://example.org/to-write"}  # fmt: skip
_FEWEST = {"causes": 3, "differentials": 2, "checks": 2, "relief": 2}


class Imported(Frozen):
    """One section of a page that was brought in: to be rewritten in our own words, never to be spoken as it is."""

    heading: Annotated[str, Field(description="As the page has it; empty for what stands before the first heading.")]
    goes_to: Annotated[
        str | None, Field(description="The key of the article it belongs to; null where the heading is not known.")
    ]
    paragraphs: tuple[Text, ...]


class Draft(Article):
    """An article being written."""

    imported: tuple[Imported, ...] = ()


@dataclass(frozen=True)
class DraftFile:
    """A draft on disk, and what is left to do."""

    path: Path
    left: tuple[str, ...]


def draft_path(root: Path, language: str, topic: str) -> Path:
    """Where the draft of a topic lies."""
    return root / language / "drafts" / f"{topic}.yaml"


def skeleton(entry: CatalogEntry, imported: Sequence[Imported] = ()) -> dict[str, Any]:
    """A draft that passes the schema and says in every place what is left to write."""
    draft: dict[str, Any] = {
        "id": entry.id,
        "name": entry.name,
        "lay_names": [f"{MARKER}: another name people use, number {number}" for number in range(1, 11)],
        "stage": "after-birth" if entry.when == "after" else "pregnancy",
        "summary": f"{MARKER}: what it is, in our own words, up to 45 words. It covers {entry.scope}."[:240],
        "is_it_normal": f"{MARKER}: when it is usual, and when it is not.",
        "openings": {"causes": f"{MARKER}: goes before the causes", "differentials": f"{MARKER}: before the others"},
    }
    for group, fewest in _FEWEST.items():
        draft[group] = [
            {"short": f"{MARKER}: up to six words".replace(":", ","), "text": f"{MARKER}: one sentence of 25 words."}
            for _ in range(fewest)
        ]
    draft["when_to_call"] = {
        "warning": f"{MARKER}: closes every answer, emergencies first.",
        "emergency": f"{MARKER}: when to call the emergency number.",
        "urgent": f"{MARKER}: when to call the same day.",
        "routine": f"{MARKER}: whom to ask when it is not urgent.",
    }
    draft["urgent_signs"] = []
    draft["sources"] = [_SOURCE, _SOURCE]
    draft["review"] = {"status": "unreviewed"}
    if imported:
        draft["imported"] = [{**vars(section), "paragraphs": [*section.paragraphs]} for section in imported]
    return draft


def write_draft(path: Path, draft: dict[str, Any]) -> tuple[str, ...]:
    """Writes a new draft; gives the keys that are left to write. Raises InputInvalid where one is there already."""
    checker(Draft).validate_python(draft)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(yaml.dump(draft, Dumper=_PlainDumper, sort_keys=False, allow_unicode=True, width=120))
    except FileExistsError as error:
        raise InputInvalid(f"{path} is there already: finish it, or remove it first.") from error
    return tuple(_left(draft))


class _PlainDumper(yaml.SafeDumper):
    """Every value written out: an editor cannot do anything with YAML's anchors."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def drafts(root: Path, language: str) -> Iterator[DraftFile]:
    """The drafts there are, with what is left to write. Raises InputInvalid naming a file that is no draft."""
    for path in sorted((root / language / "drafts").glob("*.yaml")):
        try:
            draft = yaml.safe_load(path.read_text(encoding="utf-8"))
            checker(Draft).validate_python(draft)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise InputInvalid(f"{path}: not valid YAML: {error}") from error
        except ValidationError as error:
            detail = "; ".join(
                f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors(include_url=False)
            )
            raise InputInvalid(f"{path}: {detail}") from error
        yield DraftFile(path, tuple(_left(draft)))


def _left(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _left(inner, f"{key}.{name}".lstrip("."))
    elif isinstance(value, list):
        if key == "imported" and value:
            yield "imported (rewrite each section in our own words, then remove the key)"
            return
        for place, inner in enumerate(value):
            yield from _left(inner, f"{key}.{place}")
    elif isinstance(value, str) and (value.startswith(MARKER) or "to-write" in value):
        yield key
