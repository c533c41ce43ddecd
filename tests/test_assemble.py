"""A start loads what it needs: all of it on a server, only what a launch needs in a function."""

from __future__ import annotations

import fcntl
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import CONTENT, ROOT

from skill.assemble import compile_content, open_library
from skill.errors import SettingsInvalid
from skill.settings import Settings

HEAVY = ("numpy", "onnxruntime", "num2words", "urllib3", "cryptography", "yaml.cyaml", "skill.library.load")
_LAUNCH = """
import json, sys
from datetime import date
from pathlib import Path
from skill.alexa.handle import Skill
from skill.assemble import assemble
from skill.feedback.memory import MemoryStore
from skill.library.store import Library
from skill.settings import Settings
import skill.aws_lambda.entrance

core = assemble(Settings(content=Path(sys.argv[1])), Library(Path(sys.argv[2])), MemoryStore(), at_once={at_once})
loaded = [name for name in {heavy} if name in sys.modules]
answer = Skill(core).handle(json.loads(Path(sys.argv[3]).read_text()))
assert answer["response"]["outputSpeech"]
print(loaded, [name for name in {heavy} if name in sys.modules])
"""


def loaded(compiled: Path, request: str, *, at_once: bool) -> tuple[list[str], list[str]]:
    """What of the heavy modules a new process has loaded when it is ready, and after a request."""
    program = _LAUNCH.format(at_once=at_once, heavy=HEAVY)
    paths = [str(CONTENT), str(compiled), str(ROOT / "tests" / "requests" / f"{request}.json")]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program, *paths], capture_output=True, text=True, cwd=ROOT, check=True
    )
    before, after = done.stdout.strip().split("] [")
    return before.strip("[]").split(", "), after.strip("[]").split(", ")


def test_a_function_answers_a_launch_without_anything_heavy(compiled: Path) -> None:
    before, after = loaded(compiled, "launch", at_once=False)
    assert before == after == [""]


@pytest.mark.parametrize("request_name", ["launch", "free-complaint"])
def test_a_server_has_loaded_everything_before_the_first_turn(request_name: str, compiled: Path) -> None:
    before, after = loaded(compiled, request_name, at_once=True)
    assert "'onnxruntime'" in before
    assert before == after


def test_a_function_understands_free_text_all_the_same(compiled: Path) -> None:
    _, after = loaded(compiled, "free-complaint", at_once=False)
    assert "'onnxruntime'" in after


def nobody_compiles(root: Path, target: Path, encoder: object) -> None:
    raise LookupError("compiled")


def in_production(content: Path, data: Path) -> Settings:
    return Settings(content=content, data=data, production=True, skill_id="amzn1.ask.skill.1")


def test_that_nobody_has_signed_is_said_before_compiling(tmp_path: Path) -> None:
    settings = in_production(CONTENT, tmp_path)
    with pytest.raises(SettingsInvalid, match=r"No clinician has signed any of the \d\d+ articles"):
        open_library(settings, compile_with=nobody_compiles)
    for taken in (replace(settings, serve_unreviewed=True), replace(settings, production=False)):
        with pytest.raises(LookupError):
            open_library(taken, compile_with=nobody_compiles)


def test_what_may_be_signed_is_compiled_to_see(tmp_path: Path) -> None:
    articles = tmp_path / "content/en/articles"
    articles.mkdir(parents=True)
    (articles / "back-pain.yaml").write_text("review:\n  status: unreviewed\n", encoding="utf-8")
    (articles / "nausea.yaml").write_text("review: {status: reviewed}\n", encoding="utf-8")
    with pytest.raises(LookupError):
        open_library(in_production(tmp_path / "content", tmp_path), compile_with=nobody_compiles)


def test_those_who_compile_into_one_folder_take_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builds = threading.Event()
    monkeypatch.setattr("skill.build.build", lambda *_, **__: builds.set())
    with (tmp_path / "library.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waits = threading.Thread(target=compile_content, args=(CONTENT, tmp_path / "library.sqlite", None))
        waits.start()
        assert not builds.wait(0.3)
    waits.join(60)
    assert builds.is_set()
