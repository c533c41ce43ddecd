"""Amazon's viewhost in a browser, as tests and pictures use it: viewhost.mjs behind two pipes."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any

HERE = Path(__file__).parent
FONTS = Path("/usr/share/fonts/truetype/dejavu")


def missing() -> str:
    """What is not installed, and how to; empty where nothing is missing."""
    needed = {
        "node": shutil.which("node"),
        "chromium": shutil.which("chromium"),
        "the font DejaVu Sans": (FONTS / "DejaVuSans-Bold.ttf").exists(),
        "tests/screens/node_modules": (HERE / "node_modules" / "apl-viewhost-web").exists(),
    }
    gaps = [name for name, found in needed.items() if not found]
    return f"{', '.join(gaps)} missing: make viewhost says what to install" if gaps else ""


class Viewhost:
    """One browser; a screen at a time."""

    def __enter__(self) -> Viewhost:
        fonts = (str(FONTS / "DejaVuSans.ttf"), str(FONTS / "DejaVuSans-Bold.ttf"))
        self._process = subprocess.Popen(
            ["node", str(HERE / "viewhost.mjs"), str(shutil.which("chromium")), *fonts],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def __call__(self, **order: Any) -> dict[str, Any]:
        """One order, one answer; viewhost.mjs explains them. Raises RuntimeError with its words where it fails."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(self._process.communicate()[1])
        answer: dict[str, Any] = json.loads(line)
        return answer
