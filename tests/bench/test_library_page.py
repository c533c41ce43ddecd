"""The library page in Chromium: every article as it will be said, what is wrong with it, and what leads where."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from conftest import CONTENT, MODELS, ROOT

from bench.accessible import hold_everywhere
from bench.browser import serving
from bench.conftest import PATIENCE
from skill.bench.voice import installed
from skill.check import check_content
from skill.feedback.memory import MemoryStore
from skill.library.content import Content
from skill.library.withdrawn import Withdrawal, write_register
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
def edited(tmp_path: Path, compiled: Path) -> Iterator[tuple[str, Path]]:
    """A server over a copy of the content, and the file of one article in it."""
    folder = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    shutil.copytree(compiled.parent, tmp_path / "data")
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


def in_a_terminal(*arguments: str, **environment: str) -> tuple[int, str]:
    """`bump-guide` with these arguments as a person sees it: exit code and output."""
    ours, its = os.openpty()
    call = [sys.executable, "-c", "from skill.cli import main; main()", *arguments]
    with subprocess.Popen(
        call, stdout=its, stderr=its, env={**os.environ, "TERM": "dumb", **environment}, cwd=ROOT
    ) as ran:
        os.close(its)
        shown = b""
        with suppress(OSError):  # which is how a terminal ends
            while more := os.read(ours, 4096):
                shown += more
    os.close(ours)
    return ran.returncode, shown.decode().replace("\r\n", "\n")


def test_a_sentence_becomes_a_test_that_fails_when_its_article_is_broken(
    chromium: Any, edited: tuple[str, Path], tmp_path: Path
) -> None:
    """The walk of docs/tasks/use-the-bench.md, step by step."""
    address, heartburn = edited
    article = heartburn.with_stem("back-pain")
    steps = (ROOT / "docs" / "tasks" / "use-the-bench.md").read_text(encoding="utf-8")
    page = chromium.new_page()
    page.set_default_timeout(PATIENCE)

    page.goto(f"{address}/")  # 1 and 2
    page.fill("#sentence", "why does my back hurt")
    page.press("#sentence", "Enter")
    page.wait_for_selector("#turn :text('ComplaintIntent')")
    assert "{opener} {complaint}" in page.inner_text("#turn")
    assert "why not the next" in page.inner_text("#turn")

    page.get_by_role("button", name="Save as test", exact=True).click()  # 3
    page.wait_for_selector("#saved:not([hidden])")
    with page.expect_download() as download:
        page.click("#saved-file")
    saved = tmp_path / download.value.suggested_filename
    assert saved.name == "why-does-my-back-hurt.yaml"
    download.value.save_as(saved)
    text = saved.read_text(encoding="utf-8")
    filled_in, wanted = "ends: false}", "ends: false, speaks_any: [softer ligaments]}"
    assert filled_in in text
    saved.write_text(text.replace(filled_in, wanted), encoding="utf-8")
    world = {
        f"BUMP_GUIDE_{name}": str(value)
        for name, value in (("CONTENT", article.parents[2]), ("MODELS", MODELS), ("DATA", tmp_path / "data"))
    }
    assert in_a_terminal("test", str(saved), **world) == (0, "1 of 1 conversations passed\n")

    page.goto(f"{address}/library/back-pain")  # 4
    edit(article, "short: softer ligaments", "short: harmless strain")
    page.wait_for_selector("main :text('comes from harmless strain')")
    assert listed(page, "#faults") == [
        "en/articles/back-pain.yaml: causes answer: 'harmless' is said before the warning."
        " Keep reassurance to is_it_normal, which is read after the warning."
    ]
    assert page.locator("#faults li").inner_text() in steps

    code, shown = in_a_terminal("test", str(saved), **world)  # 5
    assert (code, shown.splitlines()[-1]) == (1, "0 of 1 conversations passed")
    table = re.findall(r"^ +([┃│].*)$", steps, re.MULTILINE)
    assert len(table) == 3
    assert "\n".join(table[1:]) in shown
    assert table[0] in shown

    edit(article, "summary:", "sumary:")  # 6
    page.wait_for_selector("[role=alert]:has-text('last good version')")
    code, shown = in_a_terminal("test", str(saved), **world)
    assert (code, shown.splitlines()[-1]) == (1, "3 faults.")
    for told in (shown, page.inner_text("[role=alert]"), steps):
        assert "en/articles/back-pain.yaml: summary: Field required. Add this key." in told
    edit(article, "sumary:", "summary:")
    edit(article, "short: harmless strain", "short: softer ligaments")
    page.wait_for_selector("main :text('comes from softer ligaments')")
    page.wait_for_selector("#faults:has-text('No faults')")
    assert in_a_terminal("test", str(saved), **world) == (0, "1 of 1 conversations passed\n")
    page.close()


def test_the_server_says_what_is_wrong_with_withdrawn_topics(settings: Settings, tmp_path: Path) -> None:
    register = tmp_path / "register.yaml"
    gone = Withdrawal(reason="an error was reported", on=date(2026, 11, 1))
    write_register(register, {"heartburn": gone, "no-such-topic": gone})
    client = create_app(replace(settings, withdrawn=register), feedback=MemoryStore()).test_client()
    unknown = "register.yaml: no-such-topic: There is no such topic. Use an id of catalog.yaml."
    link = "differentials.4.topic: 'heartburn' is withdrawn. Take the link out, or restore the topic."
    shown = unescape(client.get("/bench/library").text)
    assert unknown in shown
    assert f"en/articles/nausea.yaml: {link}" in shown
    of_nausea = client.get("/bench/library/nausea/faults").json
    assert of_nausea == {"checked": True, "faults": [unknown, f"en/articles/nausea.yaml: {link}"]}
    stamp = client.get("/bench/library-state").json
    write_register(register, {})
    assert client.get("/bench/library-state").json != stamp
    assert "Withdrawn topics need a look." not in client.get("/bench/library").text
    assert client.get("/bench/library/nausea/faults").json == {"checked": True, "faults": []}


def listed(page: Any, selector: str) -> list[str]:
    page.wait_for_selector(f"{selector} li")
    return list(page.locator(f"{selector} li").all_inner_texts())


def checked(folder: Path, *topics: str) -> list[str]:
    """What the command says."""
    faults, _ = check_content(folder, topics)
    return [str(fault) for fault in faults]


def test_the_pages_say_what_the_check_says_of_withdrawn_topics(chromium: Any, edited: tuple[str, Path]) -> None:
    address, article = edited
    folder = article.parents[2]
    page = chromium.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}/library")
    register = folder / "withdrawn.yaml"
    gone = Withdrawal(reason="an error was reported", on=date(2026, 11, 1))
    write_register(register, {"heartburn": gone, "no-such-topic": gone})
    page.wait_for_selector("[role=alert]:has-text('Withdrawn topics')")  # nobody loads the page again
    told = listed(page, "[role=alert]")
    assert "withdrawn.yaml: no-such-topic: There is no such topic. Use an id of catalog.yaml." in told
    assert any(line.startswith("en/articles/nausea.yaml: differentials.") for line in told)
    page.goto(f"{address}/library/nausea")
    assert listed(page, "#faults") == checked(folder, "nausea")
    assert len(listed(page, "#faults")) == 2  # the link, and the id that nobody knows
    hold_everywhere(page)
    page.goto(f"{address}/library")
    page.click("#check-all")
    assert listed(page, "#faults") == checked(folder)
    register.write_text("heartburn: soon", encoding="utf-8")
    page.wait_for_selector("[role=alert]:has-text('last good version')")
    assert listed(page, "[role=alert]") == checked(folder)
    page.close()
