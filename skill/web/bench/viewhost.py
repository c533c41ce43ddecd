"""Amazon's viewhost, which draws what a device shows, in a frame that can do nothing else.

It is compiled WebAssembly whose glue makes functions of text (Emscripten, "embind") and styles on the way, so it needs
a policy that no page of ours has. Its frame is therefore sandboxed: an origin of its own that nobody shares, without
cookies, forms or windows, and with no host to ask: not for Amazon's fonts either, so a font of the browser stands in.
Page and frame talk by messages.
"""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, render_template

_POLICY = (
    "sandbox allow-scripts; default-src 'none'; script-src 'self' 'unsafe-eval'; style-src 'unsafe-inline';"
    " img-src data:; connect-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_FRAME = Path(__file__).with_name("static") / "frame.js"


def add_viewhost(routes: Blueprint, folder: Path) -> None:
    """The frame, and its one script; `folder` is where the viewhost's index.js is."""

    @routes.get("/viewhost/")
    def viewhost() -> Response:
        return Response(render_template("bench/viewhost.html"), headers={"Content-Security-Policy": _POLICY})

    @routes.get("/viewhost/drawing.js")
    def drawing() -> Response:
        """Public code without a secret, which a sandboxed frame may load only if everybody may."""
        script = b"\n".join(path.read_bytes() for path in (folder / "index.js", _FRAME))
        headers = {"Cross-Origin-Resource-Policy": "cross-origin"}
        return Response(script, content_type="text/javascript; charset=utf-8", headers=headers)
