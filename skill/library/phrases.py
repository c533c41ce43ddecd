"""The sentences that the skill itself says: said.yaml, typed. Which variant is said follows from the turn's number.

Beside them the few words that stand only on a screen: shown.yaml.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from skill.library.article import Frozen, Text

Variants = Annotated[tuple[Text, ...], Field(min_length=1)]


class Shown(Frozen):
    """Headings and buttons of a screen: shown.yaml."""

    when_to_call: Text
    more: Text
    again: Text
    topics: Text
    helpful_yes: Text
    helpful_no: Text


class Said(Frozen):
    """One field for each kind of prompt; said.yaml explains the placeholders."""

    launch_first: Variants
    launch_again: Variants
    launch_reprompt: Variants
    disclaimer_full: Variants
    disclaimer_short: Variants
    rating: Variants
    rating_reprompt: Variants
    thanks_yes: Variants
    thanks_no: Variants
    anything_else: Variants
    anything_else_reprompt: Variants
    more_hint: Variants
    no_more: Variants
    list_differentials: Variants
    list_causes: Variants
    list_tests: Variants
    list_relief: Variants
    not_in_article: Variants
    choose: Variants
    choose_again: Variants
    choose_reprompt: Variants
    withheld: Variants
    unknown: Variants
    unknown_reprompt: Variants
    fallback_first: Variants
    fallback_again: Variants
    help: Variants
    help_reprompt: Variants
    intended_use: Variants
    topic_list: Variants
    topic_list_more: Variants
    topic_list_end: Variants
    source: Variants
    source_of_skill: Variants
    review_unreviewed: Variants
    review_reviewed: Variants
    hello: Variants
    you_are_welcome: Variants
    who_i_am: Variants
    nothing_to_repeat: Variants
    nothing_to_continue: Variants
    nothing_to_go_back_to: Variants
    something_else: Variants
    noted_weeks: Variants
    no_number_in_list: Variants
    yes_without_question: Variants
    no_without_question: Variants
    goodbye: Variants
    goodbye_after_urgent: Variants
    goodbye_quiet: Variants
    say_again: Variants
    raised_action: Variants
    raised_meanwhile: Variants
    urgent_offer: Variants
    urgent_reprompt: Variants
    urgent_not_repeated: Variants
    went_wrong: Variants


def variant(variants: tuple[str, ...], turn: int) -> str:
    """The one of `variants` that turn number `turn` (0 is the first of a session) says."""
    return variants[turn % len(variants)]
