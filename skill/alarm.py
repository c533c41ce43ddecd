"""Does what was heard call for care now? The rules and the encoder together.

The rules (urgent.py) know what a sign is; the encoder knows how people sound when they have one. Either raises the
alarm alone; a same-day rule only where the encoder does not all but exclude it. Where only the encoder speaks, the sign
is the likeliest one that her stage allows, of those that what she said does not only sound like (ordinary.py).
docs/decisions/0008 has the figures and how the thresholds were chosen.
Without the encoder the rules alone answer.
"""

from __future__ import annotations

from collections.abc import Mapping

from skill.encoder.reading import Reader, Reading
from skill.library.signs import Level, UrgentSign
from skill.text import comparable
from skill.urgent import UrgentCheck, Verdict

ALARM_FROM = 0.4
"""Probability of any urgent sign from which the encoder alone is an alarm."""
EMERGENCY_FROM = 0.1
"""The same for the emergencies among them: missing one is worse than a needless call."""
DENIED_FROM = 0.6
"""The same, where the words of the likeliest sign are there, but only as denied, past or asked in general, or with what
makes them harmless: "my baby spits up".
"""
UPHELD_FROM = 0.015
"""Probability under which the encoder all but excludes any sign: then a same-day rule was set off by a figure of speech
or somebody else's story. The rules for emergencies are never overruled: "call nine one one for me" is like nothing that
the encoder has learned.
"""
EMERGENCY_SHARE = 0.5
"""Share of that probability which emergencies have to hold for the reply to be an emergency's."""


class Alarm:
    """Rules and encoder of one language; read-only, safe to share between threads."""

    def __init__(
        self,
        rules: UrgentCheck,
        encoder: Reader | None,
        signs: Mapping[str, UrgentSign],
        empty: frozenset[str] = frozenset(),
        plain: frozenset[str] = frozenset(),
    ) -> None:
        """`encoder`: None where it could not be loaded, which is said at start. `empty`: words that say nothing by
        themselves, such as how far along she is: a text of them alone sounds like no sign, whatever the encoder
        makes of it. `plain`: words that beside one word of a complaint say nothing more of it: no denial, nobody else,
        no baby.
        """
        self._empty, self._plain = empty, plain
        self._rules = rules
        self._encoder = encoder
        self._signs = signs

    def __call__(self, utterance: str, stages: frozenset[str] = frozenset()) -> Verdict | None:
        """What was said, and the stages she is known to be in (empty: every stage) → the gravest sign, or None."""
        reading = self._reading(utterance)
        by_rule = self._upheld(self._rules(utterance, stages), reading)
        if by_rule is not None and by_rule.level is Level.EMERGENCY:
            return by_rule
        if self._is_left_to_the_rules(utterance, by_rule):
            return by_rule
        by_encoder = None if reading is None else self._sounds_like(utterance, reading, stages)
        if by_rule is None or (by_encoder is not None and by_encoder.level is Level.EMERGENCY):
            return by_encoder or by_rule
        return by_rule

    def _is_left_to_the_rules(self, utterance: str, by_rule: Verdict | None) -> bool:
        """ "I'm bleeding", "blood": the encoder was taught on fuller sentences, and cannot tell of which sign one word
        is. Where the rules hear one in it they decide; of the word quite alone, or plainly stated, also where they hear
        none at her stage.
        """
        words = comparable(utterance).split()
        if len(set(words) - self._empty) != 1:
            return False
        plainly = len(set(words) - self._plain) == 1
        return by_rule is not None or (plainly and self._rules(utterance) is not None)

    def _reading(self, utterance: str) -> Reading | None:
        text = comparable(utterance)
        return None if self._encoder is None or self._empty.issuperset(text.split()) else self._encoder.read(text)

    def _upheld(self, by_rule: Verdict | None, reading: Reading | None) -> Verdict | None:
        if by_rule is None or by_rule.level is Level.EMERGENCY or reading is None:
            return by_rule
        return by_rule if reading.urgent >= UPHELD_FROM else None

    def _sounds_like(self, utterance: str, reading: Reading, stages: frozenset[str]) -> Verdict | None:
        if reading.urgent < EMERGENCY_FROM:  # not even all signs together are enough: most of what is said
            return None
        only_alike = self._rules.only_sounds_like(utterance)
        believed = {sign: p for sign, p in reading.signs.items() if sign in self._signs and sign not in only_alike}
        urgent = sum(believed.values())
        fitting = {sign: share for sign, share in believed.items() if self._fits(sign, stages)}
        if urgent < ALARM_FROM and sum(self._emergencies(fitting).values()) < EMERGENCY_FROM:
            return None
        if sum(fitting.values()) < EMERGENCY_FROM:
            # What is left is chance: contractions at term were answered as a birth under way. Likelier than any of it
            # is that her stage was misheard, or that the sign is near enough.
            fitting = believed
        if not fitting or self._taken_back(utterance, urgent, max(fitting, key=fitting.__getitem__)):
            return None
        emergencies = self._emergencies(fitting)
        grave = sum(emergencies.values()) >= EMERGENCY_SHARE * sum(fitting.values())
        likeliest = emergencies if grave else {sign: fitting[sign] for sign in fitting if sign not in emergencies}
        sign = max(likeliest, key=likeliest.__getitem__)
        return Verdict(sign, self._signs[sign].level, (f"sounds like it: {urgent:.2f}",), by_rule=False)

    def _emergencies(self, shares: Mapping[str, float]) -> dict[str, float]:
        return {sign: share for sign, share in shares.items() if self._signs[sign].level is Level.EMERGENCY}

    def _taken_back(self, utterance: str, urgent: float, sign: str) -> bool:
        """Whether the likeliest sign's own words are there only as denied, or with what makes them harmless."""
        return urgent < DENIED_FROM and (
            self._rules.only_denied(sign, utterance) or self._rules.is_excused(sign, utterance)
        )

    def _fits(self, sign: str, stages: frozenset[str]) -> bool:
        of_sign = self._signs[sign].stage
        return not stages or "any" in of_sign or not stages.isdisjoint(of_sign)
