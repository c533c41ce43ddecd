"""Exact while several processes write and are killed: the short form of `make soak-feedback`."""

from __future__ import annotations

from pathlib import Path

from feedback.soak import kill_at_random

RECORDS = {"sqlite": 2500, "postgresql": 2500, "dynamodb": 250}
"""Of each of four processes. Dynalite takes a few hundred a second, so it gets a tenth."""


def test_nothing_acknowledged_is_lost_and_nothing_counted_twice(address: str, tmp_path: Path) -> None:
    records = RECORDS[address.partition(":")[0]]
    found = kill_at_random(address, processes=4, records=records, kills=8, folder=tmp_path)
    assert found.kills == 8
    assert (found.lost, found.twice) == (0, 0)
    assert found.counted == 4 * records
