"""The composed replies: measured, every variant, every locale; and a content that does not fit fails by name."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import CONTENT, MODELS, ROOT

from skill.alexa.interaction_model import build_models, drift, render
from skill.answers import answer, pages
from skill.check import ASPECTS, check_content, check_models, check_served, suggested_phrases
from skill.dialogue.answering import answer_on
from skill.dialogue.core import Core
from skill.library.content import Content
from skill.library.locales import LOCALES
from skill.library.signs import Level
from skill.library.withdrawn import Withdrawal, write_register
from skill.settings import Settings
from skill.turn import Session, Turn

# The cheapest word that tells a locale by what it calls things; checked as whole words in every reply of the others.
TELLTALE = {"en-US": "911", "en-GB": "999", "en-AU": "000", "en-IN": "112"}


def test_every_reply_fits_its_budget() -> None:
    faults, longest = check_content(CONTENT)
    assert faults == []
    assert {row.kind for row in longest} >= {"first reply", "later reply", "emergency reply", "urgent reply"}
    assert all(0 < row.words <= row.limit for row in longest)


Change = Callable[[dict[str, Any]], None]


def lengthen_together(article: dict[str, Any]) -> None:
    """Every piece within its own limit, and too long together."""
    for item in article["relief"]:
        longer = f"{item['text'].rstrip('.')} {'and so on ' * 9}"
        item["text"] = " ".join(longer.split()[:24]) + "."


BREAKS: dict[str, tuple[str, Change, str]] = {
    "pieces that do not fit together": ("articles/heartburn.yaml", lengthen_together, "relief answer"),
    "reassurance before the warning": (
        "articles/heartburn.yaml",
        lambda a: a.update(summary="It is usually harmless."),
        "summary answer",
    ),
    "a question inside an answer": (
        "articles/heartburn.yaml",
        lambda a: a.update(summary="What is it? It is a burning feeling."),
        "question",
    ),
    "an emergency that talks too long": (
        "urgent-signs/seizure.yaml",
        lambda s: s["spoken"].update(
            action="Call {emergency_number} now and then do this and that and some more things."
        ),
        "first sentence of an emergency",
    ),
    "an expression that names a list that there is not": (
        "urgent-patterns.yaml",
        lambda p: p["concepts"].update({"itch": ["<nosuchlist> itches"]}),
        "words",
    ),
    "a disclaimer that is too long": (
        "said.yaml",
        lambda s: s.update(disclaimer_short=["This is general information and it goes on and on and on."]),
        "short disclaimer",
    ),
    "a prompt with two questions": (
        "said.yaml",
        lambda s: s.update(rating=["Was this helpful? Really?"]),
        "question",
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_what_does_not_fit_is_named(name: str, tmp_path: Path) -> None:
    file, change, key = BREAKS[name]
    folder = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    path = folder / "en" / file
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")
    faults, _ = check_content(folder, ("heartburn", "seizure"))
    assert any(fault.key == key for fault in faults), [str(fault) for fault in faults][:3]


def test_what_is_served_is_checked_as_its_files_are(core: Core, content: Content, tmp_path: Path) -> None:
    register = tmp_path / "withdrawn.yaml"
    gone = Withdrawal(reason="an error was reported", on=date(2026, 11, 1))
    write_register(register, {"heartburn": gone, "no-such-topic": gone})
    assert [str(fault) for fault in check_served(core, content, register, ("nausea",))] == [
        "withdrawn.yaml: no-such-topic: There is no such topic. Use an id of catalog.yaml.",
        "en/articles/nausea.yaml: differentials.4.topic: 'heartburn' is withdrawn."
        " Take the link out, or restore the topic.",
    ]
    assert [fault.file for fault in check_served(core, content, register, ("acne",))] == ["withdrawn.yaml"]
    register.write_text("heartburn: soon", encoding="utf-8")
    [unreadable] = check_served(core, content, register, ("acne",))
    assert (unreadable.file, unreadable.key) == ("withdrawn.yaml", "")


@pytest.mark.parametrize("locale", LOCALES)
def test_no_locale_speaks_the_words_of_another(locale: str, core: Core, content: Content) -> None:
    own = {
        by_locale[locale] for by_locale in {**content.words.spelling, **content.words.choice}.values()
    } | {TELLTALE.get(locale, "911")}  # fmt: skip
    foreign = {
        form
        for by_locale in {**content.words.spelling, **content.words.choice}.values()
        for form in by_locale.values()
        if form not in own and " " not in form
    } | set(TELLTALE.values()) - own
    foreign -= {"mother", "mothers", "urine", "stool", "chemist", "pharmacist"}
    for topic in core.library.names:
        for aspect in ASPECTS:
            for number in range(3):
                for page in range(pages(content.articles[topic], aspect)):
                    turn = Turn("", locale, Session(turn=number, disclaimed=bool(number)))
                    said = answer_on(turn, core, topic, aspect, page).plain.lower()
                    strangers = set(re.findall(r"[a-z0-9]+", said)) & foreign
                    assert not strangers, (topic, aspect, said)


def test_answers_name_their_emergencies(core: Core, content: Content) -> None:
    """Words that the device dropped cannot be recovered, so every answer says when to call."""
    voice = core.library.voice("en-GB")
    for article in content.articles.values():
        for aspect in ASPECTS:
            text = answer(article, aspect, voice, content.said).text
            assert re.search(r"\b(call|ring|phone|go)\b", text, re.IGNORECASE), (article.id, aspect)
            grave = any(content.signs[sign].level is Level.EMERGENCY for sign in article.urgent_signs)
            assert not grave or "999" in text or "A and E" in text, (article.id, aspect, text)


def test_the_committed_models_are_what_the_content_generates(content: Content) -> None:
    models = build_models(content, "bump guide")
    assert list(models) == list(LOCALES)
    assert drift(models, MODELS) == []


def test_the_same_content_gives_the_same_bytes(content: Content) -> None:
    first, second = (build_models(content, "bump guide") for _ in range(2))
    assert [render(model) for model in first.values()] == [render(model) for model in second.values()]


def test_an_edited_model_is_drift(content: Content, tmp_path: Path) -> None:
    shutil.copytree(MODELS, tmp_path, dirs_exist_ok=True)
    (tmp_path / "en-GB.json").write_text("{}")
    (tmp_path / "en-IN.json").unlink()
    assert drift(build_models(content, "bump guide"), tmp_path) == ["en-GB", "en-IN"]


def test_the_models_pass_every_rule() -> None:
    report = check_models(Settings(content=CONTENT, models=MODELS), drift_too=True)
    assert [line for line in report if line.startswith("error")] == []


def test_a_model_that_is_broken_is_reported_by_name(tmp_path: Path) -> None:
    model = json.loads((MODELS / "en-US.json").read_text())
    model["interactionModel"]["languageModel"]["invocationName"] = "Alexa 7"
    (tmp_path / "en-US.json").write_text(json.dumps(model))
    (tmp_path / "no.json").write_text("{")
    report = check_models(Settings(content=CONTENT), [tmp_path / "en-US.json", tmp_path / "no.json"])
    assert any("invocation" in line for line in report)
    assert any("no.json" in line and "JSON" in line for line in report)


def test_prompts_suggest_something(content: Content) -> None:
    assert "why does my back hurt" in list(suggested_phrases(content.said))


def test_every_prompt_is_said_somewhere(content: Content) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "skill").rglob("*.py"))
    assert [key for key, _ in content.said if not re.search(rf"\.{key}\b", code)] == []
