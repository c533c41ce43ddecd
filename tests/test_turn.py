"""The session: bounded, versioned, and afresh where it is not ours."""

from __future__ import annotations

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
    assert Session.from_attributes(session.to_attributes()) == session


def test_a_fresh_one_is_almost_nothing() -> None:
    assert Session().to_attributes() == {"version": 3}


TAMPERED: dict[str, Any] = {
    "none": None,
    "text": "session",
    "another version": {"version": 1},
    "an unknown key": {"version": 3, "admin": True},
    "a number as text": {"version": 3, "turn": "many"},
    "a negative turn": {"version": 3, "turn": -1},
    "too much said": {"version": 3, "said": "x" * 2000},
    "too many choices": {"version": 3, "choices": ["a", "b", "c", "d"]},
    "a token of ours that is none": {"version": 3, "token": "'; DROP TABLE rating; --"},
    "too much told": {"version": 3, "told": ["x" * 201]},
    "too many things told": {"version": 3, "told": ["a"] * (MOST_TOLD + 1)},
    "a week that is none": {"version": 3, "weeks": 400},
}


@pytest.mark.parametrize("name", TAMPERED)
def test_what_is_not_ours_starts_afresh(name: str) -> None:
    assert Session.from_attributes(TAMPERED[name]) == Session()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # that says how busy the machine is
@given(st.dictionaries(st.sampled_from([*vars(Session()), "other"]), json_values))
def test_any_attributes_give_a_session(attributes: dict[str, Any]) -> None:
    assert isinstance(Session.from_attributes(attributes), Session)
