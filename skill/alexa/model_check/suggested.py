"""The rule on what prompts invite people to say: the model covers it exactly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from skill.alexa.model_check.limits import ModelFault, fault
from skill.alexa.model_check.parts import Case, SlotUse
from skill.alexa.model_check.words import USUAL_WORDS, words

Words = tuple[str, ...]
Place = str | frozenset[str]
"""A fixed word, or the listed phrases of a slot."""


def suggestions_covered(case: Case) -> Iterator[ModelFault]:
    """Every suggested phrase is a sample, with listed values in its slots, or usual words of a built-in in the model.

    With a matcher that plays Alexa, an intent that covers it has to hear it, exactly.
    """
    coverage = Coverage(case)
    for phrase in dict.fromkeys(case.suggested):
        said = words(phrase)
        covering = coverage.intents(said)
        if not covering:
            remedy = "Add a sample or a value for it, or suggest another."
            yield fault("suggested-uncovered", f"“{phrase}”", "A prompt suggests it, and no sample covers it.", remedy)
        elif case.hear is not None:
            heard, exactly = case.hear(phrase)
            if heard not in covering or not exactly:
                problem = f"It is covered by {' and '.join(covering)}, and heard as {heard}."
                yield fault("suggested-misheard", f"“{phrase}”", problem, "Find what is heard instead.")


class Coverage:
    """Which intents cover a sentence, word for word."""

    def __init__(self, case: Case) -> None:
        self._fixed: dict[Words, list[str]] = defaultdict(list)
        self._slotted: list[tuple[str, frozenset[str], tuple[Place, ...]]] = []
        for intent in case.model.intents or ():
            for sample in intent.samples:
                if not sample.braces_pair:
                    continue
                if not sample.slots:
                    self._fixed[sample.fixed].append(intent.name)
                    continue
                places = tuple(_place(element, intent.types, case) for element in sample.elements)
                self._slotted.append((intent.name, frozenset(sample.fixed), places))
            for usual in USUAL_WORDS.get(intent.name, ()) if case.english else ():
                self._fixed[words(usual)].append(intent.name)

    def intents(self, said: Words) -> list[str]:
        """In the order of the model, each once; none for a sentence without words."""
        if not said:
            return []
        heard = frozenset(said)
        slotted = [name for name, fixed, places in self._slotted if fixed <= heard and _fits(places, said)]
        return list(dict.fromkeys([*self._fixed.get(said, ()), *slotted]))


def _place(element: str | SlotUse, types: dict[str, str], case: Case) -> Place:
    if isinstance(element, str):
        return element
    defined = case.model.type_by_name.get(types.get(element.name, ""))
    return defined.listed if defined else frozenset()


def _fits(places: Sequence[Place], said: Words) -> bool:
    """Whether the words are exactly these places: ends of what has been laid so far, place by place."""
    reached = {0}
    for place in places:
        reached = {end for start in reached for end in _ends(place, said, start)}
    return len(said) in reached


def _ends(place: Place, said: Words, start: int) -> Iterator[int]:
    if isinstance(place, str):
        if said[start : start + 1] == (place,):
            yield start + 1
        return
    for end in range(start + 1, len(said) + 1):
        if " ".join(said[start:end]) in place:
            yield end


CHECKS = (suggestions_covered,)
