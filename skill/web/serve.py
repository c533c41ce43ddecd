"""The development server: one process, loopback, edited articles served at once."""

from __future__ import annotations

import json
import os
import shlex
import socket
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from werkzeug.serving import WSGIRequestHandler, make_server

from skill.assemble import compiled_path, is_compiled, open_library
from skill.errors import SettingsInvalid
from skill.settings import PREFIX, Settings
from skill.simulator.envelope import Device, intent_envelope
from skill.simulator.hear import HearingModel, hear
from skill.web.app import create_app

_QUESTION = "why does my back hurt in pregnancy"
_ASKED_ALL_THE_TIME = "/bench/library-state"
"""By every open library page, to see whether a file has changed."""


class _Handler(WSGIRequestHandler):
    """Logs every request but those that no person makes."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        if self.path.partition("?")[0] != _ASKED_ALL_THE_TIME:
            super().log_request(code, size)


def serve(
    settings: Settings, host: str, port: int, while_compiling: Callable[[], AbstractContextManager[None]] = nullcontext
) -> None:
    """Serves until it is interrupted. Where the content has to be compiled first, which takes long, that is done inside
    `while_compiling`. Raises SettingsInvalid with one sentence for a port or folder it cannot use.
    """
    settings.validate()
    refuse_a_port_in_use(host, port)
    refuse_a_folder_that_cannot_be_written(settings)
    if not is_compiled(settings):
        with while_compiling():
            open_library(settings).close()
    app = create_app(settings)
    server = make_server(host, port, app, threaded=True, request_handler=_Handler)
    print(greeting(settings, host, port), flush=True)  # noqa: T201 - for the person who started it
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


def refuse_a_port_in_use(host: str, port: int) -> None:
    """Raises SettingsInvalid where one cannot listen there."""
    try:
        with socket.create_server((host, port)):
            pass
    except OSError as error:
        raise SettingsInvalid(
            f"Port {port} on {host} cannot be used ({os.strerror(error.errno or 0).lower()}): stop what runs there,"
            " or choose another one: `make run PORT=5001`, `serve --port 5001`, or `--metrics-port` for the metrics."
        ) from error


def refuse_a_folder_that_cannot_be_written(settings: Settings) -> None:
    """Raises SettingsInvalid where nothing can be kept in the data folder."""
    probe = compiled_path(settings).parent / ".writable"
    try:
        probe.parent.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise SettingsInvalid(
            f"The data folder {settings.data} cannot be written ({error.strerror}): make it writable,"
            f" or name another one with {PREFIX}DATA."
        ) from error


def greeting(settings: Settings, host: str, port: int) -> str:
    """What is printed at the start: where it listens, and what to try. Raises ModelInvalid."""
    address = f"http://{host}:{port}/"
    heard = hear(HearingModel.load(settings.models / "en-US.json"), _QUESTION)
    request = json.dumps(intent_envelope(Device(), heard, {}, new=True, elicited=False))
    mode = "Production: only signed requests." if settings.production else (
        "Development mode: unsigned requests are taken, from this machine only."
    )  # fmt: skip
    command = f"{sys.prefix}/bin/bump-guide"
    return "\n".join(
        [
            f"{settings.skill_name} is listening on {address}",
            mode,
            "",
            "Ask it something:",
            f'  {command.replace(str(settings.content.parent) + "/", "")} ask "{_QUESTION}"',
            "",
            "Or send it what Alexa sends for that question:",
            f"  curl -s {address} -H 'Content-Type: application/json' -d {shlex.quote(request)}",
            "",
            "Stop it with Ctrl-C.",
        ]
    )
