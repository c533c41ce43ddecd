"""The door over a real HTTP server: signed requests are answered, everything else is 400 or 413, quickly, never 500."""

from __future__ import annotations

import base64
import http.client
import json
import socket
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from chains import HOST, NOW, certificate_server, good_chain, leaf, root, rsa_key, signer
from conftest import CONTENT, MODELS
from web.door import SECONDS_AT_MOST, SKILL_ID, Served, encoded, envelope, headers, serving, verifier_for

from skill.alexa.certificate_download import certificate_fetcher
from skill.alexa.verify import RequestVerifier
from skill.settings import Settings
from skill.web.alexa_route import MOST_BYTES


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(
        production=True,
        serve_unreviewed=True,
        skill_id=SKILL_ID,
        content=CONTENT,
        models=MODELS,
        data=tmp_path_factory.mktemp("data"),
    )


@pytest.fixture(scope="module")
def served(production: Settings) -> Iterator[Served]:
    with serving(production, verifier_for(good_chain)) as door:
        yield door


def test_a_signed_request_is_answered(served: Served) -> None:
    body = encoded(envelope())
    status, answer = served.post(body, headers(body))
    assert status == 200
    response = json.loads(answer)
    assert "heartburn" in response["response"]["outputSpeech"]["ssml"].lower()
    assert response["response"]["shouldEndSession"] is False
    assert response["version"] == "1.0"


def test_header_names_in_any_case_are_taken(served: Served) -> None:
    body = encoded(envelope())
    assert served.post(body, {name.lower(): value for name, value in headers(body).items()})[0] == 200


def test_a_certificate_is_really_downloaded(tmp_path: Path, production: Settings) -> None:
    with certificate_server(tmp_path) as server:
        fetch = certificate_fetcher(connect_to=server.address, authorities_file=server.authorities_file)
        verifier = RequestVerifier(fetch=fetch, trust_roots=[root().certificate], now=lambda: NOW)
        with serving(production, verifier) as door:
            body = encoded(envelope())
            assert door.post(body, headers(body, address=f"https://{HOST}/echo.api/good.pem"))[0] == 200


def without(name: str) -> Callable[[bytes], dict[str, str]]:
    return lambda body: {key: value for key, value in headers(body).items() if key != name}


def at(address: str) -> Callable[[bytes], dict[str, str]]:
    return lambda body: headers(body, address=address)


BAD_HEADERS: dict[str, Callable[[bytes], dict[str, str]]] = {
    "no headers": lambda body: {},
    "no signature": without("Signature-256"),
    "no certificate address": without("SignatureCertChainUrl"),
    "only the old signature": lambda body: {**without("Signature-256")(body), "Signature": signer().sign(body)},
    "empty signature": lambda body: {**headers(body), "Signature-256": ""},
    "bad base64": lambda body: {**headers(body), "Signature-256": "not base64!"},
    "signature of nothing": lambda body: {**headers(body), "Signature-256": base64.b64encode(b"x" * 256).decode()},
    "signature of another body": lambda body: headers(body + b" "),
    "signed by somebody else": lambda body: headers(body, by=leaf(root(), key=rsa_key("somebody else"))),
    "wrong host": at("https://s3.amazonaws.com.evil.example/echo.api/cert.pem"),
    "host as a prefix": at("https://evil-s3.amazonaws.com/echo.api/cert.pem"),
    "plain http": at("http://s3.amazonaws.com/echo.api/cert.pem"),
    "other scheme": at("file:///echo.api/cert.pem"),
    "dots in the path": at("https://s3.amazonaws.com/echo.api/../evil/cert.pem"),
    "encoded dots": at("https://s3.amazonaws.com/echo.api/%2e%2e/evil/cert.pem"),
    "capitals in the path": at("https://s3.amazonaws.com/EcHo.aPi/cert.pem"),
    "another path": at("https://s3.amazonaws.com/evil/echo.api/cert.pem"),
    "user info": at("https://s3.amazonaws.com@evil.example/echo.api/cert.pem"),
    "user info before the host": at("https://evil.example@s3.amazonaws.com/echo.api/cert.pem"),
    "another port": at("https://s3.amazonaws.com:563/echo.api/cert.pem"),
    "a port that is no number": at("https://s3.amazonaws.com:https/echo.api/cert.pem"),
    "no address at all": at("certificate please"),
}


@pytest.mark.parametrize("name", BAD_HEADERS)
def test_bad_headers_are_400(served: Served, name: str) -> None:
    body = encoded(envelope())
    assert served.post(body, BAD_HEADERS[name](body)) == (400, b"")


def no_download(url: str) -> bytes:
    raise OSError("the network is down")


def test_a_download_that_fails_is_400(production: Settings) -> None:
    body = encoded(envelope())
    verifier = RequestVerifier(fetch=no_download, trust_roots=[root().certificate], now=lambda: NOW)
    with serving(production, verifier) as door:
        assert door.post(body, headers(body)) == (400, b"")


def stamp(shift: timedelta) -> dict[str, Any]:
    return envelope(timestamp=(NOW + shift).strftime("%Y-%m-%dT%H:%M:%SZ"))


def with_id(skill_id: Any) -> dict[str, Any]:
    data = envelope()
    data["context"]["System"]["application"]["applicationId"] = skill_id
    return data


def without_context() -> dict[str, Any]:
    return {key: value for key, value in envelope().items() if key != "context"}


BAD_BODIES: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "not JSON": lambda: b"{'single': 'quotes'}",
    "not UTF-8": lambda: b'{"version": "\xff\xfe"}',
    "deep JSON": lambda: b"[" * 100_000,
    "deep JSON that closes": lambda: b"[" * 100_000 + b"]" * 100_000,
    "a list": lambda: b"[1, 2, 3]",
    "a number": lambda: b"42",
    "null": lambda: b"null",
    "an empty object": lambda: b"{}",
    "a request that is text": lambda: encoded({**envelope(), "request": "LaunchRequest"}),
    "stale": lambda: encoded(stamp(timedelta(seconds=-151))),
    "from the future": lambda: encoded(stamp(timedelta(seconds=151))),
    "no timestamp": lambda: encoded(envelope(timestamp=None)),
    "a timestamp that is none": lambda: encoded(envelope(timestamp="yesterday")),
    "another skill's id": lambda: encoded(with_id("amzn1.ask.skill.somebody-else")),
    "no skill id": lambda: encoded(with_id(None)),
    "no context": lambda: encoded(without_context()),
}


@pytest.mark.parametrize("name", BAD_BODIES)
def test_a_bad_body_is_400_although_it_is_signed(served: Served, name: str) -> None:
    body = BAD_BODIES[name]()
    assert served.post(body, headers(body)) == (400, b"")


def test_a_body_over_the_limit_is_413(served: Served) -> None:
    body = b" " * (MOST_BYTES + 1)
    assert served.post(body, headers(body))[0] == 413


def test_ten_megabytes_are_413_without_being_read(served: Served) -> None:
    """The length alone is announced: an answer before the body shows that it was not waited for."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=SECONDS_AT_MOST) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10485760\r\n\r\n")
        assert b" 413 " in connection.recv(1000)


def test_chunks_without_a_length_are_bounded_too(served: Served) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=SECONDS_AT_MOST)
    chunks = (b" " * 65536 for _ in range(8))
    try:
        connection.request("POST", "/", chunks, {"Content-Type": "application/json"}, encode_chunked=True)
        status = connection.getresponse().status
    except (BrokenPipeError, ConnectionResetError):
        status = 413  # it hung up on us in the middle, which is as good
    finally:
        connection.close()
    assert status in {400, 413}


def test_rejections_are_quick(served: Served) -> None:
    started = time.monotonic()
    for _ in range(50):
        served.post(b"{}", {})
    assert time.monotonic() - started < SECONDS_AT_MOST


def test_other_addresses_and_methods_tell_nothing(served: Served) -> None:
    assert served.get("/")[0] == 405
    assert served.get("/etc/passwd")[0] == 404


def test_health_says_the_content_version_and_the_store(served: Served) -> None:
    status, body = served.get("/healthz")
    health = json.loads(body)
    assert status == 200
    assert health["feedback"] == "ok"
    assert len(health["content_version"]) == 12
    assert health["articles"] == health["unreviewed"] >= 12


UNKNOWN: dict[str, dict[str, Any]] = {
    "a type that is new": {"type": "Alexa.Something.New", "payload": {"a": 1}},
    "a skill event": {"type": "AlexaSkillEvent.SkillDisabled"},
    "an event that the SDK does not know": {"type": "AlexaSkillEvent.SkillAccountUnlinked"},
    "an exception of an earlier reply": {"type": "System.ExceptionEncountered", "error": {"type": "ENDPOINT_TIMEOUT"}},
    "a session that ended": {"type": "SessionEndedRequest", "reason": "USER_INITIATED"},
    "a session that ended by an error that is new": {
        "type": "SessionEndedRequest",
        "reason": "ERROR",
        "error": {"type": "BRAND_NEW_ERROR"},
    },
    "can fulfill": {"type": "CanFulfillIntentRequest", "intent": {"name": "WhatCausesIntent"}},
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_we_do_not_serve_gets_a_valid_empty_200(served: Served, name: str) -> None:
    data = envelope()
    data["request"] = {"requestId": "r", "timestamp": data["request"]["timestamp"], "locale": "en-GB", **UNKNOWN[name]}
    body = encoded(data)
    status, answer = served.post(body, headers(body))
    assert (status, json.loads(answer)) == (200, {"version": "1.0", "response": {}})


ODD_SLOTS: dict[str, Any] = {
    "a status code that is new": {"resolutionsPerAuthority": [{"authority": "a", "status": {"code": "ER_BRAND_NEW"}}]},
    "a timeout": {"resolutionsPerAuthority": [{"authority": "a", "status": {"code": "ER_ERROR_TIMEOUT"}}]},
    "no authorities": {},
    "resolutions that are text": "none",
    "authorities that are null": {"resolutionsPerAuthority": None},
    "an authority without a status": {"resolutionsPerAuthority": [{"authority": "a"}]},
}


@pytest.mark.parametrize("name", ODD_SLOTS)
def test_a_slot_with_odd_resolutions_still_gets_its_answer(served: Served, name: str) -> None:
    data = deepcopy(envelope())
    data["request"]["intent"]["slots"]["topic"]["resolutions"] = ODD_SLOTS[name]
    body = encoded(data)
    status, answer = served.post(body, headers(body))
    assert status == 200
    assert "heartburn" in json.loads(answer)["response"]["outputSpeech"]["ssml"].lower()


ODD_INTENTS: dict[str, Any] = {
    "slots that are a list": {"name": "WhatCausesIntent", "slots": []},
    "slots that are null": {"name": "WhatCausesIntent", "slots": None},
    "a slot that is null": {"name": "WhatCausesIntent", "slots": {"topic": None}},
    "a slot that is text": {"name": "WhatCausesIntent", "slots": {"topic": "heartburn"}},
    "an intent that we do not have": {"name": "BuyPizzaIntent", "slots": {}},
    "no name": {"slots": {}},
    "a name that is a number": {"name": 7, "slots": {}},
    "a confirmation that is new": {"name": "WhatCausesIntent", "confirmationStatus": "PERHAPS", "slots": {}},
}


@pytest.mark.parametrize("name", ODD_INTENTS)
def test_an_odd_intent_still_gets_a_safe_spoken_sentence(served: Served, name: str) -> None:
    body = encoded(envelope(intent=ODD_INTENTS[name]))
    status, answer = served.post(body, headers(body))
    speech = json.loads(answer)["response"]["outputSpeech"]
    assert status == 200
    assert (speech.get("ssml") or speech.get("text", "")).rstrip("</speak>").rstrip().endswith("?")


@pytest.fixture(scope="module")
def in_development(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    settings = Settings(content=CONTENT, models=MODELS, data=tmp_path_factory.mktemp("data"))
    with serving(settings, verifier_for(good_chain)) as door:
        yield door


def test_in_development_an_unsigned_request_from_this_machine_is_answered(in_development: Served) -> None:
    assert in_development.post(encoded(envelope()), {})[0] == 200


def test_in_development_an_unsigned_request_that_was_forwarded_is_not(in_development: Served) -> None:
    assert in_development.post(encoded(envelope()), {"X-Forwarded-For": "203.0.113.7"})[0] == 400


def test_in_development_a_request_that_claims_a_signature_has_it_checked(in_development: Served) -> None:
    body = encoded(envelope())
    assert in_development.post(body, headers(body))[0] == 200
    assert in_development.post(body + b" ", headers(body))[0] == 400


def test_production_does_not_take_unsigned_requests_even_from_this_machine(served: Served) -> None:
    assert served.post(encoded(envelope()), {}) == (400, b"")
