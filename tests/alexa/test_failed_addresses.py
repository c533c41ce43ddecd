"""Downloads that fail, and storms of requests that ask for them: with a real HTTPS server in Amazon's place."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from chains import (
    HOST,
    NOW,
    CertificateServer,
    certificate_server,
    closed_port,
    good_chain,
    intermediate,
    leaf,
    pem,
    root,
    signer,
    silent_server,
)

from skill.alexa.certificate_download import certificate_fetcher
from skill.alexa.certificates import MOST_WAITING
from skill.alexa.failed_addresses import FailedAddresses
from skill.alexa.verify import RequestVerifier
from skill.errors import DownloadsBusy, RequestRejected

BODY = b'{"version": "1.0"}'
REST = timedelta(seconds=5)
AT_ONCE = 5.0
"""Seconds within which twenty answers come that wait for nothing; each that waits takes one."""


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[CertificateServer]:
    with certificate_server(tmp_path) as running:
        yield running


@pytest.fixture
def verifier(server: CertificateServer, clock: Clock) -> RequestVerifier:
    return verifier_to(certificate_fetcher(connect_to=server.address, authorities_file=server.authorities_file), clock)


def verifier_to(fetch: Callable[[str], bytes], clock: Clock) -> RequestVerifier:
    return RequestVerifier(fetch=fetch, trust_roots=[root().certificate], now=clock)


def taken(verifier: RequestVerifier, name: str) -> bool:
    """Whether a request is accepted whose certificate lies under this name."""
    address = f"https://{HOST}/echo.api/{name}.pem"
    try:
        verifier.verify_signature({"SignatureCertChainUrl": address, "Signature-256": signer().sign(BODY)}, BODY)
    except RequestRejected:
        return False
    return True


@pytest.mark.parametrize("name", ["missing", "redirect", "large", "short", "expired", "no-chain"])
def test_an_address_that_failed_is_not_asked_again_in_a_storm(
    server: CertificateServer, verifier: RequestVerifier, name: str
) -> None:
    """Whether it was the download that failed or the chain in it."""
    server.documents["/echo.api/expired.pem"] = pem(leaf(intermediate(), until=NOW - REST), intermediate())
    server.documents["/echo.api/no-chain.pem"] = b"<html>"
    assert not any(taken(verifier, name) for _ in range(50))
    assert server.asked == [f"/echo.api/{name}.pem"]


def test_it_is_asked_again_when_it_has_rested(
    server: CertificateServer, verifier: RequestVerifier, clock: Clock
) -> None:
    assert not taken(verifier, "new")
    server.documents["/echo.api/new.pem"] = good_chain()
    clock.now += REST - timedelta(milliseconds=1)
    assert not taken(verifier, "new")
    clock.now += timedelta(milliseconds=1)
    assert taken(verifier, "new")
    assert len(server.asked) == 2


def test_each_failure_begins_a_new_rest(server: CertificateServer, verifier: RequestVerifier, clock: Clock) -> None:
    for _ in range(4):
        assert not taken(verifier, "missing")
        assert not taken(verifier, "missing")
        clock.now += REST
    assert len(server.asked) == 4


def test_a_clock_that_is_set_back_does_not_prolong_the_rest(verifier: RequestVerifier, clock: Clock) -> None:
    assert not taken(verifier, "missing")
    clock.now -= timedelta(hours=1)
    assert taken(verifier, "good")
    assert not taken(verifier, "missing")
    clock.now += REST
    assert not taken(verifier, "missing")


def test_one_bad_address_does_not_hold_up_another(verifier: RequestVerifier) -> None:
    assert not taken(verifier, "missing")
    assert taken(verifier, "good")


def test_ever_new_addresses_do_not_fill_the_memory() -> None:
    failed = FailedAddresses()
    for number in range(1000):
        with pytest.raises(RequestRejected), failed.resting(str(number), NOW):
            raise OSError
    assert len(failed) == 256
    with pytest.raises(RequestRejected, match="a moment ago"), failed.resting("999", NOW):
        raise AssertionError("asked although it rests")


def test_an_address_that_was_not_asked_for_want_of_a_place_does_not_rest() -> None:
    failed = FailedAddresses()
    with pytest.raises(DownloadsBusy), failed.resting("a", NOW):
        raise DownloadsBusy
    assert len(failed) == 0


def test_an_interrupt_is_no_failure_of_the_address() -> None:
    failed = FailedAddresses()
    with pytest.raises(KeyboardInterrupt), failed.resting("a", NOW):
        raise KeyboardInterrupt
    assert len(failed) == 0


@pytest.mark.parametrize("host", ["down", "silent", "unknown"])
def test_with_amazons_host_out_of_reach_all_is_refused_and_soon_at_once(host: str, clock: Clock) -> None:
    with silent_server() as silent:
        there = {"down": closed_port(), "silent": silent, "unknown": ("no-such-host.invalid", 443)}[host]
        verifier = verifier_to(certificate_fetcher(connect_to=there, time_limit_seconds=1.0), clock)
        assert not taken(verifier, "good")
        started = time.monotonic()
        assert not any(taken(verifier, "good") for _ in range(20))
        assert time.monotonic() - started < AT_ONCE


def test_what_is_known_is_taken_while_amazons_host_is_out_of_reach(clock: Clock) -> None:
    up = True

    def fetch(_: str) -> bytes:
        if not up:
            raise OSError
        return good_chain()

    verifier = verifier_to(fetch, clock)
    assert taken(verifier, "good")
    up = False
    clock.now += timedelta(hours=23)
    assert taken(verifier, "good")
    assert not taken(verifier, "other")


@pytest.mark.parametrize(("name", "expected"), [("good", True), ("missing", False)])
def test_concurrent_first_requests_download_once(
    server: CertificateServer, verifier: RequestVerifier, name: str, expected: bool
) -> None:
    together = 1 + MOST_WAITING
    gate, outcomes = threading.Barrier(together), []

    def ask() -> None:
        gate.wait()
        outcomes.append(taken(verifier, name))

    threads = [threading.Thread(target=ask) for _ in range(together)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [expected] * together
    assert server.asked == [f"/echo.api/{name}.pem"]


def test_a_chain_is_downloaded_anew_when_it_expires(
    server: CertificateServer, verifier: RequestVerifier, clock: Clock
) -> None:
    short = pem(leaf(intermediate(), until=NOW + timedelta(hours=1)), intermediate())
    server.documents["/echo.api/short-lived.pem"] = short
    assert taken(verifier, "short-lived")
    clock.now += timedelta(hours=1)
    assert taken(verifier, "short-lived")
    assert len(server.asked) == 1
    clock.now += timedelta(seconds=1)
    assert not taken(verifier, "short-lived")
    assert len(server.asked) == 2
    server.documents["/echo.api/short-lived.pem"] = good_chain()
    clock.now += REST
    assert taken(verifier, "short-lived")
