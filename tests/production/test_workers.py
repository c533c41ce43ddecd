"""Told to reload or to stop, the production server loses no request; a worker that dies is replaced."""

from __future__ import annotations

import fcntl
import http.client
import os
import shutil
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from conftest import CONTENT
from production.served import SKILL_ID, Served, production, until

from skill.simulator.envelope import Device, launch_envelope


@dataclass
class Load:
    """What became of the requests of a few clients that do not pause."""

    ends: Counter[str] = field(default_factory=Counter)
    stopping: bool = False

    @property
    def lost(self) -> int:
        """Neither answered nor turned away before they were sent."""
        return self.ends.total() - self.ends["200"] - self.ends["refused"]


@contextmanager
def under_load(served: Served, clients: int = 4) -> Iterator[Load]:
    load = Load()

    def run() -> None:
        while not load.stopping:
            try:
                load.ends[str(served.post(launch_envelope(Device(skill_id=SKILL_ID), {}))[0])] += 1
            except ConnectionRefusedError:
                load.ends["refused"] += 1
                time.sleep(0.02)
            except (OSError, http.client.HTTPException) as error:
                load.ends[type(error).__name__] += 1

    threads = [threading.Thread(target=run) for _ in range(clients)]
    for thread in threads:
        thread.start()
    until(lambda: load.ends["200"] > 20)
    try:
        yield load
    finally:
        load.stopping = True
        for thread in threads:
            thread.join()


@pytest.fixture
def own(furnished: Callable[[Path], Path], tmp_path: Path) -> Iterator[Served]:
    """A server that the test may do anything to, with content of its own."""
    shutil.copytree(CONTENT, tmp_path / "content")
    with production(furnished(tmp_path), CONTENT=str(tmp_path / "content")) as served:
        yield served


def answered_by_all(served: Served) -> None:
    for _ in range(20):
        assert served.post(launch_envelope(Device(skill_id=SKILL_ID), {}))[0] == 200


def test_a_reload_under_load_loses_no_request(own: Served) -> None:
    with under_load(own) as load:
        for _ in range(3):
            own.hang_up()
        answered = load.ends["200"]
        until(lambda: load.ends["200"] > answered + 20)
    assert load.lost == 0, load.ends
    assert load.ends["refused"] == 0


def test_new_workers_know_the_chains_that_old_ones_have_proven(own: Served) -> None:
    downloads = 'bump_guide_certificate_downloads_total{result="ok"}'
    answered_by_all(own)
    before = own.metrics()[downloads]
    own.hang_up()
    answered_by_all(own)
    os.kill(own.workers()[0], signal.SIGKILL)
    until(lambda: len(own.workers()) == 2)
    answered_by_all(own)
    assert own.metrics()[downloads] == before


def test_while_content_is_compiled_a_dead_worker_is_replaced_and_a_stop_is_heeded(own: Served) -> None:
    article = own.log.parent / "content/en/articles/heartburn.yaml"
    article.write_text(article.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
    before = own.workers()
    with (own.data / "library.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # somebody else compiles, so ours goes on
        own.process.send_signal(signal.SIGHUP)
        until(lambda: len(own.workers()) > len(before))
        os.kill(before[0], signal.SIGKILL)
        until(lambda: before[0] not in own.workers() and len(own.workers()) > len(before))
        assert before[1] in own.workers()  # nobody was replaced but the dead
        answered_by_all(own)
        own.process.send_signal(signal.SIGTERM)
        assert own.process.wait(30) == 0


def test_a_stop_under_load_loses_no_request(own: Served) -> None:
    with under_load(own) as load:
        own.process.send_signal(signal.SIGTERM)
        assert own.process.wait(60) == 0
    assert load.lost == 0, load.ends


def test_a_stop_leaves_no_folder_of_counts(own: Served) -> None:
    environment = Path(f"/proc/{own.workers()[0]}/maps").read_text(encoding="utf-8")
    folder = Path(next(part for part in environment.split() if "bump-guide-metrics-" in part)).parent
    assert folder.is_dir()
    own.process.send_signal(signal.SIGTERM)
    own.process.wait(60)
    assert not folder.exists()


def test_a_worker_that_is_killed_is_replaced_and_its_counts_stay(own: Served) -> None:
    name = 'bump_guide_request_seconds_count{intent="none",locale="en-US",outcome="command",type="launch"}'
    answered_by_all(own)
    counted = own.metrics()[name]
    before = own.workers()
    os.kill(before[0], signal.SIGKILL)
    answered_by_all(own)
    until(lambda: len(own.workers()) == len(before) and before[0] not in own.workers())
    answered_by_all(own)
    assert own.metrics()[name] == counted + 40


def test_a_reload_brings_new_content(own: Served) -> None:
    version = own.health()["content_version"]
    register = Path(own.log.parent / "content/en/articles/heartburn.yaml")
    text = register.read_text(encoding="utf-8")
    register.write_text(text.replace("summary: ", "summary: Zanzibar is warm. "), encoding="utf-8")
    own.hang_up()
    assert own.health()["content_version"] != version
    until(lambda: f'bump_guide_content{{version="{own.health()["content_version"]}"}}' in own.metrics())


def test_content_that_is_broken_on_reload_keeps_the_old_and_says_so(own: Served) -> None:
    version = own.health()["content_version"]
    article = own.log.parent / "content/en/articles/heartburn.yaml"
    text = article.read_text(encoding="utf-8")
    article.write_text(text.replace("summary:", "sumary:"), encoding="utf-8")
    own.hang_up()
    assert own.health()["content_version"] == version
    assert "serving the last good version" in own.health()["content_problem"]
    assert any("heartburn.yaml: summary" in line["message"] for line in own.logged())
    until(lambda: own.metrics()["bump_guide_content_problem"] == 1)
    os.kill(own.workers()[0], signal.SIGKILL)  # its successor too has the old content
    answered_by_all(own)
    article.write_text(text, encoding="utf-8")
    own.hang_up()
    assert own.health()["content_problem"] is None
    until(lambda: own.metrics()["bump_guide_content_problem"] == 0)


def test_reloads_leave_no_more_files_of_counts_than_workers(own: Served) -> None:
    maps = Path(f"/proc/{own.workers()[0]}/maps").read_text(encoding="utf-8")
    folder = Path(next(part for part in maps.split() if "bump-guide-metrics-" in part)).parent
    for _ in range(4):
        own.hang_up()
        answered_by_all(own)
    assert len(list(folder.glob("counter_*.db"))) <= 5  # of the parent, and of twice the workers


def test_every_line_of_the_log_is_json(own: Served) -> None:
    own.hang_up()
    own.process.send_signal(signal.SIGTERM)
    own.process.wait(60)
    assert len(own.logged()) > 10
