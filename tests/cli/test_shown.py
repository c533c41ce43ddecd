"""What we show people as an example is what they get, and a good one."""

from __future__ import annotations

import json
import re
import shlex

import pytest
from click.testing import CliRunner
from conftest import MODELS, ROOT

from skill.cli import main
from skill.settings import Settings
from skill.web.serve import greeting

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def data(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUMP_GUIDE_DATA", str(tmp_path_factory.getbasetemp() / "shown"))


def as_printed(shown: str) -> str:
    """A pattern for the printed text: lines may be broken elsewhere, and "…" stands for what is left out."""
    return r"\s+".join(re.escape(word) if word != "…" else ".*" for word in shown.split())


@pytest.mark.usefixtures("data")
def test_the_readme_shows_what_the_program_prints() -> None:
    shown = re.findall(r"^\$ \.venv/bin/bump-guide (ask .*)\n((?:.+\n)+?)```", README, re.MULTILINE)
    assert shown
    for command, output in shown:
        printed = CliRunner().invoke(main, shlex.split(command)).output
        assert re.fullmatch(as_printed(output), printed.strip(), re.DOTALL), printed


@pytest.mark.usefixtures("data")
def test_the_sample_that_is_printed_at_the_start_is_resolved_to_what_it_is_answered_with() -> None:
    told = greeting(Settings(content=ROOT / "content", models=MODELS), "127.0.0.1", 5000)
    sentence = re.search(r'ask "(.+)"', told)
    request = re.search(r"-d (.+)", told)
    assert sentence
    assert request
    answer = json.loads(CliRunner().invoke(main, ["ask", "--json", sentence[1]]).output)
    [sent] = shlex.split(request[1])
    for slots in (json.loads(sent)["request"]["intent"]["slots"], answer["request"]["request"]["intent"]["slots"]):
        [authority] = slots["complaint"]["resolutions"]["resolutionsPerAuthority"]
        assert authority["values"][0]["value"] == {"name": "my back hurts", "id": answer["topic"]}
