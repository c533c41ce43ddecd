"""The production server for the benchmark: beside the skill one Flask route more, POST /constant, that does nothing.

Started as tests/production/served.py is.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from flask import Flask, Response  # noqa: E402 - run as a script, from anywhere
from production import served  # noqa: E402

from skill.web.app import create_app  # noqa: E402
from skill.web.production import serve  # noqa: E402


def with_a_constant(*given: Any, **named: Any) -> Flask:
    """As create_app."""
    app = create_app(*given, **named)

    @app.post("/constant")
    def constant() -> Response:
        return Response('{"version": "1.0", "response": {}}', mimetype="application/json")

    return app


if __name__ == "__main__":
    serve.create_app = with_a_constant  # type: ignore[attr-defined]
    served.main()
