"""Counts for Prometheus. Labels are from closed lists: no words, none of Alexa's ids, no topic.

Each worker process counts into files of its own, in memory where there is such a folder, and a page adds them up
(prometheus_client, "Multiprocess Mode"). The files are named by the worker's place among the workers and not by its
process: one that takes over a place counts on, so that years of reloads leave no more files than there are workers.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from collections import Counter as Counts
from pathlib import Path
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Summary, make_wsgi_app, values
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from skill.alexa.seen import Seen
from skill.feedback.record import FeedbackSink
from skill.feedback.spool import Spool, SpoolState
from skill.web.live import LiveSkill

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
"""The environment variable in which prometheus_client looks for the folder."""
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a full disk must not stop a count, which is written through a memory map
_BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 8)
"""Seconds. After 8 Amazon does not wait any longer."""
_OF_A_REQUEST = ("type", "intent", "outcome", "locale")
_WATCH_SECONDS = 5.0
_FATES = ("written", "repeated", "refused", "given_up", "in_memory_only")
"""Of a rating, as SpoolState names them."""


def make_folder() -> Path:
    """A new folder for the files, for this user alone."""
    return Path(tempfile.mkdtemp(prefix="bump-guide-metrics-", dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None))


class Metrics:
    """An Observer that counts. Made once, before the workers are forked; FOLDER_VARIABLE must be set."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._place = "parent"
        values.ValueClass = values.MultiProcessValue(lambda: self._place)  # type: ignore[no-untyped-call]
        registry = CollectorRegistry()
        self._requests = Summary(
            "bump_guide_request_seconds",
            "Requests of Alexa's that were answered, and the seconds from the door to the response.",
            _OF_A_REQUEST,
            registry=registry,
        )
        self._seconds = Histogram(
            "bump_guide_answer_seconds",
            "The same, by how long it took.",
            ("type", "outcome"),
            buckets=_BUCKETS,
            registry=registry,
        )
        self._refused = Counter(
            "bump_guide_refused", "Requests that were not let in, by what was wrong.", ("kind",), registry=registry
        )
        self._responses = Counter("bump_guide_responses", "HTTP responses by status.", ("status",), registry=registry)
        self._downloads = Counter(
            "bump_guide_certificate_downloads",
            "Certificate chains that were downloaded: those of other requests were known.",
            ("result",),
            registry=registry,
        )
        self._content = Gauge(
            "bump_guide_content", "1 for the version being served.", ("version",), registry=registry,
            multiprocess_mode="livemax",
        )  # fmt: skip
        self._content_problem = Gauge(
            "bump_guide_content_problem", "1 while the files as they are now cannot be served.", registry=registry,
            multiprocess_mode="livemax",
        )  # fmt: skip
        self._feedback = _SpoolCounts(registry)

    # What a worker does.

    def begin(self, place: int) -> None:
        """In a new worker: counts from here on are those of this place."""
        self._place = str(place)

    def answered(self, seen: Seen, seconds: float) -> None:
        """See Observer."""
        self._requests.labels(seen.kind, seen.intent, seen.outcome, seen.locale).observe(seconds)
        self._seconds.labels(seen.kind, seen.outcome).observe(seconds)

    def refused(self, kind: str) -> None:
        """See Observer."""
        self._refused.labels(kind).inc()

    def responded(self, status: str) -> None:
        """An HTTP response was begun."""
        self._responses.labels(status).inc()

    def downloaded(self, result: str) -> None:
        """A certificate chain was asked for."""
        self._downloads.labels(result).inc()

    def watch(self, live: LiveSkill, feedback: FeedbackSink) -> None:
        """From now on looks every few seconds at what is served and at the ratings that wait."""

        def run() -> None:
            while True:
                self.look(live, feedback)
                time.sleep(_WATCH_SECONDS)

        threading.Thread(target=run, name="metrics", daemon=True).start()

    def look(self, live: LiveSkill, feedback: FeedbackSink) -> None:
        """Once."""
        self._content.labels(live.current().core.library.version).set(1)
        self._content_problem.set(live.problem is not None)
        if isinstance(feedback, Spool):
            self._feedback.take(feedback.state())

    # What the parent does.

    def end(self, place: int) -> None:
        """A worker is gone: what it alone had no longer counts, what it counted stays."""
        mark_process_dead(place, str(self._folder))  # type: ignore[no-untyped-call]

    def page(self) -> WSGIApplication:
        """Answers with the sums, whatever the path."""
        registry = CollectorRegistry()
        MultiProcessCollector(registry, str(self._folder))  # type: ignore[no-untyped-call]
        return make_wsgi_app(registry)

    def remove(self) -> None:
        """At the very end."""
        shutil.rmtree(self._folder, ignore_errors=True)


class _SpoolCounts:
    """The state of one process's spool, counted on."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._before: Counts[tuple[str, str]] = Counts()
        self._ratings = Counter(
            "bump_guide_feedback", f"Ratings: {', '.join(_FATES)}.", ("state",), registry=registry
        )  # fmt: skip
        self._failures = Counter(
            "bump_guide_feedback_failures", "Tries to write that failed, by error.", ("error",), registry=registry
        )
        self._waiting = Gauge(
            "bump_guide_feedback_waiting", "Ratings that wait for the store.", registry=registry,
            multiprocess_mode="livesum",
        )  # fmt: skip
        self._down = Gauge(
            "bump_guide_feedback_down", "1 while the store cannot be written.", registry=registry,
            multiprocess_mode="livemax",
        )  # fmt: skip

    def take(self, state: SpoolState) -> None:
        """Adds what has come since the last time: within a process these numbers only grow."""
        now = Counts({("state", fate): getattr(state, fate) for fate in _FATES})
        now.update({("error", name): times for name, times in state.failures.items()})
        for (kind, name), times in (now - self._before).items():
            (self._failures if kind == "error" else self._ratings).labels(name).inc(times)
        self._before = now
        self._waiting.set(state.waiting)
        self._down.set(not state.available)
