"""The six rules and four modes, each by example."""

from __future__ import annotations

import pytest

from skill.errors import ModelInvalid
from skill.simulator.hear import Elicited, HearingModel, MatchClass, Resolution, hear


def entry(value: str, *synonyms: str, id: str | None = None) -> dict:
    return {"id": id or value.replace(" ", "-"), "name": {"value": value, "synonyms": list(synonyms)}}


def model(intents: dict[str, list[str]], types: dict[str, list[dict]] | None = None, **more) -> HearingModel:
    """Every intent declares every slot; a slot is named after its type."""
    types = types if types is not None else TYPES
    slots = [{"name": name.lower(), "type": name} for name in types if not name.startswith("AMAZON.")]
    slots += [
        {"name": "query", "type": "AMAZON.SearchQuery"},
        {"name": "number", "type": "AMAZON.NUMBER"},
        {"name": "who", "type": "AMAZON.FirstName"},
    ]
    return HearingModel.from_json(
        {
            "interactionModel": {
                "languageModel": {
                    "invocationName": "bump guide",
                    "intents": [{"name": name, "slots": slots, "samples": said} for name, said in intents.items()],
                    "types": [{"name": name, "values": values} for name, values in types.items()],
                },
                **more,
            }
        }
    )


TYPES = {
    "Topic": [
        entry("back pain", "backache", "sore back", id="back-pain"),
        entry("headache", id="headache"),
        entry("bleeding", id="bleeding"),
    ],
    "Opener": [entry("why do i"), entry("why do i have"), entry("i had")],
    "Complaint": [
        entry("feet jammed under my ribs", "feet in my ribs", id="rib-pain"),
        entry("my back is killing me", id="back-pain"),
    ],
}


def the_slot(heard):
    (slot,) = heard.slots
    return slot


def match(id: str, name: str) -> Resolution:
    return Resolution("ER_SUCCESS_MATCH", ((id, name),))


NO_MATCH = Resolution("ER_SUCCESS_NO_MATCH", ())


class TestRule1BothSidesAreComparable:
    @pytest.mark.parametrize("said", ["Who's speaking?", "who\u2019s SPEAKING", "  who's -- speaking!! "])
    def test_case_marks_and_curly_apostrophes_do_not_matter(self, said):
        assert hear(model({"Who": ["Who\u2019s speaking"]}), said).intent == "Who"

    def test_digits_are_said_as_words_on_both_sides(self):
        assert hear(model({"Weeks": ["week 38"]}), "week thirty-eight").intent == "Weeks"
        assert hear(model({"Weeks": ["week thirty eight"]}), "week 38").intent == "Weeks"

    @pytest.mark.parametrize(
        ("said", "intent"),
        [("stop", "AMAZON.StopIntent"), ("help me", "AMAZON.HelpIntent"), ("that will do", "AMAZON.StopIntent")],
    )
    def test_built_ins_know_their_samples_and_the_usual_words(self, said, intent):
        assert hear(model({"AMAZON.StopIntent": ["that will do"], "AMAZON.HelpIntent": []}), said).intent == intent

    def test_built_ins_match_exactly_or_not_at_all(self):
        built_in = model({"AMAZON.HelpIntent": ["what can i say to you"]})
        assert hear(built_in, "what can i say to you").intent == "AMAZON.HelpIntent"
        assert hear(built_in, "what can i say").match_class is MatchClass.FALLBACK

    def test_a_built_in_that_the_model_does_not_declare_is_not_heard(self):
        assert hear(model({"Ask": ["hello"]}), "stop").match_class is MatchClass.FALLBACK


class TestRule2FixedWords:
    @pytest.mark.parametrize(
        "said", ["read the list", "read me the long list", "please read me the list", "read me a list"]
    )
    def test_four_fixed_words_forgive_one(self, said):
        assert hear(model({"Read": ["read me the list"]}), said).match_class is MatchClass.FIXED

    @pytest.mark.parametrize("said", ["read list", "please read me the long list", "list the me read"])
    def test_four_fixed_words_do_not_forgive_two(self, said):
        assert hear(model({"Read": ["read me the list"]}), said).match_class is MatchClass.FALLBACK

    @pytest.mark.parametrize("said", ["read list", "read the long list", "read a list"])
    def test_three_fixed_words_forgive_none(self, said):
        assert hear(model({"Read": ["read the list"]}), said).match_class is MatchClass.FALLBACK

    def test_seven_forgive_one_and_eight_forgive_two(self):
        seven, eight = "a b c d e f g", "a b c d e f g h"
        assert hear(model({"S": [seven]}), "a b c d e x x").match_class is MatchClass.FALLBACK
        assert hear(model({"S": [eight]}), "a b c d e f x x").match_class is MatchClass.FIXED

    def test_words_beside_a_slot_are_forgiven_too(self):
        heard = hear(model({"Why": ["why does my {topic} hurt"]}), "why does my backache hurt so")
        assert the_slot(heard).value == "backache"


class TestRule3SearchQuery:
    def test_it_takes_what_is_left_after_its_carrier(self):
        heard = hear(model({"Ask": ["tell me about {query}"]}), "tell me about the price of eggs")
        assert the_slot(heard).value == "the price of eggs"
        assert the_slot(heard).resolution is None
        assert heard.match_class is MatchClass.PHRASE

    def test_it_takes_what_is_left_before_its_carrier(self):
        assert the_slot(hear(model({"Ask": ["{query} is worrying me"]}), "a rash is worrying me")).value == "a rash"

    def test_it_never_takes_nothing(self):
        assert hear(model({"Ask": ["tell me about {query}"]}), "tell me about").match_class is MatchClass.FALLBACK

    def test_it_never_stands_alone(self):
        assert hear(model({"Ask": ["{query}"]}), "the price of eggs").match_class is MatchClass.FALLBACK


class TestRule4Lists:
    carrier = model({"What": ["what is {topic}"]})

    def test_a_synonym_is_delivered_as_heard_and_resolved_to_its_entry(self):
        slot = the_slot(hear(self.carrier, "what is sore back"))
        assert (slot.value, slot.resolution) == ("sore back", match("back-pain", "back pain"))

    def test_a_near_miss_is_delivered_as_heard_and_resolved(self):
        heard = hear(self.carrier, "what is bak pain")
        assert (the_slot(heard).value, the_slot(heard).resolution) == ("bak pain", match("back-pain", "back pain"))
        assert heard.match_class is MatchClass.LISTED

    def test_nine_characters_forgive_one_edit_and_not_two(self):
        types = {"Topic": [entry("back pain")]}
        listed = model({"What": ["about {topic}"]}, types)
        assert hear(listed, "about bak pain").match_class is MatchClass.LISTED
        assert hear(listed, "about bak pan").match_class is MatchClass.FALLBACK

    def test_a_near_miss_may_have_more_words_than_any_value(self):
        listed = model({"What": ["about {topic}"]}, {"Topic": [entry("back pain")]})
        assert the_slot(hear(listed, "about ba ck pain")).resolution == match("back-pain", "back pain")

    def test_four_characters_forgive_none(self):
        listed = model({"What": ["about {topic}"]}, {"Topic": [entry("cold")]})
        assert hear(listed, "about colds").match_class is MatchClass.FALLBACK

    def test_an_exact_value_is_preferred_to_a_near_miss(self):
        types = {"Topic": [entry("back pains"), entry("back pain")]}
        assert the_slot(hear(model({"What": ["what is {topic}"]}, types), "what is back pain")).resolution == match(
            "back-pain", "back pain"
        )

    def test_of_two_near_misses_the_closest_is_resolved(self):
        types = {"Topic": [entry("pain in my wrist"), entry("pain in my rib")]}
        assert the_slot(hear(model({"What": ["i have {topic}"]}, types), "i have pain in my ribs")).resolution == match(
            "pain-in-my-rib", "pain in my rib"
        )

    def test_words_of_several_entries_resolve_to_all_of_them_in_file_order(self):
        types = {"Topic": [entry("cramps", "tummy pain", id="b"), entry("belly ache", "tummy pain", id="a")]}
        assert the_slot(hear(model({"What": ["i have {topic}"]}, types), "i have tummy pain")).resolution == Resolution(
            "ER_SUCCESS_MATCH", (("b", "cramps"), ("a", "belly ache"))
        )

    def test_the_longest_value_is_taken_first(self):
        heard = hear(model({"Tell": ["{opener} {topic}"]}), "why do i have headache")
        assert [slot.value for slot in heard.slots] == ["why do i have", "headache"]

    def test_the_last_slot_takes_free_words_of_which_one_is_known(self):
        heard = hear(model({"Why": ["i have {topic}"]}), "i have an awful burning pain tonight")
        assert the_slot(heard).value == "an awful burning pain tonight"
        assert the_slot(heard).resolution == NO_MATCH
        assert heard.match_class is MatchClass.FREE

    def test_free_words_beside_fixed_words_are_six_at_most(self):
        said = model({"Why": ["i have {topic}"]})
        assert hear(said, "i have one two three four five pain").match_class is MatchClass.FREE
        assert hear(said, "i have one two three four five six pain").match_class is MatchClass.FALLBACK

    def test_free_words_without_one_known_word_are_not_taken(self):
        assert hear(model({"Why": ["i have {topic}"]}), "i have a burst pipe").match_class is MatchClass.FALLBACK

    def test_one_function_word_carries_no_free_words_but_one_content_word_does(self):
        assert hear(model({"Why": ["about {topic}"]}), "about awful pain").match_class is MatchClass.FALLBACK
        assert hear(model({"Why": ["explain {topic}"]}), "explain awful pain").match_class is MatchClass.FREE

    def test_only_the_last_slot_takes_free_words(self):
        said = model({"Why": ["i have {topic} with {complaint}"]})
        assert hear(said, "i have awful pain with feet in my ribs").match_class is MatchClass.FALLBACK
        assert hear(said, "i have back pain with sore ribs").match_class is MatchClass.FREE

    def test_alone_a_slot_takes_thirty_free_words_of_which_half_are_known(self):
        alone = model({"Tell": ["{complaint}"]})
        assert hear(alone, "it is my feet and ribs").match_class is MatchClass.FREE
        assert hear(alone, "ribs elephant").match_class is MatchClass.FREE
        assert hear(alone, "ribs elephant giraffe").match_class is MatchClass.FALLBACK
        assert hear(alone, "ribs " * 30).match_class is MatchClass.FREE
        assert hear(alone, "ribs " * 31).match_class is MatchClass.FALLBACK

    def test_without_a_content_word_no_free_words_are_taken(self):
        types = {"Complaint": [entry("is it me")]}
        assert hear(model({"Tell": ["{complaint}"]}, types), "it was you").match_class is MatchClass.FALLBACK

    def test_before_the_last_slot_of_a_bare_sample_only_listed_values_stand(self):
        bare = model({"Tell": ["{opener} {complaint}"]})
        assert [slot.value for slot in hear(bare, "why do i have sore ribs").slots] == ["why do i have", "sore ribs"]
        assert hear(bare, "how come sore ribs").match_class is MatchClass.FALLBACK


class TestRule5WhichSampleWins:
    def test_fixed_words_beat_list_values(self):
        both = model({"List": ["what is {topic}"], "Fixed": ["what is bleeding"]})
        assert hear(both, "what is bleeding").intent == "Fixed"

    def test_list_values_beat_free_words(self):
        both = model(
            {"Free": ["why do i have a {complaint}"], "List": ["why do i have {topic}"]},
            {
                "Topic": [entry("a sore back")],
                "Complaint": [entry("back trouble")],
            },
        )
        assert hear(both, "why do i have a sore back").intent == "List"

    def test_free_words_beat_phrases(self):
        both = model({"Phrase": ["why do i have {query}"], "Free": ["i wonder {topic}", "{topic}"]})
        assert hear(both, "why do i have pain").intent == "Free"

    def test_longer_carriers_beat_shorter_ones(self):
        both = model({"Short": ["tell me {query}"], "Long": ["tell me about {query}"]})
        assert hear(both, "tell me about eggs").intent == "Long"

    def test_of_equals_the_first_in_the_file_wins(self):
        both = model({"First": ["what is {topic}"], "Second": ["what is {topic}"]})
        assert hear(both, "what is headache").intent == "First"

    def test_everything_else_is_fallback(self):
        heard = hear(model({"What": ["what is {topic}"]}), "play some jazz")
        assert (heard.intent, heard.slots, heard.sample) == ("AMAZON.FallbackIntent", (), None)


class TestRule6ElicitedSlots:
    room = model({"Tell": ["{complaint}"], "What": ["what is {topic}", "ask for {query}"], "AMAZON.StopIntent": []})
    asked = Elicited("Tell", "complaint")

    def test_it_takes_the_whole_sentence(self):
        heard = hear(self.room, "Well, the cat sat on me.", elicited=self.asked)
        assert (heard.intent, heard.match_class) == ("Tell", MatchClass.ELICITED)
        assert (the_slot(heard).value, the_slot(heard).resolution) == ("well the cat sat on me", NO_MATCH)

    def test_it_takes_sentences_of_any_length(self):
        assert len(the_slot(hear(self.room, "ribs " * 1000, elicited=self.asked)).value.split()) == 1000

    @pytest.mark.parametrize("said", ["feet in my ribs", "feet in my rib"])
    def test_it_is_resolved_against_its_type(self, said):
        slot = the_slot(hear(self.room, said, elicited=self.asked))
        assert (slot.value, slot.resolution) == (said, match("rib-pain", "feet jammed under my ribs"))

    @pytest.mark.parametrize(("said", "intent"), [("stop", "AMAZON.StopIntent"), ("what is headache", "What")])
    def test_it_gives_way_to_exact_samples_of_other_intents(self, said, intent):
        assert hear(self.room, said, elicited=self.asked).intent == intent

    @pytest.mark.parametrize("said", ["what is headach", "what is a sore headache", "ask for ribs", "stop it"])
    def test_it_gives_way_to_nothing_less(self, said):
        assert hear(self.room, said, elicited=self.asked).match_class is MatchClass.ELICITED

    def test_silence_is_not_an_answer(self):
        assert hear(self.room, " ...", elicited=self.asked).match_class is MatchClass.FALLBACK

    @pytest.mark.parametrize("asked", [Elicited("Tell", "nothing"), Elicited("Nobody", "complaint")])
    def test_a_slot_that_the_model_does_not_have_cannot_be_asked_for(self, asked):
        with pytest.raises(ModelInvalid, match="cannot be elicited"):
            hear(self.room, "ribs", elicited=asked)


class TestModes:
    room = model(
        {
            "What": ["what is {topic}", "why do i {query}", "read me the list"],
            "Tell": ["{complaint}"],
            "AMAZON.StopIntent": [],
        }
    )

    @pytest.mark.parametrize("said", ["what is headach", "what is awful pain", "read me the long list", "sore ribs"])
    def test_strict_takes_neither_near_misses_nor_free_words_nor_deviations(self, said):
        assert hear(self.room, said).match_class is not MatchClass.FALLBACK
        assert hear(self.room, said, mode="strict").match_class is MatchClass.FALLBACK

    def test_strict_takes_exact_samples_listed_values_and_phrases(self):
        heard = [hear(self.room, said, mode="strict") for said in ("what is headache", "why do i sneeze", "stop")]
        assert [one.match_class for one in heard] == [MatchClass.LISTED, MatchClass.PHRASE, MatchClass.FIXED]

    @pytest.mark.parametrize("said", ["stop", "what is headache", "feet in my ribs"])
    def test_whole_puts_every_sentence_into_the_slot_that_stands_alone(self, said):
        heard = hear(self.room, said, mode="whole", elicited=Elicited("What", "topic"))
        assert heard.intent == "Tell"
        assert (the_slot(heard).name, the_slot(heard).value, the_slot(heard).resolution) == (
            "complaint",
            said,
            NO_MATCH,
        )

    def test_whole_falls_back_on_an_elicitable_slot_and_then_on_a_free_one(self):
        dialog = {"intents": [{"name": "Why", "slots": [{"name": "topic", "type": "Topic"}]}]}
        samples = {"What": ["tell me {query}"], "Why": ["why {topic}"]}
        assert hear(model(samples, dialog=dialog), "eggs", mode="whole").intent == "Why"
        assert hear(model(samples), "eggs", mode="whole").intent == "What"
        assert hear(model({"Read": ["read"]}), "read", mode="whole").match_class is MatchClass.FALLBACK

    @pytest.mark.parametrize(
        ("said", "left"),
        [("pain", "pain"), ("sore back", "sore back"), ("my sore back", "sore back"), ("so a b pain", "a b pain")],
    )
    def test_lossy_keeps_the_last_two_thirds_rounded_up(self, said, left):
        assert the_slot(hear(self.room, f"what is {said}", mode="lossy")).value == left

    def test_lossy_resolves_again_what_is_left(self):
        assert the_slot(hear(self.room, "what is a back pain", mode="lossy")).resolution == match(
            "back-pain", "back pain"
        )

    def test_lossy_cuts_elicited_sentences_too(self):
        heard = hear(self.room, "the cat sat", mode="lossy", elicited=Elicited("Tell", "complaint"))
        assert the_slot(heard).value == "cat sat"

    def test_an_unknown_mode_is_refused(self):
        with pytest.raises(ValueError, match="alexa, strict, whole, lossy"):
            hear(self.room, "stop", mode="deaf")


class TestAmazonsOtherTypes:
    def test_a_number_slot_takes_a_run_of_number_words(self):
        weeks = model({"Weeks": ["i am {number} weeks"]})
        assert the_slot(hear(weeks, "i am 38 weeks")).value == "thirty eight"
        assert the_slot(hear(weeks, "i am one hundred and five weeks")).value == "one hundred and five"
        assert hear(weeks, "i am many weeks").match_class is MatchClass.FALLBACK

    def test_a_list_that_only_amazon_has_takes_one_word_or_two(self):
        name = model({"Name": ["call me {who}"]})
        assert (the_slot(hear(name, "call me mary ann")).value, hear(name, "call me mary ann").match_class) == (
            "mary ann",
            MatchClass.FREE,
        )
        assert hear(name, "call me later this evening").match_class is MatchClass.FALLBACK

    def test_values_that_the_model_adds_are_listed(self):
        name = model({"Name": ["call me {who}"]}, {"AMAZON.FirstName": [entry("mama bear of three")]})
        heard = hear(name, "call me mama bear of three")
        assert heard.match_class is MatchClass.LISTED
        assert the_slot(heard).resolution == match("mama-bear-of-three", "mama bear of three")


@pytest.mark.parametrize("said", ["", "   ", "?!", "\U0001f930\U0001f930", "'", "\u200f"])
def test_a_sentence_without_words_is_fallback(said):
    for mode in ("alexa", "strict", "whole", "lossy"):
        assert hear(TestModes.room, said, mode=mode).match_class is MatchClass.FALLBACK


@pytest.mark.parametrize(
    "said",
    ["a" * 8000, "why " * 2000, "1" * 8000, "1 " * 4000, "\u0638\u0647\u0631\u064a \u064a\u0624\u0644\u0645 " * 600],
)
def test_a_very_long_sentence_is_fallback(said):
    assert hear(TestModes.room, said).match_class is MatchClass.FALLBACK
