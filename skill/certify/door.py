"""The door: what Amazon's check sends to an endpoint, signed with a chain of certificates made for this run.

In process the trusted root can be chosen, and all of it is tried. A running server trusts public roots alone: there a
signature can only be missing or wrong, so what is let in, and what is refused after the signature, is not seen.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from skill.alexa.certificates import SIGNER_NAME
from skill.alexa.verify import (
    ADDRESS_HEADER,
    FARTHEST_REQUEST,
    OLDEST_SKILL_EVENT,
    SIGNATURE_HEADER,
    SKILL_EVENTS,
    RequestVerifier,
)
from skill.certify.findings import Case, Findings
from skill.simulator.envelope import Device, launch_envelope

SKILL_ID = "amzn1.ask.skill.00000000-0000-0000-0000-00000000cafe"
ADDRESS = "https://s3.amazonaws.com/echo.api/echo-api-cert.pem"
REFUSED, TAKEN = 400, 200
NEEDS_ALEXA = ("door-valid", "door-time", "door-events", "door-skill")
"""Seen only behind a signature that holds."""
_WRONG_ADDRESSES = (
    "http://s3.amazonaws.com/echo.api/echo-api-cert.pem",
    "https://s3.example.org/echo.api/echo-api-cert.pem",
    "https://s3.amazonaws.com/EcHo.aPi/echo-api-cert.pem",
    "https://s3.amazonaws.com/echo.api/../other/cert.pem",
    "https://s3.amazonaws.com:563/echo.api/echo-api-cert.pem",
    "no address",
)
"""Amazon's own examples of what must be refused: Host a Custom Skill as a Web Service."""


class Answered(NamedTuple):
    """What a server said to one request."""

    status: int
    body: bytes


Post = Callable[[bytes, Mapping[str, str]], Answered]
"""A body and its headers in."""
MakeDoor = Callable[[RequestVerifier, str], Post]
"""Our web service in production, for this skill id, with this verifier in place of the one that trusts Amazon."""


@dataclass(frozen=True)
class Signer:
    """A root of our own, and a signing certificate as Amazon's are."""

    root: x509.Certificate
    chain: bytes
    key: RSAPrivateKey

    def headers(self, body: bytes, address: str = ADDRESS) -> dict[str, str]:
        """What Alexa puts beside this body."""
        signature = base64.b64encode(self.key.sign(body, PKCS1v15(), SHA256())).decode()
        return {ADDRESS_HEADER: address, SIGNATURE_HEADER: signature}


@dataclass(frozen=True)
class Knock:
    """One request to the door, and the status that is right."""

    rule: str
    what: str
    body: bytes
    headers: Mapping[str, str]
    expected: int = REFUSED


def check_door(
    make_door: MakeDoor, findings: Findings, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> None:
    """Sends valid and forged requests to the door."""
    signer = make_signer(now())
    door = make_door(RequestVerifier(fetch=lambda _: signer.chain, trust_roots=[signer.root], now=now), SKILL_ID)
    _knock(door, knocks(signer, now()), findings)


def check_refusals(door: Post, findings: Findings) -> None:
    """Sends a running server whatever it has to refuse without a key of Alexa's: `signer` is a stranger to it."""
    now = datetime.now(UTC)
    refused = (knock for knock in knocks(make_signer(now), now) if knock.rule not in NEEDS_ALEXA)
    _knock(door, refused, findings)


def _knock(door: Post, sent: Iterable[Knock], findings: Findings) -> None:
    refusals: list[bytes] = []
    for knock in sent:
        status, body = door(knock.body, knock.headers)
        case = Case("", knock.what, f"HTTP {status}", f"HTTP {knock.expected}")
        findings.hold(knock.rule, status == knock.expected, case)
        if status == REFUSED:
            refusals.append(body)
            came = f"{len(body)} bytes, not the {len(refusals[0])} of another refusal"
            findings.hold("door-detail", body == refusals[0], Case("", knock.what, came, "the same as any other"))


def knocks(signer: Signer, now: datetime) -> Iterator[Knock]:
    """Every case, those first that must be let in."""
    body = _body(now)
    signed = signer.headers(body)
    yield Knock("door-valid", "a signed request", body, signed, TAKEN)
    yield Knock("door-valid", "lower-case header names", body, {key.lower(): signed[key] for key in signed}, TAKEN)
    for away in (FARTHEST_REQUEST, -FARTHEST_REQUEST):
        near = _body(now + away * 0.8)
        yield Knock("door-valid", f"a clock that is {away * 0.8} off", near, signer.headers(near), TAKEN)
        far = _body(now + away * 2)
        yield Knock("door-time", f"a clock that is {away * 2} off", far, signer.headers(far))
    yield from _events(signer, now)
    timeless = _body(None)
    yield Knock("door-time", "no time", timeless, signer.headers(timeless))
    yield Knock("door-headers", "no headers", body, {})
    for name in signed:
        yield Knock("door-headers", f"no header {name}", body, {key: signed[key] for key in signed if key != name})
    for address in _WRONG_ADDRESSES:
        yield Knock("door-address", address, body, signer.headers(body, address))
    yield Knock("door-signature", "a changed body", body + b" ", signed)
    yield Knock("door-signature", "no base64", body, {**signed, SIGNATURE_HEADER: "%%%"})
    stranger = make_signer(now)
    yield Knock("door-signature", "a stranger's signature", body, stranger.headers(body))
    other = _body(now, "amzn1.ask.skill.00000000-0000-0000-0000-0000000other")
    yield Knock("door-skill", "another skill's id", other, signer.headers(other))


def _events(signer: Signer, now: datetime) -> Iterator[Knock]:
    """Skill events, which may be old; but not older than an hour, not from the future, and no other request."""
    for kind in sorted(SKILL_EVENTS):
        late, stale = (_event(now - OLDEST_SKILL_EVENT * much, kind) for much in (0.9, 1.1))
        yield Knock("door-events", f"{kind}, not an hour old", late, signer.headers(late), TAKEN)
        yield Knock("door-events", f"{kind}, over an hour old", stale, signer.headers(stale))
    early = _event(now + FARTHEST_REQUEST * 2, min(SKILL_EVENTS))
    yield Knock("door-events", "an event from the future", early, signer.headers(early))
    other = _event(now - FARTHEST_REQUEST * 2, "AlexaSkillEvent.ProactiveSubscriptionChanged")
    yield Knock("door-events", "another event, as old as a request may not be", other, signer.headers(other))


def _event(sent: datetime, kind: str) -> bytes:
    """An event has no session."""
    event = json.loads(_body(sent))
    event["request"]["type"] = kind
    del event["session"]
    return json.dumps(event).encode()


def _body(sent: datetime | None, skill_id: str = SKILL_ID) -> bytes:
    request = launch_envelope(Device(skill_id=skill_id), {})
    del request["request"]["timestamp"]
    if sent is not None:
        request["request"]["timestamp"] = sent.strftime("%Y-%m-%dT%H:%M:%SZ")
    return json.dumps(request).encode()


def make_signer(now: datetime) -> Signer:
    """A fresh root and signer around `now`."""
    root_key, key = (generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
    root_name, name = _name("Certify Root"), _name(SIGNER_NAME)
    root = (
        _begun(root_name, root_name, root_key, root_key, now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(_usage(certificates=True), critical=True)
        .sign(root_key, SHA256())
    )
    leaf = (
        _begun(name, root_name, key, root_key, now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(SIGNER_NAME)]), critical=False)
        .sign(root_key, SHA256())
    )
    return Signer(root, leaf.public_bytes(Encoding.PEM), key)


def _begun(
    subject: x509.Name, issuer: x509.Name, key: RSAPrivateKey, signing: RSAPrivateKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False)
    )


def _usage(*, certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True, content_commitment=False, key_encipherment=not certificates, data_encipherment=False,
        key_agreement=False, key_cert_sign=certificates, crl_sign=certificates,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])
