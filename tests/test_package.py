"""Installed from a wheel and nothing else, `bump-guide ask` works from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (wheel,) = folder.glob("*.whl")
    return wheel


def test_content_and_models_are_in_it(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "skill/shipped/content/en/articles/back-pain.yaml" in names
    assert "skill/shipped/interaction_models/en-GB.json" in names
    assert "skill/shipped/docs/store/privacy-policy.md" in names
    assert "skill/store_package/icons/icon-512.png" in names
    assert not any(name.startswith(("tests/", "var/")) for name in names)


def test_it_answers_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    script = "import sys; from skill.cli import main; sys.argv = ['bump-guide', 'ask', 'what causes heartburn']; main()"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "XDG_DATA_HOME": str(tmp_path / "home")}
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
        timeout=120,
        check=False,
    )
    assert "Heartburn" in done.stdout, done.stderr
    assert (tmp_path / "home" / "bump-guide" / "library.sqlite").is_file()
