"""Where connections arrive: gunicorn's threads, with a time limit on each connection and no detail in a refusal.

Amazon waits some 8 seconds for a reply (Amazon staff in skill-sample-nodejs-audio-player, issue 15), so whatever takes
longer has nobody left to hear it.
"""

from __future__ import annotations

import errno
import socket
import threading
import time
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from selectors import EVENT_READ
from typing import Any

from gunicorn import util
from gunicorn.http import errors
from gunicorn.workers.gthread import TConn, ThreadWorker

SILENT_SECONDS = 5.0
"""A connection may take this long to begin to speak. It costs no thread meanwhile."""
LONGEST_SECONDS = 10.0
"""From its first byte until it is answered and closed."""
_DRAIN_SECONDS, _MOST_DRAINED = 1.0, 1024 * 1024
"""For so long, and so many bytes, the rest of a refused request is read."""
_NOTHING_WAITS = (errno.EAGAIN, errno.EWOULDBLOCK, errno.ECONNABORTED)
_STATUS = {
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    errors.ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    errors.UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
}


class _Connection(TConn):  # type: ignore[misc]
    """One connection. It is closed in the thread that answered it: gunicorn waits for the other side's end in the one
    thread that takes new connections, where a client that does not hang up holds up everybody.
    """

    closed = False
    hung_up = False

    def finish(self) -> None:
        """Closes it. What was not read of the request is, for a while: a connection that is closed over unread bytes is
        reset, and the reply with it.
        """
        self.closed = True
        try:
            if self.parser is not None:
                self.parser.finish_body(time.monotonic() + _DRAIN_SECONDS, _MOST_DRAINED)
            self.sock.shutdown(socket.SHUT_WR)
            self.sock.setblocking(False)
            self.sock.recv(_MOST_DRAINED)
        except (OSError, errors.ParseException):
            pass  # they have hung up, or sent what is no body
        finally:
            util.close(self.sock)

    def close(self, graceful: bool = False) -> None:
        """What gunicorn's main thread calls: nothing is left to do where `finish` was."""
        if not self.closed:
            super().close(graceful)

    def hang_up(self) -> None:
        """Wakes the thread that reads or writes."""
        self.hung_up = True
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)


class EdgeWorker(ThreadWorker):  # type: ignore[misc]
    """One process that answers. Connections are not kept alive, so that none is closed with a request on its way."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._answering: dict[_Connection, float] = {}
        self._answering_lock = threading.Lock()

    # In the main thread.

    def accept(self, listener: Any) -> bool:
        """Takes a connection and waits, without a thread, for it to speak. Whether there was one."""
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno not in _NOTHING_WAITS:
                raise
            return False
        self.nr_conns += 1
        connection = _Connection(self.cfg, client, address, listener.getsockname())
        connection.timeout = time.monotonic() + SILENT_SECONDS
        self.pending_conns.append(connection)
        self.poller.register(client, EVENT_READ, partial(self.on_pending_socket_readable, connection))
        return True

    def set_accept_enabled(self, enabled: bool) -> None:
        """At the end, takes what has reached this machine already, and leaves the address."""
        super().set_accept_enabled(enabled)
        if not enabled and not self.alive:
            for listener in self.sockets:
                while self.accept(listener):
                    pass
                listener.close()

    def notify(self) -> None:
        """Called every second at least: says that we live, and hangs up on those who take too long."""
        super().notify()
        too_old = time.monotonic() - LONGEST_SECONDS
        with self._answering_lock:
            late = [entry for entry, since in self._answering.items() if since < too_old and not entry.hung_up]
        for connection in late:
            self.app.refused("too slow")
            connection.hang_up()

    # In a thread of the pool.

    def handle(self, conn: _Connection) -> bool:
        """Answers one connection and closes it."""
        with self._answering_lock:
            self._answering[conn] = time.monotonic()
        try:
            super().handle(conn)
        finally:
            conn.finish()
            with self._answering_lock:
                del self._answering[conn]
        return False

    def handle_error(self, req: object, client: Any, addr: object, exc: Exception) -> None:
        """What is no HTTP, or over a limit. Neither the log nor the reply repeats anything of it."""
        theirs = isinstance(exc, errors.ParseException)
        status = _STATUS.get(type(exc), HTTPStatus.BAD_REQUEST if theirs else HTTPStatus.INTERNAL_SERVER_ERROR)
        if theirs:
            self.log.warning("Refused what is no request: %s", type(exc).__name__)
        else:
            self.log.exception("A request could not be served.")
        self.app.refused("not HTTP" if theirs else "failed")
        reply = f"HTTP/1.1 {status.value} {status.phrase}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        with suppress(OSError):
            client.sendall(reply.encode("ascii"))
