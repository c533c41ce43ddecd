"""What was tried, and what did not hold: filled while the skill is being certified, read by the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from skill.certify.rules import RULES, Rule

State = Literal["pass", "fail", "no case", "not checked"]
NO_CASE = "no case came up"
OFFLINE = "cannot be checked offline"


@dataclass(frozen=True)
class Case:
    """One case in which a rule does not hold."""

    locale: str
    sent: str
    came: str
    expected: str


@dataclass(frozen=True)
class Verdict:
    """One rule, and what became of it."""

    rule: Rule
    state: State
    tried: int
    failures: Sequence[Case] = ()
    reason: str = ""
    """Why it did not pass, where no case failed."""


@dataclass
class Findings:
    """Counts every case by rule, and keeps those that failed."""

    only: Collection[str] = ()
    """Groups to look at; all where empty."""
    shares: dict[str, tuple[int, int]] = field(default_factory=dict)
    """What is told beside the rules: how many of how many."""
    _tried: Counter[str] = field(default_factory=Counter)
    _failures: dict[str, list[Case]] = field(default_factory=dict)
    _excused: dict[str, str] = field(default_factory=dict)

    def hold(self, rule: str, holds: bool, case: Case) -> None:
        """Notes one case of a rule. KeyError for a rule that is not in RULES."""
        self._tried[RULES[rule].id] += 1
        if not holds:
            self._failures.setdefault(rule, []).append(case)

    def excuse(self, rules: Iterable[str], why: str) -> None:
        """Says why no case of these rules can come up here. Where one came up all the same, it counts. KeyError for a
        rule that is not in RULES.
        """
        self._excused |= {RULES[rule].id: why for rule in rules}

    def share(self, what: str, some: int, of: int) -> None:
        """Adds to a share that the report tells: of what was sampled, or of what is no rule of Amazon's."""
        before = self.shares.get(what, (0, 0))
        self.shares[what] = (before[0] + some, before[1] + of)

    def wants(self, *groups: str) -> bool:
        """Whether rules of any of these groups are looked at."""
        return not self.only or bool(set(groups) & set(self.only))

    def verdicts(self) -> tuple[Verdict, ...]:
        """Every rule of the groups looked at."""
        return tuple(self._verdict(rule) for rule in RULES.values() if self.wants(rule.group))

    def _verdict(self, rule: Rule) -> Verdict:
        tried, failures = self._tried[rule.id], tuple(self._failures.get(rule.id, ()))
        if tried:
            return Verdict(rule, "fail" if failures else "pass", tried, failures)
        if not rule.offline:
            return Verdict(rule, "not checked", 0, reason=OFFLINE)
        if rule.id in self._excused:
            return Verdict(rule, "not checked", 0, reason=self._excused[rule.id])
        return Verdict(rule, "no case", 0, reason=NO_CASE)
