"""Content is compiled beside the parent; what is edited meanwhile is not left out."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner
from conftest import CONTENT, MODELS
from production.served import until

from skill.assemble import is_compiled, open_library
from skill.cli.models import build
from skill.settings import PREFIX, Settings
from skill.web.production.compiling import Compiling


@pytest.fixture
def hups() -> Iterator[list[int]]:
    """What this process was sent: it stands for the parent."""
    sent: list[int] = []
    before = signal.signal(signal.SIGHUP, lambda number, _: sent.append(number))
    yield sent
    signal.signal(signal.SIGHUP, before)


@pytest.fixture
def settings(furnished: Callable[[Path], Path], tmp_path: Path) -> Settings:
    copytree(CONTENT, tmp_path / "content")
    return Settings(content=tmp_path / "content", data=furnished(tmp_path) / "data")


def edit(settings: Settings, words: str) -> None:
    article = settings.content / "en/articles/heartburn.yaml"
    article.write_text(article.read_text(encoding="utf-8").replace("summary: ", f"summary: {words} "), encoding="utf-8")


def test_what_is_compiled_already_delays_no_reload(settings: Settings) -> None:
    assert not Compiling(settings).delays_reload()


def test_what_bump_guide_build_has_compiled_delays_no_reload(settings: Settings, tmp_path: Path) -> None:
    edit(settings, "Zanzibar.")
    env = {PREFIX + "CONTENT": str(settings.content), PREFIX + "DATA": str(settings.data)}
    done = CliRunner().invoke(build, env={**env, PREFIX + "MODELS": str(copytree(MODELS, tmp_path / "models"))})
    assert done.exit_code == 0, done.output
    assert not Compiling(settings).delays_reload()


def test_what_is_edited_while_it_compiles_is_compiled_before_the_reload(settings: Settings, hups: list[int]) -> None:
    compiling = Compiling(settings)
    edit(settings, "Zanzibar.")
    assert compiling.delays_reload()
    until(lambda: len(hups) == 1)
    edit(settings, "Lisbon.")
    assert compiling.delays_reload()
    until(lambda: len(hups) == 2)
    assert not compiling.delays_reload()
    with closing(open_library(settings, compile_with=compiling)) as library:
        article = library.article("heartburn")
        assert article is not None
        assert article.summary.startswith("Lisbon. Zanzibar.")


def test_what_is_edited_back_while_it_compiles_is_compiled_too(settings: Settings, hups: list[int]) -> None:
    compiling = Compiling(settings)
    edit(settings, "Zanzibar.")
    assert compiling.delays_reload()
    until(lambda: len(hups) == 1)
    assert is_compiled(settings)
    article = settings.content / "en/articles/heartburn.yaml"
    article.write_bytes((CONTENT / "en/articles/heartburn.yaml").read_bytes())
    assert compiling.delays_reload()
    until(lambda: len(hups) == 2)
    assert not compiling.delays_reload()
    assert is_compiled(settings)


def test_a_file_that_cannot_be_read_delays_no_reload(settings: Settings) -> None:
    """The reload itself says so, and goes on with what was served; the parent ended of it."""
    (settings.content / "en/articles/zanzibar.yaml").symlink_to("nowhere.yaml")
    assert not Compiling(settings).delays_reload()


def test_only_what_a_server_reads_can_be_compiled(settings: Settings, tmp_path: Path) -> None:
    edit(settings, "Zanzibar.")
    env = {PREFIX + "CONTENT": str(settings.content), PREFIX + "DATA": str(settings.data)}
    env[PREFIX + "MODELS"] = str(tmp_path / "models")
    done = CliRunner().invoke(build, ["--content-only"], env=env)
    assert done.exit_code == 0, done.output
    assert is_compiled(settings)
    assert not (tmp_path / "models").exists()
