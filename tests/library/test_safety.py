"""Safe by rule: the check refuses what could hurt, one broken rule at a time, and names file and key."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import CONTENT

from skill.errors import ContentInvalid
from skill.library.article import Article
from skill.library.content import Content
from skill.library.load import load_content
from skill.library.texts import spoken_texts_of_article

Change = Callable[[dict[str, Any]], object]


def drop_the_source(article: dict[str, Any]) -> None:
    del article["sources"][1:]


def add_a_dose(article: dict[str, Any]) -> None:
    article["relief"][0]["text"] = "Take two tablets every four hours, and ask {provider} first."


BREAKS: dict[str, tuple[str, Change, str]] = {
    "a source is taken away": ("back-pain", drop_the_source, "sources"),
    "a source without an address": ("back-pain", lambda a: a["sources"][0].update(url="nhs"), "sources.0.url"),
    "a warning sign is not named": (
        "back-pain",
        lambda a: a["when_to_call"].update(
            warning="Call {unit} now for waves of pain, fever or bleeding.",
            emergency="Call {emergency_number} for constant severe pain, or a hard belly.",
            urgent="Call {unit} now for pain in waves, fever, bleeding, or pain under your ribs.",
        ),
        "when_to_call",
    ),
    "an urgent sign is left out": ("back-pain", lambda a: a["urgent_signs"].remove("cauda-equina"), "urgent_signs"),
    "an unknown urgent sign": ("back-pain", lambda a: a["urgent_signs"].append("made-up"), "urgent_signs.4"),
    "a differential leads to no such topic": (
        "back-pain",
        lambda a: a["differentials"][0].update(topic="no-such-topic"),
        "differentials.0.topic",
    ),
    "a differential leads nowhere": ("back-pain", lambda a: a["differentials"][0].pop("topic"), "differentials.0"),
    "a differential leads back home": (
        "back-pain",
        lambda a: a["differentials"][0].update(topic="back-pain"),
        "differentials.0.topic",
    ),
    "a dose": ("back-pain", add_a_dose, "relief.0.text"),
    "a medicine without asking": (
        "back-pain",
        lambda a: a["relief"][0].update(text="Ibuprofen takes the ache away."),
        "relief.0.text",
    ),
    "certainty about her case": (
        "back-pain",
        lambda a: a["causes"][0].update(text="You have loose ligaments in the back."),
        "causes.0.text",
    ),
    "reassurance without its limit": (
        "back-pain",
        lambda a: a.update(is_it_normal="A dull ache that eases with rest comes with most pregnancies."),
        "is_it_normal",
    ),
    "an abbreviation": (
        "back-pain",
        lambda a: a["checks"][0].update(text="A UTI is looked for with a test of your {pee}."),
        "checks.0.text",
    ),
    "digits": (
        "back-pain",
        lambda a: a.update(summary="About 6 in 10 people get back pain in pregnancy."),
        "summary",
    ),
    "a topic of both stages that does not say what differs": (
        "heartburn",
        lambda a: a.pop("after_birth"),
        "after_birth",
    ),
    "cheer after a loss": (
        "miscarriage",
        lambda a: a["relief"][0].update(text="Light a candle for your baby."),
        "relief.0.text",
    ),
    "a term that is never explained": (
        "foot-pain",
        lambda a: a["checks"][0].update(text="Someone may look for salmonella."),
        "",
    ),
}


@pytest.mark.parametrize("what", BREAKS)
def test_the_check_refuses(what: str, tmp_path: Path) -> None:
    topic, change, key = BREAKS[what]
    root = tmp_path / "content"
    shutil.copytree(CONTENT, root)
    path = root / "en" / "articles" / f"{topic}.yaml"
    article = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(article)
    path.write_text(yaml.safe_dump(article, sort_keys=False), encoding="utf-8")
    with pytest.raises(ContentInvalid) as refused:
        load_content(root)
    assert (f"en/articles/{topic}.yaml", key) in {(fault.file, fault.key) for fault in refused.value.faults}


def test_a_stated_sign_is_of_the_files_own_lines_and_known(tmp_path: Path) -> None:
    root = tmp_path / "content"
    shutil.copytree(CONTENT, root)
    path = root / "en" / "phrases-heard" / "back-pain.yaml"
    heard = yaml.safe_load(path.read_text(encoding="utf-8"))
    heard |= {"states": {"made-up": [heard["phrases"][0]]}, "may_state": ["a line of no file"]}
    path.write_text(yaml.safe_dump(heard, sort_keys=False), encoding="utf-8")
    with pytest.raises(ContentInvalid) as refused:
        load_content(root)
    assert {fault.key for fault in refused.value.faults} == {"states.made-up", "may_state"}


def test_every_topic_of_the_catalog_has_its_article(content: Content) -> None:
    assert len(content.catalog) == 102
    assert content.articles.keys() == content.catalog.keys()


def test_every_topic_of_the_catalog_is_read_out_in_one_group(content: Content) -> None:
    assert sorted(topic for group in content.groups for topic in group.topics) == sorted(content.catalog)


def test_every_article_is_unreviewed_until_a_person_signs(content: Content) -> None:
    assert {article.review.status for article in content.articles.values()} == {"unreviewed"}


def test_a_violence_sign_is_never_spoken_unasked(content: Content) -> None:
    assert content.signs["domestic-violence"].named_by == ()
    spoken = " ".join(text for article in content.articles.values() for _, text in spoken_texts_of_article(article))
    assert "violence" not in spoken


def _opening(text: str, words: int = 3) -> str:
    return " ".join(text.lower().split()[:words])


@pytest.mark.parametrize("part", ["summary", "openings.causes", "openings.differentials"])
def test_a_hundred_articles_do_not_open_alike(part: str, content: Content) -> None:
    """No three words begin more than one in twelve of the articles."""
    openings: dict[str, int] = {}
    for article in content.articles.values():
        opening = _opening(_text_of(article, part))
        openings[opening] = openings.get(opening, 0) + 1
    commonest = max(openings, key=openings.__getitem__)
    assert openings[commonest] <= len(content.articles) / 12, (commonest, openings[commonest])


def _text_of(article: Article, part: str) -> str:
    return dict(spoken_texts_of_article(article))[part]
