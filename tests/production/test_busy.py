"""Somebody who sends unsigned requests for ever new certificates keeps nobody else waiting."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from chains import HOST, silent_server
from production.served import SKILL_ID, Served, production

from skill.simulator.envelope import Device, launch_envelope

ATTACKERS = 16
PAUSE = 0.05
"""Seconds between the requests of one attacker: it is threads that are fought for here, not the processor."""


@contextmanager
def storm(served: Served) -> Iterator[list[int]]:
    """Unsigned requests, each naming an address of its own; gives the statuses so far."""
    numbers, over, statuses = itertools.count(), threading.Event(), []

    def attack() -> None:
        while not over.wait(PAUSE):
            address = f"https://{HOST}/echo.api/new-{next(numbers)}.pem"
            statuses.append(served.post(b"{}", {"SignatureCertChainUrl": address, "Signature-256": "AAAA"})[0])

    threads = [threading.Thread(target=attack) for _ in range(ATTACKERS)]
    for thread in threads:
        thread.start()
    try:
        yield statuses
    finally:
        over.set()
        for thread in threads:
            thread.join()


def test_a_known_chain_is_answered_at_once_while_unknown_ones_storm(
    furnished: Callable[[Path], Path], tmp_path: Path
) -> None:
    launch = launch_envelope(Device(skill_id=SKILL_ID), {})
    with silent_server() as silent, production(furnished(tmp_path), workers=1, elsewhere=silent) as served:
        assert served.ask(launch)
        with storm(served) as statuses:
            time.sleep(1)
            took = []
            for _ in range(20):
                began = time.monotonic()
                assert served.ask(launch)
                took.append(time.monotonic() - began)
        assert max(took) < 1
        assert set(statuses) == {400}
        assert served.metrics()['bump_guide_certificate_downloads_total{result="refused"}'] > 10
