"""One production server for the tests that only ask it something, and a folder with compiled content for the others."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from production.served import Served, production


@pytest.fixture(scope="session")
def furnished(compiled: Path) -> Callable[[Path], Path]:
    """Lays the compiled content into the data folder below a folder, so that a server need not compile it."""

    def furnish(folder: Path) -> Path:
        (folder / "data").mkdir(parents=True)
        for path in (compiled, compiled.with_suffix(".sqlite.sha256")):
            shutil.copy(path, folder / "data" / path.name)
        return folder

    return furnish


@pytest.fixture(scope="session")
def served(furnished: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with production(furnished(tmp_path_factory.mktemp("served"))) as server:
        yield server
