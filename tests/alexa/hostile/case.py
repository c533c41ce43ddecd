"""One certificate chain that somebody might send us, whether it is taken, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from chains import rsa_key


@dataclass(frozen=True)
class Case:
    """Sources in `why`: RFC numbers with their section; BR is the CA/Browser Forum's Baseline Requirements."""

    chain: Callable[[], bytes]
    """What lies at the certificate address."""
    why: str
    taken: bool = False
    key: Callable[[], Any] = field(default=lambda: rsa_key("leaf"))
    """What the request is signed with: the key of the first certificate, where that can sign as Alexa does."""


def taken(chain: Callable[[], bytes], why: str, **more: Any) -> Case:
    """A chain that has to be accepted."""
    return Case(chain, why, taken=True, **more)
