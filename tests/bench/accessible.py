"""Whether everybody can use a page as it is now."""

from __future__ import annotations

from typing import Any

from bench.browser import AXE

WIDTHS = (360, 1024, 1920)


def faults(page: Any) -> list[str]:
    """Every fault that axe finds, however small, and by how much the page is wider than its window."""
    debugger = page.context.new_cdp_session(page)  # which may bring a script in, whatever the page's policy says
    debugger.send("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
    call = {"expression": "axe.run(document)", "awaitPromise": True, "returnByValue": True}
    found = debugger.send("Runtime.evaluate", call)["result"]["value"]
    debugger.detach()
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    told = [f"{fault['id']} ({fault['impact']}): {fault['nodes'][0]['html'][:200]}" for fault in found["violations"]]
    return told + ([f"wider than the window by {wide}"] if wide > 0 else [])


def hold_everywhere(page: Any) -> None:
    """Asserts that the page has no such fault at the narrowest and the widest, in light and dark."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert faults(page) == [], (width, scheme)
