"""The library page in Chromium: every article as it will be said, what is wrong with it, and what leads where."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import CONTENT, MODELS

from bench.accessible import hold_everywhere
from bench.browser import serving
from bench.conftest import PATIENCE
from skill.bench.voice import installed
from skill.cli import main
from skill.feedback.memory import MemoryStore
from skill.library.content import Content
from skill.reading_grade import reading_grade
from skill.settings import Settings
from skill.web.app import create_app


def test_every_article_is_there_and_linked(page: Any, address: str, content: Content, fits: Callable[[], None]) -> None:
    page.goto(f"{address}/library")
    assert page.locator(".articles a").count() == len(content.articles)
    links = {
        (topic, other.topic)
        for topic, article in content.articles.items()
        for other in article.differentials
        if other.topic in content.articles and other.topic != topic
    }
    assert page.locator(".links path").count() == len(links)
    assert page.locator(".links [data-node]").count() == len(content.articles)
    fits()


def test_the_links_are_reached_by_keyboard_and_light_up(page: Any, address: str) -> None:
    page.goto(f"{address}/library")
    page.click("text=The links as a list")
    page.focus('[data-light="back-pain"]')
    assert page.locator("path.lit").count() >= 1
    page.focus("#words")
    assert page.locator("path.lit").count() == 0


def test_search_understands_what_people_say(page: Any, address: str) -> None:
    page.goto(f"{address}/library?locale=en-GB")
    page.fill("#words", "my back is killing me")
    page.press("#words", "Enter")
    first = page.locator("#found li a").first
    first.wait_for()
    assert first.inner_text() == "back pain"
    first.click()
    page.wait_for_selector("h1:has-text('Back pain')")
    assert "locale=en-GB" in page.url


def test_search_for_an_emergency_says_that_it_is_one(page: Any, address: str) -> None:
    page.goto(f"{address}/library?locale=en-GB")
    page.fill("#words", "i am bleeding a lot and i feel faint")
    page.press("#words", "Enter")
    page.wait_for_selector("#found p")
    told = page.inner_text("#found p")
    assert told.startswith("Urgent (emergency: ")
    assert "no article is read" in told


def test_an_article_is_shown_as_it_will_be_said(page: Any, address: str, fits: Callable[[], None]) -> None:
    page.goto(f"{address}/library/back-pain?locale=en-GB")
    shown = page.inner_text("main")
    for part in ("999", "labour", "when to call", "part 1 of", "words", "NHS", "unreviewed", "Leads to", "sciatica"):
        assert part in shown, part
    assert ("reading grade" in shown.lower()) is True
    assert ("not measured here" in shown) is (reading_grade(()) is None)
    page.wait_for_selector("#faults p:not(.quiet)")
    assert "No faults" in page.inner_text("#faults")
    fits()


def test_the_list_counts_the_words_of_the_answer_that_the_article_begins_with(page: Any, address: str) -> None:
    page.goto(f"{address}/library?locale=en-GB")
    counted = page.locator('.articles [data-topic="back-pain"] .quiet').inner_text()
    page.goto(f"{address}/library/back-pain?locale=en-GB")
    said = page.locator(".spoken").first
    assert said.locator(".tools .quiet").first.inner_text().startswith(f"{counted}, ")
    assert counted == f"{len(said.locator('p').inner_text().split())} words"


@pytest.mark.skipif(not installed(), reason="espeak-ng is not installed")
def test_an_answer_can_be_heard(page: Any, address: str) -> None:
    page.goto(f"{address}/library/heartburn")
    with page.expect_response("**/speech") as sound:
        page.get_by_role("button", name="Play summary", exact=True).click()
    assert int(sound.value.headers["content-length"]) > 10_000


def test_a_topic_that_does_not_exist_is_said_to_be_none(page: Any, address: str) -> None:
    answer = page.goto(f"{address}/library/no-such-topic")
    assert answer.status == 404
    assert "There is no such article." in page.inner_text("body")


@pytest.fixture
def edited(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A server over a copy of the content, and the file of one article in it."""
    folder = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    settings = Settings(content=folder, models=MODELS, data=tmp_path / "data")
    with serving(create_app(settings, feedback=MemoryStore())) as address:
        yield f"{address}/bench", folder / "en/articles/heartburn.yaml"


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    stamp = path.stat()
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns + 1))


def test_a_changed_file_shows_at_once_and_a_broken_one_says_why(chromium: Any, edited: tuple[str, Path]) -> None:
    address, article = edited
    page = chromium.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}/library/heartburn")
    edit(article, "summary: ", "summary: Zanzibar is warm. ")
    page.wait_for_selector("main :text('Zanzibar is warm.')")  # nobody loads the page again
    edit(article, "summary:", "sumary:")
    page.wait_for_selector("[role=alert]:has-text('last good version')")
    assert "en/articles/heartburn.yaml: summary" in page.inner_text("[role=alert]")
    assert "Zanzibar is warm." in page.inner_text("main")
    page.wait_for_selector("#faults li")
    told = page.inner_text("#faults")
    assert "Not checked" in told
    assert "last good version" in told
    assert "en/articles/heartburn.yaml: summary" in told
    assert "No faults" not in told
    hold_everywhere(page)
    page.goto(f"{address}/library")
    hold_everywhere(page)
    page.goto(f"{address}/library/acne")
    page.wait_for_selector("#faults p.fault")
    assert page.inner_text("#faults").endswith("last good version.")
    page.close()


def test_a_sentence_becomes_a_test_that_fails_when_its_article_is_broken(
    chromium: Any, edited: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The walk of docs/tasks/use-the-bench.md."""
    address, article = edited
    page = chromium.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}/")
    page.fill("#sentence", "what helps heartburn")
    page.press("#sentence", "Enter")
    page.wait_for_selector("#turn :text('WhatHelpsIntent')")
    page.get_by_role("button", name="Save as test", exact=True).click()
    page.wait_for_selector("#saved:not([hidden])")
    with page.expect_download() as download:
        page.click("#saved-file")
    saved = tmp_path / download.value.suggested_filename
    assert saved.name == "what-helps-heartburn.yaml"
    download.value.save_as(saved)

    for name, value in (("CONTENT", article.parents[2]), ("MODELS", MODELS), ("DATA", tmp_path / "data")):
        monkeypatch.setenv(f"BUMP_GUIDE_{name}", str(value))
    assert CliRunner().invoke(main, ["test", str(saved)]).exit_code == 0
    edit(article, "summary:", "sumary:")
    failed = CliRunner().invoke(main, ["test", str(saved)])
    assert failed.exit_code == 1
    page.goto(f"{address}/library")
    for told in (failed.output, page.inner_text("[role=alert]")):
        assert "en/articles/heartburn.yaml: summary: Field required" in told
    page.close()
