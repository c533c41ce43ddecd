"""Certificate chains on disk, so that a new process needs not download what another one has proven.

One file a chain, in the operator's data folder. Nothing in it is trusted: whoever reads it proves the chain up to a
root once more, and downloads it anew when that was due. Chains are public; nothing of a request stands beside them.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from skill.whole_file import write_whole

MOST_KEPT = 16
_LARGEST_BYTES = 80 * 1024  # a download may have 64 kB
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class KeptChain:
    """What was downloaded, from where and when."""

    address: str
    downloaded: datetime
    """Aware."""
    pem: bytes


class KeptChains:
    """In `folder`, which is made when there is something to keep. Safe to share between processes: a file is replaced
    as a whole. What cannot be written or read is logged and left out: then it is downloaded, as without.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, chain: KeptChain) -> None:
        """Keeps a chain that was proven; of more than MOST_KEPT the oldest go."""
        content = {
            "address": chain.address, "downloaded": chain.downloaded.isoformat(), "pem": chain.pem.decode("latin-1"),
        }  # fmt: skip
        name = hashlib.sha256(chain.address.encode()).hexdigest()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(self._folder / f"{name}.json", json.dumps(content))
            for old in self._files()[MOST_KEPT:]:
                old.unlink(missing_ok=True)
        except OSError as error:
            _log.warning("A certificate chain could not be kept: %s", type(error).__name__)

    def __iter__(self) -> Iterator[KeptChain]:
        """Those that can be read, the latest first."""
        for file in self._files()[:MOST_KEPT]:
            chain = _read(file)
            if chain is None:
                _log.warning("A kept certificate chain could not be read: it is left out.")
            else:
                yield chain

    def _files(self) -> list[Path]:
        found = []
        for file in self._folder.glob("*.json"):
            with suppress(OSError):  # another process has removed it
                found.append((file.stat().st_mtime, file))
        return [file for _, file in sorted(found, reverse=True)]


def _read(file: Path) -> KeptChain | None:
    try:
        with file.open("rb") as opened:
            content = json.loads(opened.read(_LARGEST_BYTES))
        downloaded = datetime.fromisoformat(content["downloaded"])
        chain = KeptChain(content["address"], downloaded, content["pem"].encode("latin-1"))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return chain if downloaded.tzinfo is not None and isinstance(chain.address, str) else None
