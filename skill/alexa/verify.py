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
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.verification import Store

from skill.alexa.certificate_download import certificate_address
from skill.alexa.certificates import ChainCache, TrustedSigner, proven_signer
from skill.alexa.fresh_and_ours import FARTHEST_REQUEST, SKILL_EVENTS, verify_skill_id, verify_timestamp
from skill.alexa.rejecting import rejecting
from skill.errors import RequestRejected

__all__ = [
    "ADDRESS_HEADER",
    "FARTHEST_REQUEST",
    "SIGNATURE_HEADER",
    "SKILL_EVENTS",
    "RequestVerifier",
    "verify_skill_id",
    "verify_timestamp",
]

ADDRESS_HEADER = "SignatureCertChainUrl"
# The older `Signature` (SHA-1) may be sent beside it and is not looked at: Amazon moved its own SDKs off it in 2022.
SIGNATURE_HEADER = "Signature-256"


class RequestVerifier:
    """Checks signatures. Safe to share between threads; connects to nothing until an unknown chain is named.

    `fetch` downloads a certificate address (see certificate_fetcher), `now` gives an aware time, `trust_roots` is not
    empty (see load_trust_roots).
    """

    def __init__(
        self,
        *,
        fetch: Callable[[str], bytes],
        trust_roots: Sequence[x509.Certificate],
        now: Callable[[], datetime],
        cache: ChainCache | None = None,
    ) -> None:
        self._fetch = fetch
        self._roots = Store(list(trust_roots))
        self._now = now
        self._cache = ChainCache() if cache is None else cache

    def verify_signature(self, headers: Mapping[str, str], body: bytes) -> None:
        """Returns when `body`, byte for byte, was signed by Alexa; raises RequestRejected otherwise."""
        with rejecting("signature"):
            address = certificate_address(_header(headers, ADDRESS_HEADER))
            signature = base64.b64decode(_header(headers, SIGNATURE_HEADER), validate=True)
            self._signer(address).key.verify(signature, body, PKCS1v15(), SHA256())

    def _signer(self, address: str) -> TrustedSigner:
        now = self._now()
        return self._cache.signer(address, now, lambda: proven_signer(self._fetch(address), self._roots, now))


def _header(headers: Mapping[str, str], wanted: str) -> str:
    """The one value under that name in any case. Of two we could not say which was meant, so two are none."""
    values = [value for name, value in headers.items() if name.lower() == wanted.lower()]
    if len(values) != 1 or not values[0]:
        raise RequestRejected(f"header {wanted}: missing, empty or repeated")
    return values[0]
