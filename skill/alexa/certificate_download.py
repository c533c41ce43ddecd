"""Where the certificates behind Alexa's signatures may lie, and how they are fetched.

Every refusal is RequestRejected. Its message is for our own log: it names the rule, and repeats nothing that was sent.
The rules are Amazon's ("Host a Custom Skill as a Web Service") as its SDK applies them (ask-sdk-webservice-support,
verifier.py); where ours are narrower, the comment says so.
"""

from __future__ import annotations

import posixpath
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing, suppress
from urllib.parse import unquote, urlsplit

import certifi
from urllib3.connection import HTTPSConnection

from skill.alexa.rejecting import rejecting
from skill.errors import DownloadsBusy, RequestRejected

CERTIFICATE_HOST = "s3.amazonaws.com"
CERTIFICATE_FOLDER = "/echo.api/"

MOST_AT_ONCE = 2
"""Downloads of a process. With those that wait for them (certificates.py) they leave threads for known chains."""

LONGEST_ADDRESS = 512  # characters; Amazon's own have about 60

# Nothing outside these characters stands in Amazon's addresses; without "@", "?", "#", "\\", spaces and control
# characters there is nothing left that two readers of an address could read differently.
_ADDRESS = re.compile(r"[A-Za-z0-9._~:/%-]+")
_PATH = re.compile(r"[A-Za-z0-9._~/-]+")


def certificate_address(url: str) -> str:
    """The one normal form of a SignatureCertChainUrl: what is fetched, and what its chain is remembered under."""
    with rejecting("certificate address"):
        if len(url) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(url):
            raise RequestRejected("certificate address: too long, or a character that does not belong there")
        parts = urlsplit(url)
        path = _normal_path(parts.path)
        if parts.scheme != "https":  # in any case of letters; urlsplit made it small
            raise RequestRejected("certificate address: not https")
        # The whole authority at once: a user name, another port or a port that is no number is another host to us.
        if parts.netloc.lower() not in {CERTIFICATE_HOST, f"{CERTIFICATE_HOST}:443"}:
            raise RequestRejected("certificate address: not Amazon's host and port")
        if not path.startswith(CERTIFICATE_FOLDER):  # capitals count here (verifier.py)
            raise RequestRejected("certificate address: not in Amazon's folder")
        return f"https://{CERTIFICATE_HOST}{path}"


def _normal_path(path: str) -> str:
    """Decoded once, then `..`, `.` and doubled slashes resolved; what would need decoding twice is refused."""
    decoded = unquote(path)
    if not _PATH.fullmatch(decoded):
        raise RequestRejected("certificate address: a character in the path that does not belong there")
    return posixpath.normpath("/" + decoded.lstrip("/"))  # normpath alone keeps two leading slashes


def certificate_fetcher(
    *,
    time_limit_seconds: float = 3.0,
    size_limit_bytes: int = 64 * 1024,
    at_once: int = MOST_AT_ONCE,
    connect_to: tuple[str, int] = (CERTIFICATE_HOST, 443),
    authorities_file: str | None = None,
) -> Callable[[str], bytes]:
    """A function that downloads one certificate address: one GET, no redirect, no retry, no proxy.

    The limit of time is for all of it together. While `at_once` downloads run, the next call raises DownloadsBusy and
    waits for nothing, so that requests naming ever new addresses hold no more threads than that. `connect_to` and
    `authorities_file` (PEM; certifi's when None) let a test put its own server in the host's place: the certificate
    must carry the host's name all the same. Nothing is read or connected to before the first call, but for the
    authorities.
    """
    # Not ssl.create_default_context: that one reads the environment.
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # demands a certificate, and that it carries the host's name
    tls.minimum_version = ssl.TLSVersion.TLSv1_2
    tls.load_verify_locations(cafile=authorities_file or certifi.where())
    slots = threading.BoundedSemaphore(at_once)

    def fetch(url: str) -> bytes:
        with rejecting("certificate download"):
            deadline = time.monotonic() + time_limit_seconds
            path = _path_at_host(url)
            connection = HTTPSConnection(
                *connect_to, timeout=time_limit_seconds, ssl_context=tls, server_hostname=CERTIFICATE_HOST
            )
            if not slots.acquire(blocking=False):
                raise DownloadsBusy("certificate download: too many at once")
            return _within(deadline, connection, lambda: _get(connection, path, size_limit_bytes, deadline), slots)

    return fetch


def _path_at_host(url: str) -> str:
    host = f"https://{CERTIFICATE_HOST}/"
    if not url.startswith(host):
        raise RequestRejected("certificate download: another host")
    return url.removeprefix(host.rstrip("/"))


def _within(
    deadline: float, connection: HTTPSConnection, get: Callable[[], bytes], slots: threading.BoundedSemaphore
) -> bytes:
    """What `get` returns, or RequestRejected at the deadline (on the monotonic clock). Gives the slot back.

    In a thread of its own: looking up a host's name and headers that trickle in heed no socket timeout, so the only
    limit that always holds is to stop waiting, and then to hang up.
    """
    outcome: Future[bytes] = Future()

    def run() -> None:
        try:
            outcome.set_result(get())
        except BaseException as error:
            outcome.set_exception(error)
        finally:
            connection.close()
            slots.release()

    try:
        threading.Thread(target=run, name="certificate-download", daemon=True).start()
    except BaseException:
        slots.release()
        raise
    try:
        return outcome.result(timeout=deadline - time.monotonic())
    except TimeoutError:
        _hang_up(connection)
        raise RequestRejected("certificate download: took too long") from None


def _hang_up(connection: HTTPSConnection) -> None:
    """Ends the waiting of the thread that reads; without a connection yet, its own check of the deadline does."""
    with suppress(OSError, AttributeError):  # no socket yet, or no longer
        connection.sock.shutdown(socket.SHUT_RDWR)


def _get(connection: HTTPSConnection, path: str, size_limit_bytes: int, deadline: float) -> bytes:
    connection.connect()
    if time.monotonic() > deadline:
        raise RequestRejected("certificate download: took too long to connect")
    connection.request("GET", path, headers={"Host": CERTIFICATE_HOST}, preload_content=False, decode_content=False)
    with closing(connection.getresponse()) as response:  # the connection alone leaves the socket to the collector
        if response.status != 200:  # a redirect too: only this host is Amazon's word
            raise RequestRejected("certificate download: answered with another status than 200")
        body = response.read(size_limit_bytes + 1, decode_content=False)
    if len(body) > size_limit_bytes:
        raise RequestRejected("certificate download: too large")
    return body
