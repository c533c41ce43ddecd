"""Does what was heard carry an urgent sign? First in line, few imports, recall before precision.

Rules from content/<language>/urgent-patterns.yaml: a concept is a list of expressions (skill/spotting.py), or a
reading such as a blood pressure (skill/readings.py); a pattern is a set of concepts that have to be there together.
What decides beyond the words are the frames: denied, long over or another's old story, asked for knowledge only. The
rules about frames are those at the head of the reference list of urgent signs: what the caller says is not there, what
is long over and a question for knowledge only are no signs; a question that describes it (an amount, a color, a time)
is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from skill.library.signs import Level, Pattern, UrgentPatterns, UrgentSign
from skill.ordinary import Ordinary
from skill.readings import BloodPressure, Number, blood_pressures, ketones, numbers, pulses, sugars, temperatures
from skill.spotting import Spot, Spotter
from skill.stages import stages_heard, stages_said
from skill.text import comparable

__all__ = ["Mention", "UrgentCheck", "Verdict", "stages_said"]

_DENIED_WITHIN_WORDS = 4
_DENIED_INSIDE_WORDS = 2
_WINDOW_WORDS = 120
"""About 48 seconds of speech."""
_OF_WEEKS = (("early", 3, 12), ("too-early-to-move", 8, 18), ("twenty-plus", 20, 44), ("preterm-week", 20, 36),
             ("by-24", 22, 44), ("term", 37, 44))  # fmt: skip
"""Concept, first and last week of pregnancy."""
_WEEK = frozenset({"week", "weeks"})
_AGE = frozenset({"after", "ago", "old", "post", "postpartum", "since"})
"""After these, weeks are no weeks of pregnancy."""
_REFUTED_BY_HIGH_SUGAR = {
    "low-sugar-emergency": {"sugar-low", "low"},
    "very-high-bp-reading": {"pressure", "bp"},
    "high-bp-reading": {"pressure", "bp"},
}
"""Sign that a sugar measured high refutes → the concepts and words one of which keeps it: "it was low, then two sixty"
is both.
"""
_FRAME = "frame:"
_HARMLESS = "harmless"


@dataclass(frozen=True)
class Verdict:
    """An urgent sign was heard."""

    sign: str
    """Its id in urgent-signs/."""
    level: Level
    because: tuple[str, ...]
    """The concepts that carried it, for the developer's eye."""
    by_rule: bool = True
    """Off: the encoder alone spoke."""

    def graver_than(self, other: Verdict) -> bool:
        """Whether this is an emergency and the other is not."""
        return self.level is Level.EMERGENCY and other.level is not Level.EMERGENCY


@dataclass(frozen=True)
class Mention:
    """One concept found in what was said."""

    concept: str
    start: int
    """Index of its first word."""
    end: int
    """One past its last word."""
    frames: frozenset[str]
    """Which of past, negated, general, harmless it stands in; empty: said of now."""


@dataclass(frozen=True)
class _Rule:
    """A pattern with the sign it belongs to."""

    sign: UrgentSign
    pattern: Pattern
    order: int
    """Place of the sign among the signs."""

    @property
    def level(self) -> Level:
        return self.pattern.level or self.sign.level

    @property
    def stages(self) -> frozenset[str]:
        return frozenset(self.pattern.stage or self.sign.stage)


def readings(words: Sequence[str]) -> list[Spot]:
    """Measurements as concepts, by the thresholds of the reference list of urgent signs.

    Blood pressure, millimetres of mercury, either number: very-high-bp-reading 160/110, high-bp-reading 140/90.
    Temperature, degrees Celsius: fever 38; 37.5 to 37.9 counts with any other symptom; newborn-urgent under 36; else
    normal.
    Pulse, beats a minute: racing-heart about 130 at rest, an emergency; from 110 where it does not settle.
    Ketones: high-sugar-emergency 1.5 in blood, 2 plus in urine.
    Sugar, mmol/L below 34, else mg/dL: low under 4 (70); high over 10 (180), well above any target after a meal.
    """
    said = numbers(words)
    if not said:
        return []
    pressures = list(blood_pressures(words, said))
    others = [number for number in said if not any(one.start <= number.start < one.end for one in pressures)]
    return [*_pressures(pressures), *_other_readings(words, others), *_weeks(words, said)]


def _pressures(measured: Iterable[BloodPressure]) -> Iterable[Spot]:
    for pressure in measured:
        upper, lower = pressure.upper or 0, pressure.lower or 0
        if upper >= 160 or lower >= 110:
            yield Spot("bp-very-high", pressure.start, pressure.end)
        elif upper >= 140 or lower >= 90:
            yield Spot("bp-high", pressure.start, pressure.end)


def _other_readings(words: Sequence[str], said: Sequence[Number]) -> Iterable[Spot]:
    for heat in temperatures(words, said):
        # 100.4 F is 38.0 C; the half-hundredth forgives rounding.
        if heat.value >= 37.995:
            yield Spot("temperature-fever", heat.start, heat.end)
        elif heat.value >= 37.5:
            yield Spot("temperature-raised", heat.start, heat.end)
        elif heat.value < 36:
            yield Spot("temperature-low", heat.start, heat.end)
        else:
            yield Spot("normal-temperature", heat.start, heat.end)
    for beat in pulses(words, said):
        if beat.value >= 110:
            yield Spot("pulse-very-fast" if beat.value >= 130 else "pulse-fast", beat.start, beat.end)
    for ketone in ketones(words, said):
        yield Spot("ketones-high" if ketone.value >= 1.5 else "ketones-raised", ketone.start, ketone.end)
    for sugar in sugars(words, said):
        if sugar.value < 4 or 34 <= sugar.value < 70:
            yield Spot("sugar-low", sugar.start, sugar.end)
        elif 10 < sugar.value < 34 or sugar.value > 180:
            yield Spot("sugar-high", sugar.start, sugar.end)


def _weeks(words: Sequence[str], said: Sequence[Number]) -> Iterable[Spot]:
    """Weeks of pregnancy as concepts, by number: "thirty nine weeks" must not be heard as nine."""
    for number in said:
        unit, after = words[number.end : number.end + 1], words[number.end + 1 : number.end + 2]
        if not _WEEK.isdisjoint(unit) and _AGE.isdisjoint(after):
            fitting = (concept for concept, first, last in _OF_WEEKS if first <= number.value <= last)
            yield from (Spot(concept, number.start, number.end + 1) for concept in fitting)


class _Heard:
    """One utterance while it is checked: its words, what was spotted, its clauses and their frames."""

    def __init__(self, words: Sequence[str], spots: Iterable[Spot]) -> None:
        self.words = words
        self.concepts: list[Spot] = []
        self._frames: dict[str, list[Spot]] = {}
        harmless: list[Spot] = []
        for spot in spots:
            if spot.label.startswith(_FRAME):
                self._frames.setdefault(spot.label.removeprefix(_FRAME), []).append(spot)
            elif spot.label.startswith(_HARMLESS):
                harmless.append(spot)
            else:
                self.concepts.append(spot)
        bounds = {0, *(spot.start for spot in self._of("clause_starts"))}
        self._bounds = sorted(bounds)
        # What has a new statement in one of its gaps is two things said, not one figure of speech or one old story.
        self._harmless = [spot for spot in harmless if bounds.isdisjoint(spot.skipped)]
        self._past = [spot for spot in self._of("past") if bounds.isdisjoint(spot.skipped)]
        self._denials = [spot for spot in self._of("negators") if not _inside_any(spot, self._of("no_denial"))]
        self._long_over = self._past_clauses()
        self._known: dict[tuple[int, int, frozenset[int]], frozenset[str]] = {}

    def frames(self, concept: Spot) -> frozenset[str]:
        """The frames a concept stands in."""
        key = (concept.start, concept.end, concept.skipped)
        if key not in self._known:
            self._known[key] = frozenset(self._frames_of(concept))
        return self._known[key]

    def _frames_of(self, concept: Spot) -> Iterator[str]:
        clause = self._clause(concept.start)
        if _inside_any(concept, self._harmless):
            yield _HARMLESS
        if any(self._denies(denial, concept, clause) for denial in self._denials):
            yield "negated"
        if clause in self._long_over:
            yield "past"
        if self._asked_in_general(concept, clause):
            yield "general"

    def _of(self, frame: str) -> list[Spot]:
        return self._frames.get(frame, [])

    def _clause(self, at: int) -> int:
        """The index of the first word of the clause that holds the word `at`."""
        return self._bounds[bisect_right(self._bounds, at) - 1]

    def _denies(self, denial: Spot, concept: Spot, clause: int) -> bool:
        """A negator reaches four words on, from one "or" to the next in its clause: no bleeding or pain or fever."""
        if denial.start in concept.skipped:
            # "my heart is not racing": inside the expression, straight before its last word.
            of_denial, of_last_word = self._clause(denial.start), self._clause(concept.end - 1)
            reach_from = self._carried_on(denial.end, concept.end - 1, _DENIED_INSIDE_WORDS)
            return concept.end - reach_from <= _DENIED_INSIDE_WORDS and of_denial == of_last_word
        if denial.end > concept.start or self._clause(denial.start) != clause:
            return False
        reach_from = self._carried_on(denial.end, concept.start, _DENIED_WITHIN_WORDS)
        return concept.start - reach_from < _DENIED_WITHIN_WORDS

    def _carried_on(self, start: int, end: int, within: int) -> int:
        """From where a denial reaches on: past the last "or" before `end` that it still reaches."""
        reach_from = start
        for at in range(start, end):
            if self.words[at] in {"or", "nor"} and at - reach_from <= within:
                reach_from = at + 1
        return reach_from

    def _past_clauses(self) -> frozenset[int]:
        """Clauses that tell of something long over: those that say so, and the others of a text without any present.
        A word of now inside an expression of the past is none: "he is eight now", "still going strong".
        """
        again, now = (
            [spot for spot in self._of(name) if not _inside_any(spot, self._past)] for name in ("again", "now")
        )
        if not self._past or again:
            return frozenset()
        said_past, told = self._clauses_of(self._past), self._clauses_of(self._of("told"))
        present = self._clauses_of(self._of("present")) - said_past
        return frozenset((said_past | told) - present - self._clauses_of(now))

    def _clauses_of(self, spots: Iterable[Spot]) -> set[int]:
        return {self._clause(spot.start) for spot in spots}

    def _asked_in_general(self, concept: Spot, clause: int) -> bool:
        """A question for knowledge, begun in the concept's clause and not made her own by what follows in it."""
        if self._of("mine"):
            return False
        plainly = self._begun("general", concept, clause)
        softly = (
            spot for spot in self._begun("general_softly", concept, clause) if self._clause(spot.end - 1) == clause
        )
        return (
            any(not self._own(question.end, clause, "described") for question in plainly)
            or any(not self._own(question.start, clause, "described", "detailed") for question in softly)
            or any(question.start <= concept.start < question.end for question in self._of("general_through"))
        )

    def _begun(self, frame: str, concept: Spot, clause: int) -> Iterator[Spot]:
        """The questions of a frame that begin in the concept's clause, no later than the concept."""
        return (spot for spot in self._of(frame) if spot.start <= concept.start and self._clause(spot.start) == clause)

    def _own(self, start: int, clause: int, *frames: str) -> bool:
        return any(
            spot.start >= start and self._clause(spot.start) == clause for frame in frames for spot in self._of(frame)
        )


def _inside_any(spot: Spot, others: Iterable[Spot]) -> bool:
    return any(other.start <= spot.start and spot.end <= other.end for other in others)


def gravest(verdicts: Iterable[Verdict]) -> Verdict | None:
    """The gravest sign; of two at one level the one carried by more concepts, then the one that comes first."""
    return min(verdicts, key=lambda v: (v.level is not Level.EMERGENCY, -len(v.because)), default=None)


class UrgentCheck:
    """The compiled rules of one language."""

    def __init__(
        self, patterns: UrgentPatterns, signs: Mapping[str, UrgentSign], calm: Iterable[str] = frozenset()
    ) -> None:
        """Takes the patterns and the signs they belong to; read-only and thread-safe. `calm`: comparable texts of which
        it is known from the build that these very rules hear nothing in them at any stage.
        """
        self._patterns = patterns
        self._signs = signs
        self._calm = frozenset(calm)

    def compile(self) -> None:
        """What the first text would do. Raises UnknownWordListError."""
        _ = self._spotter, self._rules, self._concepts, self._ordinary

    @cached_property
    def _spotter(self) -> Spotter:
        patterns = self._patterns
        labelled: dict[str, tuple[str, ...]] = dict(patterns.concepts)
        labelled.update({_FRAME + name: words for name, words in patterns.frames})
        # Each figure of speech for itself: a longer reading of one must not take the place of another.
        labelled.update({f"{_HARMLESS}:{figure}": (figure,) for figure in patterns.harmless})
        return Spotter(labelled, patterns.words)

    @cached_property
    def _ordinary(self) -> Ordinary:
        return Ordinary(self._patterns.ordinary, self._patterns.words)

    @cached_property
    def _concepts(self) -> Mapping[str, frozenset[str]]:
        signs = self._patterns.signs.items()
        return {sign: frozenset().union(*(rule.all for rule in rules)) for sign, rules in signs}

    @cached_property
    def _excuses(self) -> Mapping[str, frozenset[str]]:
        signs = self._patterns.signs.items()
        return {sign: frozenset().union(*(rule.unless for rule in rules)) for sign, rules in signs}

    @cached_property
    def _rules(self) -> Mapping[str, list[_Rule]]:
        """Each under its first concept: of the hundreds of rules only those whose concept was said are tried."""
        found: dict[str, list[_Rule]] = {}
        for order, (sign, rules) in enumerate(self._patterns.signs.items()):
            for pattern in rules:
                found.setdefault(pattern.all[0], []).append(_Rule(self._signs[sign], pattern, order))
        return found

    def __call__(self, utterance: str, stages: frozenset[str] = frozenset()) -> Verdict | None:
        """What was said, and the stages she is known to be in (empty: not known, every stage matches) → the gravest
        sign, or None. Of two at one level the one carried by more concepts, then the one listed first. Raises nothing.
        """
        return gravest(self.all_signs(utterance, stages))

    def all_signs(self, utterance: str, stages: frozenset[str] = frozenset()) -> list[Verdict]:
        """Every sign heard, in the order of the rules. What the words say of the stage overrides `stages`."""
        text = comparable(utterance)
        if not text or text in self._calm:
            return []
        stages = stages_heard(text) or stages
        by_sign: dict[int, _Rule] = {}
        holding = [rule for part in _windows(text.split()) for rule in self._holding(part, stages)]
        for rule in sorted(holding, key=lambda r: (r.order, r.level is not Level.EMERGENCY, -len(r.pattern.all))):
            by_sign.setdefault(rule.order, rule)
        refuted = self._refuted(text) if by_sign else frozenset()
        rules = (rule for rule in by_sign.values() if rule.sign.id not in refuted)
        return [Verdict(rule.sign.id, rule.level, rule.pattern.all) for rule in rules]

    def _refuted(self, text: str) -> frozenset[str]:
        """The signs that a reading in a comparable text speaks against. That it is of sugar has to be said."""
        words = text.split()
        if "sugar-high" not in {spot.label for spot in readings(words)}:
            return frozenset()
        said = {*words, *(mention.concept for mention in self.mentions(text))}
        return frozenset(
            sign for sign, kept in _REFUTED_BY_HIGH_SUGAR.items() if "diabetes" in said and kept.isdisjoint(said)
        )

    def _holding(
        self, words: Sequence[str], stages: frozenset[str], also: frozenset[str] = frozenset()
    ) -> Iterator[_Rule]:
        """The rules whose concepts are all there; `also`: frames in which they may stand beside those of the rule."""
        said: dict[str, list[Mention]] = {}
        for mention in self._mentions(words):
            said.setdefault(mention.concept, []).append(mention)
        for concept in said:
            for rule in self._rules.get(concept, ()):
                if _stage_fits(rule, stages) and _holds(rule.pattern, said, also):
                    yield rule

    def asked_about(self, utterance: str, stages: frozenset[str] = frozenset()) -> Verdict | None:
        """The gravest sign that is told of, or asked about as what may come: "what if the cord comes out"."""
        parts = _windows(comparable(utterance).split())
        holding = [rule for part in parts for rule in self._holding(part, stages, also=frozenset({"general"}))]
        return gravest(Verdict(rule.sign.id, rule.level, rule.pattern.all) for rule in holding)

    def only_denied(self, sign: str, utterance: str) -> bool:
        """Whether words of this sign are there, all of them denied, past, asked in general or harmless."""
        concepts = self._concepts.get(sign, frozenset())
        ours = [mention for mention in self.mentions(comparable(utterance)) if mention.concept in concepts]
        return bool(ours) and all(mention.frames for mention in ours)

    def is_excused(self, sign: str, utterance: str) -> bool:
        """Whether something is said of now that makes one of this sign's patterns harmless."""
        unless = self._excuses.get(sign, frozenset())
        return any(mention.concept in unless and not mention.frames for mention in self.mentions(comparable(utterance)))

    def only_sounds_like(self, utterance: str) -> frozenset[str]:
        """The signs that an utterance only sounds like: it is ordinary talk and nothing else, or a reading in it
        speaks against them.
        """
        text = comparable(utterance)
        words = text.split()
        return self._ordinary.only_like(words, readings(words)) | self._refuted(text)

    def mentions(self, text: str) -> list[Mention]:
        """Every concept in a comparable text, each with the frames it stands in."""
        return self._mentions(text.split())

    def _mentions(self, words: Sequence[str]) -> list[Mention]:
        heard = _Heard(words, [*self._spotter.find(words), *readings(words)])
        return [Mention(spot.label, spot.start, spot.end, heard.frames(spot)) for spot in heard.concepts]


def _windows(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """All the words, or, of a text far longer than speech, overlapping stretches: the work stays in step with its
    length and no sign is cut, since what belongs together stands within half a stretch."""
    yield words[:_WINDOW_WORDS]
    for start in range(_WINDOW_WORDS // 2, len(words) - _WINDOW_WORDS // 2, _WINDOW_WORDS // 2):
        yield words[start : start + _WINDOW_WORDS]


def _stage_fits(rule: _Rule, stages: frozenset[str]) -> bool:
    return not stages or "any" in rule.stages or not stages.isdisjoint(rule.stages)


def _holds(pattern: Pattern, said: Mapping[str, Sequence[Mention]], also: frozenset[str]) -> bool:
    allowed = also.union(pattern.even_if)
    places = []
    for concept in pattern.all:
        starts = [mention.start for mention in said.get(concept, ()) if mention.frames <= allowed]
        if not starts:
            return False
        places.append(starts)
    if any(mention.frames <= {_HARMLESS} for concept in pattern.unless for mention in said.get(concept, ())):
        return False
    return pattern.within is None or _close(places, pattern.within)


def _close(places: Sequence[Sequence[int]], within: int) -> bool:
    """Is there a word of the first list with one of every other list at most `within` words away?"""
    first, *others = places
    return any(all(any(abs(here - there) <= within for there in other) for other in others) for here in first)
