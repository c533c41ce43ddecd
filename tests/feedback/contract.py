"""What every store of ratings promises. Each store's test says only how to open it."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from skill.feedback.record import (
    HELPFUL,
    NOT_HELPFUL,
    OWN,
    REASON,
    Count,
    Feedback,
    FeedbackStore,
    ReasonCount,
    Tally,
    reasons_by_topic,
)

DAY = date(2026, 6, 1)


def token() -> str:
    return secrets.token_hex(16)


def rating(topic: str = "back-pain", *, helpful: bool = True, day: date = DAY) -> Feedback:
    return Feedback(topic, "causes", HELPFUL if helpful else NOT_HELPFUL, "en-GB", "0123456789ab", day)


def reason(answer: str = "too_long") -> Feedback:
    """Another kind, which no store was told of."""
    return Feedback("back-pain", "causes", answer, "en-GB", "0123456789ab", DAY, kind=REASON)


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

    def test_another_kind_is_counted_apart_from_ratings(self, store: FeedbackStore) -> None:
        key = token()
        assert store.add(key, rating(helpful=False)) is True
        assert store.add(key, reason()) is True
        assert store.add(key, reason()) is False
        assert list(store.counts()) == [Count("back-pain", 0, 1)]
        assert {(each.feedback, each.times) for each in store.tallies()} == {(rating(helpful=False), 1), (reason(), 1)}

    def test_reasons_are_counted_by_topic_and_reason(self, store: FeedbackStore) -> None:
        for answer in ("too_long", "too_long", "not_clear"):
            store.add(token(), reason(answer))
        assert reasons_by_topic(store.tallies()) == [
            ReasonCount("back-pain", "not_clear", 1),
            ReasonCount("back-pain", "too_long", 2),
        ]

    def test_tallies_hold_everything_that_was_counted(self, store: FeedbackStore) -> None:
        for _ in range(20):
            store.add(token(), rating())
        tallies = store.tallies()
        assert sum(tally.times for tally in tallies) == 20
        assert {tally.feedback for tally in tallies} == {rating()}
        assert {tally.origin.partition(".")[0] for tally in tallies} == {OWN}

    def test_a_merged_count_is_raised_and_never_lowered(self, store: FeedbackStore) -> None:
        store.add(token(), rating())
        assert store.merge([Tally(rating(), 3, "elsewhere"), Tally(rating("nausea"), 2, "elsewhere")]) == 2
        assert store.merge([Tally(rating(), 3, "elsewhere")]) == 0
        assert store.merge([Tally(rating(), 2, "elsewhere")]) == 0
        assert store.merge([Tally(rating(), 5, "elsewhere")]) == 1
        assert list(store.counts()) == [Count("back-pain", 6, 0), Count("nausea", 2, 0)]

    def test_a_store_keeps_its_name(self, store: FeedbackStore) -> None:
        name = store.identity()
        assert len(bytes.fromhex(name)) == 16
        assert store.identity() == name
        assert list(store.counts()) == []
