"""Why an answer did not help, asked once a session where the operator switches it on: counted, no words kept."""

from __future__ import annotations

from skill.dialogue.core import Core, Speaker
from skill.dialogue.counted import count_answer
from skill.dialogue.replies import ask_anything_else, next_turn
from skill.feedback.record import REASON
from skill.library.phrases import Variants
from skill.library.talk import ReasonName
from skill.turn import Asked, Reply, Turn, Understood

_BY_INTENT: dict[str, ReasonName] = {
    "ShorterIntent": "too_long", "NotMineIntent": "not_mine", "NotClearIntent": "not_clear",
}  # fmt: skip
_BY_NUMBER: dict[str, ReasonName] = {
    "first": "too_long", "second": "not_mine", "third": "not_clear", "last": "not_clear",
}  # fmt: skip


def ask_why(turn: Turn, core: Core) -> Reply:
    """ "Was it too long, not your problem, or not clear?" The answer has a token of its own."""
    return _ask(turn, core, core.library.said.why_not, core.new_token())


def ask_which_reason(turn: Turn, core: Core) -> Reply:
    """ "Yes" names none of them: which one?"""
    return _ask(turn, core, core.library.said.why_not_which, turn.session.token)


def _ask(turn: Turn, core: Core, prompts: Variants, token: str | None) -> Reply:
    """The reason comes in her own words, so the whole next sentence is delivered."""
    speaker = Speaker(turn, core)
    session = next_turn(turn.session).updated(asked=Asked.WHY_NOT, asked_why=True, token=token, understood=Understood())
    return Reply(speaker.say(prompts), session, speaker.say(speaker.prompts.why_not_reprompt), elicit=True)


def reason_given(turn: Turn, core: Core) -> ReasonName | None:
    """The reason that she names, by name or number."""
    choice = turn.slot("choice")
    if choice is not None and choice.ids:
        return _BY_NUMBER.get(choice.ids[0])
    return _BY_INTENT.get(turn.intent) or core.talk.reason(turn.text)


def reply_to_reason(turn: Turn, core: Core, reason: ReasonName) -> Reply:
    """Counted and thanked."""
    count_answer(turn, core, reason, REASON)
    speaker = Speaker(turn, core)
    return ask_anything_else(turn, core, speaker.say(speaker.prompts.thanks_why))
