"""Certificates that no builder makes: taken apart as DER, changed, and signed anew by their real issuer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from asn1crypto import algos, core, keys, pem
from asn1crypto.x509 import Certificate, Name, TbsCertificate
from chains import Issued
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

Change = Callable[[TbsCertificate], None]
SHA256 = ("sha256_rsa", hashes.SHA256())


def forged(
    issued: Issued, issuer: Issued, change: Change | None = None, *, by: tuple[str, Any] = SHA256, inside: str = ""
) -> bytes:
    """PEM. `by` is the algorithm of the signature, `inside` the one that the signed part names, where that differs."""
    certificate = Certificate.load(issued.certificate.public_bytes(serialization.Encoding.DER))
    signed = certificate["tbs_certificate"]
    name, digest = by
    signed["signature"] = algos.SignedDigestAlgorithm({"algorithm": inside or name})
    if change:
        change(signed)
    return _sealed(signed, name, issuer.key.sign(signed.dump(), padding.PKCS1v15(), digest))


def _sealed(signed: TbsCertificate, algorithm: str, signature: bytes) -> bytes:
    sealed = Certificate(
        {
            "tbs_certificate": signed,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": algorithm}),
            "signature_value": core.OctetBitString(signature),
        }
    )
    return armored(sealed.dump())


def armored(der: bytes) -> bytes:
    return pem.armor("CERTIFICATE", der)


def der(issued: Issued) -> bytes:
    return issued.certificate.public_bytes(serialization.Encoding.DER)


def doubled(extension: str) -> Change:
    """The extension of that name of asn1crypto's, twice."""

    def change(signed: TbsCertificate) -> None:
        (found,) = [entry for entry in signed["extensions"] if entry["extn_id"].native == extension]
        signed["extensions"].append(found.copy())

    return change


def serial(number: int) -> Change:
    return lambda signed: signed.__setitem__("serial_number", number)


def version_1(signed: TbsCertificate) -> None:
    signed["version"] = "v1"
    del signed["extensions"]


def issued_by(name: str) -> Change:
    """Another issuer's name above the true issuer's signature."""
    return lambda signed: signed.__setitem__("issuer", Name.build({"common_name": name}))


def names(*raw: bytes) -> Change:
    """The alternative names as these bytes, whether they are names or not."""
    entries = b"".join(b"\x82" + bytes([len(name)]) + name for name in raw)

    def change(signed: TbsCertificate) -> None:
        for entry in signed["extensions"]:
            if entry["extn_id"].native == "subject_alt_name":
                entry["extn_value"] = core.ParsableOctetString(core.Sequence(contents=entries).dump())

    return change


def exponent(value: int, modulus: int | None = None) -> Change:
    """The same key with another public exponent."""

    def change(signed: TbsCertificate) -> None:
        number = modulus or signed["subject_public_key_info"]["public_key"].parsed["modulus"].native
        numbers = keys.RSAPublicKey({"modulus": number, "public_exponent": value})
        signed["subject_public_key_info"] = keys.PublicKeyInfo.wrap(numbers, "rsa")

    return change


def marked_for_pss(signed: TbsCertificate) -> None:
    signed["subject_public_key_info"]["algorithm"] = keys.PublicKeyAlgorithm({"algorithm": "rsassa_pss"})
