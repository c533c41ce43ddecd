"""The bench served for real, and a page of a real browser that watches what it must not do."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from conftest import CONTENT, MODELS
from flask import Flask

from bench.accessible import hold_everywhere
from bench.browser import AXE, CHROMIUM, browser, serving
from skill.cli import main
from skill.feedback.memory import MemoryStore
from skill.settings import Settings
from skill.web.app import create_app

MISSING = [
    name
    for name, there in (
        ("the Python package playwright", importlib.util.find_spec("playwright")),
        ("chromium", CHROMIUM),
        ("axe-core (npm ci in tests/bench)", AXE.is_file()),
    )
    if not there
]
PATIENCE = 300_000
"""Milliseconds that a page may take: a busy machine is no fault of the bench."""
TOKEN = "a-token-of-the-tests-0123456789"


@pytest.fixture(scope="session")
def settings(compiled: Path) -> Settings:
    return Settings(content=CONTENT, models=MODELS, data=compiled.parent)


@pytest.fixture(scope="session")
def ratings() -> MemoryStore:
    return MemoryStore()


@pytest.fixture(scope="session")
def app(settings: Settings, ratings: MemoryStore) -> Flask:
    return create_app(settings, feedback=ratings)


@pytest.fixture(scope="session")
def address(app: Flask) -> Iterator[str]:
    with serving(app) as address:
        yield f"{address}/bench"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    if MISSING:
        pytest.skip(f"not installed: {', '.join(MISSING)}")
    with browser() as context:
        yield context


@pytest.fixture
def page(chromium: Any, address: str) -> Iterator[Any]:
    """A page that asks no other host, breaks no policy of its own, and raises no error in its scripts."""
    page = chromium.new_page()
    page.set_default_timeout(PATIENCE)
    host = address.rpartition("/")[0]
    faults: list[str] = []
    own = (f"{host}/", f"blob:{host}/", "data:")
    page.on("request", lambda request: None if request.url.startswith(own) else faults.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
    yield page
    page.close()
    assert faults == []


@pytest.fixture
def simulator(page: Any, address: str) -> Any:
    page.goto(f"{address}/")
    return page


@pytest.fixture
def fits(page: Any) -> Callable[[], None]:
    """Asserts that the page is accessible and fits at the narrowest and the widest, in light and dark."""
    return partial(hold_everywhere, page)


@pytest.fixture
def cli(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """`bump-guide` with these arguments, over the content that the bench serves."""
    monkeypatch.setenv("BUMP_GUIDE_DATA", str(settings.data))
    return lambda *arguments: CliRunner().invoke(main, arguments)
