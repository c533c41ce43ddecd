"""Expressions of content files: what they find."""

from __future__ import annotations

import pytest

from skill.expressions import Expressions


@pytest.mark.parametrize(
    ("expression", "found", "not_found"),
    [
        ("bleed*", "i am bleeding", "i feel bled"),
        ("hurt|harm* the|my baby", "does it harms my baby", "does it hurt our baby"),
        ("is it .. for the baby", "is it very bad for the baby", "is it for a baby"),
    ],
)
def test_an_expression_finds(expression: str, found: str, not_found: str) -> None:
    assert Expressions([expression]).search(found)
    assert not Expressions([expression]).search(not_found)
