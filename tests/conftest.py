"""The world of the tests: the real content, compiled once, and the parts made from it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from skill.alexa.handle import Skill
from skill.assemble import assemble, load_encoder
from skill.build import build
from skill.dialogue.core import Core
from skill.feedback.memory import MemoryStore
from skill.library.content import Content
from skill.library.load import load_content
from skill.library.store import Library
from skill.settings import PREFIX, Settings
from skill.simulator.converse import Conversation
from skill.simulator.envelope import Device
from skill.simulator.hear import HearingModel

pytest_plugins = ["feedback.servers", "production.fixtures", "refused_skips"]

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"
MODELS = ROOT / "interaction_models"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def content() -> Content:
    return load_content(CONTENT)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of the compiled library."""
    path = tmp_path_factory.mktemp("compiled") / "library.sqlite"
    build(CONTENT, path, load_encoder())
    return path


@pytest.fixture(scope="session")
def library(compiled: Path) -> Iterator[Library]:
    library = Library(compiled)
    yield library
    library.close()


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def core(library: Library, store: MemoryStore) -> Core:
    return assemble(Settings(content=CONTENT), library, store, today=lambda: date(2026, 6, 1))


@pytest.fixture
def skill(core: Core) -> Skill:
    return Skill(core)


@pytest.fixture(scope="session")
def hearing() -> Callable[[str], HearingModel]:
    models: dict[str, HearingModel] = {}

    def load(locale: str) -> HearingModel:
        if locale not in models:
            models[locale] = HearingModel.load(MODELS / f"{locale}.json")
        return models[locale]

    return load


@pytest.fixture
def talk(skill: Skill, hearing: Callable[[str], HearingModel]) -> Callable[..., Conversation]:
    """Starts a conversation: talk(), talk("en-GB"), talk(mode="lossy"), talk(screen=True)."""

    def start(locale: str = "en-US", mode: str = "alexa", *, screen: bool = False) -> Conversation:
        return Conversation(hearing(locale), skill.handle, Device(locale=locale, screen=screen), mode)  # type: ignore[arg-type]

    return start
