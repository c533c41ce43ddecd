"""Chains that are kept on disk: proven once more by whoever reads them, and trusted for nothing else."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from alexa.test_verify import BODY, Clock, Downloads, below, good_chain, headers, rejected
from chains import ADDRESS, NOW, authority, intermediate, root

from skill.alexa.kept_chains import MOST_KEPT, KeptChain, KeptChains
from skill.alexa.verify import RequestVerifier

DOWN = OSError("down")


def verifier(folder: Path, content: bytes | BaseException, clock: Clock) -> tuple[RequestVerifier, Downloads]:
    downloads = Downloads(content)
    made = RequestVerifier(fetch=downloads, trust_roots=[root().certificate], now=clock, kept=KeptChains(folder))
    return made, downloads


def begun(folder: Path, clock: Clock, content: bytes | BaseException = DOWN) -> tuple[RequestVerifier, Downloads]:
    """As a new process has it, after the chains that are kept were proven."""
    made, downloads = verifier(folder, content, clock)
    made.prove_kept()
    return made, downloads


def proven_by_another(folder: Path, clock: Clock) -> None:
    another, _ = verifier(folder, good_chain(), clock)
    another.verify_signature(headers(), BODY)


def test_what_one_process_has_proven_another_lets_in_without_a_download(tmp_path: Path) -> None:
    clock = Clock()
    proven_by_another(tmp_path / "chains", clock)
    new, downloads = begun(tmp_path / "chains", clock)
    new.verify_signature(headers(), BODY)
    assert downloads.asked == []


def test_it_is_downloaded_anew_when_it_would_have_been_without(tmp_path: Path) -> None:
    clock = Clock()
    proven_by_another(tmp_path, clock)
    clock.now += timedelta(hours=23)
    new, downloads = begun(tmp_path, clock, good_chain())
    clock.now += timedelta(hours=1)
    new.verify_signature(headers(), BODY)
    assert downloads.asked == []
    clock.now += timedelta(seconds=1)
    new.verify_signature(headers(), BODY)
    assert downloads.asked == [ADDRESS]


def test_nothing_is_kept_of_what_did_not_hold(tmp_path: Path) -> None:
    forged, _ = verifier(tmp_path, below(authority("Nobody")), Clock())
    with rejected():
        forged.verify_signature(headers(), BODY)
    assert list(tmp_path.iterdir()) == []


def kept(pem: Callable[[], bytes], *, address: str = ADDRESS, age: timedelta = timedelta()) -> Callable[[Path], object]:
    return lambda folder: KeptChains(folder).keep(KeptChain(address, NOW - age, pem()))


def written(content: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / "some.json").write_bytes(content)


def with_changed(**changes: object) -> Callable[[Path], object]:
    def write(folder: Path) -> None:
        kept(good_chain)(folder)
        (file,) = folder.iterdir()
        file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | changes), encoding="utf-8")

    return write


DOES_NOT_COUNT: dict[str, Callable[[Path], object]] = {
    "a chain to a root of somebody's own": kept(lambda: below(authority("Nobody"))),
    "a chain that has expired": kept(lambda: below(intermediate(), until=NOW - timedelta(hours=1))),
    "a chain from the day before yesterday": kept(good_chain, age=timedelta(hours=48)),
    "a chain from tomorrow": kept(good_chain, age=timedelta(hours=-24)),
    "another host's address": kept(good_chain, address="https://example.org/echo.api/a.pem"),
    "an empty file": written(b""),
    "no JSON": written(b"\x00\xff{"),
    "a list": written(b"[]"),
    "nested without end": written(b"[" * 50_000),
    "no address": with_changed(address=None),
    "no time": with_changed(downloaded="yesterday"),
    "a time without its zone": with_changed(downloaded="2026-01-01T00:00:00"),
    "no certificates": with_changed(pem="nothing"),
    "what no byte holds": with_changed(pem="\u2026"),
    "more than a download may have": with_changed(more="x" * 100_000),
}


@pytest.mark.parametrize("name", DOES_NOT_COUNT)
def test_what_somebody_put_there_counts_for_nothing_and_stops_nothing(name: str, tmp_path: Path) -> None:
    DOES_NOT_COUNT[name](tmp_path)
    new, downloads = begun(tmp_path, Clock(), good_chain())
    new.verify_signature(headers(), BODY)
    assert downloads.asked == [ADDRESS]


def test_only_so_many_are_kept_and_the_oldest_go(tmp_path: Path) -> None:
    chains = KeptChains(tmp_path)
    for number in range(MOST_KEPT + 3):
        chains.keep(KeptChain(f"{ADDRESS}{number}", NOW, b"chain"))
        newest = max(tmp_path.iterdir(), key=lambda file: file.stat().st_mtime_ns)
        os.utime(newest, (number, number))
    found = [chain.address for chain in chains]
    assert len(list(tmp_path.iterdir())) == len(found) == MOST_KEPT
    assert f"{ADDRESS}{MOST_KEPT + 2}" in found
    assert f"{ADDRESS}0" not in found


def test_where_nothing_can_be_written_requests_are_let_in_all_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        proven_by_another(tmp_path / "file", Clock())
    assert [record.getMessage() for record in caplog.records] == [
        "A certificate chain could not be kept: FileExistsError"
    ]
    new, _ = begun(tmp_path / "file", Clock(), good_chain())
    new.verify_signature(headers(), BODY)


def test_nothing_of_a_request_is_kept(tmp_path: Path) -> None:
    proven_by_another(tmp_path, Clock())
    (file,) = tmp_path.iterdir()
    assert json.loads(file.read_text(encoding="utf-8")) == {
        "address": ADDRESS,
        "downloaded": NOW.isoformat(),
        "pem": good_chain().decode("ascii"),
    }
