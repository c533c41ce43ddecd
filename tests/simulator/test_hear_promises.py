"""What the matcher never does, whatever the model and whatever is said."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_hear_against_reference import cases, models

from skill.simulator.hear import FALLBACK_INTENT, MODES, Elicited, HearingModel, MatchClass, hear
from skill.simulator.word_lists import FUNCTION_WORDS

ASKED = Elicited("TellIntent", "complaint")
often = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def fixed_words(sample: str) -> list[str]:
    return re.sub(r"\{\w+\}", " ", sample).split()


def filled(heard) -> list[str]:
    """The sample with what its slots took: the sentence without its deviations."""
    values = {slot.name: slot.value for slot in heard.slots}
    return re.sub(r"\{(\w+)\}", lambda found: values[found[1]], heard.sample).split()


def deviations(one: list[str], other: list[str]) -> int:
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, right in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (left != right))
    return row[-1]


@often
@given(cases())
def test_fixed_words_are_said_within_the_allowance(case):
    heard = hear(HearingModel.from_json(case[0]), case[1])
    if heard.sample is None:
        return
    allowed = 0 if heard.intent.startswith("AMAZON.") else len(fixed_words(heard.sample)) // 4
    assert deviations(filled(heard), case[1].split()) <= allowed


@often
@given(cases())
def test_free_words_stay_within_their_limits(case):
    model = HearingModel.from_json(case[0])
    heard = hear(model, case[1])
    if heard.match_class is not MatchClass.FREE or heard.slots[-1].type not in ("Topic", "Complaint"):
        return
    last, fixed = heard.slots[-1], fixed_words(heard.sample)
    if last.resolution.code != "ER_SUCCESS_NO_MATCH":
        return
    content = [word for word in last.value.split() if word not in FUNCTION_WORDS]
    known = sum(word in model.types[last.type].content_words for word in content)
    assert known >= 1
    if fixed:
        assert len(last.value.split()) <= 6
        assert len(fixed) > 1 or fixed[0] not in FUNCTION_WORDS
    else:
        assert len(last.value.split()) <= 30
        assert 2 * known >= len(content)


@often
@given(cases())
def test_slots_are_never_empty_and_hold_words_that_were_said_side_by_side(case):
    for slot in hear(HearingModel.from_json(case[0]), case[1]).slots:
        assert slot.value
        assert f" {slot.value} " in f" {case[1]} "


@often
@given(cases())
def test_a_phrase_slot_never_stands_without_a_carrier(case):
    heard = hear(HearingModel.from_json(case[0]), case[1])
    assert (heard.match_class is MatchClass.PHRASE) == any(slot.type == "AMAZON.SearchQuery" for slot in heard.slots)
    assert heard.match_class is not MatchClass.PHRASE or fixed_words(heard.sample)


@often
@given(models(), st.data())
def test_a_sample_said_with_listed_values_is_never_heard_as_less(data, draw):
    language = data["interactionModel"]["languageModel"]
    kinds = {slot["name"]: slot["type"] for slot in language["intents"][0]["slots"]}
    listed = {one["name"]: [value["name"]["value"] for value in one["values"]] for one in language["types"]}
    samples = [sample for intent in language["intents"] for sample in intent["samples"]]
    sample = draw.draw(st.sampled_from(samples))
    names = re.findall(r"\{(\w+)\}", sample)
    if not all(kinds[name] in listed for name in names):
        return
    said = re.sub(r"\{(\w+)\}", lambda found: draw.draw(st.sampled_from(listed[kinds[found[1]]])), sample)
    heard = hear(HearingModel.from_json(data), said)
    best = MatchClass.LISTED if names else MatchClass.FIXED
    assert heard.match_class <= best
    if heard.match_class == best:
        assert len(fixed_words(heard.sample)) >= len(fixed_words(sample))


@often
@given(cases())
def test_an_elicited_slot_gives_way_to_exact_matches_of_other_intents_only(case):
    model = HearingModel.from_json(case[0])
    heard = hear(model, case[1], elicited=ASKED)
    if not case[1]:
        return
    if heard.match_class is MatchClass.ELICITED:
        assert (heard.intent, heard.slots[0].name, heard.slots[0].value) == ("TellIntent", "complaint", case[1])
        return
    assert heard.match_class in (MatchClass.FIXED, MatchClass.LISTED)
    assert heard.intent != "TellIntent"
    assert filled(heard) == case[1].split()
    assert all(slot.value in model.types[slot.type].entries for slot in heard.slots if slot.type in model.types)


@often
@given(cases(), st.sampled_from(MODES))
def test_the_same_sentence_is_heard_the_same_every_time(case, mode):
    first = hear(HearingModel.from_json(case[0]), case[1], mode=mode)
    assert hear(HearingModel.from_json(case[0]), case[1], mode=mode) == first


@often
@given(models(), st.text(), st.sampled_from(MODES), st.sampled_from([None, ASKED]))
def test_no_text_whatever_is_an_error_and_only_declared_intents_are_heard(data, text, mode, elicited):
    model = HearingModel.from_json(data)
    assert hear(model, text, mode=mode, elicited=elicited).intent in {*model.intents, FALLBACK_INTENT}
