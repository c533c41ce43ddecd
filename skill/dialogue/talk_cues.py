"""What she says about herself and about the talk: the words of talk.yaml, compiled.

Pure: a text goes in, what it says comes out. Every text is made comparable first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from skill.expressions import Expressions
from skill.library.after_loss import AfterLoss
from skill.library.cues import Beyond, BeyondName, Cues
from skill.library.talk import AsideName, ReasonName, Talk
from skill.stages import beside_numbers, stages_said
from skill.text import comparable

_LONGEST_ASIDE = 20
"""Words of a sentence that is about the talk; a longer one tells something."""
_LONGEST_REASON = 10
_LONGEST_FOLLOW_UP = 9
_OWNERS = frozenset({"my", "the", "her"})
_Name = TypeVar("_Name", bound=str)
_TAKING_BACK = ("no ", "sorry ", "oh ", "wait ", "actually ")
_ONLY_A_PLACE = re.compile(
    r"(?:it is )?((?:my|the|her) (?!other|one|same|baby|husband|wife|sister|friend|partner)\w+(?: \w+)?)"
)
""" "My back", "it is my lower back" """
_THIS_NOT_THAT = re.compile(
    r"(?:it is |i mean |i meant |i have )?"
    r"((?:my |the |her )?(?!i |it |that |this )\w+(?: (?!is|was|am|does|has|had|will|can|are)\w+)?) "
    r"(?:and )?not (?:my|the|her) .+"
)


class TalkCues:
    """The compiled words of one language; read-only, safe to share between threads."""

    def __init__(self, talk: Talk, cues: Cues, after_loss: Iterable[AfterLoss] = ()) -> None:
        """Compiles the expressions once."""
        self._after_loss = [(entry, Expressions(entry.asked)) for entry in after_loss]
        self._fillers = frozenset(talk.fillers)
        self._yes = frozenset(talk.yes_first)
        self._asking_first, self._asking = Expressions(talk.asking_first), Expressions(talk.asking)
        self._denying_first = Expressions(talk.denying_first)
        self._corrections, self._not_this_but = Expressions(talk.corrections), Expressions(talk.not_this_but)
        self._for_another = Expressions(talk.for_another)
        self._of_newborn, self._beside_newborn = Expressions(talk.of_newborn), Expressions(talk.beside_newborn)
        self._details = Expressions(talk.details)
        self._detail_words = frozenset({*talk.detail_words, *cues.far_along, *cues.light})
        self._of_baby, self._thinking = Expressions(talk.of_baby), Expressions(talk.thinking)
        self._means_baby, self._of_her = Expressions(talk.means_baby), Expressions(talk.of_her_first)
        self._baby_pronouns = frozenset(talk.baby_pronouns)
        self._of_herself = frozenset(talk.of_herself)
        self._reading_words = frozenset(talk.reading_words)
        self._what_if = Expressions(talk.what_if)
        self._over, self._taken_back = Expressions(talk.over), Expressions(talk.taken_back)
        self._explaining, self._pointing = Expressions(talk.explaining), frozenset(talk.pointing)
        self._near, self._near_now = Expressions(talk.near), Expressions((*talk.near, *talk.near_now))
        self._near_words = frozenset({*talk.near_words, *cues.light})
        self._unwilling, self._overwhelmed = Expressions(talk.unwilling), Expressions(talk.overwhelmed)
        self._called, self._will_call = Expressions(talk.called), Expressions(talk.will_call)
        self._how_to_tell = Expressions(talk.how_to_tell)
        self._stops_medicine = Expressions(talk.stops_medicine)
        self._medicines, self._asks_for_medicine = Expressions(talk.medicines), Expressions(talk.asks_for_medicine)
        self._lost = Expressions(talk.lost)
        self._denies_harm, self._leaves_open = Expressions(talk.denies_harm), Expressions(talk.leaves_open)
        self._in_particular = Expressions(talk.in_particular)
        self._follow_ups, self._beyond = _by_name(cues.follow_ups), _by_name(cues.beyond)
        self._beyond_words = frozenset({*talk.beyond_words, *cues.light})
        self._subjects = talk.subjects
        self._lasting = Expressions(cues.lasting)
        self._asks_to_call, self._afraid = Expressions(talk.asks_to_call), Expressions(talk.afraid)
        self._in_first_person = talk.in_first_person
        self._of_another = Expressions(talk.in_first_person)
        self._asking_for = frozenset({*talk.asking_for, *talk.stage_words, *cues.light})
        self._only_stage = frozenset({*talk.stage_words, *cues.far_along, *cues.light})
        self._about_it = frozenset({*talk.about_it, *cues.light})
        self._asides = {name: Expressions(words) for name, words in talk.asides.items()}
        self._reasons = {name: Expressions(words) for name, words in talk.reasons.items()}
        self._plain = frozenset({*talk.vague.plain, *cues.light})
        self._places = talk.vague.places
        self._light = frozenset(cues.light)
        self._of_pregnancy = Expressions(cues.of_pregnancy)

    def is_statement(self, text: str) -> bool:
        """Whether she states something: no question, no denial."""
        said = self._without_fillers(text)
        return bool(said) and not self._asks(said) and not self._denying_first.match(said)

    def is_denial(self, text: str) -> bool:
        """Whether a sentence begins with a denial: "not me, my dog"."""
        return bool(self._denying_first.match(self._without_fillers(text)))

    def only_denies(self, text: str) -> bool:
        """Whether a sentence says that something is not so, and asks nothing."""
        return self.is_denial(text) and not self._asks(self._without_fillers(text))

    def are_details(self, words: Iterable[str]) -> bool:
        """Whether single words name no complaint: when, how often, "or anything"."""
        return self._detail_words.issuperset(words)

    def begins_with_yes(self, text: str) -> bool:
        """Whether a sentence begins with yes and goes on."""
        first, _, rest = comparable(text).partition(" ")
        return bool(rest) and first in self._yes

    def corrected(self, text: str) -> str | None:
        """What she means after all, where she takes something back: "no i meant my hip", "no my hip", "it is my hip not
        my back" → "my hip"; else None.
        """
        said = self._without_fillers(text)
        begins = said
        while said.startswith(_TAKING_BACK):
            said = said.partition(" ")[2]
        place = _THIS_NOT_THAT.fullmatch(said) or (_ONLY_A_PLACE.fullmatch(said) if said != begins else None)
        if place is not None:
            named = place.group(1)
            return named if named.split()[0] in _OWNERS else f"my {named}"
        meant = said
        for _ in range(2):  # "i meant not my back my hip"
            if taken := self._not_this_but.match(meant):
                owner = taken.group().split()[-1]
                rest = meant[taken.end() :].strip()
                meant = f"{owner} {rest}" if owner in _OWNERS else rest
            elif said_first := self._corrections.match(meant):
                meant = meant[said_first.end() :].strip()
        meant = " ".join(meant.split())
        return meant if meant and meant != said else None

    def is_a_place(self, text: str) -> bool:
        """Whether a sentence names a place of the body, and nothing else: "my foot"."""
        return _ONLY_A_PLACE.fullmatch(self._without_fillers(text)) is not None

    def is_for_another(self, text: str) -> bool:
        """Whether it is about somebody else who is pregnant."""
        return bool(self._for_another.search(comparable(text)))

    def is_of_newborn(self, text: str) -> bool:
        """Whether it is about the health of a baby that is born, and not about how she is herself with it."""
        said = comparable(text)
        return bool(self._of_newborn.search(said)) and not self._beside_newborn.search(said)

    def tells_of_baby(self, text: str) -> bool:
        """Whether a sentence is about a baby that is born, as "my baby is" is where the birth is over."""
        return bool(self._of_baby.match(self._as_said(text)))

    def means_baby(self, text: str) -> bool:
        """Whether a sentence corrects who is meant to a baby, and says nothing else: "not me, the baby"."""
        return not self._means_baby.sub("", self._as_said(text)).strip() and bool(comparable(text))

    def of_baby_instead(self, text: str) -> str:
        """What she told of herself, as told of the baby: "i have a fever" → "my baby is a fever but my baby has .."."""
        said = self._as_said(text)
        if (of_her := self._of_her.match(said)) is not None:
            said = said[of_her.end() :].strip()
        return f"my baby is {said} but my baby has {said}"

    def points_at_baby(self, text: str) -> bool:
        """Whether it can be about the baby that was told of: by name or as "he" or "she", and not about herself."""
        said = self._as_said(text)
        left = self._of_baby.sub("", said).split()
        named = bool(self._of_baby.match(said)) or not self._baby_pronouns.isdisjoint(left)
        return named and self._of_herself.isdisjoint(left)

    def is_of_herself(self, text: str) -> bool:
        """Whether she speaks of herself."""
        return not self._of_herself.isdisjoint(self._of_baby.sub("", self._as_said(text)).split())

    def is_reading(self, text: str) -> bool:
        """Whether a sentence is a number, and nothing but what it was read from: "it says thirty eight point two"."""
        words = comparable(text).split()
        others = beside_numbers(words)
        return len(others) < len(words) and others <= self._reading_words

    def as_of_baby(self, text: str) -> str:
        """What is said of the baby, or of nobody, with the baby named: "he is hot", "really hot" → "my baby is ..."."""
        said = self._as_said(text)
        if self._of_baby.match(said):
            return said
        words = said.split()
        if self._baby_pronouns.isdisjoint(words):
            return f"my baby is {said.removeprefix('it is ')}"
        return " ".join("my baby" if word in self._baby_pronouns else word for word in words)

    def tells_only_details(self, text: str) -> bool:
        """Whether a sentence only says how often, how long or when: "every five minutes". A question does not."""
        left = self._details.sub("", said := comparable(text))
        return left != said and self.are_details(left.split()) and not self._asks(said)

    def tells_only_for_whom(self, text: str) -> bool:
        """Whether a sentence only says that somebody else is asked for: "it's for my sister"."""
        said = comparable(text)
        left = self._for_another.sub("", said)
        return left != said and self._asking_for.issuperset(left.split())

    def in_first_person(self, text: str) -> str:
        """What is asked about somebody else, as if she asked herself: "why does her back hurt" → "why does my ..."."""
        return self._of_another.sub(lambda found: self._in_first_person[found.group()], comparable(text))

    def follows_up(self, text: str) -> BeyondName | None:
        """What no article has a part for, asked about what is being talked about: "how long does it last"."""
        return _first(self._follow_ups, text, _LONGEST_FOLLOW_UP)

    def asks_beyond(self, text: str) -> BeyondName | None:
        """The same with its topic: "how long does heartburn last"."""
        return _first(self._beyond, text, _LONGEST_FOLLOW_UP)

    def subject_beyond(self, text: str) -> str | None:
        """The one word that such a question is about: "when will i stop bleeding" → "bleeding"; else None."""
        if self.asks_beyond(text) is None:
            return None
        words = [word for word in comparable(text).split() if word not in self._beyond_words]
        return self._subjects.get(words[0], words[0]) if len(words) == 1 else None

    def tells_how_long(self, sentence: str) -> bool:
        """Whether a sentence of an article says how long it lasts."""
        return bool(self._lasting.search(comparable(sentence)))

    def asks_to_call(self, text: str) -> bool:
        """Whether she asks us to call for help."""
        return bool(self._asks_to_call.search(comparable(text)))

    def is_afraid(self, text: str) -> bool:
        """Whether a sentence says that she is afraid, and nothing else."""
        left = self._afraid.sub("", said := comparable(text))
        return left != said and self._light.issuperset(left.split())

    def is_over(self, text: str) -> bool:
        """Whether she says that it is over, or that she feels well."""
        said = self._without_fillers(text)
        return self._aside(self._over.search(said), said) and not self._asks(said)

    def takes_back(self, text: str) -> bool:
        """Whether she says that it was nothing, or was long ago."""
        return self._aside(self._taken_back.search(said := comparable(text)), said)

    def explains(self, text: str) -> bool:
        """Whether a sentence guesses at what it is: "maybe it's just heartburn", "she says it's the heat"."""
        return bool(self._explaining.search(comparable(text)))

    def goes_on(self, text: str) -> bool:
        """Whether a statement goes on about what was told last, without a complaint of its own: "it's hot and red"."""
        return self.is_statement(text) and self._as_said(text).partition(" ")[0] in self._pointing

    def tells_who_is_near(self, text: str, *, overheard: bool) -> bool:
        """Whether a sentence says where others are, and nothing else; `overheard`: also that she cannot talk."""
        left = (self._near_now if overheard else self._near).sub("", said := comparable(text))
        return left != said and self._near_words.issuperset(left.split())

    def is_unwilling(self, text: str) -> bool:
        """Whether she says that she will not call, or that nobody is to know."""
        return self._aside(self._unwilling.search(said := comparable(text)), said)

    def is_overwhelmed(self, text: str) -> bool:
        """Whether she says that she cannot go on like this, or does not want the baby."""
        return self._aside(self._overwhelmed.search(said := comparable(text)), said)

    def asks_about_it(self, text: str) -> bool:
        """Whether a question has nothing of its own but what it asks: "what are the signs"."""
        words = frozenset(comparable(text).split())
        return self._about_it.issuperset(words) and not self.is_statement(text)

    def aside(self, text: str) -> AsideName | None:
        """What people ask of any device, where she asks it: whether it records, how it is, who checked it."""
        return None if self.is_statement(text) else _first(self._asides, text, _LONGEST_REASON)

    def has_called(self, text: str) -> bool:
        """Whether she says that care is called or there."""
        return self._aside(self._called.search(said := comparable(text)), said)

    def will_call(self, text: str) -> bool:
        """Whether she says that she is about to call."""
        return self._aside(self._will_call.search(said := comparable(text)), said)

    def denies_harm(self, text: str) -> bool:
        """Whether she says clearly that she will not harm herself, and nothing that leaves it open."""
        said = comparable(text)
        return self._aside(self._denies_harm.search(said), said) and not self._leaves_open.search(said)

    def denies_harm_unclearly(self, text: str) -> bool:
        """Whether she says so, and something that leaves it open: "not tonight"."""
        return bool(self._denies_harm.search(comparable(text))) and not self.denies_harm(text)

    def asks_in_particular(self, text: str) -> bool:
        """Whether a question is about one thing that she names: "can i wear those tight socks"."""
        return bool(self._in_particular.match(self._without_fillers(text)))

    def asks_what_if(self, text: str) -> bool:
        """Whether she asks about what may come: "what if my waters break"."""
        return bool(self._what_if.match(self._without_fillers(text)))

    def asks_how_to_tell(self, text: str) -> bool:
        """Whether she asks how to know that it is so: "how do i know if i'm pregnant"."""
        return bool(self._how_to_tell.search(comparable(text)))

    def asks_about_medicine(self, text: str) -> str | None:
        """The medicine that she asks about, whether she can take it, or how much; else None."""
        said = self._without_fillers(text)
        named = self._medicines.search(said) if self._asks_for_medicine.match(said) else None
        return named.group() if named is not None else None

    def asks_to_stop_medicine(self, text: str) -> bool:
        """Whether she asks if she should stop a medicine: "should i come off them"."""
        return bool(self._stops_medicine.search(comparable(text)))

    def tells_a_loss(self, text: str) -> bool:
        """Whether she tells outright of a loss."""
        return bool(self._lost.search(comparable(text)))

    def speaks_of_pregnancy(self, text: str) -> bool:
        """Whether a text, or a template, speaks of what hurts after a loss: a pregnancy, a birth, a baby."""
        return bool(self._of_pregnancy.search(comparable(text)))

    def asks_after_loss(self, text: str) -> AfterLoss | None:
        """What is said to a sentence after a loss was told, where there is something for it."""
        said = comparable(text)
        if len(said.split()) > _LONGEST_ASIDE:
            return None
        return next((entry for entry, asked in self._after_loss if asked.search(said)), None)

    def says_only_that(self, text: str) -> bool:
        """Whether a sentence says that it is over, or tells a loss, and nothing else but when."""
        said = comparable(text)
        left = self._lost.sub("", self._taken_back.sub("", self._over.sub("", said)))
        return left != said and self._only_stage.issuperset(left.split())

    def tells_only_stage(self, text: str) -> bool:
        """Whether a sentence only says how far along she is, or that the birth is over."""
        return bool(stages_said(text)) and self._only_stage.issuperset(comparable(text).split())

    def reason(self, text: str) -> ReasonName | None:
        """Why an answer did not help, where she says so."""
        return _first(self._reasons, text, _LONGEST_REASON)

    def vague_topics(self, text: str) -> tuple[str, ...]:
        """The topics to choose from, where a statement names a place and nothing else; else none."""
        words = comparable(text).split()
        places = [word for word in words if word in self._places]
        others = set(words) - set(places) - self._plain
        return self._places[places[0]] if len(set(places)) == 1 and not others else ()

    def content_words(self, text: str) -> frozenset[str]:
        """The words that carry meaning."""
        return frozenset(comparable(text).split()) - self._light

    def _as_said(self, text: str) -> str:
        """Comparable, without how she says it: "i think he is hot" → "he is hot"."""
        said = comparable(text)
        while (thinking := self._thinking.match(said)) is not None and thinking.end() < len(said):
            said = said[thinking.end() :].strip()
        return said

    def _asks(self, said: str) -> bool:
        return bool(self._asking_first.match(said) or self._asking.search(said))

    def _aside(self, found: object, said: str) -> bool:
        return bool(found) and len(said.split()) <= _LONGEST_ASIDE

    def _without_fillers(self, text: str) -> str:
        words = comparable(text).split()
        while len(words) > 1 and words[0] in self._fillers:
            words = words[1:]
        return " ".join(words)


def _by_name(lists: Beyond) -> dict[BeyondName, Expressions]:
    return {
        "how_long": Expressions(lists.how_long),
        "outlook": Expressions(lists.outlook),
        "fault": Expressions(lists.fault),
    }


def _first(lists: Mapping[_Name, Expressions], text: str, longest: int) -> _Name | None:
    """The first of the lists that is heard in a text of so many words at most."""
    said = comparable(text)
    if len(said.split()) > longest:
        return None
    return next((name for name, words in lists.items() if words.search(said)), None)
