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
        ("xyzzy plugh", "far"),
    ],
)
def test_what_no_article_may_answer_is_not_found(text: str, reason: str, core: Core) -> None:
    resolution = core.resolver.resolve(heard(text))
    assert isinstance(resolution, NotFound)
    assert resolution.reason == reason


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
    assert all((first.arrays("x")[name] == second.arrays("x")[name]).all() for name in first.arrays("x"))


def test_an_empty_index_finds_nothing(content: Content) -> None:
    assert LetterIndex.build([], content.cues.light).rank("back pain") == []


@pytest.mark.parametrize("text", ["a" * 8000, "back " * 2000, "🤰" * 500, "ظهري يؤلمني", "\x00\x01"])
def test_any_text_is_ranked_without_an_error(text: str, core: Core) -> None:
    core.resolver.resolve(heard(text))
