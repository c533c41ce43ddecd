"""Certificate chains of our own making, and a real HTTPS server that hands them out, well or badly.

The chains live around NOW, a fixed moment; the server's own certificate lives around today, because the TLS library
reads the real clock.
"""

from __future__ import annotations

import base64
import functools
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SIGNER = "echo-api.amazon.com"
HOST = "s3.amazonaws.com"
ADDRESS = f"https://{HOST}/echo.api/echo-api-cert-20.pem"


@functools.cache
def rsa_key(name: str, bits: int = 2048, exponent: int = 65537) -> rsa.RSAPrivateKey:
    """One key a name: making them is what takes the time."""
    return rsa.generate_private_key(public_exponent=exponent, key_size=bits)


@functools.cache
def ec_key(name: str) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass(frozen=True)
class Issued:
    """A certificate with its private key."""

    certificate: x509.Certificate
    key: Any

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    def sign(self, body: bytes) -> str:
        return base64.b64encode(self.key.sign(body, padding.PKCS1v15(), hashes.SHA256())).decode()


def pem(*chain: Issued) -> bytes:
    return b"".join(issued.pem for issued in chain)


def usage(**switched_on: bool) -> x509.KeyUsage:
    names = [
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    ]
    return x509.KeyUsage(**{name: switched_on.get(name, False) for name in names})


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


Extension = tuple[x509.ExtensionType, bool]
"""With whether it is critical."""


def issue(
    common: str,
    key: Any,
    issuer: Issued | None,
    extensions: Sequence[Extension],
    *,
    without: Sequence[type[x509.ExtensionType]] = (),
    since: datetime,
    until: datetime,
    digest: hashes.HashAlgorithm | None = None,
    pss: bool = False,
) -> Issued:
    """A certificate with these extensions and the two key identifiers; of two of one type the later one is taken."""
    signing = issuer.key if issuer else key
    identifiers: list[Extension] = [
        (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
        (x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), False),
    ]
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(common))
        .issuer_name(issuer.certificate.subject if issuer else _name(common))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
    )
    for kind, (extension, critical) in {type(entry[0]): entry for entry in [*identifiers, *extensions]}.items():
        if kind not in without:
            builder = builder.add_extension(extension, critical=critical)
    digest = digest or hashes.SHA256()
    scheme = padding.PSS(padding.MGF1(digest), digest.digest_size) if pss else None
    return Issued(builder.sign(signing, digest, rsa_padding=scheme), key)


def authority(
    common: str,
    issuer: Issued | None = None,
    *,
    key: Any = None,
    since: datetime = NOW - 1000 * DAY,
    until: datetime = NOW + 1000 * DAY,
    path_length: int | None = None,
    extra: Sequence[Extension] = (),
    **changes: Any,
) -> Issued:
    """A root (no issuer) or an intermediate. Of the same name and another key it is an impostor."""
    extensions: list[Extension] = [
        (x509.BasicConstraints(ca=True, path_length=path_length), True),
        (usage(digital_signature=True, key_cert_sign=True, crl_sign=True), True),
        *extra,
    ]
    return issue(common, key or rsa_key(common), issuer, extensions, since=since, until=until, **changes)


def leaf(
    issuer: Issued | None,
    *,
    names: tuple[str, ...] = (SIGNER,),
    key: Any = None,
    since: datetime = NOW - 30 * DAY,
    until: datetime = NOW + 30 * DAY,
    key_usage: x509.KeyUsage | None = None,
    purpose: x509.ObjectIdentifier = ExtendedKeyUsageOID.SERVER_AUTH,
    ca: bool = False,
    extra: Sequence[Extension] = (),
    **changes: Any,
) -> Issued:
    """A signing certificate as Amazon's are, but for what the test changes."""
    extensions: list[Extension] = [
        (x509.BasicConstraints(ca=ca, path_length=None), True),
        (x509.ExtendedKeyUsage([purpose]), False),
        (key_usage or usage(digital_signature=True, key_encipherment=True), True),
    ]
    if names:
        extensions.append((x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), False))
    extensions += extra
    return issue(SIGNER, key or rsa_key("leaf"), issuer, extensions, since=since, until=until, **changes)


@functools.cache
def root() -> Issued:
    return authority("Test Root")


@functools.cache
def intermediate() -> Issued:
    return authority("Test Intermediate", root(), path_length=0)


@functools.cache
def signer() -> Issued:
    return leaf(intermediate())


def good_chain() -> bytes:
    return pem(signer(), intermediate())


# -- the server -----------------------------------------------------------------------------------------------------


@dataclass
class CertificateServer:
    """Answers by path: /echo.api/good.pem, redirect.pem, missing.pem, slow.pem, trickle.pem, dripping-headers.pem,
    endless.pem, large.pem, short.pem; and with what `documents` holds."""

    port: int
    authorities_file: str
    released: threading.Event = field(default_factory=threading.Event)
    """Set at the end of the test, so that slow answers do not outlive it."""
    asked: list[str] = field(default_factory=list)
    """The paths of the requests that arrived, in order."""
    documents: dict[str, bytes] = field(default_factory=dict)
    """What a test puts there, by path."""

    @property
    def address(self) -> tuple[str, int]:
        return ("127.0.0.1", self.port)


def _handler(server: CertificateServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            server.asked.append(self.path)
            self.close_connection = True
            if self.path in server.documents:
                return self.good(content=server.documents[self.path])
            return self.answers().get(self.path, self.missing)()

        def answers(self) -> dict[str, Callable[[], None]]:
            names = ("good", "redirect", "slow", "trickle", "dripping_headers", "endless", "large", "short")
            return {f"/echo.api/{name.replace('_', '-')}.pem": getattr(self, name) for name in names}

        def start(self, status: int, **headers: str) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()

        def good(self, status: int = 200, content: bytes | None = None, **headers: str) -> None:
            content = good_chain() if content is None else content
            self.start(status, Content_Length=str(len(content)), **headers)
            self.wfile.write(content)

        def redirect(self) -> None:
            """With a good chain in its own body too: it is the status that must not be taken."""
            self.good(302, Location="/echo.api/good.pem")

        def missing(self) -> None:
            self.good(403)  # the status with which S3 answers for what it does not have

        def slow(self) -> None:
            server.released.wait(30)

        def trickle(self) -> None:
            """A byte at a time, each soon enough for a limit that counts from the last byte."""
            self.start(200, Content_Length=str(len(good_chain())))
            self.drip(good_chain())

        def dripping_headers(self) -> None:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Filler: ")
            self.drip(b"x" * 60_000)

        def drip(self, content: bytes) -> None:
            for byte in content:
                self.wfile.write(bytes([byte]))
                if server.released.wait(0.1):
                    return

        def endless(self) -> None:
            self.start(200)
            while not server.released.is_set():
                self.wfile.write(good_chain())

        def large(self) -> None:
            self.start(200, Content_Length=str(10_000_000))
            self.wfile.write(b"-----BEGIN CERTIFICATE-----\n" * 100_000)

        def short(self) -> None:
            self.start(200, Content_Length=str(len(good_chain())))
            self.wfile.write(good_chain()[:-100])

        def log_message(self, *_: object) -> None:
            pass

    return Handler


class _QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Clients that hang up, or refuse our certificate, are what the tests are about."""


@contextmanager
def certificate_server(folder: Path, *, names: tuple[str, ...] = (HOST,)) -> Iterator[CertificateServer]:
    """A running HTTPS server on 127.0.0.1 whose certificate, by an authority of its own, is for `names`."""
    today = datetime.now(UTC)
    life = {"since": today - DAY, "until": today + DAY}
    issuer = authority("Server Root", **life)
    own = leaf(issuer, names=names, key=rsa_key("server"), **life)
    (folder / "authority.pem").write_bytes(issuer.pem)
    (folder / "server.pem").write_bytes(own.pem + own.key_pem)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(folder / "server.pem")
    http = _QuietServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server = CertificateServer(http.server_address[1], str(folder / "authority.pem"))
    http.RequestHandlerClass = _handler(server)
    # The handshake belongs to each connection's thread, not to the one that accepts.
    http.socket = tls.wrap_socket(http.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        http.shutdown()
        thread.join()
        http.server_close()


@contextmanager
def silent_server() -> Iterator[tuple[str, int]]:
    """Accepts connections (the system does) and never says a word, not even of TLS."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[:2]


def closed_port() -> tuple[str, int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[:2]
