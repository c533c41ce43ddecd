"""Is this request from Alexa, fresh, and meant for us? Everything that says no is RequestRejected.

    raw bytes  →  RequestVerifier.verify_signature  →  (JSON parsed)  →  verify_timestamp  →  verify_skill_id

The signature comes first and on the bytes as received: a body that was parsed and written again is another body. The
messages are for our own log and hold no part of the body; the sender learns nothing but 400. On Lambda only the skill
id is asked for: there AWS vouches for the sender.

Rules: Amazon, "Host a Custom Skill as a Web Service"; numbers and names as in ask-sdk-webservice-support,
verifier_constants.py.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.verification import Store

from skill.alexa.certificate_download import certificate_address
from skill.alexa.certificates import ChainCache, TrustedSigner, proven_signer
from skill.alexa.failed_addresses import FailedAddresses
from skill.alexa.kept_chains import KeptChain, KeptChains
from skill.alexa.rejecting import rejecting
from skill.alexa.skill_id import at
from skill.errors import RequestRejected

ADDRESS_HEADER = "SignatureCertChainUrl"
# The older `Signature` (SHA-1) may be sent beside it and is not looked at: Amazon moved its own SDKs off it in 2022.
SIGNATURE_HEADER = "Signature-256"

FARTHEST_REQUEST = timedelta(seconds=150)  # either way: clocks of both sides may be off
OLDEST_SKILL_EVENT = timedelta(seconds=3600)
SKILL_EVENTS = frozenset(
    {
        "AlexaSkillEvent.SkillEnabled",
        "AlexaSkillEvent.SkillDisabled",
        "AlexaSkillEvent.SkillPermissionChanged",
        "AlexaSkillEvent.SkillPermissionAccepted",
        "AlexaSkillEvent.SkillAccountLinked",
    }
)


class RequestVerifier:
    """Checks signatures. Safe to share between threads; connects to nothing until an unknown chain is named.

    `fetch` downloads a certificate address (see certificate_fetcher), `now` gives an aware time, `trust_roots` is not
    empty (see load_trust_roots). `kept` is where proven chains are kept for the processes after this one.
    """

    def __init__(
        self,
        *,
        fetch: Callable[[str], bytes],
        trust_roots: Sequence[x509.Certificate],
        now: Callable[[], datetime],
        cache: ChainCache | None = None,
        kept: KeptChains | None = None,
    ) -> None:
        self._fetch = fetch
        self._roots = Store(list(trust_roots))
        self._now = now
        self._cache = ChainCache() if cache is None else cache
        self._failed = FailedAddresses()
        self._kept = kept

    def prove_kept(self) -> None:
        """Proves the chains that are kept, so that a new process lets in at once whom an older one has. Those that do
        not hold are left out; one that is due is downloaded anew by the first request that names it.
        """
        now = self._now()
        for chain in self._kept or ():
            with suppress(RequestRejected), rejecting("certificate chain"):
                if chain.downloaded <= now:  # from the future: the clock is or was wrong, so its age is not known
                    signer = proven_signer(chain.pem, self._roots, now)
                    self._cache.remember(certificate_address(chain.address), signer, chain.downloaded)

    def verify_signature(self, headers: Mapping[str, str], body: bytes) -> None:
        """Returns when `body`, byte for byte, was signed by Alexa; raises RequestRejected otherwise."""
        with rejecting("signature"):
            address = certificate_address(_header(headers, ADDRESS_HEADER))
            signature = base64.b64decode(_header(headers, SIGNATURE_HEADER), validate=True)
            self._signer(address).key.verify(signature, body, PKCS1v15(), SHA256())

    def _signer(self, address: str) -> TrustedSigner:
        now = self._now()
        return self._cache.signer(address, now, lambda: self._prove(address, now))

    def _prove(self, address: str, now: datetime) -> TrustedSigner:
        with self._failed.resting(address, now):
            pem = self._fetch(address)
            signer = proven_signer(pem, self._roots, now)
        if self._kept is not None:
            self._kept.keep(KeptChain(address, now, pem))
        return signer


def _header(headers: Mapping[str, str], wanted: str) -> str:
    """The one value under that name in any case. Of two we could not say which was meant, so two are none."""
    values = [value for name, value in headers.items() if name.lower() == wanted.lower()]
    if len(values) != 1 or not values[0]:
        raise RequestRejected(f"header {wanted}: missing, empty or repeated")
    return values[0]


def verify_timestamp(envelope: Mapping[str, object], now: datetime) -> None:
    """Returns when the request was sent just now (150 seconds either way; the five skill events up to an hour ago).

    Raises RequestRejected otherwise, and when the time is missing, has no zone, or cannot be read. `now` is aware.
    """
    with rejecting("timestamp"):
        sent = _moment(at(envelope, "request", "timestamp"))
        if sent is None:
            raise RequestRejected("timestamp: missing or not a time")
        kind = at(envelope, "request", "type")
        # Amazon, "Use Skill Events": events are older than requests may be. From the future they are no likelier.
        oldest = OLDEST_SKILL_EVENT if isinstance(kind, str) and kind in SKILL_EVENTS else FARTHEST_REQUEST
        if not -FARTHEST_REQUEST <= now - sent <= oldest:
            raise RequestRejected("timestamp: too far from now")


def _moment(text: object) -> datetime | None:
    """An ISO 8601 time with its zone, or None. The reader's error is dropped here, because it quotes the text."""
    if not isinstance(text, str):
        return None
    with suppress(ValueError):
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else None
    return None
