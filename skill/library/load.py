"""content/<language>/ → typed content. Every fault of every file is collected before anything is raised."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import Field, ValidationError

from skill.errors import ContentInvalid, Fault
from skill.library.after_loss import AfterLoss
from skill.library.article import Article, HeardPhrases
from skill.library.content import CatalogEntry, Content, MedicalTerm, Medicines
from skill.library.cues import Cues
from skill.library.groups import TopicGroup
from skill.library.interaction import Interaction
from skill.library.kinds import Text, checker
from skill.library.listing import Listing
from skill.library.locales import Contacts, Pronunciation, Words
from skill.library.phrases import Said, Shown
from skill.library.rules import library_faults
from skill.library.signs import HeardSign, UrgentPatterns, UrgentSign
from skill.library.talk import Talk

_T = TypeVar("_T")
_MedicalTerms = Annotated[dict[Text, MedicalTerm], Field(max_length=60)]

# What an editor can do about each kind of pydantic error; the rest explain themselves.
_REMEDIES = {
    "missing": "Add this key.",
    "unexpected_keyword_argument": "Remove it, or correct its spelling: the keys are explained in content/README.md.",
    "too_short": "Add more entries.",
    "too_long": "Take entries out.",
    "string_type": "Write it as text, in quotes where YAML would read a number or a date.",
    "string_too_short": "Write something here.",
    "url_parsing": "Give the full address of the page, beginning with https://.",
    "literal_error": "Use one of the words listed.",
    "tuple_type": "Write it as a list, one entry a line, each after a dash.",
    "dataclass_type": "Write it as keys and values, indented under this key.",
}
_PROBLEMS = {
    "unexpected_keyword_argument": "extra inputs are not permitted",
    "dataclass_type": "input should be a valid dictionary",
}
"""What pydantic says in the words of a program."""
_DEFAULT_REMEDY = "Correct it: content/README.md explains this key."


# libyaml where PyYAML was built with it, as in its wheels: a hundred articles read in a second instead of ten.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SafeLoader):  # type: ignore[misc]
    """Safe YAML in which a key that is written twice is an error, not a silent loss of the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    "while reading a mapping", node.start_mark, f"found the key {key!r} twice", key_node.start_mark
                )
            seen.add(key)
        found: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return found


class _Reader:
    """Reads files of one content folder and keeps every fault it meets."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.faults: list[Fault] = []

    def add(self, path: Path, key: str, problem: str, remedy: str) -> None:
        self.faults.append(Fault(self.relative(path), key, problem, remedy))

    def relative(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()

    def read(self, path: Path, kind: type[_T]) -> _T | None:
        """One file as `kind`; None where it has faults, which are kept."""
        try:
            data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader
        except FileNotFoundError:
            self.add(path, "", "The file is missing.", "Write it, or bring it back from version control.")
            return None
        except UnicodeDecodeError as error:
            self.add(path, "", f"Byte {error.start} is not UTF-8.", "Save the file as UTF-8.")
            return None
        except yaml.YAMLError as error:
            self.add(path, "", _yaml_problem(error), "Correct the YAML there; text with a colon needs quotes.")
            return None
        try:
            found: _T = checker(kind).validate_python(data)
        except ValidationError as error:
            self._keep(path, error)
            return None
        return found

    def _keep(self, path: Path, error: ValidationError) -> None:
        for detail in error.errors(include_url=False):
            problem = _PROBLEMS.get(detail["type"], detail["msg"].removeprefix("Value error, "))
            self.add(
                path,
                ".".join(str(step) for step in detail["loc"]),
                problem[:1].upper() + problem[1:].rstrip(".") + ".",
                _REMEDIES.get(
                    detail["type"], _DEFAULT_REMEDY if detail["type"] != "value_error" else "Rewrite it to fit."
                ),
            )

    def read_folder(self, folder: Path, kind: type[_T], key: Callable[[_T], str], key_name: str) -> dict[str, _T]:
        """Every YAML file of a folder by its id, which has to be the file's name."""
        found: dict[str, _T] = {}
        for path in sorted(folder.glob("*.yaml")):
            entry = self.read(path, kind)
            if entry is None:
                continue
            if key(entry) != path.stem:
                self.add(
                    path, key_name, f"Says {key(entry)!r} in a file named {path.stem!r}.", "Make the two the same."
                )
                continue
            found[path.stem] = entry
        return found


def _yaml_problem(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
    return f"Not valid YAML: {where}{getattr(error, 'problem', None) or error}."


def load_content(root: Path, language: str = "en") -> Content:
    """Reads `root`/catalog.yaml and `root`/<language>/; gives typed content in the catalog's order.

    Raises ContentInvalid with every fault of every file: schema, names, and the editorial rules over the whole library.
    """
    return _loaded(root, language, _digest(root))


def _digest(root: Path) -> str:
    """Of every YAML file below `root`, names and bytes."""
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.yaml")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _loaded(root: Path, language: str, digest: str) -> Content:
    """As load_content. What was read last is kept for as long as the files are the same, which `digest` says."""
    folder = root / language
    reader = _Reader(root)
    catalog = reader.read(root / "catalog.yaml", list[CatalogEntry])
    articles = reader.read_folder(folder / "articles", Article, lambda a: a.id, "id")
    heard = reader.read_folder(folder / "phrases-heard", HeardPhrases, lambda h: h.topic, "topic")
    signs = reader.read_folder(folder / "urgent-signs", UrgentSign, lambda s: s.id, "id")
    heard_signs = reader.read_folder(folder / "urgent-heard", HeardSign, lambda h: h.sign, "sign")
    patterns = reader.read(folder / "urgent-patterns.yaml", UrgentPatterns)
    cues = reader.read(folder / "cues.yaml", Cues)
    talk = reader.read(folder / "talk.yaml", Talk)
    after_loss = reader.read(folder / "after-loss.yaml", tuple[AfterLoss, ...])
    groups = reader.read(folder / "topic-groups.yaml", tuple[TopicGroup, ...])
    interaction = reader.read(folder / "interaction.yaml", Interaction)
    words = reader.read(folder / "words.yaml", Words)
    contacts = reader.read(folder / "care-contacts.yaml", dict[str, Contacts])
    pronunciation = reader.read(folder / "pronunciation.yaml", dict[str, Pronunciation])
    out_of_scope = reader.read(folder / "out-of-scope.yaml", dict[str, tuple[Text, ...]])
    said = reader.read(folder / "said.yaml", Said)
    shown = reader.read(folder / "shown.yaml", Shown)
    medical_terms = reader.read(folder / "medical-terms.yaml", _MedicalTerms)
    medicines = reader.read(folder / "medicines.yaml", Medicines)
    listing = reader.read(folder / "listing.yaml", Listing)
    if (
        catalog is None
        or patterns is None
        or cues is None
        or talk is None
        or after_loss is None
        or groups is None
        or interaction is None
        or words is None
        or contacts is None
        or pronunciation is None
        or out_of_scope is None
        or said is None
        or shown is None
        or medical_terms is None
        or medicines is None
        or listing is None
    ):
        raise ContentInvalid(reader.faults)
    content = Content(
        language=language,
        catalog={entry.id: entry for entry in catalog},
        articles=_in_order(articles, [entry.id for entry in catalog]),
        heard=heard,
        signs=signs,
        heard_signs=heard_signs,
        patterns=patterns,
        cues=cues,
        out_of_scope=out_of_scope,
        talk=talk,
        after_loss=after_loss,
        groups=groups,
        interaction=interaction,
        words=words,
        contacts=contacts,
        pronunciation=pronunciation,
        said=said,
        shown=shown,
        medical_terms=medical_terms,
        medicines=medicines,
        listing=listing,
    )
    read_badly = {fault.file for fault in reader.faults}
    reader.faults.extend(fault for fault in library_faults(content) if fault.file not in read_badly)
    if reader.faults:
        raise ContentInvalid(reader.faults)
    return content


def _in_order(articles: Mapping[str, Article], order: Iterable[str]) -> dict[str, Article]:
    rank = {topic: place for place, topic in enumerate(order)}
    return dict(sorted(articles.items(), key=lambda item: (rank.get(item[0], len(rank)), item[0])))


def write_schemas(root: Path) -> None:
    """The JSON Schemas into `root`/schema/. Raises OSError where the folder cannot be written."""
    folder = root / "schema"
    folder.mkdir(exist_ok=True)
    for kind, schema in schemas().items():
        (folder / f"{kind}.schema.json").write_text(json.dumps(schema, indent=1) + "\n", encoding="utf-8")


def schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schemas for editors, by the kind of file, written from the same classes that the check uses."""
    kinds: dict[str, Any] = {
        "article": Article,
        "phrases-heard": HeardPhrases,
        "urgent-sign": UrgentSign,
        "urgent-heard": HeardSign,
        "urgent-patterns": UrgentPatterns,
        "cues": Cues,
        "talk": Talk,
        "after-loss": tuple[AfterLoss, ...],
        "topic-groups": tuple[TopicGroup, ...],
        "interaction": Interaction,
        "words": Words,
        "said": Said,
        "listing": Listing,
        "shown": Shown,
    }
    return {name: checker(kind).json_schema() for name, kind in kinds.items()}
