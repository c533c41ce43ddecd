"""The edge of the production server: limits on body, header, request line and time; nothing else can be reached."""

from __future__ import annotations

import json
import socket
import time

import pytest
from chains import leaf, rsa_key
from production.served import SKILL_ID, Served, until

from skill.simulator.envelope import Device, launch_envelope
from skill.web.alexa_route import MOST_BYTES
from skill.web.production.edge import LONGEST_SECONDS, SILENT_SECONDS


def launch() -> dict[str, object]:
    return launch_envelope(Device(skill_id=SKILL_ID), {})


def talk(served: Served, *pieces: bytes, pause: float = 0.0) -> bytes:
    """Sends pieces over a bare connection; gives all that comes back until the other side hangs up."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=60) as connection:
        try:
            for piece in pieces:
                connection.sendall(piece)
                time.sleep(pause)
            heard = b"".join(iter(lambda: connection.recv(4096), b""))
        except (ConnectionResetError, BrokenPipeError):
            return b""
    return heard


def status(reply: bytes) -> int:
    return int(reply.split()[1])


def test_a_signed_request_is_answered_with_a_random_id_of_our_own(served: Served) -> None:
    assert "Bump Guide" in json.dumps(served.ask(launch()))
    assert served.ask(launch())
    first, second = served.ids[-2:]
    assert first != second
    assert len(first) == len(second) == 16


def test_an_unsigned_request_is_refused_from_this_machine_too(served: Served) -> None:
    assert served.post(launch(), {}) == (400, b"")


def test_a_request_signed_by_somebody_else_is_refused_without_detail(served: Served) -> None:
    body = json.dumps(launch()).encode()
    stranger = leaf(None, key=rsa_key("somebody else"))
    assert served.post(body, {**served.signing.headers(body), "Signature-256": stranger.sign(body)}) == (400, b"")


@pytest.mark.parametrize("announced", [True, False], ids=["with its length", "in chunks"])
def test_an_oversized_body_is_413(served: Served, announced: bool) -> None:
    body = b"x" * (MOST_BYTES + 1)
    if announced:
        assert served.post(body)[0] == 413
    else:
        head = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
        lines = "".join(f"{name}: {value}\r\n" for name, value in served.signing.headers(body).items()).encode()
        assert status(talk(served, head + lines + b"\r\n", b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body))) == 413


REFUSED = {
    "a request line that is too long": (b"GET /" + b"a" * 2000 + b" HTTP/1.1\r\n\r\n", 414),
    "a header that is too long": (b"GET / HTTP/1.1\r\nX: " + b"a" * 5000 + b"\r\n\r\n", 431),
    "too many headers": (b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * 100 + b"\r\n", 431),
    "a header without a name": (b"GET / HTTP/1.1\r\n: a\r\n\r\n", 400),
    "no HTTP at all": (b"hello\r\n\r\n", 400),
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
    "a body in broken chunks": (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", 400),
    "two lengths": (b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_request_of_alexas_is_refused_without_detail(served: Served, name: str) -> None:
    sent, expected = REFUSED[name]
    reply = talk(served, sent)
    assert status(reply) == expected
    assert reply.endswith(b"\r\n\r\n")


def test_a_header_that_drips_in_is_hung_up_on(served: Served) -> None:
    began = time.monotonic()
    drips = [b"POST / HTTP/1.1\r\n", *[b"X-%d: a\r\n" % number for number in range(100)]]
    assert talk(served, *drips, pause=0.5) == b""
    assert LONGEST_SECONDS - 1 < time.monotonic() - began < LONGEST_SECONDS * 3


def test_a_connection_that_says_nothing_is_closed(served: Served) -> None:
    began = time.monotonic()
    assert talk(served) == b""
    assert SILENT_SECONDS - 1 < time.monotonic() - began < SILENT_SECONDS * 4


def test_those_who_say_nothing_or_do_not_hang_up_keep_nobody_waiting(served: Served) -> None:
    silent = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(100)]
    for connection in silent[:50]:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
    began = time.monotonic()
    served.ask(launch())
    took = time.monotonic() - began
    for connection in silent:
        connection.close()
    # One after another in the main thread, as gunicorn has it, the 50 would be waited for 2 seconds each.
    assert took < 20


@pytest.mark.parametrize(
    "path", ["/metrics", "/bench", "/bench/", "/api", "/api/ask", "/static/x.js", "/nowhere", "/%2e"]
)
def test_nothing_else_can_be_reached_from_outside(served: Served, path: str) -> None:
    assert served.get(path)[0] == 404
    assert served.send("POST", path, b"{}", {})[0] == 404


def test_the_page_of_metrics_serves_nothing_else(served: Served) -> None:
    answered = served.send("POST", "/", json.dumps(launch()).encode(), {}, port=served.metrics_port)
    assert b"outputSpeech" not in answered[1]


def test_refusals_are_counted_by_kind(served: Served) -> None:
    before = served.metrics()
    served.post(launch(), {})
    talk(served, b"hello\r\n\r\n")
    after = served.metrics()
    for kind in ("header", "not HTTP"):
        name = f'bump_guide_refused_total{{kind="{kind}"}}'
        assert after[name] == before.get(name, 0) + 1


def test_answers_are_counted_by_type_intent_outcome_and_locale(served: Served) -> None:
    name = 'bump_guide_request_seconds_count{intent="none",locale="en-US",outcome="command",type="launch"}'
    before = served.metrics().get(name, 0)
    for _ in range(10):  # whichever worker takes them
        served.ask(launch())
    assert served.metrics()[name] == before + 10
    until(lambda: f'bump_guide_content{{version="{served.health()["content_version"]}"}}' in served.metrics())
