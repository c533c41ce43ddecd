"""Chains of certificates, each wrong in one thing, or right although it looks odd.

The public suite x509-limbo was the guide to what there is to try; every certificate here is our own.
"""

from __future__ import annotations

from datetime import timedelta

from alexa.hostile.case import Case, taken
from alexa.hostile.forging import armored, der, doubled, exponent, forged, issued_by, marked_for_pss, serial, version_1
from chains import (
    DAY,
    NOW,
    Issued,
    authority,
    ec_key,
    good_chain,
    intermediate,
    leaf,
    pem,
    root,
    rsa_key,
    signer,
    usage,
)
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.x509.oid import ExtendedKeyUsageOID

SECOND = timedelta(seconds=1)
ODD_ROOTS = {
    "expired": lambda: authority("Expired Root", until=NOW - SECOND),
    "early": lambda: authority("Early Root", since=NOW + SECOND),
    "weak": lambda: authority("Weak Root", key=rsa_key("weak root", 1024)),
    "elliptic": lambda: authority("Elliptic Root", key=ec_key("root")),
    "exponent": lambda: authority("Root with exponent 3", key=rsa_key("root with exponent 3", exponent=3)),
}
"""Trusted beside the good root in every case."""


def other_root() -> Issued:
    """Trusted by nobody."""
    return authority("Another Root")


def below(issuer: Issued, **changes: object) -> bytes:
    return pem(leaf(issuer, **changes), issuer)


def middle(name: str = "Test Middle", **changes: object) -> Issued:
    return authority(name, root(), **changes)


def impostor(of: str, issuer: Issued | None = None) -> Issued:
    """Bears the name of another authority, not its key."""
    return authority(of, issuer, key=rsa_key("impostor"))


def line_of(intermediates: int) -> list[Issued]:
    """A leaf below that many intermediates, leaf first."""
    issuers = [root()]
    for number in range(intermediates):
        issuers.append(authority(f"Intermediate {number}", issuers[-1]))
    return [leaf(issuers[-1]), *reversed(issuers[1:])]


def ring() -> list[Issued]:
    """Two authorities that signed one another."""
    first, second = rsa_key("first of the ring"), rsa_key("second of the ring")
    names = [authority("First", key=first), authority("Second", key=second)]
    return [authority("First", names[1], key=first), authority("Second", names[0], key=second)]


def old_cross_sign() -> Issued:
    """The intermediate's name and key, signed by another root, and expired."""
    return authority("Test Intermediate", other_root(), key=intermediate().key, until=NOW - DAY)


def unknown(*, critical: bool) -> list[tuple[x509.ExtensionType, bool]]:
    return [(x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.55555.1"), b"\x05\x00"), critical)]


def for_use(*purposes: x509.ObjectIdentifier, critical: bool = False) -> list[tuple[x509.ExtensionType, bool]]:
    return [(x509.ExtendedKeyUsage(purposes), critical)]


def one_bit_off(issued: Issued) -> bytes:
    whole = bytearray(der(issued))
    whole[-1] ^= 1
    return armored(bytes(whole))


WHEN = "RFC 5280, 6.1.3 (a)(2)"
TIME = {
    "expired a second ago": Case(lambda: below(intermediate(), until=NOW - SECOND), WHEN),
    "not valid before the next second": Case(lambda: below(intermediate(), since=NOW + SECOND), WHEN),
    "expires in this second": taken(lambda: below(intermediate(), until=NOW), "RFC 5280, 4.1.2.5: inclusive"),
    "expired intermediate": Case(lambda: below(middle(until=NOW - SECOND)), WHEN),
    "intermediate not yet valid": Case(lambda: below(middle(since=NOW + SECOND)), WHEN),
    "expired root": Case(lambda: pem(leaf(ODD_ROOTS["expired"]())), "nothing vouches for it any more"),
    "root not yet valid": Case(lambda: pem(leaf(ODD_ROOTS["early"]())), "nothing vouches for it yet"),
    "expired cross-sign beside a good path": taken(
        lambda: (
            good_chain() + authority("Test Intermediate", other_root(), key=intermediate().key, until=NOW - DAY).pem
        ),
        "RFC 5280, 6.1: one valid path is enough; how AddTrust's root expired in 2020",
    ),
}

AUTHORITIES = {
    "self-signed": Case(lambda: pem(leaf(None)), "no root vouches for it"),
    "self-signed before a good chain": Case(lambda: pem(leaf(None)) + good_chain(), "the first certificate signs"),
    "untrusted root": Case(lambda: below(other_root()), "no root vouches for it"),
    "untrusted root of a trusted name": Case(lambda: below(impostor("Test Root")), "another key than the root's"),
    "swapped intermediate": Case(lambda: pem(signer(), middle("Another Intermediate")), "another issuer"),
    "intermediate of the same name": Case(
        lambda: pem(signer(), impostor("Test Intermediate", root())), "another key than the issuer's"
    ),
    "intermediate signed by an impostor": Case(
        lambda: pem(signer(), authority("Test Intermediate", impostor("Test Root"), path_length=0)),
        "another key than the root's",
    ),
    "missing intermediate": Case(lambda: pem(signer()), "no path to a root"),
    "signature changed by one bit": Case(
        lambda: one_bit_off(signer()) + intermediate().pem, "RFC 5280, 6.1.3 (a)(1)"
    ),
    "issuer's name of nobody": Case(
        lambda: forged(leaf(root()), root(), issued_by("Nobody")), "RFC 5280, 6.1.3 (a)(4)"
    ),
    "leaf as authority": Case(
        lambda: pem(leaf(signer(), key=rsa_key("second leaf")), signer(), intermediate()), "RFC 5280, 6.1.4 (k)",
        key=lambda: rsa_key("second leaf"),
    ),
    "authority as leaf": Case(lambda: below(intermediate(), ca=True), "BR 7.1.2.7: a subscriber's is no authority"),
    "root as leaf": Case(lambda: pem(root()), "not for the name", key=lambda: root().key),
    "intermediate without basic constraints": Case(
        lambda: below(middle(without=[x509.BasicConstraints])), "RFC 5280, 6.1.4 (k)"
    ),
    "intermediate whose authority flag is off": Case(
        lambda: below(middle(extra=[(x509.BasicConstraints(ca=False, path_length=None), True)])), "RFC 5280, 6.1.4 (k)"
    ),
    "intermediate that may not sign certificates": Case(
        lambda: below(middle(extra=[(usage(digital_signature=True), True)])), "RFC 5280, 6.1.4 (n)"
    ),
    "intermediate without key usage": Case(lambda: below(middle(without=[x509.KeyUsage])), "RFC 5280, 4.2.1.3"),
    "path longer than allowed": Case(
        lambda: pem(leaf(authority("Under", intermediate())), authority("Under", intermediate()), intermediate()),
        "RFC 5280, 6.1.4 (l): the intermediate allows none below it",
    ),
    "four intermediates": Case(lambda: pem(*line_of(4)), "our own limit: Amazon's have one or two"),
    "three intermediates": taken(lambda: pem(*line_of(3)), "within our limit"),
    "no intermediate": taken(lambda: pem(leaf(root())), "the root may sign itself"),
    "ring of two authorities": Case(lambda: pem(leaf(ring()[0]), *ring()), "no path to a root, and no end"),
    "ring with a way out": taken(
        lambda: pem(leaf(ring()[0]), *ring(), authority("First", root(), key=ring()[0].key)),
        "RFC 5280, 6.1: one valid path is enough",
    ),
    "version 1 intermediate": Case(
        lambda: pem(leaf(middle())) + forged(middle(), root(), version_1), "RFC 5280, 6.1.4 (k)"
    ),
}  # fmt: skip

MD5, SHA1 = ("md5_rsa", hashes.MD5()), ("sha1_rsa", hashes.SHA1())  # noqa: S303 - to be refused
KEYS = {
    "RSA of 1024 bits": Case(
        lambda: below(intermediate(), key=rsa_key("weak", 1024)), "BR 6.1.5", key=lambda: rsa_key("weak", 1024)
    ),
    "RSA of 2047 bits": Case(
        lambda: below(intermediate(), key=rsa_key("nearly", 2047)), "BR 6.1.5", key=lambda: rsa_key("nearly", 2047)
    ),
    "RSA of 40,000 bits": Case(
        lambda: forged(leaf(root()), root(), exponent(65537, modulus=(1 << 40_000) + 1)), "our own limit: 8192 bits"
    ),
    "exponent 3": Case(
        lambda: pem(leaf(root(), key=rsa_key("e = 3", exponent=3))),
        "BR 6.1.6",
        key=lambda: rsa_key("e = 3", exponent=3),
    ),
    "exponent 1": Case(lambda: forged(leaf(root()), root(), exponent(1)), "BR 6.1.6: every text is its own signature"),
    "even exponent": Case(lambda: forged(leaf(root()), root(), exponent(65536)), "BR 6.1.6"),
    "exponent of 2047 bits": Case(lambda: forged(leaf(root()), root(), exponent(2**2046 + 1)), "BR 6.1.6"),
    "key marked for PSS": Case(lambda: forged(leaf(root()), root(), marked_for_pss), "RFC 4055, 1.2"),
    "elliptic key": Case(lambda: below(intermediate(), key=ec_key("leaf")), "Signature-256 is RSA (verifier.py)"),
    "Ed25519 key": Case(
        lambda: below(intermediate(), key=ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32))),
        "Signature-256 is RSA (verifier.py)",
    ),
    "intermediate with RSA of 1024 bits": Case(lambda: below(middle(key=rsa_key("weak middle", 1024))), "BR 6.1.5"),
    "intermediate with exponent 3": Case(lambda: below(middle(key=rsa_key("e = 3, middle", exponent=3))), "BR 6.1.6"),
    "root with RSA of 1024 bits": Case(lambda: pem(leaf(ODD_ROOTS["weak"]())), "BR 6.1.5"),
    "root with exponent 3": taken(
        lambda: pem(leaf(ODD_ROOTS["exponent"]())), "RFC 5280, 6.1.1 (d): whom we trust, we trust as it is"
    ),
    "elliptic root": taken(lambda: pem(leaf(ODD_ROOTS["elliptic"]())), "BR 6.1.5 allows P-256; the leaf's key is RSA"),
    "signed with MD5": Case(lambda: forged(leaf(root()), root(), by=MD5), "BR 7.1.3.2"),
    "signed with SHA-1": Case(lambda: forged(leaf(root()), root(), by=SHA1), "BR 7.1.3.2"),
    "intermediate signed with SHA-1": Case(
        lambda: pem(leaf(middle())) + forged(middle(), root(), by=SHA1), "BR 7.1.3.2"
    ),
    "signed with SHA-224": Case(lambda: pem(leaf(root(), digest=hashes.SHA224())), "BR 7.1.3.2"),
    "signed with SHA-512": taken(lambda: pem(leaf(root(), digest=hashes.SHA512())), "BR 7.1.3.2"),
    "signed with PSS": taken(lambda: pem(leaf(root(), pss=True)), "BR 7.1.3.2"),
    "two algorithms named": Case(lambda: forged(leaf(root()), root(), inside="sha512_rsa"), "RFC 5280, 4.1.1.2"),
}

FIELDS = {
    "for clients only": Case(
        lambda: below(intermediate(), purpose=ExtendedKeyUsageOID.CLIENT_AUTH), "RFC 5280, 4.2.1.12"
    ),
    "for any use": Case(
        lambda: below(intermediate(), purpose=ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE),
        "BR 7.1.2.7.10",
    ),
    "for servers and clients": taken(
        lambda: pem(leaf(root(), extra=for_use(ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.SERVER_AUTH))),
        "RFC 5280, 4.2.1.12: one of them is enough",
    ),
    "no extended key usage": taken(
        lambda: pem(leaf(root(), without=[x509.ExtendedKeyUsage])),
        "RFC 5280, 4.2.1.12: without it any use; Amazon's rules ask for none",
    ),
    "critical extended key usage": Case(
        lambda: pem(leaf(root(), extra=for_use(ExtendedKeyUsageOID.SERVER_AUTH, critical=True))), "BR 7.1.2.7.6"
    ),
    "intermediate for clients only": Case(
        lambda: below(middle(extra=for_use(ExtendedKeyUsageOID.CLIENT_AUTH))), "BR 7.1.2.10.6"
    ),
    "intermediate for servers": taken(
        lambda: below(middle(extra=for_use(ExtendedKeyUsageOID.SERVER_AUTH))), "BR 7.1.2.10.6"
    ),
    "not for signatures": Case(
        lambda: below(intermediate(), key_usage=usage(key_encipherment=True)), "verifier.py: digital signature"
    ),
    "for signing certificates": Case(
        lambda: below(intermediate(), key_usage=usage(digital_signature=True, key_cert_sign=True)), "RFC 5280, 4.2.1.9"
    ),
    "no key usage": taken(
        lambda: below(intermediate(), without=[x509.KeyUsage]), "RFC 5280, 4.2.1.3: no restriction; BR leaves it open"
    ),
    "no basic constraints": taken(
        lambda: below(intermediate(), without=[x509.BasicConstraints]), "RFC 5280, 4.2.1.9: a leaf may go without"
    ),
    "no authority key identifier": Case(
        lambda: below(intermediate(), without=[x509.AuthorityKeyIdentifier]), "RFC 5280, 4.2.1.1"
    ),
    "unknown critical extension": Case(lambda: pem(leaf(root(), extra=unknown(critical=True))), "RFC 5280, 4.2"),
    "unknown extension": taken(lambda: pem(leaf(root(), extra=unknown(critical=False))), "RFC 5280, 4.2"),
    "intermediate with an unknown critical extension": Case(
        lambda: below(middle(extra=unknown(critical=True))), "RFC 5280, 4.2"
    ),
    "extension twice": Case(lambda: forged(leaf(root()), root(), doubled("key_usage")), "RFC 5280, 4.2"),
    "alternative names twice": Case(lambda: forged(leaf(root()), root(), doubled("subject_alt_name")), "RFC 5280, 4.2"),
    "intermediate with an extension twice": Case(
        lambda: pem(leaf(middle())) + forged(middle(), root(), doubled("basic_constraints")), "RFC 5280, 4.2"
    ),
    "version 1": Case(lambda: forged(leaf(root()), root(), version_1), "no alternative names in it"),
    "serial number 0": Case(lambda: forged(leaf(root()), root(), serial(0)), "RFC 5280, 4.1.2.2"),
    "negative serial number": Case(lambda: forged(leaf(root()), root(), serial(-7)), "RFC 5280, 4.1.2.2"),
    "serial number of 22 octets": Case(lambda: forged(leaf(root()), root(), serial(1 << 170)), "RFC 5280, 4.1.2.2"),
}

CASES = {**TIME, **AUTHORITIES, **KEYS, **FIELDS}
