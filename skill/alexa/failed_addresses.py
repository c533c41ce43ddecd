"""Certificate addresses that failed a moment ago, and are left alone for a while.

Without them every forged request that names a missing or broken file would cost a download, and while Amazon's host is
down every request would wait for the limit of time. Only failures are remembered here; proven chains are ChainCache's.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from skill.alexa.rejecting import rejecting
from skill.errors import DownloadsBusy, RequestRejected


class FailedAddresses:
    """Safe to share between threads. Holds at most `size`, dropping the oldest failure, so that ever new addresses
    cannot fill the memory.
    """

    def __init__(self, *, rest: timedelta = timedelta(seconds=5), size: int = 256) -> None:
        """`rest` is short, because after a mere hiccup of the network Alexa's own address rests too."""
        self._rest = rest
        self._size = size
        self._lock = threading.Lock()
        self._failed: OrderedDict[str, datetime] = OrderedDict()

    @contextmanager
    def resting(self, address: str, now: datetime) -> Iterator[None]:
        """Raises RequestRejected at once when `address` failed just before `now`; whatever goes wrong inside leaves as
        RequestRejected, and is remembered, unless it was DownloadsBusy: that the address has not failed.
        """
        if self._rests(address, now):
            raise RequestRejected("certificate address: failed a moment ago")
        try:
            with rejecting("certificate download"):
                yield
        except DownloadsBusy:
            raise
        except RequestRejected:
            self._remember(address, now)
            raise

    def __len__(self) -> int:
        return len(self._failed)

    def _rests(self, address: str, now: datetime) -> bool:
        with self._lock:
            failed = self._failed.get(address)
            if failed is None:
                return False
            if timedelta(0) <= now - failed < self._rest:  # a clock that was set back ends the rest
                return True
            del self._failed[address]
            return False

    def _remember(self, address: str, now: datetime) -> None:
        with self._lock:
            self._failed[address] = now
            self._failed.move_to_end(address)
            if len(self._failed) > self._size:
                self._failed.popitem(last=False)
