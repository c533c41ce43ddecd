"""Does what was heard call for care now? The rules and the encoder together, so that neither alone can miss.

The rules (urgent.py) know what a sign is; the encoder knows how people sound when they have one. Where only the encoder
speaks, the sign is the likeliest one that her stage allows. docs/decisions/0008 has the figures and how the threshold
was chosen. Without the encoder the rules alone answer.
"""

from __future__ import annotations

from collections.abc import Mapping

from skill.encoder.encoder import Encoder
from skill.library.signs import Level, UrgentSign
from skill.text import comparable
from skill.urgent import UrgentCheck, Verdict

ALARM_FROM = 0.3
"""Probability of any urgent sign from which the encoder alone is an alarm."""
EMERGENCY_SHARE = 0.5
"""Share of that probability which emergencies have to hold for the reply to be an emergency's."""


class Alarm:
    """Rules and encoder of one language; read-only, safe to share between threads."""

    def __init__(
        self,
        rules: UrgentCheck,
        encoder: Encoder | None,
        signs: Mapping[str, UrgentSign],
        empty: frozenset[str] = frozenset(),
    ) -> None:
        """`encoder`: None where it could not be loaded, which is said at start. `empty`: words that say nothing by
        themselves, such as how far along she is: a text of them alone sounds like no sign.
        """
        self._empty = empty
        self._rules = rules
        self._encoder = encoder
        self._signs = signs

    def __call__(self, utterance: str, stages: frozenset[str] = frozenset()) -> Verdict | None:
        """What was said, and the stages she is known to be in (empty: every stage) → the gravest sign, or None."""
        by_rule = self._rules(utterance, stages)
        if by_rule is not None and by_rule.level is Level.EMERGENCY:
            return by_rule
        by_encoder = self._sounds_like(utterance, stages)
        if by_rule is None or (by_encoder is not None and by_encoder.level is Level.EMERGENCY):
            return by_encoder or by_rule
        return by_rule

    def _sounds_like(self, utterance: str, stages: frozenset[str]) -> Verdict | None:
        text = comparable(utterance)
        if self._encoder is None or self._empty.issuperset(text.split()):
            return None
        reading = self._encoder.read(text)
        if reading.urgent < ALARM_FROM:
            return None
        fitting = {sign: share for sign, share in reading.signs.items() if self._fits(sign, stages)}
        if not fitting:
            return None
        emergencies = {sign: share for sign, share in fitting.items() if self._signs[sign].level is Level.EMERGENCY}
        grave = sum(emergencies.values()) >= EMERGENCY_SHARE * sum(fitting.values())
        likeliest = emergencies if grave else {sign: fitting[sign] for sign in fitting if sign not in emergencies}
        sign = max(likeliest, key=likeliest.__getitem__)
        return Verdict(sign, self._signs[sign].level, (f"sounds like it: {reading.urgent:.2f}",))

    def _fits(self, sign: str, stages: frozenset[str]) -> bool:
        known = self._signs.get(sign)
        return known is not None and (not stages or "any" in known.stage or not stages.isdisjoint(known.stage))
