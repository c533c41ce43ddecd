"""A real server and a real browser, for the tests of the bench and for its screenshots."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from listening import listening

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_QUIETLY = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--disable-dev-shm-usage", "--autoplay-policy=no-user-gesture-required",
)  # fmt: skip


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The app on a free port of this machine; gives its address without a slash at the end."""
    with listening(app) as port:
        yield f"http://127.0.0.1:{port}"


@contextmanager
def browser() -> Iterator[Any]:
    """Chromium without a window, with an empty profile of its own, and nothing of it that calls home."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the tests are skipped where it is missing

    with tempfile.TemporaryDirectory() as profile, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=CHROMIUM, headless=True, args=list(_QUIETLY), accept_downloads=True
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        try:
            yield context
        finally:
            context.close()
