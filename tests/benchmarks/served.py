"""What gunicorn serves for the benchmark: the skill, and beside it a Flask route that returns a constant.

The skill takes only signed requests, as in production; its one difference is whose root it trusts, handed over in a
file, because Amazon's key is not ours to sign with.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from flask import Flask, Response

from skill.alexa.verify import RequestVerifier
from skill.feedback.memory import MemoryStore
from skill.settings import Settings
from skill.web.app import create_app

CHAIN, ROOT = "BENCH_CHAIN", "BENCH_ROOT"


def application() -> Flask:
    """POST / is the skill, POST /constant a route that does nothing."""
    chain = Path(os.environ[CHAIN]).read_bytes()
    root = x509.load_pem_x509_certificate(Path(os.environ[ROOT]).read_bytes())
    verifier = RequestVerifier(fetch=lambda address: chain, trust_roots=[root], now=lambda: datetime.now(UTC))
    app = create_app(Settings.from_env(), verifier=verifier, feedback=MemoryStore())

    @app.post("/constant")
    def constant() -> Response:
        return Response('{"version": "1.0", "response": {}}', mimetype="application/json")

    return app
