"""Who may use the bench and the API: this machine under its own name, or whoever knows the token; no other site."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from bench.accessible import hold_everywhere
from bench.browser import serving
from bench.conftest import PATIENCE, TOKEN
from bench.talking import say
from skill.errors import SettingsInvalid
from skill.feedback.memory import MemoryStore
from skill.settings import Settings
from skill.web.app import create_app
from skill.web.guard import COOKIE, COOKIE_SECONDS, Guard

PAGES = (
    "/bench/",
    "/bench/profiler",
    "/bench/library",
    "/bench/library/heartburn",
    "/bench/insight",
    "/api/openapi.json",
)
HERE = {"Host": "localhost"}


@pytest.fixture
def client(app: Any) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def production(settings: Settings) -> Settings:
    return replace(settings, production=True, skill_id="amzn1.ask.skill.1", serve_unreviewed=True)


@pytest.fixture
def locked(production: Settings) -> FlaskClient:
    settings = replace(production, bench_token=TOKEN, api_token=TOKEN[::-1])
    return create_app(settings, feedback=MemoryStore()).test_client()


def test_in_production_there_is_no_bench_and_no_api(production: Settings) -> None:
    client = create_app(production, feedback=MemoryStore()).test_client()
    assert {client.get(path).status_code for path in PAGES} == {404}
    assert client.post("/api/ask", json={"text": "what is heartburn"}).status_code == 404


def test_with_a_token_nothing_is_open_but_the_login(locked: FlaskClient) -> None:
    for path in PAGES[:-1]:
        answer = locked.get(path)
        assert (answer.status_code, answer.location) == (302, "/bench/login")
    assert locked.post("/bench/turn", json={"say": "what is heartburn"}).status_code == 401
    assert locked.post("/api/ask", json={"text": "what is heartburn"}).status_code == 401
    assert locked.get("/api/openapi.json").status_code == 401
    assert locked.get("/bench/login").status_code == 200
    with locked.get("/bench/static/bench.css") as style:
        assert style.status_code == 200


def test_a_token_in_a_header_opens_its_own_door_only(locked: FlaskClient) -> None:
    bench, api = {"Authorization": f"Bearer {TOKEN}"}, {"Authorization": f"Bearer {TOKEN[::-1]}"}
    assert locked.get("/bench/", headers=bench).status_code == 200
    assert locked.get("/bench/", headers=api).status_code == 302
    assert locked.post("/api/ask", json={"text": "what is heartburn"}, headers=api).status_code == 200
    assert locked.post("/api/ask", json={"text": "what is heartburn"}, headers=bench).status_code == 401


def test_the_login_sets_a_cookie_that_no_script_and_no_other_site_can_use(locked: FlaskClient) -> None:
    assert locked.post("/bench/login", data={"token": "wrong"}).status_code == 401
    answer = locked.post("/bench/login", data={"token": TOKEN})
    cookie = answer.headers["Set-Cookie"]
    for part in ("HttpOnly", "SameSite=Strict", "Secure", "Path=/bench"):
        assert part in cookie
    assert TOKEN not in cookie
    locked.set_cookie(COOKIE, cookie.partition("=")[2].partition(";")[0], path="/bench")
    assert locked.get("/bench/", base_url="https://localhost").status_code == 200


def test_a_browser_logs_in_and_is_let_in(chromium: Any, production: Settings) -> None:
    """A browser says where a form comes from otherwise than a script does."""
    with serving(create_app(replace(production, bench_token=TOKEN), feedback=MemoryStore())) as address:
        page = chromium.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{address}/bench/library")
        assert page.locator("nav").count() == 0  # whose pages would all lead back here
        hold_everywhere(page)
        page.fill("#token", "wrong")
        page.press("#token", "Enter")
        page.wait_for_selector("text=That is not the token.")
        hold_everywhere(page)
        page.fill("#token", TOKEN)
        page.press("#token", "Enter")
        assert page.wait_for_selector("#sentence")
        assert say(page, "what is heartburn").startswith("Heartburn")
        page.close()


def test_a_cookie_ends_and_cannot_be_made_longer() -> None:
    clock = [1_000_000.0]
    guard = Guard(TOKEN, now=lambda: clock[0])
    cookie = guard.cookie()
    ends, _, signature = cookie.partition(".")

    def admitted(value: str) -> bool:
        from werkzeug.test import EnvironBuilder  # noqa: PLC0415 - here only
        from werkzeug.wrappers import Request  # noqa: PLC0415

        return guard.admits(Request(EnvironBuilder(headers={"Cookie": f"{COOKIE}={value}"}).get_environ()))  # type: ignore[arg-type]

    assert admitted(cookie)
    assert not admitted(f"{int(ends) + 1}.{signature}")
    assert not admitted(f".{signature}")
    assert not admitted(ends)
    clock[0] += COOKIE_SECONDS + 1
    assert not admitted(cookie)


@pytest.mark.parametrize(
    "host", ["attacker.example", "localhost.attacker.example", "192.168.1.7", "127.0.0.1.nip.example"]
)
@pytest.mark.parametrize("path", PAGES)
def test_without_a_token_another_host_name_is_refused(client: FlaskClient, host: str, path: str) -> None:
    assert client.get(path, headers={"Host": host}).status_code == 403


@pytest.mark.parametrize("host", ["localhost", "localhost:5000", "127.0.0.1:5000", "[::1]:5000"])
def test_every_loopback_name_is_ours(client: FlaskClient, host: str) -> None:
    assert client.get("/bench/profiler", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("address", ["192.168.1.7", "10.0.0.1", "not an address"])
def test_without_a_token_another_machine_is_refused(client: FlaskClient, address: str) -> None:
    assert client.get("/bench/", environ_base={"REMOTE_ADDR": address}).status_code == 403


def test_without_a_token_nothing_comes_through_a_proxy(client: FlaskClient) -> None:
    assert client.get("/bench/", headers={"X-Forwarded-For": "1.2.3.4"}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://attacker.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:6000"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_post_from_another_sites_page_is_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    for path, body in (("/bench/turn", {"say": "hello"}), ("/api/ask", {"text": "hello"})):
        assert client.post(path, json=body, headers={**HERE, **headers}).status_code == 403
        assert client.post(path, json=body, headers={**HERE, "Origin": "http://localhost"}).status_code == 200


@pytest.mark.parametrize("path", PAGES[:-1])
def test_every_page_forbids_what_is_inline_or_from_elsewhere(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "*" not in policy
    assert answer.headers["Cache-Control"] == "no-store"
    text = answer.get_data(as_text=True)
    assert " style=" not in text
    assert "<style" not in text
    assert text.count("<script") == text.count('<script type="module" src="/bench/static/')


def test_nothing_that_is_typed_is_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for path, body in (
        ("/bench/turn", {"say": "xyzzy hurts"}),
        ("/bench/turn", {"request": {"request": {"type": "IntentRequest", "intent": {"name": ["xyzzy"]}}}}),
        ("/bench/turn", {"say": "xyzzy", "kept": {"session_id": "s", "open": True, "elicited": ["xyzzy", "xyzzy"]}}),
        ("/bench/profile", {"lines": ["xyzzy hurts"]}),
        ("/bench/words", {"request": {"request": {"type": "IntentRequest", "intent": {"name": "xyzzy"}}}}),
        ("/bench/search", {"text": "xyzzy"}),
        ("/bench/save", {"said": ["xyzzy hurts"]}),
        ("/api/ask", {"text": "xyzzy hurts"}),
    ):
        assert client.post(path, json=body).status_code < 500
    assert "xyzzy" not in caplog.text


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("/bench/turn", {}, "exactly one of"),
        ("/bench/turn", {"say": "a", "end": "ERROR"}, "exactly one of"),
        ("/bench/turn", {"say": "a", "hear": "badly"}, "hear"),
        ("/bench/turn", {"say": "a", "locale": "xx-XX"}, "en-US"),
        ("/bench/turn", {"say": "a", "locale": "../../etc/passwd"}, "en-US"),
        ("/bench/turn", {"say": "a" * 2001}, "say"),
        ("/bench/profile", {"lines": ["a"] * 51}, "lines"),
        ("/bench/speech", {"ssml": 7}, "ssml"),
    ],
)
def test_what_cannot_be_taken_is_said_field_by_field(client: FlaskClient, path: str, body: Any, said: str) -> None:
    answer = client.post(path, json=body)
    assert answer.status_code == 400
    assert said in answer.get_data(as_text=True)
    assert set(answer.json["error"]) == {"status", "message", "faults"}


@pytest.mark.parametrize("token", ["short", "with spaces in it that are long enough", "ümlauts-are-not-fine-either-no"])
def test_a_token_that_is_easily_guessed_or_cannot_be_sent_is_refused_at_start(settings: Settings, token: str) -> None:
    for name in ("bench_token", "api_token"):
        with pytest.raises(SettingsInvalid, match="TOKEN") as refused:
            replace(settings, **{name: token}).validate()
        assert token not in str(refused.value)


def test_settings_never_print_a_token(settings: Settings) -> None:
    assert TOKEN not in repr(replace(settings, bench_token=TOKEN, api_token=TOKEN))
