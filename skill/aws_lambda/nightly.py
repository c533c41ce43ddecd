"""What a daily schedule calls: the store forgets the tokens of past days, and keeps the counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from skill.feedback.connect import connect
from skill.settings import Settings


def handler(event: dict[str, Any], context: object) -> dict[str, int]:
    """Gives how many tokens were forgotten. Raises FeedbackUnavailable, so that the failed invocation is seen."""
    settings = Settings.from_env()
    store = connect(settings.feedback, settings.data)
    try:
        return {"forgotten": store.forget_tokens(datetime.now(UTC).date() - timedelta(days=1))}
    finally:
        store.close()
