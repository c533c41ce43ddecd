"""On Lambda a rating is one write with a limit of time; what fails is counted in the log."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from feedback.contract import rating, token
from feedback.servers import Server, address_of

from skill.errors import FeedbackUnavailable
from skill.feedback.connect import connect, one_write
from skill.feedback.memory import MemoryStore
from skill.feedback.one_write import OneWrite
from skill.feedback.record import Count, FeedbackStore


def test_a_rating_is_written_in_its_turn(address: str, tmp_path: Path) -> None:
    with closing(one_write(address, tmp_path)) as sink, closing(connect(address, tmp_path)) as store:
        store.ping()
        key = token()
        try:
            sink.add(key, rating())
        except FeedbackUnavailable:  # a slow machine; the write goes on
            pass
        else:
            assert sink.add(key, rating()) is False
            assert store.counts() == [Count("back-pain", 1, 0)]


def test_a_store_that_cannot_be_opened_at_the_start_is_tried_again_with_a_rating(tmp_path: Path) -> None:
    tries: list[None] = []

    def open_store() -> FeedbackStore:
        tries.append(None)
        if len(tries) < 3:
            raise FeedbackUnavailable("No region is known.")
        return MemoryStore()

    with closing(OneWrite(open_store)) as sink:
        assert len(tries) == 1
        with pytest.raises(FeedbackUnavailable, match=r"No region is known\. 1 since"):
            sink.add(token(), rating())
        assert sink.add(token(), rating())


@pytest.mark.usefixtures("aws_credentials")
def test_a_store_that_does_not_answer_is_waited_for_no_longer_than_the_limit(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    address = address_of("dynamodb", request)
    server: Server = request.getfixturevalue("dynalite")
    with closing(one_write(address, tmp_path)) as sink:
        server.stop()
        try:
            for time in (1, 2):
                with pytest.raises(FeedbackUnavailable, match=f"within 300 ms. {time} since this function began"):
                    sink.add(token(), rating())
        finally:
            server.go_on()


class Denied(BaseHTTPRequestHandler):
    """What AWS answers to a key that it does not know; dynalite takes any."""

    def do_POST(self) -> None:
        body = json.dumps({"__type": "com.amazon.coral.service#UnrecognizedClientException", "message": "back-pain"})
        self.send_response(400)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def denying() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Denied) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"dynamodb://ratings?region=eu-west-1&endpoint=http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.usefixtures("aws_credentials")
def test_wrong_credentials_are_named_by_their_kind_alone(denying: str, tmp_path: Path) -> None:
    pytest.importorskip("boto3", reason="the extra `aws` is not installed")
    with closing(connect(denying, tmp_path)) as store, pytest.raises(FeedbackUnavailable) as raised:
        store.add(token(), rating())
    assert "UnrecognizedClientException" in str(raised.value)
    assert "back-pain" not in str(raised.value)
