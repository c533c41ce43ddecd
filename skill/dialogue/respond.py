"""Turn and Core → Reply: the urgent check first, always; then the family of intents that the SDK's dispatch chose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from skill.dialogue import loss, of_baby, quiet
from skill.dialogue.after_care import denies
from skill.dialogue.core import Core
from skill.dialogue.counted import count_answer
from skill.dialogue.get_care import reply_get_care
from skill.dialogue.pieces import heard_in_pieces, heard_of_baby, made_with_told, with_told
from skill.dialogue.reasons import reason_given, reply_to_reason
from skill.dialogue.replies import in_short_disclaimed
from skill.dialogue.still_care import holds_first, is_just_told, with_action_first
from skill.feedback.record import HELPFUL, RATING
from skill.library.signs import Level
from skill.stages import stages_said, weeks_said, with_unit
from skill.turn import Asked, Outcome, Reply, Session, Turn
from skill.urgent import Verdict, gravest

_RATES = frozenset({"AMAZON.YesIntent", "AMAZON.NoIntent", "NotHelpfulIntent"})
"""Intents that are a rating themselves, and count where they are answered."""

Family = Callable[[Turn, Core], Reply]


@dataclass(frozen=True)
class Heard:
    """A turn that was listened to for urgent signs."""

    turn: Turn
    verdict: Verdict | None


def listen(turn: Turn, core: Core) -> Heard:
    """Every text of every turn is checked, before anything that can fail: by itself, without the words that take an
    earlier one back, and together with what she stated before; what is said of a baby that is born, as the baby's.
    Weeks, stages and whom she told of are kept for the session, and narrow which signs can be meant only when she said
    them.
    """
    before = core.sound(turn.session)
    if before.weeks is not None and not before.choices and not before.listed:
        turn = replace(turn, text=with_unit(turn.text))
    turn = replace(turn, session=_remembering(before, turn.text, core))
    known = frozenset(turn.session.stages)
    alone = _said_now(turn, known, core)
    verdict = alone if quiet.tells_nothing_new(turn, core) else _with_pieces(alone, turn, core)
    if (babys := heard_of_baby(turn, core)) is not None and not (verdict and verdict.graver_than(babys)):
        verdict = babys
    if verdict is not None and _has_its_own_reply(turn, core, core.rules(turn.text, known)):
        verdict = None
    return Heard(replace(turn, session=with_told(turn, core)), verdict)


def _remembering(before: Session, text: str, core: Core) -> Session:
    """The session with what a text says of her: how far along she is, a loss, a baby that is born."""
    about_it = before.lost and core.talk.asks_after_loss(text) is not None  # "why do i still look pregnant"
    stages = frozenset[str]() if about_it else stages_said(text)
    lost = "pregnant" not in stages and (before.lost or core.talk.tells_a_loss(text))
    if lost and not before.lost:  # what she told of the pregnancy no longer narrows anything
        before = before.updated(stages=(), weeks=None, of_baby=False)
    known = stages or frozenset(before.stages)
    return before.updated(
        stages=tuple(sorted(known)),
        weeks=weeks_said(text) or before.weeks,
        of_baby=not lost and (before.of_baby or of_baby.is_told(text, known, core)),
        lost=lost,
    )


def _with_pieces(alone: Verdict | None, turn: Turn, core: Core) -> Verdict | None:
    """What she says now; instead of it what only the pieces together make, where that is as grave: shivering, after the
    wound that is red, is the wound's.
    """
    together = heard_in_pieces(turn, core)
    if alone is None or (together and together.graver_than(alone)):
        return together
    made = None if alone.level is Level.EMERGENCY else made_with_told(turn, core)
    return made or alone


def _said_now(turn: Turn, stages: frozenset[str], core: Core) -> Verdict | None:
    """What is said now by itself. What is only like a sign is none where she goes on about what a same-day reply was
    given for, "it's hot and red": that is heard in pieces. Nor is where others are: "he's coming home".
    """
    verdict = _heard_beside_topic(turn, stages, core)
    if verdict is None or verdict.by_rule:
        return verdict
    goes_on = verdict.level is Level.URGENT and is_just_told(turn, core) and core.talk.goes_on(turn.text)
    near = quiet.tells_nothing_new(turn, core) or core.talk.tells_who_is_near(turn.text, overheard=False)
    return None if goes_on or near else verdict


def _heard_beside_topic(turn: Turn, stages: frozenset[str], core: Core) -> Verdict | None:
    """The whole, and what stands beside a topic by itself: "what helps heartburn and it's going black before my eyes"
    begins as a question, and is none.
    """
    verdict = _heard_alone(turn.text, stages, core)
    topic, complaint = turn.slot("topic"), turn.slot("complaint")
    if topic is None or complaint is None:
        return verdict
    return gravest([found for found in (verdict, _heard_alone(complaint.heard, stages, core)) if found])


def _heard_alone(text: str, stages: frozenset[str], core: Core) -> Verdict | None:
    """A sentence by itself. One that only says how far along she is can be like a sign, but is none unless the rules
    say so.
    """
    if core.talk.tells_only_stage(text):
        return core.rules(text, stages)
    verdict = core.urgent(text, stages)
    if verdict is None and (meant := core.talk.corrected(text)) is not None:
        verdict = core.urgent(meant, stages)
    return verdict


def _has_its_own_reply(turn: Turn, core: Core, by_rule: Verdict | None) -> bool:
    """A loss told outright, that it is over after an urgent reply or that she will not harm herself, and nothing else.
    All sound like the sign itself, so there likeness alone is no alarm; what the rules hear is. And how long the
    bleeding after a loss goes on, where the rules hear no emergency. All these replies say whom to call.
    """
    if loss.asks_about_it(turn, core):
        return by_rule is None or by_rule.level is Level.URGENT
    expected = turn.session.sign is not None or core.talk.tells_a_loss(turn.text)
    return by_rule is None and (denies(turn, core) or (expected and core.talk.says_only_that(turn.text)))


def respond(heard: Heard, core: Core, family: Family) -> Reply:
    """The reply to one turn. `family` answers what is not urgent."""
    if heard.verdict is not None:
        return reply_get_care(heard.turn, core, heard.verdict)
    if heard.turn.session.asked is Asked.WHY_NOT and (reason := reason_given(heard.turn, core)) is not None:
        return reply_to_reason(heard.turn, core, reason)
    if heard.turn.session.asked is Asked.RATING and _goes_on_after_yes(heard.turn, core):
        count_answer(heard.turn, core, HELPFUL, RATING)
    return _led(heard.turn, core, family)


def _led(turn: Turn, core: Core, family: Family) -> Reply:
    """What is not urgent. While an urgent reply holds, an answer on another topic comes after what to do in few words,
    with the short disclaimer for the sake of its length: the full one comes with the first answer after that.
    """
    reply, session = family(turn, core), turn.session
    answered, agreed = reply.session.understood, {topic for topic, *_ in session.next_up}
    new = is_just_told(turn, core) or answered.topic != session.topic
    if not holds_first(turn, core) or answered.outcome is not Outcome.ANSWER or not new or answered.topic in agreed:
        return reply
    text = with_action_first(turn, core, in_short_disclaimed(turn, core, reply.text))
    return replace(reply, text=text, session=reply.session.updated(disclaimed=session.disclaimed))


def _goes_on_after_yes(turn: Turn, core: Core) -> bool:
    """ "Yes thanks, what can i do": a rating, and another wish."""
    return turn.intent not in _RATES and core.talk.begins_with_yes(turn.whole or turn.text)
