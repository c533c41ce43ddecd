"""The SDK's own RequestVerifier, which cannot be imported here unmended: only to have its time beside ours.

oscrypto 1.3.0 reads the version of OpenSSL with one digit for its last part and gives up at 3.0.10 (wbond/oscrypto
issue 75); with two digits it works. Runs in a process of its own, because skill/alexa/webservice.py puts stand-ins
where this imports the real thing.

    python -m benchmarks.sdk_verifier     → how many times as long a request takes with it, a number a pair, as JSON
"""

from __future__ import annotations

import functools
import json
import re
import sys
from typing import Any
from unittest import mock

from ask_sdk_model import RequestEnvelope
from benchmarks.hello_world import hello_world
from benchmarks.material import Alexa, alexa, recorded
from benchmarks.rows import on_one_core, seconds
from chains import ADDRESS

_ONE_DIGIT = "\\b(\\d\\.\\d\\.\\d[a-z]*)\\b"
_ROUNDS = 300


def _search(pattern: Any, text: str, flags: int = 0) -> Any:
    return re.compile(_ONE_DIGIT.replace("\\d[a-z]", "\\d+[a-z]") if pattern == _ONE_DIGIT else pattern, flags).search(
        text
    )


def mended_verifier(known: Alexa) -> Any:
    """The SDK's verifier, with the chain already downloaded and our root among those it trusts."""
    for name in [name for name in sys.modules if name.startswith(("ask_sdk_webservice_support", "certvalidator"))]:
        del sys.modules[name]
    with mock.patch("re.search", _search):
        from ask_sdk_webservice_support import verifier  # noqa: PLC0415
    from asn1crypto import pem, x509  # noqa: PLC0415
    from certvalidator import CertificateValidator, ValidationContext  # noqa: PLC0415

    root = x509.Certificate.load(pem.unarmor(known.root.pem)[2])

    @functools.wraps(CertificateValidator)
    def trusting(*certificates: Any) -> Any:
        return CertificateValidator(*certificates, validation_context=ValidationContext(extra_trust_roots=[root]))

    verifier.CertificateValidator = trusting
    sdks = verifier.RequestVerifier(signature_key="Signature-256")
    sdks._cert_cache[ADDRESS] = known.chain
    return sdks


def main() -> None:
    """Prints the ratios."""
    on_one_core()
    text = json.dumps(recorded("listed-topic"))
    headers = alexa().headers(text.encode())
    sdks, skill = mended_verifier(alexa()), hello_world().create()

    def unsigned() -> str:
        return json.dumps(
            skill.serializer.serialize(skill.invoke(skill.serializer.deserialize(text, RequestEnvelope), None))
        )

    def signed() -> str:
        sdks.verify(headers, text, None)
        return unsigned()

    unsigned(), signed()
    pairs = [(seconds(unsigned) * 1000, seconds(signed) * 1000) for _ in range(_ROUNDS)]
    sys.stdout.write(json.dumps({"ratios": [with_it / without for without, with_it in pairs]}))


if __name__ == "__main__":
    main()
