"""Talking on the simulator page, for its tests."""

from __future__ import annotations

from typing import Any

SENTENCE = "why does my back hurt"


def say(page: Any, sentence: str) -> str:
    """Types a sentence and gives the reply."""
    before = page.locator("#log > li").count()
    page.fill("#sentence", sentence)
    page.press("#sentence", "Enter")
    return str(reply_after(page, before))


def reply_after(page: Any, before: int) -> str:
    page.wait_for_selector(f"#log > li:nth-child({before + 1})")
    return str(page.locator("#log > li").nth(before).locator(".ours").inner_text())


def press(page: Any, button: str) -> str:
    before = page.locator("#log > li").count()
    page.get_by_role("button", name=button, exact=True).click()
    return reply_after(page, before)


def held_back(page: Any, pattern: str) -> list[Any]:
    """The requests of that address, as they come: each waits for its `continue_()`."""
    routes: list[Any] = []

    def hold(route: Any) -> None:
        routes.append(route)

    page.route(pattern, hold)
    return routes
