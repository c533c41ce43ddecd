"""She tells of a baby that is born, bit by bit: "my baby is nine days old" … "he's hot" … "thirty eight point two".

Who is meant is kept for this session, as weeks are. What is said of the baby, or straight after it of nobody, is
listened to with the baby named: a newborn's fever is not the mother's.
"""

from __future__ import annotations

from collections.abc import Collection

from skill.dialogue.core import Core
from skill.stages import is_after_birth
from skill.turn import Session, Turn


def is_told(text: str, stages: Collection[str], core: Core) -> bool:
    """Whether a sentence tells of a baby that is born, or that it is meant where nothing is known of a pregnancy."""
    return (is_after_birth(stages) and core.talk.tells_of_baby(text)) or (
        "pregnant" not in stages and core.talk.means_baby(text)
    )


def is_meant(turn: Turn, core: Core) -> bool:
    """Whether the baby that was told of is who a sentence is about."""
    session = turn.session
    if not session.of_baby:
        return False
    if core.talk.means_baby(turn.text) or core.talk.points_at_baby(turn.text):
        return True
    if core.talk.is_of_herself(turn.text):
        return False
    return core.talk.is_statement(turn.text) and _goes_on(turn.text, session, core)


def _goes_on(text: str, session: Session, core: Core) -> bool:
    """Whether what is said of nobody goes on about the baby: after how the baby is, or, of a reading, the age alone."""
    last = session.told[-1] if session.told else ""
    if not core.talk.tells_of_baby(last):
        return False
    return core.talk.is_reading(text) or not core.talk.tells_only_stage(last)
