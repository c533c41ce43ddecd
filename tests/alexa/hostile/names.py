"""Signing certificates with unusual names, and authorities that may sign for some names only."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from alexa.hostile.case import Case, taken
from alexa.hostile.forging import forged, names
from chains import SIGNER, authority, leaf, pem, root
from cryptography import x509
from cryptography.x509.oid import ExtensionOID, NameOID

RAW = SIGNER.encode()
SDK = "verifier.py: the very name has to be in it"
OTHERS = "verifier.py: the very name is in it; the issuer vouches for the others too"


def named(*alternatives: x509.GeneralName, critical: bool = False) -> bytes:
    return pem(leaf(root(), extra=[(x509.SubjectAlternativeName(alternatives), critical)]))


def directory(name: str) -> x509.DirectoryName:
    return x509.DirectoryName(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))


def spelled(*raw: bytes) -> bytes:
    return forged(leaf(root()), root(), names(*raw))


def meaningless() -> bytes:
    """The extension of alternative names holds something else."""
    return pem(
        leaf(
            root(),
            names=(),
            extra=[(x509.UnrecognizedExtension(ExtensionOID.SUBJECT_ALTERNATIVE_NAME, b"\x04\x01x"), False)],
        )
    )


def confined(
    permitted: list[x509.GeneralName] | None = None,
    excluded: list[x509.GeneralName] | None = None,
    *,
    critical: bool = True,
    alternatives: tuple[x509.GeneralName, ...] = (x509.DNSName(SIGNER),),
) -> bytes:
    """A chain below an authority with name constraints."""
    constraints = x509.NameConstraints(permitted, excluded)
    issuer = authority("Confined", root(), extra=[(constraints, critical)])
    return pem(leaf(issuer, extra=[(x509.SubjectAlternativeName(alternatives), False)]), issuer)


OWN, OTHER = x509.DNSName("amazon.com"), x509.DNSName("example.org")
CONFINED = "RFC 5280, 4.2.1.10"

ALTERNATIVE_NAMES = {
    "another name": Case(lambda: spelled(b"echo-api.example.org"), SDK),
    "longer name": Case(lambda: spelled(RAW + b".example.org"), SDK),
    "prefix": Case(lambda: spelled(b"evil-" + RAW), SDK),
    "name above": Case(lambda: spelled(b"amazon.com"), SDK),
    "wildcard": Case(lambda: spelled(b"*.amazon.com"), "narrower than RFC 6125, 6.4.3: the SDK compares the very name"),
    "wildcard alone": Case(lambda: spelled(b"*"), SDK),
    "wildcard in a label": Case(lambda: spelled(b"echo-*.amazon.com"), SDK),
    "capitals": Case(lambda: spelled(RAW.upper()), "narrower than RFC 6125, 6.4.1: the SDK compares the very name"),
    "trailing dot": Case(lambda: spelled(RAW + b"."), SDK),
    "leading dot": Case(lambda: spelled(b"." + RAW), SDK),
    "with a port": Case(lambda: spelled(RAW + b":443"), SDK),
    "space at the end": Case(lambda: spelled(RAW + b" "), SDK),
    "line break at the end": Case(lambda: spelled(RAW + b"\n"), SDK),
    "null inside": Case(lambda: spelled(RAW + b"\0.example.org"), f"{SDK}; CVE-2009-2408"),
    "letters that look alike": Case(lambda: spelled("\u0435cho-api.amazon.com".encode()), SDK),
    "letters that look alike, encoded": Case(lambda: spelled(b"xn--cho-api-1ve.amazon.com"), SDK),
    "empty": Case(lambda: spelled(b""), SDK),
    "none, but the common name": Case(lambda: pem(leaf(root(), names=())), "RFC 6125, 6.4.4; verifier.py asks for it"),
    "without meaning": Case(meaningless, "cannot be read"),
    "only an address": Case(lambda: named(x509.IPAddress(ip_address("192.0.2.1"))), SDK),
    "only a URI": Case(lambda: named(x509.UniformResourceIdentifier(f"https://{SIGNER}/")), SDK),
    "only an e-mail address": Case(lambda: named(x509.RFC822Name(f"a@{SIGNER}")), SDK),
    "only a directory name": Case(lambda: named(directory(SIGNER)), SDK),
    "critical": Case(lambda: named(x509.DNSName(SIGNER), critical=True), "BR 7.1.2.7.12: the subject is not empty"),
    "several": taken(lambda: spelled(b"a.example.org", RAW, b"b.example.org"), OTHERS),
    "with a wildcard": taken(lambda: spelled(b"*.amazon.com", RAW), OTHERS),
    "with an address": taken(lambda: named(x509.IPAddress(ip_address("192.0.2.1")), x509.DNSName(SIGNER)), OTHERS),
    "with one that holds a null": taken(lambda: spelled(b"x\0y", RAW), OTHERS),
    "with one that is not ASCII": taken(lambda: spelled("\u00e9.example.org".encode(), RAW), OTHERS),
    "500 of them": taken(lambda: spelled(*(b"h%d.example.org" % number for number in range(500)), RAW), OTHERS),
}

CONSTRAINTS = {
    "permitted": taken(lambda: confined([OWN]), CONFINED),
    "others permitted": Case(lambda: confined([OTHER]), CONFINED),
    "excluded": Case(lambda: confined(None, [OWN]), CONFINED),
    "others excluded": taken(lambda: confined(None, [OTHER]), CONFINED),
    "permitted and excluded": Case(lambda: confined([OWN], [x509.DNSName(SIGNER)]), CONFINED),
    "permitted, but a second name not": Case(
        lambda: confined([OWN], alternatives=(x509.DNSName(SIGNER), x509.DNSName("a.example.org"))), CONFINED
    ),
    "an address not permitted": Case(
        lambda: confined(
            [x509.IPAddress(ip_network("198.51.100.0/24"))],
            alternatives=(x509.DNSName(SIGNER), x509.IPAddress(ip_address("192.0.2.1"))),
        ),
        CONFINED,
    ),
    "addresses permitted, none in it": taken(
        lambda: confined([x509.IPAddress(ip_network("198.51.100.0/24"))]), f"{CONFINED}: says nothing of host names"
    ),
    "with a leading dot": Case(lambda: confined([x509.DNSName(".amazon.com")]), f"{CONFINED}: no such form"),
    "another organisation permitted": Case(lambda: confined([directory("Another")]), CONFINED),
    "its own organisation permitted": Case(
        lambda: confined([directory(SIGNER)]), "narrower than RFC 5280: the proof knows no directory names, and says so"
    ),
    "another organisation permitted, not critical": Case(
        lambda: confined([directory("Another")], critical=False), f"{CONFINED}: has to be critical"
    ),
    "permitted, not critical": Case(lambda: confined([OWN], critical=False), f"{CONFINED}: has to be critical"),
    "on the leaf": Case(
        lambda: pem(leaf(root(), extra=[(x509.NameConstraints([OWN], None), True)])),
        f"{CONFINED}: for authorities only",
    ),
}

CASES = {
    **{f"names: {name}": case for name, case in ALTERNATIVE_NAMES.items()},
    **{f"constraints: {name}": case for name, case in CONSTRAINTS.items()},
}
