"""The session: bounded, versioned, and afresh where it is not ours."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skill.turn import MOST_TOLD, Asked, Outcome, Session, Understood


def test_it_comes_back_as_it_went() -> None:
    session = Session(
        turn=3, asked=Asked.CHOICE, choices=("back-pain", "nausea"), back=(("nausea", "causes", 0),), weeks=30,
        understood=Understood(outcome=Outcome.CHOOSE, choices=("back-pain", "nausea")), token="0" * 32,
    )  # fmt: skip
    assert Session.from_attributes(json.loads(json.dumps(session.to_attributes()))) == session


def test_what_is_not_there_is_as_at_the_start() -> None:
    assert Session.from_attributes({}) == Session()
    assert Session.from_attributes({"turn": 2, "weeks": None}) == Session(turn=2)


def test_only_what_has_changed_goes_out_as_plain_json() -> None:
    session = Session().updated(turn=1, asked=Asked.RATING, understood=Understood(outcome=Outcome.ANSWER, score=0.5))
    assert session.to_attributes() == {
        "version": 3, "turn": 1, "asked": "rating", "understood": {"outcome": "answer", "score": 0.5},
    }  # fmt: skip


@pytest.mark.parametrize("turns", [0, 10_000])
@pytest.mark.parametrize("score", [0, 0.5, 1])
def test_the_limits_themselves_are_kept(turns: int, score: float) -> None:
    sent = {"version": 3, "turn": turns, "understood": {"score": score}, "said": "é" * 1500}
    assert Session.from_attributes(sent) == Session(turn=turns, understood=Understood(score=score), said="é" * 1500)


def test_a_fresh_one_is_almost_nothing() -> None:
    assert Session().to_attributes() == {"version": 3}


TAMPERED: list[Any] = [
    None,
    [],
    3,
    "session",
    {"version": 1},
    {"version": True},
    {"version": 3.0},
    {"version": "3"},
    {"admin": True},
    {"\ud800": 1},
    {3: 3},
    {"asked": "nobody"},
    {"asked": []},
    {"asked": "\ud800"},
    {"sign_level": "middle"},
    {"turn": "2"},
    {"turn": 2.0},
    {"turn": True},
    {"turn": -1},
    {"turn": 10_001},
    {"turn": 10**400},
    {"turn": None},
    {"weeks": 0},
    {"weeks": 400},
    {"disclaimed": 1},
    {"disclaimed": "true"},
    {"said": "x" * 1501},
    {"topic": "x" * 81},
    {"choices": "abc"},
    {"choices": {"a": 1}},
    {"choices": ["a", "b", "c", "d"]},
    {"choices": ["a", 1]},
    {"told": ["x" * 201]},
    {"told": ["a"] * (MOST_TOLD + 1)},
    {"next_up": [["back-pain", "causes"]]},
    {"next_up": [["back-pain", "causes", "0"]]},
    {"next_up": [["back-pain", "causes", 0, 0]]},
    {"back": [["back-pain", "causes", 1001]]},
    {"token": "'; DROP TABLE rating; --"},
    {"token": "0" * 31},
    {"token": "0" * 33},
    {"token": "0" * 32 + "\n"},
    {"token": "\n" + "0" * 32},
    {"token": "A" * 32},
    {"said": "\ud800"},
    {"stages": ["\udfff"]},
    {"understood": None},
    {"understood": {"admin": True}},
    {"understood": {"urgent": "middle"}},
    {"understood": {"score": float("nan")}},
    {"understood": {"score": 1.5}},
    {"understood": {"score": True}},
    {"understood": {"score": "1"}},
    {"understood": {"score": 10**400}},
]
"""Each beside what a session of ours says, which would be kept."""


@pytest.mark.parametrize("sent", TAMPERED, ids=lambda sent: ascii(sent)[:60])
def test_what_is_not_ours_starts_afresh(sent: Any) -> None:
    whole = {"version": 3, "disclaimed": True, "lost": True}
    assert Session.from_attributes(whole) == Session(disclaimed=True, lost=True)
    assert Session.from_attributes({**whole, **sent} if isinstance(sent, dict) else sent) == Session()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # that says how busy the machine is
@given(st.dictionaries(st.sampled_from([*Session.__struct_fields__, "other"]), json_values))
def test_any_attributes_give_a_session(attributes: dict[str, Any]) -> None:
    assert isinstance(Session.from_attributes(attributes), Session)
