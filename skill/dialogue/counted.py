"""What she answers to a question about an answer is counted: topic, aspect, which answer; no words of hers."""

from __future__ import annotations

import logging

from skill.dialogue.core import Core
from skill.errors import FeedbackUnavailable
from skill.feedback.record import Feedback
from skill.turn import Turn

_log = logging.getLogger(__name__)


def count_answer(turn: Turn, core: Core, answer: str, kind: str) -> None:
    """Counts it once, by the answer's token. A store that is down costs the count, never the reply."""
    session = turn.session
    if session.token is None or session.topic not in core.library.names:
        return
    feedback = Feedback(
        topic=session.topic or "",
        aspect=session.aspect or "",
        answer=answer,
        locale=turn.locale,
        content_version=core.library.version,
        day=core.today(),
        kind=kind,
    )
    try:
        core.feedback.add(session.token, feedback)
    except FeedbackUnavailable as error:
        _log.error("A %s was not kept: %s", kind, error)
