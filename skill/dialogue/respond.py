"""Turn and Core → Reply: the urgent check first, always; then the family of intents that the SDK's dispatch chose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from skill.dialogue.core import Core
from skill.dialogue.get_care import reply_get_care
from skill.stages import stages_said, weeks_said
from skill.turn import Reply, Turn
from skill.urgent import Verdict

Family = Callable[[Turn, Core], Reply]


@dataclass(frozen=True)
class Heard:
    """A turn that was listened to for urgent signs."""

    turn: Turn
    verdict: Verdict | None


def listen(turn: Turn, core: Core) -> Heard:
    """Every text of every turn is checked, before anything that can fail. Weeks and stages said are kept for the
    session, and narrow which signs can be meant only when she said them.
    """
    stages = stages_said(turn.text)
    session = turn.session.updated(
        stages=tuple(sorted(stages)) or turn.session.stages, weeks=weeks_said(turn.text) or turn.session.weeks
    )
    turn = replace(turn, session=session)
    return Heard(turn, core.urgent(turn.text, frozenset(session.stages)))


def respond(heard: Heard, core: Core, family: Family) -> Reply:
    """The reply to one turn. `family` answers what is not urgent."""
    if heard.verdict is not None:
        return reply_get_care(heard.turn, core, heard.verdict)
    return family(heard.turn, core)
