"""Files that are no chain, and chains written in unusual ways."""

from __future__ import annotations

import base64

from alexa.hostile.case import Case, taken
from alexa.hostile.forging import armored, der
from chains import authority, good_chain, intermediate, leaf, pem, root, rsa_key, signer

ORDER = "the first certificate signs (Host a Custom Skill as a Web Service); what others are for is found out"
AROUND = "RFC 7468, 2: text around the blocks says nothing"


def relabelled(label: bytes) -> bytes:
    return good_chain().replace(b" CERTIFICATE", b" " + label)


CASES = {
    "nothing": Case(lambda: b"", "no certificate"),
    "white space": Case(lambda: b" \n\n", "no certificate"),
    "a page": Case(lambda: b"<html>no such key</html>", "no certificate"),
    "every byte": Case(lambda: bytes(range(256)) * 16, "no certificate"),
    "PEM around garbage": Case(lambda: b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "not DER"),
    "PEM around a word": Case(
        lambda: b"-----BEGIN CERTIFICATE-----\nnonsense!\n-----END CERTIFICATE-----\n", "not base64"
    ),
    "PEM around nothing": Case(lambda: b"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", "not DER"),
    "PEM cut short": Case(lambda: good_chain()[:-40], "RFC 7468, 2: has to end"),
    "PEM without its end line": Case(
        lambda: signer().pem.replace(b"-----END CERTIFICATE-----\n", b"") + intermediate().pem, "RFC 7468, 2"
    ),
    "four dashes": Case(lambda: good_chain().replace(b"-----BEGIN", b"----BEGIN"), "RFC 7468, 2: five"),
    "DER": Case(lambda: base64.b64decode(b"".join(signer().pem.splitlines()[1:-1])), "PEM is what Amazon sends"),
    "bytes after the certificate": Case(lambda: armored(der(leaf(root())) + b"\0\0"), "not DER"),
    "certificate cut short": Case(lambda: armored(der(leaf(root()))[:-3]), "not DER"),
    "a private key": Case(lambda: signer().key_pem, "no certificate"),
    "a private key after the chain": Case(lambda: good_chain() + signer().key_pem, "nothing but certificates"),
    "a private key before the chain": Case(lambda: signer().key_pem + good_chain(), "nothing but certificates"),
    "a revocation list after the chain": Case(
        lambda: good_chain() + b"-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n", "nothing but certificates"
    ),
    "another label": Case(lambda: relabelled(b"TRUSTED CERTIFICATE"), "RFC 7468, 5.1"),
    "the old label": taken(lambda: relabelled(b"X509 CERTIFICATE"), "RFC 7468, 5.1: parsers may take it"),
    "labels that differ": Case(
        lambda: good_chain().replace(b"END CERTIFICATE", b"END X509 CERTIFICATE"), "RFC 7468, 2: the same at both ends"
    ),
    "eleven certificates": Case(lambda: good_chain() + intermediate().pem * 9, "our own limit: Amazon sends four"),
    "a hundred certificates": Case(lambda: good_chain() + intermediate().pem * 98, "our own limits"),
    "a megabyte of certificates": Case(lambda: good_chain() * 500, "our own limit of a download: 64 KiB"),
    "a megabyte of text before the chain": Case(lambda: b"x" * 1_000_000 + good_chain(), "64 KiB"),
    "a megabyte in one block": Case(
        lambda: b"-----BEGIN CERTIFICATE-----\n" + b"A" * 1_000_000 + b"\n-----END CERTIFICATE-----\n", "64 KiB"
    ),
    "intermediate first": Case(lambda: pem(intermediate(), signer()), ORDER),
    "a stranger's leaf first": Case(
        lambda: pem(leaf(authority("Another Root"), key=rsa_key("stranger"))) + good_chain(), ORDER,
        key=lambda: rsa_key("stranger"),
    ),
    "two leaves, signed by the second": Case(
        lambda: pem(signer(), leaf(root(), key=rsa_key("second leaf")), intermediate()), ORDER,
        key=lambda: rsa_key("second leaf"),
    ),
    "two leaves, signed by the first": taken(
        lambda: pem(signer(), leaf(root(), key=rsa_key("second leaf")), intermediate()), ORDER
    ),
    "the leaf twice": taken(lambda: pem(signer(), signer(), intermediate()), ORDER),
    "issuers in the wrong order": taken(lambda: pem(signer(), root(), intermediate()), ORDER),
    "the root sent along": taken(lambda: pem(signer(), intermediate(), root()), ORDER),
    "an unused certificate between": taken(lambda: pem(signer(), authority("Another Root"), intermediate()), ORDER),
    "comments": taken(lambda: b"# Amazon\n" + signer().pem + b"issuer=CN=x\n" + intermediate().pem + b"end", AROUND),
    "bytes between": taken(lambda: signer().pem + bytes(range(128, 256)) + b"\n" + intermediate().pem, AROUND),
    "lines that end in CR LF": taken(lambda: good_chain().replace(b"\n", b"\r\n"), "RFC 7468, 3: eol"),
    "lines that end in CR": taken(lambda: good_chain().replace(b"\n", b"\r"), "RFC 7468, 3: eol"),
    "no line break at the end": taken(lambda: good_chain().rstrip(), "RFC 7468, 3: lax"),
    "indented lines": taken(lambda: good_chain().replace(b"\n", b"\n  "), "RFC 7468, 3: lax"),
    "a byte order mark": taken(lambda: b"\xef\xbb\xbf" + good_chain(), AROUND),
}  # fmt: skip
