"""gunicorn, told what it needs to know: one parent that loads everything, and workers forked from it that answer.

    HUP   content that was changed is compiled beside; then new workers begin with it, and the old ones finish what they
          have begun. Content that cannot be served: new workers with the old content, said in the log, by /healthz and
          in the metrics.
    TERM  nothing new is taken, what was begun is answered.

Library, encoder and skill are loaded before the fork and shared. Whatever runs in the background begins in the worker:
threads do not survive a fork. Workers are not replaced after some number of requests: they were seen not to grow
(docs/performance.md), and a leak should be seen too.
"""

from __future__ import annotations

import ctypes
import gc
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from skill.alexa.verify import RequestVerifier
from skill.feedback.record import FeedbackSink
from skill.web.live import LiveSkill
from skill.web.production.compiling import Compiling
from skill.web.production.edge import LONGEST_SECONDS, EdgeWorker
from skill.web.production.logs import GunicornLog, RequestLog
from skill.web.production.metrics import FOLDER_VARIABLE, Metrics

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

THREADS = 8
"""Of a worker. Understanding is work for a processor; more threads only help those who wait for a certificate."""
_GRACE_SECONDS = int(LONGEST_SECONDS) + 2
_LOST_SECONDS = 30
"""A worker that gives no sign of life for so long is killed and replaced."""
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - signs of life; gunicorn's FAQ, "How do I avoid Gunicorn excessively blocking"


@dataclass(frozen=True)
class Listening:
    """Where, and with how many."""

    host: str
    port: int
    metrics_host: str
    metrics_port: int | None
    """None: there are no metrics to be had."""
    workers: int

    def addresses(self) -> list[str]:
        """All of them, as gunicorn names them."""
        served = [f"{_bracketed(self.host)}:{self.port}"]
        if self.metrics_port is not None:
            served.append(f"{_bracketed(self.metrics_host)}:{self.metrics_port}")
        return served


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


class _Parent(Arbiter):  # type: ignore[misc]
    """gunicorn's, but that content is compiled beside."""

    def handle_hup(self) -> None:
        """Compiles first, where there is something to compile: the process that does sends HUP again when it ends."""
        if not self.app.compiling.delays_reload():
            super().handle_hup()

    def stop(self, graceful: bool = True) -> None:
        """Ends compiling first: that process too holds our addresses."""
        self.app.compiling.forget()
        super().stop(graceful)


class Server(BaseApplication):  # type: ignore[misc]
    """The parent's side. gunicorn calls its methods; what workers do is in the functions below."""

    def __init__(
        self, listening: Listening, compiling: Compiling, make: Callable[[Metrics], Flask], folder: Path
    ) -> None:
        """`make` gives the application, told what to count with, its content compiled by `compiling`; `folder` is for
        the metrics.
        """
        self._listening = listening
        self.compiling = compiling
        self._make = make
        self._folder = folder
        self._app: Flask | None = None
        self.metrics: Metrics | None = None
        super().__init__()

    def load_config(self) -> None:
        """See BaseApplication. The same each time: settings are read once."""
        given = {
            "bind": self._listening.addresses(),
            "workers": self._listening.workers,
            "threads": THREADS,
            "worker_class": EdgeWorker,
            "worker_tmp_dir": str(_IN_MEMORY) if _IN_MEMORY.is_dir() else None,
            "logger_class": GunicornLog,
            "preload_app": True,
            "raw_env": [f"{FOLDER_VARIABLE}={self._folder}"],
            "keepalive": 0,
            "timeout": _LOST_SECONDS,
            "graceful_timeout": _GRACE_SECONDS,
            "limit_request_line": 1024,  # ours are "POST / HTTP/1.1"
            "limit_request_fields": 60,
            "limit_request_field_size": 4096,  # the longest of Amazon's, the signature, has some 350 bytes
            "http_parser": "python",
            "forwarded_allow_ips": "",
            "control_socket_disable": True,
            "pre_fork": _choose_place,
            "post_fork": _begin_worker,
            "worker_exit": _end_worker,
            "child_exit": _count_out,
            "on_exit": _clean_up,
        }
        for name, value in given.items():
            self.cfg.set(name, value)

    def run(self) -> None:
        """Serves until it is stopped, and ends the process."""
        _Parent(self).run()

    def load(self) -> WSGIApplication:
        """See BaseApplication. Raises what making the application raises."""
        self.metrics = Metrics(self._folder)
        self._app = self._make(self.metrics)
        _settle()
        answers = RequestLog(self._app, self.metrics.responded)
        return partial(_by_address, str(self._listening.metrics_port), self.metrics.page(), answers)

    def reload(self) -> None:
        """See BaseApplication."""
        super().reload()
        gc.unfreeze()
        self.live.renew()
        self.compiling.forget()
        _settle()

    @property
    def live(self) -> LiveSkill:
        """What is served."""
        assert self._app is not None  # noqa: S101 - gunicorn loads before it forks
        live: LiveSkill = self._app.extensions["live"]
        return live

    @property
    def feedback(self) -> FeedbackSink:
        """Where ratings go."""
        assert self._app is not None  # noqa: S101
        feedback: FeedbackSink = self._app.extensions["feedback"]
        return feedback

    @property
    def verifier(self) -> RequestVerifier:
        """Who checks signatures."""
        assert self._app is not None  # noqa: S101
        verifier: RequestVerifier = self._app.extensions["verifier"]
        return verifier

    def refused(self, kind: str) -> None:
        """What EdgeWorker tells."""
        if self.metrics is not None:
            self.metrics.refused(kind)


def _settle() -> None:
    """What loading has used and let go is given back (glibc keeps it otherwise: 60 MB after some reloads). What is
    loaded is from now on left alone by the collector of garbage: marking would copy every page of it into each worker
    (Python, gc.freeze).
    """
    gc.collect()
    if (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)) is not None:
        trim(0)
    gc.freeze()


def _by_address(
    metrics_port: str,
    metrics: WSGIApplication,
    answers: WSGIApplication,
    environ: WSGIEnvironment,
    start_response: StartResponse,
) -> Iterable[bytes]:
    """Which of the two was connected to. SERVER_PORT is that of the socket, whatever the sender claims."""
    return (metrics if environ["SERVER_PORT"] == metrics_port else answers)(environ, start_response)


def _choose_place(arbiter: Any, worker: Any) -> None:
    """In the parent: the lowest place that no living worker has."""
    taken = {other.place for other in arbiter.WORKERS.values()}
    worker.place = next(place for place in range(len(taken) + 1) if place not in taken)


def _begin_worker(_: Any, worker: Any) -> None:
    server: Server = worker.app
    assert server.metrics is not None  # noqa: S101 - loaded before the fork
    server.metrics.begin(worker.place)
    server.verifier.prove_kept()
    server.metrics.watch(server.live, server.feedback)


def _end_worker(_: Any, worker: Any) -> None:
    """In the worker, at its end: what waits is written, and counted."""
    server: Server = worker.app
    server.feedback.close()
    if server.metrics is not None:
        server.metrics.look(server.live, server.feedback)


def _count_out(_: Any, worker: Any) -> None:
    server: Server = worker.app
    if server.metrics is not None:
        server.metrics.end(worker.place)


def _clean_up(arbiter: Any) -> None:
    if arbiter.app.metrics is not None:
        arbiter.app.metrics.remove()
