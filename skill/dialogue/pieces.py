"""Signs that arrive in pieces: "i have a headache" … "and i see flashing lights".

The last few things she stated are kept in the session, and the rules for urgent signs hear them together with a new
statement. Questions and denials are neither kept nor joined: they would alarm where nothing is the matter. Only the
rules listen, not the encoder, which was taught on single sentences.
"""

from __future__ import annotations

from dataclasses import replace

from skill.dialogue import of_baby
from skill.dialogue.core import Core
from skill.library.signs import Level
from skill.stages import is_after_birth, stages_said
from skill.turn import LONGEST_TOLD, MOST_TOLD, Session, Turn
from skill.urgent import Verdict, gravest

_BETWEEN = " but "
"""Begins a new statement for the rules, so that a denial or a past of one piece does not reach into the next."""
_NEWBORN = frozenset({"newborn"})
"""Whose signs those of a baby that is born are."""
_ONLY_NAMES = frozenset({"TopicIntent", "IHadIntent", "IHaveNoIntent"})
"""A topic that is named, had in the past or denied is no statement of what is happening."""


def heard_in_pieces(turn: Turn, core: Core) -> Verdict | None:
    """The gravest sign that only the pieces together carry; None where there is none, or it was answered already."""
    verdict = gravest(_in_pieces(turn, core))
    return None if verdict is None or _answered(verdict, turn.session) else verdict


def made_with_told(turn: Turn, core: Core) -> Verdict | None:
    """The gravest sign that this statement makes with one told before, and that neither is by itself: "it burns when i
    wee", "my back hurts on one side". The sign that was answered last counts too, as it still is the one.
    """
    if not turn.session.told or not _states(turn, core):
        return None
    stages = frozenset(turn.session.stages)
    by_itself = {verdict.sign for verdict in core.rules.all_signs(turn.text, stages)}
    made = []
    for told in turn.session.told:
        known = by_itself.union(verdict.sign for verdict in core.rules.all_signs(told, stages))
        together = core.rules.all_signs(_joined((told, turn.text)), stages)
        made += [verdict for verdict in together if verdict.sign not in known]
    return gravest(made)


def heard_of_baby(turn: Turn, core: Core) -> Verdict | None:
    """The gravest sign of a newborn in what she says of the baby, by itself or together with the pieces before."""
    if not of_baby.is_meant(turn, core):
        return None
    if core.talk.means_baby(turn.text):
        text = core.talk.of_baby_instead(turn.session.told[-1]) if turn.session.told else ""
    else:
        text = core.talk.as_of_baby(turn.text)
    named = replace(turn, text=text)
    heard = [*core.rules.all_signs(named.text, _NEWBORN)]
    heard += [verdict for verdict in _in_pieces(named, core) if not _answered(verdict, turn.session)]
    if not core.talk.tells_only_stage(named.text) and (likely := core.urgent(named.text)) is not None:
        heard.append(likely)
    return gravest(verdict for verdict in heard if _NEWBORN.issuperset(core.library.signs[verdict.sign].stage))


def _in_pieces(turn: Turn, core: Core) -> list[Verdict]:
    """The signs that the pieces carry together, and that those told before did not."""
    session = turn.session
    if not _states(turn, core) or core.talk.is_over(turn.text) or core.talk.takes_back(turn.text):
        return []
    if not session.told:
        return _of_topic(turn, core)
    stages = frozenset(session.stages)
    heard = core.rules.all_signs(_joined((*_weeks(session), *session.told, turn.text)), stages)
    if not stages_said(turn.text):  # how far along she is, told now, can make another sign of what she told before
        known = {(verdict.sign, verdict.level) for verdict in core.rules.all_signs(_joined(session.told), stages)}
        heard = [verdict for verdict in heard if (verdict.sign, verdict.level) not in known]
    return [*heard, *_of_topic(turn, core)]


def _of_topic(turn: Turn, core: Core) -> list[Verdict]:
    """The signs that a detail makes of the topic being talked about, which she may have asked about or chosen:
    tightenings, "every five minutes".
    """
    article = core.article(turn.session.topic)
    if article is None or not core.talk.tells_only_details(turn.text):
        return []
    voice, stages = core.library.voice(turn.locale), frozenset(turn.session.stages)
    heard = []
    for name in map(voice, (article.name, *article.lay_names)):  # one by one: together they would make signs themselves
        alone, whole = (_joined((*_weeks(turn.session), text)) for text in (name, f"{name} {turn.text}"))
        known = {verdict.sign for verdict in core.rules.all_signs(alone, stages)}
        heard += [verdict for verdict in core.rules.all_signs(whole, stages) if verdict.sign not in known]
    return heard


def with_told(turn: Turn, core: Core) -> Session:
    """The session with this turn's statement among what she told; unchanged by anything else."""
    if not _states(turn, core):
        return turn.session
    text = core.talk.as_of_baby(turn.text) if of_baby.is_meant(turn, core) else turn.text
    return turn.session.updated(told=(*turn.session.told, text[:LONGEST_TOLD])[-MOST_TOLD:])


def _states(turn: Turn, core: Core) -> bool:
    named = turn.aspect is not None or turn.intent in _ONLY_NAMES
    return bool(turn.heard) and not named and core.talk.is_statement(turn.text)


def _joined(told: tuple[str, ...]) -> str:
    return _BETWEEN.join(told)


def _weeks(session: Session) -> tuple[str, ...]:
    return (f"i am {session.weeks} weeks pregnant",) if session.weeks and not is_after_birth(session.stages) else ()


def _answered(verdict: Verdict, session: Session) -> bool:
    """The session's last urgent reply was about this sign, at this level or a graver one."""
    raised = session.sign_level == Level.URGENT.value and verdict.level is Level.EMERGENCY
    return session.sign == verdict.sign and not raised
