"""The library that runs the encoder tells nobody of it, and a process may be forked over it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from conftest import ROOT

READ = "from skill.encoder.encoder import Encoder; encoder = Encoder(); encoder.read('my back hurts')"
FORK = "import os, sys; child = os.fork(); child or encoder.read('again') and sys.exit(7)"
ENDED = "print(os.waitpid(child, 0)[1] >> 8)"


def run(code: str, home: Path) -> str:
    environment = {**os.environ, "HOME": str(home), "TMPDIR": str(home), "PYTHONPATH": str(ROOT)}
    environment.pop("ORT_DISABLE_TELEMETRY", None)
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=120, check=True
    )
    return done.stdout


def test_nothing_is_written_that_could_be_sent_to_the_makers_of_the_library(tmp_path: Path) -> None:
    run(READ, tmp_path)
    assert list(tmp_path.rglob("*")) == []


def test_a_process_that_is_forked_reads_and_ends(tmp_path: Path) -> None:
    assert run(f"{READ}; {FORK}; {ENDED}", tmp_path).strip() == "7"
