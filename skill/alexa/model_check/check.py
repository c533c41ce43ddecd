"""The engine of `bump-guide model check`: an interaction model against every limit and rule that we know.

    limits.py             the limits and rules in two tables, with their sources; ModelFault
    words.py              the words that rules know; what makes two texts comparable
    parts.py              the parts of a model, typed
    reading.py            parsed JSON → parts, and what had the wrong shape
    naming.py             invocation name; intents, slots and types by name
    samples.py            what a sample may hold; phrase slots
    values.py             values of list types; sizes
    dialog.py             the dialog section and its prompts
    clashes.py            what two intents both claim
    suggested.py          what prompts invite people to say
    round_trip.py         through Amazon's own classes and back

One function checks one rule; all are walked in order, and every fault is reported at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from skill.alexa.model_check import (
    clashes,
    dialog,
    naming,
    round_trip,
    samples,
    suggested,
    values,
)
from skill.alexa.model_check.limits import LIMITS, ModelFault, fault
from skill.alexa.model_check.parts import Case
from skill.alexa.model_check.reading import Reader, too_deep

__all__ = ["CHECKS", "ModelFault", "check_model"]

CHECKS: tuple[Callable[[Case], Iterator[ModelFault]], ...] = (
    *naming.CHECKS,
    *samples.CHECKS,
    *values.CHECKS,
    *dialog.CHECKS,
    *clashes.CHECKS,
    *suggested.CHECKS,
    *round_trip.CHECKS,
)
"""Every rule beyond the shape of the file, in the order of the report."""


def check_model(
    model: Mapping[str, Any],
    *,
    suggested: Sequence[str] = (),
    locale: str = "en-US",
    hear: Callable[[str], tuple[str, bool]] | None = None,
) -> list[ModelFault]:
    """Takes the parsed JSON of an interaction model file; gives every fault at once, none for a sound model.

    `suggested` is what prompts invite people to say. `hear` plays Alexa with this model: a sentence → the intent that
    hears it, and whether its words and listed values were said exactly; with it, what could be misheard is tried.
    Raises nothing, whatever the JSON holds.
    """
    if too_deep(model):
        return [fault("nesting", "the file", "Its values nest too deep.", f"Keep to {LIMITS['nesting']}.")]
    reader = Reader()
    parts = reader.read(model)
    case = Case(model, frozenset(reader.unreadable), parts, suggested, locale, hear)
    return [*reader.faults, *(found for check in CHECKS for found in check(case))]
