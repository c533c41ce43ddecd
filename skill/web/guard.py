"""Who may use the developer's pages and the API.

Without a token: requests from this machine, addressed to it by a loopback name, so that no page in a browser can reach
it through a name that was bound to 127.0.0.1 later (DNS rebinding). With a token: whoever shows it, in a header or, for
pages, in the cookie that the login form sets. POST always needs to come from our own page, or from no page at all.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Request

COOKIE = "bump_guide_bench"
COOKIE_SECONDS = 12 * 60 * 60
_FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-Ip", "Via")
_OWN_SITE = frozenset({"same-origin", "none"})


def from_this_machine(http: Request) -> bool:
    """Loopback, and not handed on by a proxy that runs here."""
    if any(header in http.headers for header in _FORWARDED):
        return False
    return _is_loopback(http.remote_addr or "")


def comes_from_our_page(http: Request) -> bool:
    """Whether no other site's page made the browser send this. Origin and Sec-Fetch-Site: Fetch Standard and Fetch
    Metadata (W3C); clients that are no browsers send neither.
    """
    origin = http.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != http.host:
        return False
    return http.headers.get("Sec-Fetch-Site", "none") in _OWN_SITE


@dataclass(frozen=True)
class Guard:
    """Of one entrance: pages, or the API."""

    token: str | None
    now: Callable[[], float] = time.time
    """Seconds since the epoch."""

    def knows(self, shown: str) -> bool:
        """Whether this is the token; takes the same time for every wrong one."""
        return self.token is not None and hmac.compare_digest(shown.encode(), self.token.encode())

    def admits(self, http: Request) -> bool:
        """Whether a request may come in."""
        if self.token is None:
            return from_this_machine(http) and _is_loopback_name(http.host)
        scheme, _, shown = http.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self.knows(shown.strip()):
            return True
        return self._is_ours(http.cookies.get(COOKIE, ""))

    def cookie(self) -> str:
        """A pass for some hours: the hour it ends, and a digest that only the token makes."""
        ends = str(int(self.now()) + COOKIE_SECONDS)
        return f"{ends}.{self._signature(ends)}"

    def _is_ours(self, cookie: str) -> bool:
        ends, _, signature = cookie.partition(".")
        whole = hmac.compare_digest(signature.encode(), self._signature(ends).encode())
        return whole and ends.isascii() and ends.isdigit() and int(ends) > self.now()

    def _signature(self, ends: str) -> str:
        key = (self.token or "").encode()
        return hmac.new(key, f"bench until {ends}".encode(), hashlib.sha256).hexdigest()


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _is_loopback_name(host: str) -> bool:
    name = urlsplit(f"//{host}").hostname or ""
    return name == "localhost" or _is_loopback(name)
