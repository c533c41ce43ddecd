"""The sentences that the skill itself says: said.yaml, typed. Which variant is said follows from the turn's number.

Beside them the few words that stand only on a screen: shown.yaml.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

from skill.library.frozen import Frozen

if TYPE_CHECKING:
    from pydantic import Field

    from skill.library.kinds import Text

Variants: TypeAlias = "Annotated[tuple[Text, ...], Field(min_length=1)]"
One: TypeAlias = "Annotated[tuple[Text, ...], Field(min_length=1, max_length=1)]"
"""For what is put into other sentences: the same whichever variant of those is said."""


class Shown(Frozen):
    """Headings and buttons of a screen: shown.yaml."""

    when_to_call: Text
    more: Text
    again: Text
    topics: Text
    say_yes: Text
    say_no: Text
    which_one: Text


class Said(Frozen):
    """One field for each kind of prompt; said.yaml explains the placeholders."""

    word_or: One
    word_and: One
    launch_first: Variants
    launch_again: Variants
    launch_reprompt: Variants
    disclaimer_full: Variants
    disclaimer_short: Variants
    rating: Variants
    rating_reprompt: Variants
    thanks_yes: Variants
    thanks_no: Variants
    why_not: Variants
    why_not_which: Variants
    why_not_reprompt: Variants
    thanks_why: Variants
    anything_else: Variants
    anything_else_reprompt: Variants
    one_after_other: Variants
    shall_i_go_on: Variants
    shall_i_go_on_reprompt: Variants
    not_going_on: Variants
    more_hint: Variants
    no_more: Variants
    shortest: Variants
    urgent_shortest: Variants
    list_differentials: Variants
    list_causes: Variants
    list_tests: Variants
    list_relief: Variants
    list_relief_loss: Variants
    not_in_article: Variants
    not_exactly: Variants
    lasting: Variants
    not_to_blame: Variants
    which_part: Variants
    which_part_reprompt: Variants
    choose: Variants
    choose_again: Variants
    choose_reprompt: Variants
    choose_short: Variants
    choice_closed: Variants
    chose_none: Variants
    choose_after_noise: Variants
    withheld: Variants
    overwhelmed: Variants
    unknown: Variants
    medicine: Variants
    medicine_stop: Variants
    medicine_what_helps: Variants
    medicine_what_for: Variants
    unknown_newborn: Variants
    missed: Variants
    missed_again: Variants
    missed_emergency: Variants
    miss_first: Variants
    miss_examples: Variants
    miss_groups: Variants
    miss_groups_reprompt: Variants
    unknown_reprompt: Variants
    help: Variants
    help_reprompt: Variants
    intended_use: Variants
    topic_groups: Variants
    topic_groups_more: Variants
    topic_groups_last: Variants
    topic_groups_end: Variants
    topic_groups_last_reprompt: Variants
    group_topics: Variants
    group_topics_more: Variants
    group_topics_last: Variants
    group_topics_whole: Variants
    group_topics_end: Variants
    group_topics_reprompt: Variants
    source: Variants
    source_of_urgent: Variants
    source_of_skill: Variants
    review_unreviewed: Variants
    review_reviewed: Variants
    hello: Variants
    you_are_welcome: Variants
    you_are_welcome_quiet: Variants
    welcome_urgent: Variants
    other_domain: Variants
    how_are_you: Variants
    recording: Variants
    who_i_am: Variants
    nothing_to_repeat: Variants
    nothing_to_continue: Variants
    nothing_to_go_back_to: Variants
    something_else: Variants
    something_else_urgent: Variants
    something_else_quiet: Variants
    noted_weeks: Variants
    told_weeks: Variants
    told_birth: Variants
    weeks_not_told: Variants
    noted_openly: Variants
    noted_birth: Variants
    noted: Variants
    noted_in_choice: Variants
    denied: Variants
    with_that_in_mind: Variants
    for_her: Variants
    noted_for_her: Variants
    holds_for_her: Variants
    noted_for_her_after: Variants
    no_number_in_list: Variants
    not_mine: Variants
    not_mine_urgent: Variants
    wait: Variants
    wait_in_choice: Variants
    wait_reprompt: Variants
    not_sure: Variants
    number: Variants
    number_line: Variants
    number_too: Variants
    cannot_call: Variants
    call_yourself: Variants
    no_answer: Variants
    no_answer_urgent: Variants
    no_answer_emergency: Variants
    with_her: Variants
    yes_without_question: Variants
    no_without_question: Variants
    goodbye: Variants
    goodbye_after_urgent: Variants
    goodbye_later: Variants
    goodbye_self_harm: Variants
    goodbye_quiet: Variants
    goodbye_calm: Variants
    raised_action: Variants
    raised_meanwhile: Variants
    number_of_country: Variants
    numbers_of_country: Variants
    kind_self_harm: Variants
    kind_unwanted: Variants
    kind_psychosis: Variants
    kind_loss: Variants
    loss_told_urgent: Variants
    loss_told: Variants
    loss_short: Variants
    loss_not_known: Variants
    loss_fault: Variants
    loss_warning: Variants
    loss_when_to_call: Variants
    loss_action_emergency: Variants
    loss_action_urgent: Variants
    loss_call_first: Variants
    loss_emergencies: Variants
    loss_meanwhile: Variants
    loss_question: Variants
    loss_reprompt: Variants
    say_again: Variants
    say_again_or_wrong: Variants
    urgent_offer: Variants
    say_it_again: Variants
    self_harm_in_short: Variants
    still_holds: Variants
    even_if_over: Variants
    still_unwanted: Variants
    still_self_harm: Variants
    heard_self_harm: Variants
    urgent_not_repeated: Variants
    only_a_check: Variants
    calm_not_her: Variants
    unless_wrong: Variants
    calm_emergency: Variants
    calm_urgent: Variants
    calm_called: Variants
    calm_will_call: Variants
    calm_self_harm: Variants
    calm_denied: Variants
    calm_quiet: Variants
    quiet_overheard: Variants
    quiet_unwilling: Variants
    quiet_stays: Variants
    quiet_question: Variants
    quiet_reprompt: Variants
    card_sent: Variants
    card_urgent: Variants
    card_private: Variants
    card_nothing: Variants
    card_title: Variants
    card_sources: Variants
    went_wrong: Variants


def variant(variants: tuple[str, ...], turn: int) -> str:
    """The one of `variants` that turn number `turn` (0 is the first of a session) says."""
    return variants[turn % len(variants)]
