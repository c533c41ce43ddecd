"""A worker does not grow with the number of requests that it has at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from production.served import SKILL_ID, Served, production

from skill.simulator.envelope import Device, intent_request
from skill.web.production.server import THREADS

MOST_MB = 15
"""While a search took 7 MB, eight threads at once took 42, and kept them."""


def ask(served: Served, number: int) -> None:
    slot = {"name": "complaint", "value": f"cramps wake me up every night {number}", "confirmationStatus": "NONE"}
    intent = {"name": "ComplaintIntent", "confirmationStatus": "NONE", "slots": {"complaint": slot}}
    assert served.ask(intent_request(Device(skill_id=SKILL_ID), intent, {}, new=True, dialog_state=None))


def megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty:")) / 1024


def test_many_requests_at_once_leave_a_worker_hardly_larger(furnished: Callable[[Path], Path], tmp_path: Path) -> None:
    with production(furnished(tmp_path), workers=1) as served:
        (worker,) = served.workers()
        for number in range(30):
            ask(served, number)
        before = megabytes(worker)
        with ThreadPoolExecutor(2 * THREADS) as clients:
            list(clients.map(lambda number: ask(served, number), range(30, 230)))
        threads = len(list(Path(f"/proc/{worker}/task").iterdir()))
        assert threads >= THREADS
        assert megabytes(worker) < before + MOST_MB
