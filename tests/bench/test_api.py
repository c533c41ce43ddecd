"""POST /api/ask: the same road as on a device, as JSON, described by OpenAPI."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from skill.simulator.batch import result
from skill.simulator.converse import ONESHOT, Conversation
from skill.web.alexa_route import MOST_BYTES
from skill.web.api import OPENAPI


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def described() -> dict[str, Any]:
    described: dict[str, Any] = json.loads(OPENAPI.read_text(encoding="utf-8"))
    return described


@pytest.fixture
def valid(described: dict[str, Any]) -> Callable[[Any, str], None]:
    """Holds a value against one of the document's schemas."""
    jsonschema = pytest.importorskip("jsonschema")

    def hold(value: Any, name: str) -> None:
        schema = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
        jsonschema.Draft202012Validator(schema).validate(value)

    return hold


def test_it_answers_what_the_command_line_answers(
    client: FlaskClient, talk: Callable[..., Conversation], valid: Callable[[Any, str], None]
) -> None:
    for sentence in ("why does my back hurt in pregnancy", "i am bleeding a lot", "who won the match"):
        answer = client.post("/api/ask", json={"text": sentence, "locale": "en-GB"}).json
        valid(answer, "Answer")
        expected = result(None, talk("en-GB").say(f"{ONESHOT} {sentence}"))
        del expected["id"]
        assert {key: answer[key] for key in expected} == expected


def test_a_wrong_method_and_a_wrong_address_are_answered_in_json_too(
    client: FlaskClient, valid: Callable[[Any, str], None]
) -> None:
    for answer, status, told in (
        (client.get("/api/ask"), 405, "Use POST here."),
        (client.post("/api/openapi.json"), 405, "Use GET here."),
        (client.get("/api/answer"), 404, "openapi.json"),
    ):
        assert (answer.status_code, answer.mimetype) == (status, "application/json")
        valid(answer.json, "Error")
        assert told in answer.json["error"]["message"]
    assert client.get("/api/ask").headers["Allow"] == "POST"
    assert client.get("/bench/no-such-page").mimetype == "text/html"


def test_a_session_that_is_given_back_goes_on(client: FlaskClient, valid: Callable[[Any, str], None]) -> None:
    first = client.post("/api/ask", json={"text": "what is heartburn"}).json
    second = client.post("/api/ask", json={"text": "what helps", "session": first["session"]}).json
    assert (second["topic"], second["aspect"]) == ("heartburn", "relief")
    alone = client.post("/api/ask", json={"text": "what helps"}).json
    assert alone["topic"] is None
    assert (
        client.post("/api/ask", json={"text": "<silence>", "session": first["session"]}).json["speech"]
        == (first["reprompt"])
    )


def test_after_an_open_question_the_whole_sentence_arrives(client: FlaskClient) -> None:
    opened = client.post("/api/ask", json={"text": "<launch>"}).json
    asked = client.post("/api/ask", json={"text": "my feet look like balloons", "session": opened["session"]}).json
    assert asked["channel"] == "elicited"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"{}", "application/json", 400),
        (b'{"text": ""}', "application/json", 400),
        (b'{"text": "a", "user": "me"}', "application/json", 400),
        (b'{"text": "a", "locale": "xx"}', "application/json", 400),
        (
            b'{"text": "a", "session": {"session_id": "s", "open": true, "elicited": ["No", "no"]}}',
            "application/json",
            400,
        ),
        (b"[" * 100_000, "application/json", 400),
        (b'{"text": "a"}', "text/plain", 415),
        (b'{"text": "' + b"a" * MOST_BYTES + b'"}', "application/json", 413),
    ],
    ids=["no JSON", "a list", "nothing", "no words", "unknown field", "locale", "session", "deep", "type", "size"],
)
def test_every_error_has_one_shape(
    client: FlaskClient, valid: Callable[[Any, str], None], body: bytes, kind: str, status: int
) -> None:
    answer = client.post("/api/ask", data=body, content_type=kind)
    assert answer.status_code == status
    valid(answer.json, "Error")
    assert answer.json["error"]["status"] == status


def test_tampered_sessions_start_afresh(client: FlaskClient) -> None:
    session = {"session_id": "s", "open": True, "attributes": {"version": 1, "topic": ["x"] * 50, "token": "no"}}
    assert client.post("/api/ask", json={"text": "what is heartburn", "session": session}).json["topic"] == "heartburn"


def test_the_description_is_served_and_is_openapi(client: FlaskClient, described: dict[str, Any]) -> None:
    validator = pytest.importorskip("openapi_spec_validator")
    served = client.get("/api/openapi.json").json
    assert served == described
    validator.validate(served)
    assert served["openapi"].startswith("3.1")


def test_the_description_names_every_status_that_is_answered(described: dict[str, Any]) -> None:
    assert set(described["paths"]["/api/ask"]["post"]["responses"]) == {"200", "400", "401", "403", "413", "415", "500"}


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No test here makes the server fail."""
    yield
    assert "the API failed" not in caplog.text
