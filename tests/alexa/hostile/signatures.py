"""Signatures that are none, beside a certificate that is good: from the body to the text of the header."""

from __future__ import annotations

import base64
from collections.abc import Callable

from chains import leaf, root, rsa_key, signer
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

SHA1, SHA256 = hashes.SHA1(), hashes.SHA256()  # noqa: S303 - the first to be refused


def text(signature: bytes) -> str:
    return base64.b64encode(signature).decode()


def own(body: bytes) -> bytes:
    return base64.b64decode(signer().sign(body))


def larger(body: bytes) -> bytes:
    """The same signature, the modulus added: the same number to the mathematics, not to PKCS #1."""
    number = int.from_bytes(own(body), "big") + rsa_key("leaf").public_key().public_numbers().n
    return number.to_bytes(257, "big")


REFUSED: dict[str, Callable[[bytes], str]] = {
    "empty": lambda body: "",
    "blank": lambda body: " ",
    "no base64": lambda body: "%%%",
    "padding alone": lambda body: "==",
    "unpadded": lambda body: signer().sign(body).rstrip("="),
    "padded too much": lambda body: signer().sign(body) + "=",
    "alphabet of addresses": lambda body: "-_" + signer().sign(body)[2:],
    "space inside": lambda body: signer().sign(body)[:100] + " " + signer().sign(body)[100:],
    "tab at the end": lambda body: signer().sign(body) + "\tx",
    "two, joined": lambda body: f"{signer().sign(body)},{signer().sign(body)}",
    "encoded twice": lambda body: text(signer().sign(body).encode()),
    "hexadecimal": lambda body: own(body).hex(),
    "of nothing": lambda body: signer().sign(b""),
    "of another body": lambda body: signer().sign(body + b" "),
    "of another key": lambda body: leaf(root(), key=rsa_key("another leaf")).sign(body),
    "by SHA-1": lambda body: text(rsa_key("leaf").sign(body, padding.PKCS1v15(), SHA1)),
    "by SHA-512": lambda body: text(rsa_key("leaf").sign(body, padding.PKCS1v15(), hashes.SHA512())),
    "by PSS": lambda body: text(rsa_key("leaf").sign(body, padding.PSS(padding.MGF1(SHA256), 32), SHA256)),
    "zeros": lambda body: text(bytes(256)),
    "one": lambda body: text(bytes(255) + b"\1"),
    "cut short": lambda body: text(own(body)[:-1]),
    "a byte longer": lambda body: text(own(body) + b"\0"),
    "a zero before": lambda body: text(b"\0" + own(body)),
    "the modulus added": lambda body: text(larger(body)),
    "40 kB": lambda body: text(bytes(30_000)),
}
