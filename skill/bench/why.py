"""Why a topic won, or none did, in sentences for the developer: read from what `simulator/explain.py` found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skill.topics.resolve import ANSWER_FROM, CHOOSE_FROM, IN_SCOPE_FROM, OFFERED_FROM

URGENT = "Urgent"
"""The decision where an urgent sign was heard, whatever the topics would have been."""

_REASONS = {
    "far": f"No topic reached {ANSWER_FROM:g}, and no two or three together {CHOOSE_FROM:g}.",
    "unwritten": "The best topic has no article yet.",
    "out_of_scope": f"The encoder finds it less than {IN_SCOPE_FROM:g} likely that an article could answer this.",
    "dose": "The words ask for a dose.",
    "diagnosis": "The words ask for a diagnosis.",
    "someone_else": "The words are about somebody who is not pregnant.",
    "other_domain": "The words are about something that is no symptom.",
    "nothing_heard": "No words arrived that could be searched for.",
}


def why_not(why: Mapping[str, Any]) -> str:
    """What `explain` found → one or two sentences: why not the runner-up, or why none."""
    if why["urgent"] is not None:
        return "An urgent reply leads, and no article is read."
    if why["reason"] is not None:
        return _REASONS[why["reason"]]
    topics = why["topics"]
    if why["decision"] == "Ambiguous":
        return (
            f"No topic reached {ANSWER_FROM:g}; those of at least {OFFERED_FROM:g} share {CHOOSE_FROM:g} or more,"
            " so they are offered."
        )
    if len(topics) < 2:
        return "No other topic was near."
    return _lead(topics[0], topics[1])


def _lead(best: Mapping[str, Any], second: Mapping[str, Any]) -> str:
    """The signal in which the runner-up falls behind most, and those in which it is ahead."""
    names = best["signals"]
    leads = {name: best["signals"].get(name, 0.0) - second["signals"].get(name, 0.0) for name in names}
    strongest = max(leads, key=lambda name: leads[name])
    ahead = [name for name, lead in leads.items() if lead < 0]
    sentence = (
        f"{second['topic']} ({second['score']:.2f}) is behind {best['topic']} ({best['score']:.2f}) by"
        f" {leads[strongest]:.2f} in {strongest}"
    )
    return f"{sentence}, though ahead in {' and '.join(ahead)}." if ahead else f"{sentence}."
