"""In CI no test is left out for want of something that .ci/run installs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

IN_A_TEST = "import pytest\ndef test_it() -> None:\n    pytest.skip('{}')\n"
IN_A_FIXTURE = (
    "import pytest\n@pytest.fixture\ndef it() -> None:\n    pytest.skip('{}')\ndef test_it(it: None) -> None: ...\n"
)
BY_A_MARK = "import pytest\n@pytest.mark.skipif(True, reason='{}')\ndef test_it() -> None: ...\n"
A_WHOLE_FILE = "import pytest\npytest.importorskip('no_such_module', reason='{}')\ndef test_it() -> None: ...\n"


def run(folder: Path, text: str, *options: str) -> subprocess.CompletedProcess[str]:
    """A pytest of its own, over one file, with and without processes as `make test` has them."""
    file = folder / "test_one.py"
    file.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "refused_skips", "-p", "no:cacheprovider", *options]
    env = {"PYTHONPATH": str(ROOT / "tests")}
    return subprocess.run([*command, str(file)], cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("text", [IN_A_TEST, IN_A_FIXTURE, BY_A_MARK, A_WHOLE_FILE])
def test_a_test_that_is_skipped_fails_with_its_reason(text: str, tmp_path: Path) -> None:
    refused = run(tmp_path, text.format("no cheese"), "--refuse-skips")
    assert refused.returncode != 0
    assert "does not allow: no cheese" in refused.stdout
    assert run(tmp_path, text.format("no cheese")).returncode in {0, pytest.ExitCode.NO_TESTS_COLLECTED}


def test_in_processes_beside_one_another_too(tmp_path: Path) -> None:
    assert "1 failed" in run(tmp_path, IN_A_TEST.format("no cheese"), "--refuse-skips", "-n", "2").stdout


def test_what_cannot_be_installed_may_be_skipped(tmp_path: Path) -> None:
    done = run(tmp_path, IN_A_TEST.format("the recorded chains are not here: /x"), "--refuse-skips")
    assert done.returncode == 0, done.stdout
    assert "1 skipped" in done.stdout


def test_what_is_expected_to_fail_is_not_skipped(tmp_path: Path) -> None:
    text = "import pytest\n@pytest.mark.xfail\ndef test_it() -> None:\n    raise ValueError\n"
    assert run(tmp_path, text, "--refuse-skips").returncode == 0


def test_ci_refuses_skips() -> None:
    assert "PYTEST_ADDOPTS=--refuse-skips" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
