"""The compiled library: one read-only SQLite file, written at build, opened in milliseconds.

YAML is never parsed while serving. The file says which sources it was built from and with which format, and a digest
beside it says that it is whole: a damaged or outdated one is noticed when it is opened.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skill.errors import StoreDamaged
from skill.library.after_loss import AfterLoss
from skill.library.article import Article
from skill.library.cues import Cues
from skill.library.frozen import from_json, to_json
from skill.library.groups import TopicGroup
from skill.library.interaction import Interaction
from skill.library.locales import ELSEWHERE, LOCALES, Contacts, Pronunciation, Voice, Words
from skill.library.phrases import Said, Shown
from skill.library.signs import UrgentPatterns, UrgentSign
from skill.library.talk import Talk

if TYPE_CHECKING:
    import numpy as np

    from skill.library.content import Content

FORMAT = "9"
"""Changes with every change of what is in the file."""

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE document (name TEXT PRIMARY KEY, json TEXT NOT NULL);
CREATE TABLE list (name TEXT PRIMARY KEY, json TEXT NOT NULL);
CREATE TABLE article (
    id TEXT PRIMARY KEY, place INTEGER NOT NULL, name TEXT NOT NULL, stage TEXT NOT NULL, reviewed INTEGER NOT NULL,
    json TEXT NOT NULL
);
CREATE TABLE array (name TEXT PRIMARY KEY, dtype TEXT NOT NULL, bytes BLOB NOT NULL);
"""

Arrays = Mapping[str, "np.ndarray[Any, Any]"]
Lists = Mapping[str, "tuple[str, ...]"]
MADE_OF = "made_of"
"""The list under this name holds a digest of what arrays and lists were worked out from."""
CALM = "calm"
"""The list under this name holds those sentences about listed topics in which the rules hear no urgent sign."""


NOT_COMPILED = frozenset({"withdrawn.yaml", "listing.yaml", "drafts", "signed"})
"""Files and folders of content/ that are not served: an edit of them makes no new version."""


_RULES = ("urgent.py", "spotting.py", "readings.py", "stages.py", "text.py")
"""The code that hears urgent signs by rule: what it heard at build time holds for this code only."""


def rules_code() -> str:
    """A digest of the code that hears urgent signs by rule."""
    digest = hashlib.sha256()
    for name in _RULES:
        digest.update((Path(__file__).parents[1] / name).read_bytes())
    return digest.hexdigest()


def fingerprint(root: Path, understood_by: str = "") -> str:
    """A digest of every YAML file below `root`, names and bytes, of the encoder (`understood_by` names it) and of the
    rules for urgent signs: what the compiled file was built from.
    """
    digest = hashlib.sha256(f"{FORMAT} {understood_by} {rules_code()}".encode())
    for path in sorted(root.rglob("*.yaml")):
        if path.name in NOT_COMPILED or path.parent.name in NOT_COMPILED:
            continue
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def write_store(path: Path, content: Content, built_from: str, arrays: Arrays, lists: Lists) -> None:
    """Writes the compiled file and its digest; a reader sees an old one, a new one, or one that it knows not to trust.

    `arrays` and `lists` are what other rooms worked out at build time, by name. Raises OSError where the folder cannot
    be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    os.close(handle)
    try:
        with sqlite3.connect(temporary) as connection:
            _fill(connection, content, built_from, arrays)
            connection.executemany(
                "INSERT INTO list VALUES (?, ?)", [(name, json.dumps(texts)) for name, texts in lists.items()]
            )
        connection.close()
        digest = _digest(Path(temporary))
        _digest_path(path).write_text(digest, encoding="ascii")
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _fill(connection: sqlite3.Connection, content: Content, built_from: str, arrays: Arrays) -> None:
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
    connection.executemany(
        "INSERT INTO meta VALUES (?, ?)",
        [("format", FORMAT), ("built_from", built_from), ("language", content.language)],
    )
    connection.executemany("INSERT INTO document VALUES (?, ?)", _documents(content))
    connection.executemany(
        "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?)",
        [
            (topic, place, article.name, article.stage, article.review.status == "reviewed", to_json(article))
            for place, (topic, article) in enumerate(content.articles.items())
        ],
    )
    connection.executemany(
        "INSERT INTO array VALUES (?, ?, ?)",
        [(name, array.dtype.str, array.tobytes()) for name, array in arrays.items()],
    )


def _documents(content: Content) -> Iterable[tuple[str, str]]:
    documents = {
        "signs": content.signs,
        "patterns": content.patterns,
        "cues": content.cues,
        "talk": content.talk,
        "after-loss": content.after_loss,
        "groups": content.groups,
        "interaction": content.interaction,
        "fixed": content.interaction.fixed(),
        "words": content.words,
        "contacts": content.contacts,
        "pronunciation": content.pronunciation,
        "said": content.said,
        "shown": content.shown,
    }
    yield from ((name, to_json(document)) for name, document in documents.items())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _digest_path(path: Path) -> Path:
    return path.with_suffix(path.suffix + ".sha256")


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def _held(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.deserialize(path.read_bytes())
    return connection


def _document(name: str) -> cached_property[Any]:
    """A document of a library, read when it is first asked for."""

    def read(library: Library) -> Any:
        row = library._connection.execute("SELECT json FROM document WHERE name = ?", (name,)).fetchone()
        return from_json(row[0])

    return cached_property(read)


class Library:
    """The compiled library, opened. Safe to share between threads: nothing in it changes."""

    def __init__(self, path: Path, expected: str | None = None, *, in_memory: bool = False) -> None:
        """Opens the file. `expected` is the fingerprint it must have been built from; None takes it as it is.
        `in_memory` takes all of it into memory and lets go of the file: for a server that forks, since SQLite's
        connections to files must not be carried over (sqlite.org, "How To Corrupt An SQLite Database File", 2.6), and
        whose new processes must find what the first one opened, whatever lies there by then.

        Raises StoreDamaged with what is wrong: missing, altered, of another format, or built from other sources.
        """
        self._path = path
        if not path.is_file():
            raise StoreDamaged(f"There is no compiled content at {path}. Run `bump-guide build`.")
        if not _digest_path(path).is_file() or _digest_path(path).read_text(encoding="ascii").strip() != _digest(path):
            raise StoreDamaged(f"The compiled content at {path} is damaged. Run `bump-guide build`.")
        try:
            self._connection = _held(path) if in_memory else _opened(path)
            self._meta = dict(self._connection.execute("SELECT key, value FROM meta"))
        except sqlite3.Error as error:
            raise StoreDamaged(
                f"The compiled content at {path} cannot be read ({error}). Run `bump-guide build`."
            ) from error
        if self._meta.get("format") != FORMAT:
            raise StoreDamaged(f"The compiled content at {path} has another format. Run `bump-guide build`.")
        if expected is not None and self._meta.get("built_from") != expected:
            raise StoreDamaged(f"The compiled content at {path} is out of date. Run `bump-guide build`.")
        # Per instance, so that a library that has been replaced is freed with its articles.
        self.article = lru_cache(maxsize=512)(self._read_article)
        self.voice = lru_cache(maxsize=32)(self._make_voice)

    @property
    def version(self) -> str:
        """The first twelve digits of the fingerprint: names this content in counts and health checks."""
        return str(self._meta["built_from"])[:12]

    def _read_article(self, topic: str) -> Article | None:
        """The article of a topic; None where there is none."""
        row = self._connection.execute("SELECT json FROM article WHERE id = ?", (topic,)).fetchone()
        found: Article | None = from_json(row[0]) if row else None
        return found

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Topic id → its name as a template, in the catalog's order."""
        return dict(self._connection.execute("SELECT id, name FROM article ORDER BY place"))

    @cached_property
    def stages(self) -> Mapping[str, str]:
        """Topic id → pregnancy, after-birth or both."""
        return dict(self._connection.execute("SELECT id, stage FROM article"))

    @cached_property
    def unreviewed(self) -> frozenset[str]:
        """The topics whose article nobody has signed, or that was edited since."""
        return frozenset(row[0] for row in self._connection.execute("SELECT id FROM article WHERE NOT reviewed"))

    signs: cached_property[Mapping[str, UrgentSign]] = _document("signs")
    """Sign id → the sign."""
    patterns: cached_property[UrgentPatterns] = _document("patterns")
    """The rules that listen for signs."""
    cues: cached_property[Cues] = _document("cues")
    """The words of asking."""
    talk: cached_property[Talk] = _document("talk")
    """What she says about the talk."""
    after_loss: cached_property[tuple[AfterLoss, ...]] = _document("after-loss")
    """What is said after a loss was told; the first that fits."""
    groups: cached_property[tuple[TopicGroup, ...]] = _document("groups")
    """The topics by group, in the order in which they are named."""
    interaction: cached_property[Interaction] = _document("interaction")
    """How people ask."""
    fixed: cached_property[Mapping[str, str]] = _document("fixed")
    """A sentence without slots, comparable → the intent that it means."""
    said: cached_property[Said] = _document("said")
    """What the skill itself says."""
    shown: cached_property[Shown] = _document("shown")
    """What stands on a screen beside it."""
    _words: cached_property[Words] = _document("words")
    _contacts: cached_property[Mapping[str, Contacts]] = _document("contacts")
    _pronunciation: cached_property[Mapping[str, Pronunciation]] = _document("pronunciation")

    @property
    def locales(self) -> tuple[str, ...]:
        """The locales that have contacts of their own."""
        return tuple(locale for locale in self._contacts if locale != ELSEWHERE)

    def _make_voice(self, locale: str) -> Voice:
        """How a locale says a text. One without contacts hears "the emergency number", never a foreign one."""
        if locale in self.locales:
            return Voice(locale, self._words, self._contacts[locale], self._pronunciation)
        return Voice(LOCALES[0], self._words, self._contacts[ELSEWHERE], self._pronunciation)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts that was worked out at build time."""
        row = self._connection.execute("SELECT json FROM list WHERE name = ?", (name,)).fetchone()
        return tuple(json.loads(row[0]))

    def lists(self) -> Lists:
        """Every list of texts, by name."""
        rows = self._connection.execute("SELECT name, json FROM list")
        return {name: tuple(json.loads(texts)) for name, texts in rows}

    def array(self, name: str) -> np.ndarray[Any, Any]:
        """An array, read-only."""
        import numpy as np  # noqa: PLC0415 - a launch is answered without it

        row = self._connection.execute("SELECT bytes, dtype FROM array WHERE name = ?", (name,)).fetchone()
        return np.frombuffer(row[0], dtype=np.dtype(row[1]))

    def arrays(self) -> Arrays:
        """Every array, by name."""
        return {name: self.array(name) for (name,) in self._connection.execute("SELECT name FROM array").fetchall()}

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()
