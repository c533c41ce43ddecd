"""`bump-guide serve --production`: settings and addresses in, a server until it is stopped."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from flask import Flask

from skill.alexa.certificate_download import certificate_fetcher
from skill.alexa.certificates import load_trust_roots
from skill.alexa.kept_chains import KeptChains
from skill.alexa.verify import RequestVerifier
from skill.assemble import open_library
from skill.errors import DownloadsBusy, RequestRejected, SettingsInvalid
from skill.settings import Settings
from skill.simulator.envelope import Device, intent_request, launch_envelope
from skill.web.app import create_app
from skill.web.production.compiling import Compiling
from skill.web.production.logs import log_json_lines
from skill.web.production.metrics import Metrics, make_folder
from skill.web.production.server import Listening, Server
from skill.web.serve import refuse_a_folder_that_cannot_be_written, refuse_a_port_in_use

Fetch = Callable[[str], bytes]
MakeVerifier = Callable[[Callable[[Fetch], Fetch], KeptChains], RequestVerifier]
"""Given what counts downloads when it is put around them, and where chains are kept, makes a verifier."""

_log = logging.getLogger(__name__)


def serve_in_production(settings: Settings, listening: Listening, make_verifier: MakeVerifier | None = None) -> None:
    """Serves until it is told to stop, and ends the process. Only requests that Alexa signed for our skill are
    answered; nothing else of the application can be reached but /healthz. `make_verifier` is what a test puts in place
    of Amazon's certificates.

    Raises SettingsInvalid with one sentence for what is missing or cannot be used, and what create_app raises.
    """
    settings = replace(settings, production=True)
    settings.validate()
    _refuse_one_port_for_both(listening)
    refuse_a_port_in_use(listening.host, listening.port)
    if listening.metrics_port is not None:
        refuse_a_port_in_use(listening.metrics_host, listening.metrics_port)
    refuse_a_folder_that_cannot_be_written(settings)
    log_json_lines()
    compiling = Compiling(settings)
    make = partial(_application, settings, compiling, make_verifier or _amazons)
    Server(listening, compiling, make, make_folder()).run()


def _refuse_one_port_for_both(listening: Listening) -> None:
    if listening.port == listening.metrics_port:
        raise SettingsInvalid(f"Port {listening.port} is named for both: give the metrics another one.")


def _amazons(counted: Callable[[Fetch], Fetch], kept: KeptChains) -> RequestVerifier:
    return RequestVerifier(
        fetch=counted(certificate_fetcher()), trust_roots=load_trust_roots(), now=lambda: datetime.now(UTC), kept=kept
    )


def _application(settings: Settings, compiling: Compiling, make_verifier: MakeVerifier, metrics: Metrics) -> Flask:
    """The application, with everything that the first turn needs loaded."""
    app = create_app(
        settings,
        verifier=make_verifier(partial(_counting, metrics), KeptChains(settings.data / "chains")),
        observer=metrics,
        open_with=partial(open_library, compile_with=compiling, in_memory=True),
    )
    _take_a_turn(app)
    return app


def _counting(metrics: Metrics, fetch: Fetch) -> Fetch:
    def counted(address: str) -> bytes:
        try:
            chain = fetch(address)
        except DownloadsBusy:
            metrics.downloaded("refused")
            raise
        except RequestRejected:
            metrics.downloaded("failed")
            raise
        metrics.downloaded("ok")
        return chain

    return counted


def _take_a_turn(app: Flask) -> None:
    """Before the workers are forked, so that they share what a first question loads. Nothing of it is counted."""
    skill, device = app.extensions["live"].current(), Device()
    slot = {"name": "complaint", "value": "my back hurts", "confirmationStatus": "NONE"}
    intent = {"name": "ComplaintIntent", "confirmationStatus": "NONE", "slots": {"complaint": slot}}
    for envelope in (launch_envelope(device, {}), intent_request(device, intent, {}, new=True, dialog_state=None)):
        skill.handle(envelope)
    _log.info("Serving content %s.", skill.core.library.version)
