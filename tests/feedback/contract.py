"""What every store of ratings promises. Each store's test says only how to open it."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Literal

import pytest

from skill.feedback.record import Count, Feedback, FeedbackStore, Missing, ReasonCount

DAY = date(2026, 6, 1)
Reason = Literal["too_long", "not_mine", "not_clear"]


def token() -> str:
    return secrets.token_hex(16)


def rating(topic: str = "back-pain", *, helpful: bool = True, day: date = DAY) -> Feedback:
    return Feedback(topic, "causes", helpful, "en-GB", "0123456789ab", day)


def missing(topic: str = "back-pain", reason: Reason = "too_long", *, day: date = DAY) -> Missing:
    return Missing(topic, "causes", reason, "en-GB", "0123456789ab", day)


class FeedbackContract:
    """Inherit, and give a fixture `store`."""

    @pytest.fixture
    def store(self) -> FeedbackStore:
        raise NotImplementedError

    def test_a_new_store_has_no_counts(self, store: FeedbackStore) -> None:
        assert list(store.counts()) == []

    def test_ratings_are_counted_by_topic_and_answer(self, store: FeedbackStore) -> None:
        for helpful in (True, True, False):
            assert store.add(token(), rating(helpful=helpful))
        store.add(token(), rating("nausea", helpful=False))
        assert list(store.counts()) == [Count("back-pain", 2, 1), Count("nausea", 0, 1)]

    def test_a_repeated_delivery_counts_once(self, store: FeedbackStore) -> None:
        key = token()
        assert store.add(key, rating()) is True
        assert store.add(key, rating()) is False
        assert store.add(key, rating(helpful=False)) is False
        assert list(store.counts()) == [Count("back-pain", 1, 0)]

    def test_reasons_are_counted_by_topic_and_reason_and_apart_from_ratings(self, store: FeedbackStore) -> None:
        for reason in ("too_long", "too_long", "not_clear"):
            assert store.add_reason(token(), missing(reason=reason))
        store.add_reason(token(), missing("nausea", "not_mine"))
        assert list(store.reasons()) == [
            ReasonCount("back-pain", "not_clear", 1),
            ReasonCount("back-pain", "too_long", 2),
            ReasonCount("nausea", "not_mine", 1),
        ]
        assert list(store.counts()) == []

    def test_a_reason_delivered_twice_counts_once(self, store: FeedbackStore) -> None:
        key = token()
        assert store.add_reason(key, missing()) is True
        assert store.add_reason(key, missing(reason="not_clear")) is False
        assert list(store.reasons()) == [ReasonCount("back-pain", "too_long", 1)]

    def test_tokens_are_forgotten_and_counts_kept(self, store: FeedbackStore) -> None:
        store.add(token(), rating(day=DAY))
        assert store.forget_tokens(DAY) == 0
        assert store.forget_tokens(DAY + timedelta(days=1)) == 1
        assert list(store.counts()) == [Count("back-pain", 1, 0)]

    def test_many_at_once_are_all_counted(self, store: FeedbackStore) -> None:
        keys = [token() for _ in range(100)]
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(lambda key: store.add(key, rating()), keys + keys))
        assert list(store.counts()) == [Count("back-pain", 100, 0)]

    def test_a_store_that_is_there_answers_a_ping(self, store: FeedbackStore) -> None:
        store.ping()
