"""What strangers may send to the door in production, over HTTP, with certificates really downloaded: 400 without a word
of detail, or 200 where the rules say that it is right. The tables are in hostile/.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from alexa.hostile import certificates, names, pem_files
from alexa.hostile.addresses import BAD_ADDRESSES
from alexa.hostile.signatures import REFUSED
from chains import HOST, NOW, Issued, certificate_server, good_chain, root, signer
from conftest import CONTENT, MODELS
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from web.door import SKILL_ID, Served, encoded, envelope, serving

from skill.alexa.certificate_download import certificate_fetcher
from skill.alexa.certificates import ChainCache
from skill.alexa.verify import RequestVerifier
from skill.settings import Settings

CHAINS = {**certificates.CASES, **names.CASES, **pem_files.CASES}
SIGNED_BY_ANOTHER = {"two leaves, signed by the second"}
"""Here the chain is good and the signature is not."""
SOON = 15.0
"""Seconds; what must end within a second or so gets this long on a busy machine."""


@dataclass(frozen=True)
class Door:
    """The skill in production, with the cache of its verifier."""

    served: Served
    cache: ChainCache


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    settings = Settings(
        production=True, serve_unreviewed=True, skill_id=SKILL_ID, content=CONTENT, models=MODELS,
        data=tmp_path_factory.mktemp("data"),
    )  # fmt: skip
    roots = [root(), *(make() for make in certificates.ODD_ROOTS.values())]
    cache = ChainCache(size=len(CHAINS) + 1)
    with certificate_server(tmp_path_factory.mktemp("server")) as server:
        server.documents["/echo.api/good.pem"] = good_chain()
        server.documents |= {path(name): case.chain() for name, case in CHAINS.items()}
        verifier = RequestVerifier(
            fetch=certificate_fetcher(connect_to=server.address, authorities_file=server.authorities_file),
            trust_roots=[issued.certificate for issued in roots],
            now=lambda: NOW,
            cache=cache,
        )
        with serving(settings, verifier) as served:
            yield Door(served, cache)


def path(name: str) -> str:
    return f"/echo.api/{''.join(letter if letter.isalnum() else '-' for letter in name)}.pem"


def signed(body: bytes, address: str, signature: str | None = None) -> dict[str, str]:
    return {"SignatureCertChainUrl": address, "Signature-256": signature or signer().sign(body)}


def test_no_two_cases_share_an_address() -> None:
    assert len({path(name) for name in CHAINS}) == len(CHAINS)


@pytest.mark.parametrize("name", CHAINS)
def test_a_chain_is_taken_or_refused_as_its_rule_says(door: Door, name: str, caplog: pytest.LogCaptureFixture) -> None:
    case, body, kept = CHAINS[name], encoded(envelope()), len(door.cache)
    key = case.key()
    assert isinstance(key, RSAPrivateKey)
    started = time.monotonic()
    with caplog.at_level(logging.WARNING):
        status, answer = door.served.post(
            body, signed(body, f"https://{HOST}{path(name)}", Issued(signer().certificate, key).sign(body))
        )
    assert time.monotonic() - started < SOON
    if case.taken:
        assert (status, len(door.cache)) == (200, kept + 1), case.why
        assert json.loads(answer)["response"]["outputSpeech"]["ssml"]
        return
    assert (status, answer) == (400, b""), case.why
    assert len(door.cache) <= kept + (name in SIGNED_BY_ANOTHER)
    assert [line for line in caplog.messages if line.startswith("Rejected a request: ")]


@pytest.mark.parametrize("name", REFUSED)
def test_a_signature_that_is_none_is_refused(door: Door, name: str) -> None:
    body = encoded(envelope())
    signature = REFUSED[name](body)
    headers = {**signed(body, f"https://{HOST}/echo.api/good.pem"), "Signature-256": signature}
    assert door.served.post(body, headers) == (400, b"")


def test_a_good_signature_is_taken_where_bad_ones_are_refused(door: Door) -> None:
    body = encoded(envelope())
    assert door.served.post(body, signed(body, f"https://{HOST}/echo.api/good.pem"))[0] == 200


@pytest.mark.parametrize("name", [name for name, address in BAD_ADDRESSES.items() if "\n" not in address])
def test_a_bad_address_is_refused(door: Door, name: str) -> None:
    body = encoded(envelope())
    address = BAD_ADDRESSES[name].encode("utf-8", "surrogatepass").decode("latin-1")
    assert door.served.post(body, signed(body, address)) == (400, b"")
