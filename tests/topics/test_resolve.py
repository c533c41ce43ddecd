"""Topic, choice or none, with the reason."""

from __future__ import annotations

import pytest

from skill.dialogue.core import Core
from skill.library.content import Content
from skill.topics.letters import LetterIndex
from skill.topics.resolve import Ambiguous, Found, NotFound
from skill.turn import Session, Slot, Turn


def heard(text: str, *ids: str, slot: str = "complaint") -> Turn:
    return Turn("ComplaintIntent", "en-US", Session(), slots=(Slot(slot, text, ids),), heard=text, text=text)


def test_a_listed_topic_is_found(core: Core) -> None:
    resolution = core.resolver.resolve(heard("back pain", "back-pain", slot="topic"))
    assert isinstance(resolution, Found)
    assert resolution.topic == "back-pain"
    assert resolution.candidates[0].entry


def test_a_mishearing_is_found(core: Core) -> None:
    resolution = core.resolver.resolve(heard("why do i have hart burn"))
    assert isinstance(resolution, Found)
    assert resolution.topic == "heartburn"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("how many paracetamol can i take", "dose"),
        ("can you diagnose me", "diagnosis"),
        ("my dog has a sore back", "someone_else"),
        ("what time is it", "other_domain"),
        ("", "nothing_heard"),
    ],
)
def test_what_no_article_may_answer_is_not_found(text: str, reason: str, core: Core) -> None:
    resolution = core.resolver.resolve(heard(text))
    assert isinstance(resolution, NotFound)
    assert resolution.reason == reason


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("i'm constipated", "constipation"),
        ("i am constipated", "constipation"),
        ("constipated", "constipation"),
        ("i'm bloated", "bloating"),
        ("i'm depressed", "depression"),
        ("i'm tired", "tiredness"),
    ],
)
def test_what_is_listed_or_nearly_is_in_scope_whatever_the_encoder_says(text: str, topic: str, core: Core) -> None:
    resolution = core.resolver.resolve(heard(text))
    assert isinstance(resolution, Found)
    assert resolution.topic == topic


@pytest.mark.parametrize("text", ["my dog is depressed", "can i dye my hair", "i'm bored", "tell me a joke"])
def test_what_is_near_nothing_listed_stays_out_of_scope(text: str, core: Core) -> None:
    assert isinstance(core.resolver.resolve(heard(text)), NotFound)


def test_noise_is_not_answered(core: Core) -> None:
    assert isinstance(core.resolver.resolve(heard("xyzzy plugh")), NotFound)


def test_a_decision_names_its_signals(core: Core) -> None:
    resolution = core.resolver.resolve(heard("my back hurts in the evening"))
    assert isinstance(resolution, Found)
    best, runner_up = resolution.candidates[:2]
    assert best.score > runner_up.score
    assert best.signals.keys() == {"meaning", "letters", "list"}
    assert sum(candidate.score for candidate in resolution.candidates) <= 1.001


def test_what_she_said_of_her_stage_decides_between_siblings(core: Core) -> None:
    """The same words before and after the birth are about different articles."""

    def asked(*stages: str) -> str | None:
        turn = heard("my back aches")
        session = turn.session.updated(stages=stages)
        resolution = core.resolver.resolve(Turn("ComplaintIntent", "en-US", session, heard=turn.text, text=turn.text))
        return resolution.candidates[0].topic if resolution.candidates else None

    assert asked("pregnant", "from-20") == "back-pain"
    assert asked("after-birth", "newborn") == "back-pain-after-birth"


def test_a_choice_holds_two_or_three_topics_best_first(core: Core) -> None:
    resolution = core.resolver.resolve(heard("heartburn and a headache"))
    if isinstance(resolution, Ambiguous):
        assert 2 <= len(resolution.topics) <= 3
        assert next(c.topic for c in resolution.candidates) == resolution.topics[0]


def test_every_name_and_lay_name_reaches_its_article_or_a_choice_with_it(core: Core, content: Content) -> None:
    strays = []
    for topic, article in content.articles.items():
        for name in (content.voice("en-US")(article.name), *article.lay_names):
            resolution = core.resolver.resolve(heard(name, topic, slot="topic"))
            reached = {resolution.topic} if isinstance(resolution, Found) else set(getattr(resolution, "topics", ()))
            if topic not in reached:
                strays.append((topic, name, reached))
    assert strays == []


def test_the_index_is_the_same_each_time(content: Content) -> None:
    labelled = [("a", "back pain"), ("b", "sore feet"), ("a", "my back aches")]
    first, second = (LetterIndex.build(labelled, content.cues.light) for _ in range(2))
    assert all((first.arrays()[name] == second.arrays()[name]).all() for name in first.arrays())


def test_an_empty_index_finds_nothing(content: Content) -> None:
    assert len(LetterIndex.build([], content.cues.light).scores("back pain")) == 0


@pytest.mark.parametrize("text", ["a" * 8000, "back " * 2000, "🤰" * 500, "ظهري يؤلمني", "\x00\x01"])
def test_any_text_is_ranked_without_an_error(text: str, core: Core) -> None:
    core.resolver.resolve(heard(text))
