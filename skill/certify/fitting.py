"""What fits each intent: where its samples are said, and what kind of reply they have to get.

An intent of which nothing is known here has no fitting reply: whoever adds one says what fits it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from skill.certify.everywhere import ENDING, HELP, NO, YES, stops
from skill.certify.probe import Answer, Wording, markup_of
from skill.certify.responses import CARD_INTENT, says
from skill.certify.states import BEGUN, CHOICE, GROUPS, ITEMS, RATING, URGENT
from skill.simulator.hear import HeardSlot

_HEARD_OUT = ("answer", "choose", "urgent")
_ON_A_SYMPTOM = (*_HEARD_OUT, "unknown")
_SAME_WORDS = 8
"""Words at the beginning of a reply from which it is known again."""


@dataclass(frozen=True)
class Said:
    """One sample and what came of it."""

    answer: Answer
    before: Answer
    """The answer that led into the state in which it was said."""
    wording: Wording
    slots: Sequence[HeardSlot]

    def ids(self, *slot_types: str) -> set[str]:
        """The listed values that slots of these types resolved to."""
        resolved = (slot.resolution for slot in self.slots if slot.type in slot_types)
        return {value for found in resolved if found for value, _ in found.values if value}

    @property
    def stays_on_topic(self) -> bool:
        """It is about what was talked about before."""
        return self.answer.understood.get("topic") == self.before.understood.get("topic")


@dataclass(frozen=True)
class Fit:
    """What fits one kind of sample."""

    says: str
    """In words, for the report."""
    fits: Callable[[Said], bool]
    state: str = RATING
    """Where it is said: the name of a state."""


def fit_for(intent: str, slots: Sequence[str], aspect: str | None) -> Fit | None:
    """What fits a sample of this intent that has slots of these types; `aspect` is the part of an article that the
    intent stands for. None where nobody has said.
    """
    if "Topic" in slots:
        return Fit("an answer on what is named, or a choice that has it", lambda said: _on_topic(said, aspect), BEGUN)
    if intent in _OF_THE_TALK:
        return _OF_THE_TALK[intent]
    if {"Complaint", "AMAZON.SearchQuery"} & {*slots}:
        return Fit("an answer, a choice, what to do, or that it is not known", _on_a_symptom, BEGUN)
    if intent.startswith("AMAZON.") or (aspect is None and intent not in _FOLLOW_UPS):
        return None
    return Fit("the same topic, and the part asked about", lambda said: _follows_up(said, aspect))


_FOLLOW_UPS = ("HowLongIntent", "OutlookIntent", "FaultIntent")
"""They ask what no part of an article is about."""


def _on_topic(said: Said, aspect: str | None) -> bool:
    understood = said.answer.understood
    named = said.ids("Topic") & {understood.get("topic"), *understood.get("choices", ())}
    if said.answer.outcome == "urgent":  # what was named can be an urgent sign, or beside one
        return True
    if said.ids("Complaint"):  # two things in one breath: together they can mean a third, as "after birth" does
        return said.answer.outcome in _HEARD_OUT and _goes_on(said)
    part = aspect is None or said.answer.outcome != "answer" or understood.get("aspect") == aspect
    return bool(named) and part and _goes_on(said)


def _on_a_symptom(said: Said) -> bool:
    gently = said.answer.attributes.get("lost") is True  # the phrase told of a loss
    return (gently or said.answer.outcome in _ON_A_SYMPTOM) and _goes_on(said)


def _follows_up(said: Said, aspect: str | None) -> bool:
    part = aspect is None or said.answer.understood.get("aspect") == aspect
    return said.stays_on_topic and part and _goes_on(said)


def _goes_on(said: Said) -> bool:
    return not said.answer.ends


def _asks(*asked: str) -> Callable[[Said], bool]:
    return lambda said: said.answer.asked in asked and said.answer.outcome == "command"


def _speaks_of(aspect: str) -> Callable[[Said], bool]:
    return lambda said: said.answer.understood.get("aspect") == aspect and _goes_on(said)


def _remembers(what: str) -> Callable[[Said], bool]:
    return lambda said: said.answer.attributes.get(what) is True and _goes_on(said)


def _begins_alike(said: Said) -> bool:
    now, before = (answer.speech.split()[:_SAME_WORDS] for answer in (said.answer, said.before))
    return now == before and _goes_on(said)


def _is_slower(said: Said) -> bool:
    return "<prosody rate" in markup_of(said.answer.body) and _begins_alike(said)


def _is_shorter(said: Said) -> bool:
    now, before = (str(answer.attributes.get("said", "")) for answer in (said.answer, said.before))
    return 0 < len(now) < len(before) and said.stays_on_topic


def _goes_further(said: Said) -> bool:
    return said.stays_on_topic and not _begins_alike(said) and _goes_on(said)


def _names_emergency_number(said: Said) -> bool:
    return says(said.answer, said.wording.emergency_number) and _goes_on(said)


def _names_skill(said: Said) -> bool:
    return said.wording.skill_name in said.answer.speech and _goes_on(said)


def _sends_card(said: Said) -> bool:
    return isinstance(said.answer.body.get("card"), dict) and _goes_on(said)


def _goes_back(said: Said) -> bool:
    """From the items of a list to the answer before them."""
    return said.stays_on_topic and said.answer.understood.get("aspect") != said.before.understood.get("aspect")


def _picks(said: Said) -> bool:
    """One of those offered, or it is asked once more which; words that tell of something else are answered."""
    offered = said.before.attributes.get("choices", ())
    again = said.answer.asked == "choice" and said.answer.attributes.get("choices") == offered
    told_otherwise = bool(said.ids("Complaint")) and _on_a_symptom(said)
    return said.answer.understood.get("topic") in offered or again or told_otherwise


def _opens_group(said: Said) -> bool:
    return said.answer.attributes.get("group") in said.ids("Group") and _goes_on(said)


def _notes_weeks(said: Said) -> bool:
    return str(said.answer.attributes.get("weeks")) in said.ids("Weeks") and _goes_on(said)


_ASKS_ON = Fit("whether there is anything else", _asks("anything_else"))
_RATED = Fit("thanks, and whether there is anything else or why not", _asks("anything_else", "why_not"))
_ASKS_OPENLY = Fit("an open question", _asks("open"))
_CALMED = Fit("that what was said still holds", _remembers("calmed"), URGENT)
_NUMBER = Fit("the emergency number", _names_emergency_number)
_SHORTER = Fit("fewer words on the same topic", _is_shorter)
_FURTHER = Fit("other words on the same topic", _goes_further)

_OF_THE_TALK: Mapping[str, Fit] = {
    HELP: Fit("help", _speaks_of("help")),
    **dict.fromkeys(ENDING, Fit("a goodbye, and the end", lambda said: stops(said.answer))),
    "AMAZON.FallbackIntent": Fit("that it was not understood", lambda said: said.answer.outcome == "unknown", BEGUN),
    "AMAZON.RepeatIntent": Fit("the same words", _begins_alike),
    "AMAZON.MoreIntent": _FURTHER,
    "AMAZON.NextIntent": _FURTHER,
    "AMAZON.PreviousIntent": Fit("the answer before", _goes_back, ITEMS),
    "AMAZON.StartOverIntent": _ASKS_OPENLY,
    YES: _ASKS_ON,
    NO: _RATED,
    "NotHelpfulIntent": _RATED,
    "SlowerIntent": Fit("the same words, slower", _is_slower),
    "ShorterIntent": _SHORTER,
    "NotClearIntent": _SHORTER,
    "SomethingElseIntent": _ASKS_OPENLY,
    "NotMineIntent": _ASKS_OPENLY,
    "SourceIntent": Fit("the source of the answer", lambda said: _follows_up(said, "source")),
    "TopicListIntent": Fit("the list of topics", _speaks_of("topic_list"), BEGUN),
    "GroupIntent": Fit("the topics of the group", _opens_group, GROUPS),
    "AllRightIntent": _CALMED,
    "FalseAlarmIntent": _CALMED,
    "CareCalledIntent": _CALMED,
    CARD_INTENT: Fit("a card", _sends_card),
    "HowFarAlongIntent": Fit("that it was not told", _asks("open"), BEGUN),
    "WeeksIntent": Fit("that the weeks are noted", _notes_weeks, BEGUN),
    "HerWeeksIntent": Fit("that it is noted, and an open question", _asks("open"), BEGUN),
    "WaitIntent": Fit("that there is time", lambda said: said.answer.asked == "open" and said.stays_on_topic),
    "OkayIntent": _ASKS_ON,
    "NotSureIntent": _ASKS_ON,
    "NumberIntent": _NUMBER,
    "CallForMeIntent": _NUMBER,
    "NoAnswerIntent": _NUMBER,
    "HelloIntent": Fit("a greeting, and an open question", _asks("open"), BEGUN),
    "ThanksIntent": _ASKS_ON,
    "WhoAreYouIntent": Fit("the skill's name", _names_skill, BEGUN),
    "ChooseIntent": Fit("one of those offered, or which", _picks, CHOICE),
}
"""Intents that are about the talk itself."""
