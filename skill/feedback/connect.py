"""A storage address → the store behind it. A driver is imported only when its address is asked for.

sqlite:PATH                                  a file; also the meaning of no address, in the data folder
postgresql://USER:PASSWORD@HOST/DATABASE     the extra `postgres`
dynamodb://TABLE?region=…&endpoint=…         the extra `aws`; both options may be left out
memory:                                      nothing is kept
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from skill.errors import FeedbackUnavailable, SettingsInvalid
from skill.feedback.memory import MemoryStore
from skill.feedback.one_write import OneWrite
from skill.feedback.record import FeedbackSink, FeedbackStore, Tally
from skill.feedback.spool import Spool

MEMORY = "memory:"
_FILE_KINDS = frozenset({"", "sqlite"})
_EXPECTED = "expected sqlite:PATH, postgresql://…, dynamodb://TABLE or memory:, or nothing"


def connect(address: str, data: Path) -> FeedbackStore:
    """The store of `address`; `data` is where a file lies that is not named.

    Raises SettingsInvalid for an address that cannot be used, FeedbackUnavailable where the store cannot be opened.
    """
    return opener(address, data)()


def connect_existing(address: str, data: Path) -> FeedbackStore:
    """As `connect`, but that a file that is not there is FeedbackUnavailable, and is not made."""
    if _kind(address) in _FILE_KINDS and not (path := _sqlite_file(address, data)).is_file():
        raise FeedbackUnavailable(
            f"There is no feedback file {path}: name the folder that the server keeps it in with BUMP_GUIDE_DATA, or"
            " its store with BUMP_GUIDE_FEEDBACK."
        )
    return connect(address, data)


def counted(address: str, data: Path) -> Sequence[Tally]:
    """Everything that the store of `address` has counted by now. Raises as `connect` does."""
    with closing(connect(address, data)) as store:
        return store.tallies()


def opener(address: str, data: Path) -> Callable[[], FeedbackStore]:
    """What opens the store of `address`, for one who opens it later, or again.

    Raises SettingsInvalid for an address that cannot be used, or whose driver is not installed. Opening raises
    FeedbackUnavailable.
    """
    if address == MEMORY:
        return MemoryStore
    kind = _kind(address)
    if kind in _FILE_KINDS:
        return _sqlite(address, data)
    if kind == "postgresql":
        return _postgres(address)
    if kind == "dynamodb":
        return _dynamodb(address)
    raise _refused(f"begins with {kind!r}: {_EXPECTED}.")


def spooled(address: str, data: Path, today: Callable[[], date]) -> FeedbackSink:
    """For a server: ratings are taken at once and written by a thread, whatever state the store of `address` is in.

    `data` is where what waits is kept too. Raises SettingsInvalid as `opener` does.
    """
    return MemoryStore() if address == MEMORY else Spool(opener(address, data), data / "feedback-waiting", today)


def one_write(address: str, data: Path) -> FeedbackSink:
    """For a function that is frozen after each reply: loads the driver now. Raises SettingsInvalid as `opener` does."""
    return MemoryStore() if address == MEMORY else OneWrite(opener(address, data))


def _kind(address: str) -> str:
    return address.partition(":")[0]


def _refused(why: str) -> SettingsInvalid:
    """The address itself is not shown: it may hold a password."""
    return SettingsInvalid(f"BUMP_GUIDE_FEEDBACK {why}")


def _need(modules: tuple[str, ...], store: str, extra: str) -> None:
    """Looks whether a driver is there without loading it: that is left to who opens the store."""
    if not all(find_spec(module) for module in modules):
        raise _refused(f"names a {store} store, whose driver is not installed: pip install 'bump-guide[{extra}]'.")


def _sqlite_file(address: str, data: Path) -> Path:
    named = address.removeprefix("sqlite:")
    if address and not named:
        raise _refused(f"names no file: {_EXPECTED}.")
    return Path(named) if named else data / "feedback.sqlite"


def _sqlite(address: str, data: Path) -> Callable[[], FeedbackStore]:
    path = _sqlite_file(address, data)

    def open_store() -> FeedbackStore:
        from skill.feedback.sqlite import SqliteStore  # noqa: PLC0415 - each driver is loaded only where it is used

        return SqliteStore(path)

    return open_store


def _postgres(address: str) -> Callable[[], FeedbackStore]:
    if not address.startswith("postgresql://") or not _names_a_database(address):
        raise _refused("cannot be read: expected postgresql://USER:PASSWORD@HOST:PORT/DATABASE.")
    _need(("sqlalchemy", "psycopg"), "PostgreSQL", "postgres")

    def open_store() -> FeedbackStore:
        from skill.feedback.postgres import PostgresStore  # noqa: PLC0415

        return PostgresStore(address)

    return open_store


def _names_a_database(address: str) -> bool:
    try:
        parts = urlsplit(address)
        _ = parts.port  # reading it is what refuses one that is no number
    except ValueError:
        return False
    return bool(parts.path.strip("/"))


def _dynamodb(address: str) -> Callable[[], FeedbackStore]:
    parts = urlsplit(address)
    options = dict(parse_qsl(parts.query))
    if not parts.netloc or set(options) - {"region", "endpoint"}:
        raise _refused("cannot be read: expected dynamodb://TABLE?region=…&endpoint=… .")
    _need(("boto3",), "DynamoDB", "aws")

    def open_store() -> FeedbackStore:
        from skill.feedback.dynamodb import DynamoStore  # noqa: PLC0415

        return DynamoStore(parts.netloc, options.get("region"), options.get("endpoint"))

    return open_store
