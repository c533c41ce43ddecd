"""The certificate chains behind Alexa's signatures: proven up to a trusted root, and remembered.

    downloaded PEM  →  proven_signer  →  TrustedSigner, kept in a ChainCache

Every refusal is RequestRejected. The rules are Amazon's ("Host a Custom Skill as a Web Service") as its SDK applies
them (ask-sdk-webservice-support, verifier.py); the proof itself is that of cryptography's x509 verification.
"""

from __future__ import annotations

import functools
import re
import threading
import warnings
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import certifi
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.oid import PublicKeyAlgorithmOID
from cryptography.x509.verification import PolicyBuilder, Store

from skill.alexa.rejecting import rejecting
from skill.errors import DownloadsBusy, RequestRejected

SIGNER_NAME = "echo-api.amazon.com"

MOST_WAITING = 3  # requests of a process that wait for a download which another one has begun

MOST_CERTIFICATES = 10  # Amazon sends four
# Issuers allowed between leaf and root: Amazon's chains need one or two, and the deeper it may go, the more paths there
# are to try among certificates that are all alike.
DEEPEST_CHAIN = 3
SHORTEST_KEY, LONGEST_KEY = 2048, 8192  # bits of RSA; the first from CA/Browser Forum, Baseline Requirements, 6.1.5
# Public exponents of RSA, the Baseline Requirements' own wish (6.1.6): small ones have a history of forged signatures.
SMALLEST_EXPONENT, LARGEST_EXPONENT = 2**16 + 1, 2**256 - 1

_PEM_BEGIN = b"-----BEGIN "
_PEM_CERTIFICATE = re.compile(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


@dataclass(frozen=True)
class TrustedSigner:
    """One signing certificate of Alexa's, proven."""

    key: RSAPublicKey
    """What its signatures are checked with."""
    good_until: datetime
    """Aware. The earliest end of its chain's certificates."""


@functools.cache
def load_trust_roots() -> tuple[x509.Certificate, ...]:
    """The public root certificates that certifi ships, read once."""
    found = (_root(block) for block in _PEM_CERTIFICATE.findall(Path(certifi.where()).read_bytes()))
    return tuple(root for root in found if root)


def _root(block: bytes) -> x509.Certificate | None:
    """None for a root that breaks RFC 5280 (one has serial number 0): cryptography warns today and will refuse it."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", CryptographyDeprecationWarning)
        with suppress(CryptographyDeprecationWarning, ValueError):
            return x509.load_pem_x509_certificate(block)
    return None


def proven_signer(pem: bytes, roots: Store, now: datetime) -> TrustedSigner:
    """The signer of a downloaded chain, or RequestRejected. The first certificate signs, the others link it to a root.

    Not every certificate sent has to be used: Amazon's chains end with a cross-signed root that we know ourselves.
    """
    with rejecting("certificate chain"):
        leaf, *issuers = _certificates(pem)
        _check_dates(leaf, now)
        _check_use(leaf)
        policy = PolicyBuilder().store(roots).time(now).max_chain_depth(DEEPEST_CHAIN)
        chain = policy.build_server_verifier(x509.DNSName(SIGNER_NAME)).verify(leaf, issuers)
        key = _signing_key(leaf)
        for certificate in chain[:-1]:  # a root is trusted as it is; one public one has a smaller exponent
            _check_strength(certificate)
        for certificate in chain:
            _check_constraints(certificate)
        return TrustedSigner(key, min(certificate.not_valid_after_utc for certificate in chain))


def _certificates(pem: bytes) -> list[x509.Certificate]:
    blocks = pem.count(_PEM_BEGIN)
    if not 1 <= blocks <= MOST_CERTIFICATES:
        raise RequestRejected("certificate chain: no certificate, or too many")
    certificates = x509.load_pem_x509_certificates(pem)
    if len(certificates) != blocks:
        raise RequestRejected("certificate chain: holds something other than certificates")
    if any(certificate.serial_number < 1 for certificate in certificates):  # RFC 5280, 4.1.2.2; the proof lets 0 pass
        raise RequestRejected("certificate chain: a serial number that is not positive")
    return certificates


def _check_dates(leaf: x509.Certificate, now: datetime) -> None:
    """The chain's proof checks this again; here it gets its own line in the log, where a wrong clock shows."""
    if not leaf.not_valid_before_utc <= now <= leaf.not_valid_after_utc:
        raise RequestRejected("certificate chain: the signing certificate is not valid at this time")


def _check_use(leaf: x509.Certificate) -> None:
    """Stricter than the proof that follows: the very name, no wildcard; a key meant for signatures (verifier.py)."""
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    if SIGNER_NAME not in names.get_values_for_type(x509.DNSName):
        raise RequestRejected("certificate chain: the signing certificate is for another name")
    with suppress(x509.ExtensionNotFound):
        usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
        if not usage.digital_signature:
            raise RequestRejected("certificate chain: the signing certificate is not for signatures")


def _signing_key(leaf: x509.Certificate) -> RSAPublicKey:
    """Signature-256 is RSA with PKCS #1 v1.5 (verifier.py); a key marked for PSS may not make such (RFC 4055, 1.2)."""
    key = leaf.public_key()
    if leaf.public_key_algorithm_oid != PublicKeyAlgorithmOID.RSAES_PKCS1_v1_5 or not isinstance(key, RSAPublicKey):
        raise RequestRejected("certificate chain: the signing key is not RSA")
    return key


def _check_strength(certificate: x509.Certificate) -> None:
    """Of an RSA key. The proof asks for a length of the issuers only, and for no exponent at all."""
    key = certificate.public_key()
    if not isinstance(key, RSAPublicKey):
        return
    if not SHORTEST_KEY <= key.key_size <= LONGEST_KEY:
        raise RequestRejected("certificate chain: a key is too short, or too long")
    if not SMALLEST_EXPONENT <= key.public_numbers().e <= LARGEST_EXPONENT:
        raise RequestRejected("certificate chain: a key has too small an exponent, or too large a one")


def _check_constraints(certificate: x509.Certificate) -> None:
    """RFC 5280, 4.2.1.10: name constraints are critical. Where they are not, the proof skips those of a form that it
    does not know, so that an authority confined to some organisation could sign for anybody.
    """
    with suppress(x509.ExtensionNotFound):
        if not certificate.extensions.get_extension_for_class(x509.NameConstraints).critical:
            raise RequestRejected("certificate chain: name constraints that are not critical")


class _Known(NamedTuple):
    signer: TrustedSigner
    due: datetime
    """After this moment it is proven anew."""


class ChainCache:
    """Proven signers by certificate address, so that a request costs one RSA check and no proof of a chain.

    Holds at most `size`, dropping the one unused for longest. A signer is proven anew after `keep_for`, because Amazon
    may change what lies at an address, and after its chain's earliest expiry. Failures are not kept here. Safe to share
    between threads: those who ask for the same unknown address wait for one download and share its outcome. At most
    `most_waiting` wait, whatever for; the next is refused at once, so that a known signer always finds a thread. While
    one thread downloads a signer anew that is merely old, the others still have the one that is known.
    """

    def __init__(
        self, *, size: int = 16, keep_for: timedelta = timedelta(hours=24), most_waiting: int = MOST_WAITING
    ) -> None:
        self._size = size
        self._keep_for = keep_for
        self._places = threading.BoundedSemaphore(most_waiting)
        self._lock = threading.Lock()
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._under_way: dict[str, Future[TrustedSigner | None]] = {}  # None says that it failed

    def signer(self, address: str, now: datetime, prove: Callable[[], TrustedSigner]) -> TrustedSigner:
        """The signer known for `address`, or what `prove` returns; whatever `prove` raises is raised, and DownloadsBusy
        where too many wait already.
        """
        with self._lock:
            known = self._known.get(address)
            others = self._under_way.get(address)
            if known and now <= (known.signer.good_until if others else known.due):
                self._known.move_to_end(address)
                return known.signer
            ours = self._under_way.setdefault(address, Future())
        return self._outcome_of(others) if others else self._prove_for_all(address, now, prove, ours)

    def remember(self, address: str, signer: TrustedSigner, downloaded: datetime) -> None:
        """From now on `signer` is known for `address`, as long as its chain's age since `downloaded` allows."""
        with self._lock:
            self._known[address] = _Known(signer, min(signer.good_until, downloaded + self._keep_for))
            if len(self._known) > self._size:
                self._known.popitem(last=False)

    def __len__(self) -> int:
        return len(self._known)

    def _prove_for_all(
        self, address: str, now: datetime, prove: Callable[[], TrustedSigner], outcome: Future[TrustedSigner | None]
    ) -> TrustedSigner:
        try:
            signer = prove()
            self.remember(address, signer, now)
        except BaseException:
            self._finish(address, None, outcome)
            raise
        self._finish(address, signer, outcome)
        return signer

    def _finish(self, address: str, signer: TrustedSigner | None, outcome: Future[TrustedSigner | None]) -> None:
        with self._lock:
            del self._under_way[address]
            if signer is None:
                self._known.pop(address, None)
        outcome.set_result(signer)

    def _outcome_of(self, others: Future[TrustedSigner | None]) -> TrustedSigner:
        """Waits for the proof that another thread makes. Of its failure each who waits gets an error of their own: one
        exception must not be raised in two threads, and an interrupt there is none here.
        """
        if not self._places.acquire(blocking=False):
            raise DownloadsBusy("certificate download: too many wait for it")
        try:
            signer = others.result()
        finally:
            self._places.release()
        if signer is None:
            raise RequestRejected("certificate chain: the download that this request waited for failed")
        return signer
