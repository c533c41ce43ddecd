"""At the door whatever goes wrong is a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from skill.errors import RequestRejected


@contextmanager
def rejecting(step: str) -> Iterator[None]:
    """Whatever goes wrong inside leaves as RequestRejected, named by `step` and the kind of error, not by its text."""
    try:
        yield
    except (RequestRejected, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # not only Exception: a panic in cryptography's Rust code is none
        raise RequestRejected(f"{step}: {type(error).__name__}") from error
