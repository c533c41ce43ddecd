"""Only what Alexa signed, lately, for our skill comes in; whatever else is sent is RequestRejected and nothing else."""

from __future__ import annotations

import base64
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from alexa.hostile.addresses import BAD_ADDRESSES
from alexa.hostile.certificates import below
from chains import (
    ADDRESS,
    DAY,
    NOW,
    SIGNER,
    CertificateServer,
    Issued,
    authority,
    certificate_server,
    closed_port,
    good_chain,
    intermediate,
    leaf,
    pem,
    root,
    rsa_key,
    signer,
    silent_server,
)
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509.verification import Store
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.alexa.certificate_download import MOST_AT_ONCE, certificate_address, certificate_fetcher
from skill.alexa.certificates import MOST_WAITING, ChainCache, TrustedSigner, load_trust_roots, proven_signer
from skill.alexa.skill_id import verify_skill_id
from skill.alexa.verify import SKILL_EVENTS, RequestVerifier, verify_timestamp
from skill.errors import DownloadsBusy, RequestRejected
from skill.web.production.server import THREADS

PROJECT = Path(__file__).parents[2]
RECORDED = PROJECT.parent / "shared" / "data" / "echo-api-chains"
BODY = '{"version": "1.0", "request": {"type": "LaunchRequest"}, "café": "☕"}'.encode()
REST = timedelta(seconds=5)  # of an address that failed
SOON = 15.0  # seconds; what must end by itself within a second or so gets this long on a busy machine


def headers(body: bytes = BODY, *, address: str = ADDRESS, by: Issued | None = None) -> dict[str, str]:
    return {"SignatureCertChainUrl": address, "Signature-256": (by or signer()).sign(body)}


class Downloads:
    """Hands out what it was given and keeps count; an exception is raised."""

    def __init__(self, content: bytes | BaseException) -> None:
        self.content = content
        self.asked: list[str] = []

    def __call__(self, url: str) -> bytes:
        self.asked.append(url)
        if isinstance(self.content, BaseException):
            raise self.content
        return self.content


def verifier_of(
    fetch: Callable[[str], bytes], *, now: datetime = NOW, cache: ChainCache | None = None
) -> RequestVerifier:
    return RequestVerifier(fetch=fetch, trust_roots=[root().certificate], now=lambda: now, cache=cache)


@contextmanager
def rejected() -> Iterator[None]:
    """RequestRejected, soon, without a word of the body."""
    started = time.monotonic()
    with pytest.raises(RequestRejected) as caught:
        yield
    assert time.monotonic() - started < SOON
    assert "LaunchRequest" not in str(caught.value)


# -- what is accepted -----------------------------------------------------------------------------------------------


def test_a_request_signed_by_alexa_is_accepted() -> None:
    verifier_of(Downloads(good_chain())).verify_signature(headers(), BODY)


@pytest.mark.parametrize("change", [str.lower, str.upper, str.title])
def test_header_names_are_read_in_any_case(change: Callable[[str], str]) -> None:
    changed = {change(name): value for name, value in headers().items()}
    verifier_of(Downloads(good_chain())).verify_signature(changed, BODY)


def test_other_headers_and_the_old_signature_are_not_looked_at() -> None:
    sent = {**headers(), "Signature": "not base64 at all", "Host": "example.org"}
    verifier_of(Downloads(good_chain())).verify_signature(sent, BODY)


@pytest.mark.parametrize(
    "address",
    [
        "https://s3.amazonaws.com/echo.api/echo-api-cert-20.pem",
        "HTTPS://s3.amazonaws.com/echo.api/echo-api-cert-20.pem",
        "https://S3.AmazonAWS.com/echo.api/echo-api-cert-20.pem",
        "https://s3.amazonaws.com:443/echo.api/echo-api-cert-20.pem",
        "https://s3.amazonaws.com/echo.api/../echo.api/echo-api-cert-20.pem",
        "https://s3.amazonaws.com/other/%2e%2e/echo.api/echo-api-cert-20.pem",
        "https://s3.amazonaws.com//echo.api/./echo-api-cert-20.pem",
        "https://s3.amazonaws.com/echo%2Eapi/echo-api-cert-20.pem",
    ],
)
def test_every_way_to_write_the_address_is_fetched_and_kept_as_one(address: str) -> None:
    downloads = Downloads(good_chain())
    verifier = verifier_of(downloads)
    verifier.verify_signature(headers(address=address), BODY)
    verifier.verify_signature(headers(), BODY)
    assert downloads.asked == [ADDRESS]


# -- headers --------------------------------------------------------------------------------------------------------

URL, SIGNATURE = "SignatureCertChainUrl", "Signature-256"

BAD_HEADERS: dict[str, Callable[[], Mapping[str, str]]] = {
    "no headers": dict,
    "no certificate address": lambda: {SIGNATURE: headers()[SIGNATURE]},
    "no signature": lambda: {URL: ADDRESS},
    "only the old signature": lambda: {URL: ADDRESS, "Signature": headers()[SIGNATURE]},
    "empty certificate address": lambda: {**headers(), URL: ""},
    "empty signature": lambda: {**headers(), SIGNATURE: ""},
    "blank certificate address": lambda: {**headers(), URL: " "},
    "blank signature": lambda: {**headers(), SIGNATURE: "  "},
    "certificate address twice": lambda: {**headers(), URL.lower(): ADDRESS},
    "signature twice": lambda: {**headers(), SIGNATURE.lower(): headers()[SIGNATURE]},
    "certificate addresses joined": lambda: {**headers(), URL: f"{ADDRESS},{ADDRESS}"},
    "signatures joined": lambda: {**headers(), SIGNATURE: "{0},{0}".format(headers()[SIGNATURE])},
    "signature not base64": lambda: {**headers(), SIGNATURE: "!" + headers()[SIGNATURE]},
    "signature with a line break": lambda: {**headers(), SIGNATURE: headers()[SIGNATURE] + "\n"},
    "signature badly padded": lambda: {**headers(), SIGNATURE: headers()[SIGNATURE].rstrip("=")},
    "signature in the alphabet of addresses": lambda: {**headers(), SIGNATURE: "-_" + headers()[SIGNATURE][2:]},
    "signature not ASCII": lambda: {**headers(), SIGNATURE: "é" + headers()[SIGNATURE]},
    "header values that are no text": lambda: {URL: None, SIGNATURE: 5},  # type: ignore[dict-item]
    "header names that are no text": lambda: {1: "x"},  # type: ignore[dict-item]
}


@pytest.mark.parametrize("name", BAD_HEADERS)
def test_bad_headers_are_rejected_without_a_download(name: str) -> None:
    downloads = Downloads(good_chain())
    with rejected():
        verifier_of(downloads).verify_signature(BAD_HEADERS[name](), BODY)
    assert downloads.asked == []


# -- the address ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BAD_ADDRESSES)
def test_a_bad_certificate_address_is_rejected_without_a_download(name: str) -> None:
    downloads = Downloads(good_chain())
    with rejected():
        verifier_of(downloads).verify_signature(headers(address=BAD_ADDRESSES[name]), BODY)
    assert downloads.asked == []


# -- the chain (most of what there is to try is in test_hostile.py) -------------------------------------------------


def test_certificates_that_are_all_alike_do_not_cost_long() -> None:
    """Every one may have issued every other: what a builder of paths fears most."""
    twins = [authority("Twin", authority("Twin", key=rsa_key("twin")), key=rsa_key("twin")) for _ in range(9)]
    with rejected():
        verifier_of(Downloads(pem(leaf(twins[0]), *twins))).verify_signature(headers(), BODY)


def test_thousands_of_names_and_constraints_do_not_cost_long() -> None:
    """Each name is held against each constraint; as many as fit into a download."""
    excluded = x509.NameConstraints(None, [x509.DNSName(f"x{number}.example.net") for number in range(1200)])
    issuer = authority("Pedant", root(), extra=[(excluded, True)])
    chain = below(issuer, names=(*(f"h{number}.example.org" for number in range(700)), SIGNER))
    assert len(chain) < 64 * 1024
    started = time.monotonic()
    verifier_of(Downloads(chain)).verify_signature(headers(), BODY)
    assert time.monotonic() - started < SOON


def test_a_clock_without_a_zone_rejects_everything() -> None:
    with rejected():
        verifier_of(Downloads(good_chain()), now=NOW.replace(tzinfo=None)).verify_signature(headers(), BODY)


def test_a_clock_in_another_zone_is_the_same_clock() -> None:
    late = leaf(intermediate(), until=NOW + timedelta(hours=1))
    tokyo = NOW.astimezone(timezone(timedelta(hours=9)))
    verifier_of(Downloads(pem(late, intermediate())), now=tokyo).verify_signature(headers(), BODY)


# -- the signature --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(BODY + b" ", id="one space more"),
        pytest.param(BODY.replace(b"Launch", b"launch"), id="one letter changed"),
        pytest.param(BODY.replace(b": ", b":"), id="written anew"),
    ],
)
def test_an_altered_body_is_rejected(body: bytes) -> None:
    with rejected():
        verifier_of(Downloads(good_chain())).verify_signature(headers(), body)


@pytest.mark.parametrize(
    "signature",
    [
        pytest.param(lambda: leaf(root(), key=rsa_key("another leaf")).sign(BODY), id="of another key"),
        pytest.param(lambda: signer().sign(b"another body"), id="of another body"),
        pytest.param(lambda: base64.b64encode(b"short").decode(), id="too short"),
        pytest.param(lambda: base64.b64encode(bytes(100_000)).decode(), id="huge"),
        pytest.param(lambda: base64.b64encode(bytes(256)).decode(), id="zeros"),
    ],
)
def test_another_signature_is_rejected_without_a_second_download(signature: Callable[[], str]) -> None:
    downloads = Downloads(good_chain())
    verifier = verifier_of(downloads)
    for _ in range(3):
        with rejected():
            verifier.verify_signature({**headers(), SIGNATURE: signature()}, BODY)
    assert len(downloads.asked) == 1


def test_a_body_that_is_no_bytes_is_rejected() -> None:
    with rejected():
        verifier_of(Downloads(good_chain())).verify_signature(headers(), BODY.decode())  # type: ignore[arg-type]


class Panic(BaseException):
    """As a panic in Rust code arrives: not an Exception."""


@pytest.mark.parametrize("error", [OSError(), ValueError(), RecursionError(), MemoryError(), Panic()], ids=repr)
def test_whatever_the_download_raises_is_a_rejection(error: BaseException) -> None:
    with rejected():
        verifier_of(Downloads(error)).verify_signature(headers(), BODY)


def test_what_ends_the_process_is_not_held_up() -> None:
    with pytest.raises(KeyboardInterrupt):
        verifier_of(Downloads(KeyboardInterrupt())).verify_signature(headers(), BODY)


# -- the download ---------------------------------------------------------------------------------------------------


@pytest.fixture
def server(tmp_path: Path) -> Iterator[CertificateServer]:
    with certificate_server(tmp_path) as running:
        yield running


def fetcher_to(server: CertificateServer, **limits: Any) -> Callable[[str], bytes]:
    return certificate_fetcher(connect_to=server.address, authorities_file=server.authorities_file, **limits)


def at(name: str) -> str:
    return f"https://s3.amazonaws.com/echo.api/{name}.pem"


def test_a_chain_is_downloaded_over_https_and_accepted(server: CertificateServer) -> None:
    verifier_of(fetcher_to(server)).verify_signature(headers(address=at("good")), BODY)
    assert server.asked == ["/echo.api/good.pem"]


def test_a_proxy_in_the_environment_is_not_asked(server: CertificateServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "SSL_CERT_FILE", "SSLKEYLOGFILE"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert fetcher_to(server)(at("good")) == good_chain()


@pytest.mark.parametrize("name", ["redirect", "missing", "endless", "large", "short"])
def test_a_bad_answer_is_rejected_and_not_followed(server: CertificateServer, name: str) -> None:
    with rejected():
        verifier_of(fetcher_to(server)).verify_signature(headers(address=at(name)), BODY)
    assert server.asked == [f"/echo.api/{name}.pem"]


def test_an_answer_may_be_as_large_as_the_limit_and_no_larger(server: CertificateServer) -> None:
    assert fetcher_to(server, size_limit_bytes=len(good_chain()))(at("good")) == good_chain()
    with rejected():
        fetcher_to(server, size_limit_bytes=len(good_chain()) - 1)(at("good"))


@pytest.mark.parametrize("name", ["slow", "trickle", "dripping-headers"])
def test_a_slow_answer_is_rejected_at_the_limit_of_the_whole(server: CertificateServer, name: str) -> None:
    with rejected():
        verifier_of(fetcher_to(server, time_limit_seconds=0.5)).verify_signature(headers(address=at(name)), BODY)


@pytest.mark.parametrize("name", ["slow", "trickle", "dripping-headers"])
def test_a_slow_answer_does_not_hold_its_place_for_ever(server: CertificateServer, name: str) -> None:
    fetch = fetcher_to(server, time_limit_seconds=1.0, at_once=1)

    def fetch_in_turn(url: str) -> bytes:
        """The place is free a moment after the refusal."""
        deadline = time.monotonic() + SOON
        while True:
            try:
                return fetch(url)
            except DownloadsBusy:
                assert time.monotonic() < deadline
                time.sleep(0.01)

    for _ in range(2):
        with rejected():
            fetch_in_turn(at(name))
    assert fetch_in_turn(at("good")) == good_chain()


def test_a_server_that_never_speaks_is_rejected(tmp_path: Path) -> None:
    with silent_server() as address, rejected():
        certificate_fetcher(connect_to=address, time_limit_seconds=0.5)(ADDRESS)


def test_a_server_that_is_down_is_rejected() -> None:
    with rejected():
        certificate_fetcher(connect_to=closed_port())(ADDRESS)


def test_a_host_that_has_no_address_is_rejected() -> None:
    with rejected():
        certificate_fetcher(connect_to=("no-such-host.invalid", 443), time_limit_seconds=1.0)(ADDRESS)


def test_a_server_by_an_authority_we_do_not_trust_is_rejected(server: CertificateServer) -> None:
    with rejected():
        certificate_fetcher(connect_to=server.address)(at("good"))
    assert server.asked == []


def test_a_server_with_a_certificate_for_another_name_is_rejected(tmp_path: Path) -> None:
    with certificate_server(tmp_path, names=("localhost", "example.org")) as server:
        with rejected():
            fetcher_to(server)(at("good"))
        assert server.asked == []


@pytest.mark.parametrize("url", ["https://example.org/echo.api/good.pem", "http://s3.amazonaws.com/x", "", "/x"])
def test_the_fetcher_itself_leaves_the_host_for_no_address(server: CertificateServer, url: str) -> None:
    with rejected():
        fetcher_to(server)(url)
    assert server.asked == []


def test_more_downloads_than_allowed_at_once_are_refused_without_waiting() -> None:
    with silent_server() as address:
        fetch = certificate_fetcher(connect_to=address, time_limit_seconds=3.0, at_once=1)
        outcomes = at_the_same_time(12, lambda: fetch(at("new")))
    assert [type(outcome) for outcome in outcomes] == [DownloadsBusy] * 11 + [RequestRejected]


def test_nothing_connects_while_modules_load_and_a_verifier_is_made() -> None:
    program = """
import sys
def forbid(event, args):
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise SystemExit(f"{event} {args}")
sys.addaudithook(forbid)
from datetime import UTC, datetime
from skill.alexa.certificate_download import certificate_fetcher
from skill.alexa.certificates import load_trust_roots
from skill.alexa.verify import RequestVerifier
RequestVerifier(fetch=certificate_fetcher(), trust_roots=load_trust_roots(), now=lambda: datetime.now(UTC))
"""
    command = [sys.executable, "-W", "error", "-c", program]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


# -- the cache ------------------------------------------------------------------------------------------------------


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def at_the_same_time(count: int, call: Callable[[], Any]) -> list[Any]:
    """What each of so many threads got, or the exception that it met."""
    gate, outcomes = threading.Barrier(count), []

    def run() -> None:
        gate.wait()
        try:
            outcomes.append(call())
        except BaseException as error:
            outcomes.append(error)

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def trusted(until: datetime = NOW + 1000 * DAY) -> TrustedSigner:
    key = rsa_key("leaf").public_key()
    assert isinstance(key, RSAPublicKey)
    return TrustedSigner(key, until)


def unreachable() -> TrustedSigner:
    raise AssertionError("asked although known")


def test_a_known_chain_is_neither_downloaded_nor_proven_again() -> None:
    downloads = Downloads(good_chain())
    verifier = verifier_of(downloads)
    for _ in range(5):
        verifier.verify_signature(headers(), BODY)
    assert downloads.asked == [ADDRESS]


def test_the_cache_is_bounded_and_drops_what_was_unused_for_longest() -> None:
    cache = ChainCache(size=3)
    for name in "abc":
        cache.signer(name, NOW, trusted)
    cache.signer("a", NOW, unreachable)
    cache.signer("d", NOW, trusted)
    assert len(cache) == 3
    for name in "acd":
        cache.signer(name, NOW, unreachable)
    with pytest.raises(AssertionError):
        cache.signer("b", NOW, unreachable)


def test_ever_new_addresses_do_not_fill_the_memory() -> None:
    cache = ChainCache()
    for number in range(1000):
        cache.signer(str(number), NOW, trusted)
    assert len(cache) == 16


def test_a_chain_is_good_until_the_first_of_its_certificates_expires() -> None:
    short_lived = authority("Short Intermediate", root(), until=NOW + timedelta(hours=2))
    proven = proven_signer(below(short_lived), Store([root().certificate]), NOW)
    assert proven.good_until == NOW + timedelta(hours=2)


def test_a_certificate_that_the_proof_does_not_use_does_not_shorten_its_life() -> None:
    expired = authority("Old Root", until=NOW - DAY)
    proven = proven_signer(good_chain() + expired.pem, Store([root().certificate]), NOW)
    assert proven.good_until == NOW + 30 * DAY


def test_a_cached_chain_is_dropped_when_it_expires() -> None:
    clock = Clock()
    downloads = Downloads(below(intermediate(), until=NOW + timedelta(hours=1)))
    verifier = RequestVerifier(fetch=downloads, trust_roots=[root().certificate], now=clock)
    verifier.verify_signature(headers(), BODY)
    clock.now += timedelta(hours=1)
    verifier.verify_signature(headers(), BODY)
    assert len(downloads.asked) == 1
    clock.now += timedelta(seconds=1)
    with rejected():
        verifier.verify_signature(headers(), BODY)
    assert len(downloads.asked) == 2
    downloads.content = good_chain()
    clock.now += REST
    verifier.verify_signature(headers(), BODY)


def test_a_cached_chain_is_fetched_anew_after_the_limit() -> None:
    clock = Clock()
    downloads = Downloads(good_chain())
    cache = ChainCache(keep_for=timedelta(hours=24))
    verifier = RequestVerifier(fetch=downloads, trust_roots=[root().certificate], now=clock, cache=cache)
    for hours, downloaded in [(0, 1), (24, 1), (1, 2), (24, 2), (1, 3)]:
        clock.now += timedelta(hours=hours)
        verifier.verify_signature(headers(), BODY)
        assert len(downloads.asked) == downloaded


def verifying(verifier: RequestVerifier) -> threading.Thread:
    """A good request, in a thread that has begun."""
    thread = threading.Thread(target=verifier.verify_signature, args=(headers(), BODY))
    thread.start()
    return thread


def test_while_a_chain_is_downloaded_anew_the_others_do_not_wait() -> None:
    clock, asked, released = Clock(), threading.Event(), threading.Event()
    downloads = Downloads(good_chain())

    def fetch(url: str) -> bytes:
        if downloads.asked:
            asked.set()
            assert released.wait(SOON)
        return downloads(url)

    verifier = RequestVerifier(fetch=fetch, trust_roots=[root().certificate], now=clock)
    verifier.verify_signature(headers(), BODY)
    clock.now += timedelta(hours=25)
    renewing = verifying(verifier)
    assert asked.wait(SOON)
    assert at_the_same_time(12, lambda: verifier.verify_signature(headers(), BODY)) == [None] * 12
    assert renewing.is_alive()
    released.set()
    renewing.join()
    assert downloads.asked == [ADDRESS] * 2


def test_a_chain_that_has_expired_is_no_longer_known_while_it_is_downloaded_anew() -> None:
    clock, asked, released = Clock(), threading.Event(), threading.Event()
    content = iter([below(intermediate(), until=NOW + timedelta(hours=1)), good_chain()])

    def fetch(_: str) -> bytes:
        chain = next(content)
        if clock.now > NOW:
            asked.set()
            assert released.wait(SOON)
        return chain

    verifier = RequestVerifier(fetch=fetch, trust_roots=[root().certificate], now=clock)
    verifier.verify_signature(headers(), BODY)
    clock.now += timedelta(hours=2)
    renewing = verifying(verifier)
    assert asked.wait(SOON)
    waiting = verifying(verifier)
    waiting.join(0.2)
    assert waiting.is_alive()
    released.set()
    renewing.join()
    waiting.join()


def test_a_renewal_that_fails_ends_what_was_known() -> None:
    clock, downloads = Clock(), Downloads(good_chain())
    verifier = RequestVerifier(fetch=downloads, trust_roots=[root().certificate], now=clock)
    verifier.verify_signature(headers(), BODY)
    clock.now += timedelta(hours=25)
    downloads.content = OSError("down")
    for _ in range(2):
        with rejected():
            verifier.verify_signature(headers(), BODY)


def test_when_amazon_changes_the_contents_the_old_key_ends_with_the_limit() -> None:
    clock = Clock()
    downloads = Downloads(good_chain())
    verifier = RequestVerifier(fetch=downloads, trust_roots=[root().certificate], now=clock)
    verifier.verify_signature(headers(), BODY)
    renewed = leaf(intermediate(), key=rsa_key("renewed leaf"))
    downloads.content = pem(renewed, intermediate())
    clock.now += timedelta(hours=25)
    verifier.verify_signature(headers(by=renewed), BODY)
    with rejected():
        verifier.verify_signature(headers(), BODY)


def test_a_failure_is_kept_for_a_moment_only() -> None:
    clock, downloads = Clock(), Downloads(OSError("down"))
    verifier = RequestVerifier(fetch=downloads, trust_roots=[root().certificate], now=clock)
    for _ in range(3):
        with rejected():
            verifier.verify_signature(headers(), BODY)
    assert len(downloads.asked) == 1
    downloads.content = good_chain()
    clock.now += REST
    verifier.verify_signature(headers(), BODY)
    assert len(downloads.asked) == 2


def slowly(downloads: Downloads) -> Callable[[str], bytes]:
    """Long enough that the other threads arrive before it ends."""

    def fetch(url: str) -> bytes:
        time.sleep(0.3)
        return downloads(url)

    return fetch


def test_concurrent_first_requests_download_once() -> None:
    downloads = Downloads(good_chain())
    verifier, signed = verifier_of(slowly(downloads)), headers()
    assert at_the_same_time(1 + MOST_WAITING, lambda: verifier.verify_signature(signed, BODY)) == [None] * (
        1 + MOST_WAITING
    )
    assert downloads.asked == [ADDRESS]


def test_those_that_wait_for_a_download_are_bounded_and_the_next_is_refused_at_once() -> None:
    outcomes: list[BaseException | None] = []
    released = threading.Event()

    def fetch(_: str) -> bytes:
        assert released.wait(SOON)
        return good_chain()

    verifier, signed = verifier_of(fetch), headers()

    def ask() -> None:
        try:
            verifier.verify_signature(signed, BODY)
            outcomes.append(None)
        except RequestRejected as error:
            outcomes.append(error)
            if len(outcomes) == 12 - 1 - MOST_WAITING:
                released.set()

    at_the_same_time(12, ask)
    assert [type(outcome) for outcome in outcomes] == [DownloadsBusy] * (11 - MOST_WAITING) + [type(None)] * (
        1 + MOST_WAITING
    )


def test_downloads_and_those_that_wait_for_them_leave_threads_for_known_chains() -> None:
    assert MOST_AT_ONCE + MOST_WAITING <= THREADS - 3


@pytest.mark.parametrize("error", [OSError("down"), Panic()], ids=["error", "panic"])
def test_concurrent_first_requests_share_a_failure(error: BaseException) -> None:
    downloads = Downloads(error)
    verifier, signed = verifier_of(slowly(downloads)), headers()
    outcomes = at_the_same_time(12, lambda: verifier.verify_signature(signed, BODY))
    assert all(isinstance(outcome, RequestRejected) for outcome in outcomes)
    assert len(outcomes) == 12
    assert downloads.asked == [ADDRESS]


def test_an_interrupt_in_one_thread_is_a_mere_rejection_in_those_that_wait() -> None:
    verifier, signed = verifier_of(slowly(Downloads(KeyboardInterrupt()))), headers()
    kinds = [
        type(outcome) for outcome in at_the_same_time(1 + MOST_WAITING, lambda: verifier.verify_signature(signed, BODY))
    ]
    assert kinds.count(KeyboardInterrupt) == 1
    assert kinds.count(RequestRejected) == MOST_WAITING


def test_a_slow_address_does_not_hold_up_another() -> None:
    released = threading.Event()

    def fetch(url: str) -> bytes:
        if url != ADDRESS:
            released.wait(SOON)
        return good_chain()

    verifier = verifier_of(fetch)
    slow = threading.Thread(target=verifier.verify_signature, args=(headers(address=at("slow")), BODY))
    slow.start()
    verifier.verify_signature(headers(), BODY)
    assert slow.is_alive()
    released.set()
    slow.join()


# -- Amazon's own chains, as recorded -------------------------------------------------------------------------------


@pytest.fixture(params=[8, 9, 10, 11, 12], ids="echo-api-cert-{}".format)
def recorded(request: pytest.FixtureRequest) -> bytes:
    file = RECORDED / f"echo-api-cert-{request.param}.pem"
    if not file.exists():
        pytest.skip(f"the recorded chains are not here: {RECORDED}")
    return file.read_bytes()


def test_a_recorded_chain_is_proven_in_the_middle_of_its_life(recorded: bytes) -> None:
    own = x509.load_pem_x509_certificate(recorded)
    middle = own.not_valid_before_utc + (own.not_valid_after_utc - own.not_valid_before_utc) / 2
    proven = proven_signer(recorded, Store(list(load_trust_roots())), middle)
    assert proven.key == own.public_key()
    assert middle < proven.good_until <= own.not_valid_after_utc


def test_a_recorded_chain_is_rejected_today(recorded: bytes) -> None:
    with rejected():
        proven_signer(recorded, Store(list(load_trust_roots())), datetime.now(UTC))


def test_the_trust_roots_are_read_once_and_without_a_warning() -> None:
    assert len(load_trust_roots()) > 100
    assert load_trust_roots() is load_trust_roots()


# -- time and skill -------------------------------------------------------------------------------------------------

SKILL = "amzn1.ask.skill.4f2bd0c6-0000-4000-8000-000000000000"


def sent(age: float = 0, kind: str = "IntentRequest") -> dict[str, Any]:
    """An envelope sent that many seconds before NOW."""
    stamp = (NOW - timedelta(seconds=age)).isoformat().replace("+00:00", "Z")
    return {"version": "1.0", "request": {"type": kind, "timestamp": stamp}}


@pytest.mark.parametrize("age", [0, 150, -150, 0.5])
def test_a_request_within_150_seconds_either_way_is_accepted(age: float) -> None:
    verify_timestamp(sent(age), NOW)


@pytest.mark.parametrize("age", [151, 150.001, -151, 3600, 86400 * 365, -3600])
def test_a_stale_or_future_request_is_rejected(age: float) -> None:
    with rejected():
        verify_timestamp(sent(age), NOW)


@pytest.mark.parametrize("kind", sorted(SKILL_EVENTS))
def test_a_skill_event_may_be_an_hour_old(kind: str) -> None:
    verify_timestamp(sent(3600, kind), NOW)
    for age in (3601, -151):
        with rejected():
            verify_timestamp(sent(age, kind), NOW)


def test_another_event_may_not_be_an_hour_old() -> None:
    with rejected():
        verify_timestamp(sent(3600, "AlexaSkillEvent.ProactiveSubscriptionChanged"), NOW)


def test_a_time_written_for_another_zone_is_accepted() -> None:
    verify_timestamp({"request": {"timestamp": "2026-06-01T14:00:00+02:00"}}, NOW)


@pytest.mark.parametrize(
    "envelope",
    [
        pytest.param({}, id="no request"),
        pytest.param({"request": None}, id="request null"),
        pytest.param({"request": []}, id="request a list"),
        pytest.param({"request": {}}, id="no timestamp"),
        pytest.param({"request": {"timestamp": None}}, id="timestamp null"),
        pytest.param({"request": {"timestamp": ""}}, id="timestamp empty"),
        pytest.param({"request": {"timestamp": "yesterday"}}, id="timestamp a word"),
        pytest.param({"request": {"timestamp": "2026-06-01T12:00:00"}}, id="timestamp without zone"),
        pytest.param({"request": {"timestamp": "2026-06-01"}}, id="timestamp without time"),
        pytest.param({"request": {"timestamp": "2026-06-31T12:00:00Z"}}, id="no such day"),
        pytest.param({"request": {"timestamp": "0001-01-01T00:00:00+23:59"}}, id="before all time"),
        pytest.param({"request": {"timestamp": "9999-12-31T23:59:59-23:59"}}, id="after all time"),
        pytest.param({"request": {"timestamp": NOW.timestamp()}}, id="timestamp a number"),
        pytest.param({"request": {"timestamp": {"at": "2026-06-01T12:00:00Z"}}}, id="timestamp an object"),
        pytest.param({"request": {"timestamp": sent(3600)["request"]["timestamp"], "type": []}}, id="type a list"),
        pytest.param([], id="a list"),
        pytest.param("LaunchRequest", id="a text"),
    ],
)
def test_a_missing_or_unreadable_time_is_rejected(envelope: Any) -> None:
    with rejected():
        verify_timestamp(envelope, NOW)


def test_the_rejection_of_a_time_holds_nothing_of_the_body() -> None:
    with pytest.raises(RequestRejected) as caught:
        verify_timestamp({"request": {"timestamp": "marked words", "type": "marked words"}}, NOW)
    error: BaseException | None = caught.value
    while error:
        assert "marked" not in str(error)
        error = error.__cause__ or error.__context__


def meant_for(context: object = SKILL, session: object = SKILL) -> dict[str, Any]:
    return {
        "context": {"System": {"application": {"applicationId": context}}},
        "session": {"application": {"applicationId": session}},
    }


@pytest.mark.parametrize(
    "envelope",
    [
        pytest.param(meant_for(), id="with a session"),
        pytest.param({"context": meant_for()["context"]}, id="without a session"),
        pytest.param({**meant_for(), "session": None}, id="session null"),
        pytest.param({**meant_for(), "session": {"new": True}}, id="session without an id"),
    ],
)
def test_a_request_for_our_skill_is_accepted(envelope: dict[str, Any]) -> None:
    verify_skill_id(envelope, SKILL)


@pytest.mark.parametrize(
    "envelope",
    [
        pytest.param(meant_for(context="amzn1.ask.skill.other"), id="wrong in the context"),
        pytest.param(meant_for(context=SKILL.upper()), id="in capitals"),
        pytest.param(meant_for(context=[SKILL]), id="a list"),
        pytest.param(meant_for(context=None), id="null in the context"),
        pytest.param(meant_for(session="amzn1.ask.skill.other"), id="wrong in the session"),
        pytest.param(meant_for(session=""), id="empty in the session"),
        pytest.param(meant_for(session={}), id="an object in the session"),
        pytest.param({"session": meant_for()["session"]}, id="only in the session"),
        pytest.param({}, id="missing"),
        pytest.param({"context": {"System": {}}}, id="no application"),
        pytest.param({"context": {"System": [SKILL]}}, id="system a list"),
        pytest.param({"context": SKILL}, id="context a text"),
        pytest.param([], id="envelope a list"),
    ],
)
def test_a_request_for_another_skill_is_rejected(envelope: Any) -> None:
    with rejected():
        verify_skill_id(envelope, SKILL)


def test_without_a_skill_id_of_our_own_nothing_is_for_us() -> None:
    for envelope in (meant_for(context="", session=""), meant_for(), {}):
        with rejected():
            verify_skill_id(envelope, "")


# -- whatever is sent -----------------------------------------------------------------------------------------------

header_names = st.sampled_from([URL, SIGNATURE, URL.lower(), SIGNATURE.upper(), "Signature"]) | st.text()
address_pieces = st.sampled_from(
    [
        "https:",
        "HTTPS://",
        "//",
        "s3.amazonaws.com",
        ":443",
        "@",
        "/echo.api/",
        "..",
        "%2e",
        "%",
        "\\",
        "?",
        "#",
        "x.pem",
    ]
)
addresses = st.lists(address_pieces | st.text(max_size=5), max_size=12).map("".join)
json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None)
@given(st.dictionaries(header_names, addresses | st.text()), st.binary(max_size=100))
def test_arbitrary_headers_raise_nothing_but_a_rejection(sent_headers: dict[str, str], body: bytes) -> None:
    with pytest.raises(RequestRejected):
        verifier_of(Downloads(good_chain())).verify_signature(sent_headers, body)


@settings(deadline=None)
@given(addresses)
def test_an_arbitrary_address_is_amazons_in_normal_form_or_rejected(url: str) -> None:
    try:
        address = certificate_address(url)
    except RequestRejected:
        return
    assert address.startswith("https://s3.amazonaws.com/echo.api/")
    assert not {"..", ".", ""} & set(address.removeprefix("https://").split("/"))
    assert certificate_address(address) == address


@settings(deadline=None)
@given(
    st.binary(max_size=2000)
    | st.binary(max_size=500).map(
        lambda der: b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(der) + b"-----END CERTIFICATE-----\n"
    )
)
def test_an_arbitrary_download_raises_nothing_but_a_rejection(content: bytes) -> None:
    with pytest.raises(RequestRejected):
        verifier_of(Downloads(content)).verify_signature(headers(), BODY)


@settings(deadline=None)
@given(st.data())
def test_a_chain_with_one_byte_changed_is_rejected_or_proves_the_same_key(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(good_chain()) - 1))
    changed = bytearray(good_chain())
    changed[place] = data.draw(st.integers(0, 255))
    try:
        proven = proven_signer(bytes(changed), Store([root().certificate]), NOW)
    except RequestRejected:
        return
    assert proven.key == signer().certificate.public_key()


@settings(deadline=None)
@given(json_values, st.text())
def test_an_arbitrary_envelope_raises_nothing_but_a_rejection(value: Any, stamp: str) -> None:
    for envelope in (value, {"request": value}, {"request": {"timestamp": stamp}}, meant_for(value, value)):
        with pytest.raises(RequestRejected):
            verify_timestamp(envelope, NOW)
        with pytest.raises(RequestRejected):
            verify_skill_id(envelope, SKILL)
