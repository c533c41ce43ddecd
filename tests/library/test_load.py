"""Files that break the rules: every fault of every file at once, with file, key and what to do; nothing is lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import CONTENT

from skill.errors import ContentInvalid, Fault
from skill.library.content import Content
from skill.library.load import load_content, schemas
from skill.text import comparable

Change = Callable[[dict[str, Any]], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the content, to be broken."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def edit(path: Path, change: Change) -> None:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")


def faults_of(folder: Path) -> list[Fault]:
    with pytest.raises(ContentInvalid) as caught:
        load_content(folder)
    return list(caught.value.faults)


def test_the_content_as_it_is_has_no_faults(content: Content) -> None:
    assert len(content.articles) >= 12
    assert len(content.signs) == 67


def test_every_article_says_that_nobody_has_reviewed_it(content: Content) -> None:
    assert {article.review.status for article in content.articles.values()} == {"unreviewed"}


def test_eight_faults_in_one_article_are_eight_faults_in_one_report(folder: Path) -> None:
    def break_it(article: dict[str, Any]) -> None:
        article["summary"] = "word " * 60
        article["lay_names"] = article["lay_names"][:3]
        article["causes"][0]["short"] = "far too many words for a short cause"
        article["causes"][1]["text"] = "no full stop and no capital"
        article["differentials"] = article["differentials"][:1]
        article["sources"][0]["url"] = "not an address"
        article["colour"] = "blue"
        del article["when_to_call"]["emergency"]

    edit(folder / "en/articles/back-pain.yaml", break_it)
    faults = [fault for fault in faults_of(folder) if fault.file == "en/articles/back-pain.yaml"]
    assert [fault.key for fault in faults] == [
        "lay_names",
        "summary",
        "causes.0.short",
        "causes.1.text",
        "differentials",
        "when_to_call.emergency",
        "sources.0.url",
        "colour",
    ]
    assert all(fault.problem and fault.remedy for fault in faults)
    assert (faults[-1].problem, faults[-1].remedy.split(",")[0]) == ("Extra inputs are not permitted.", "Remove it")


def test_faults_of_several_files_are_reported_together(folder: Path) -> None:
    edit(
        folder / "en/articles/heartburn.yaml", lambda article: article.update(name="one two three four five six seven")
    )
    edit(folder / "en/urgent-signs/seizure.yaml", lambda sign: sign["spoken"].update(action="Do not panic."))
    (folder / "en/articles/nausea.yaml").write_text("id: nausea\n  name: [", encoding="utf-8")
    files = {fault.file for fault in faults_of(folder)}
    assert {"en/articles/heartburn.yaml", "en/urgent-signs/seizure.yaml", "en/articles/nausea.yaml"} <= files


BREAKS: dict[str, tuple[str, Change, str, str]] = {
    "an id that is not the file's name": ("articles/itching.yaml", lambda a: a.update(id="itch"), "id", "Says 'itch'"),
    "a differential that is no topic": (
        "articles/itching.yaml", lambda a: a["differentials"][0].update(topic="dragon-pox"),
        "differentials.0.topic", "There is no topic 'dragon-pox'",
    ),
    "a sign that there is not": (
        "articles/itching.yaml", lambda a: a.update(urgent_signs=["no-such-sign"]), "urgent_signs.0", "no sound sign",
    ),
    "a sign that should be listed": (
        "articles/headache.yaml", lambda a: a.update(urgent_signs=[]), "urgent_signs", "names this topic",
    ),
    "a placeholder that nothing fills": (
        "articles/itching.yaml", lambda a: a.update(summary="Ask {nobody} about it."), "summary", "{nobody}",
    ),
    "a word of one locale": (
        "articles/itching.yaml", lambda a: a.update(summary="It may come before labour."), "summary", "'labour'",
    ),
    "a bracket": (
        "articles/itching.yaml", lambda a: a.update(summary="Itching (pruritus) is an itch."), "summary", "bracket",
    ),
    "a signature without a name": (
        "articles/itching.yaml", lambda a: a.update(review={"status": "reviewed"}), "review", "Signed without",
    ),
    "a review past its date": (
        "articles/itching.yaml",
        lambda a: a.update(review={"status": "reviewed", "by": "A Midwife", "on": "2020-01-01", "due": "2021-01-01"}),
        "review.due", "was due",
    ),
    "one source only": ("articles/itching.yaml", lambda a: a.update(sources=a["sources"][:1]), "sources", "at least 2"),
    "a phrase in two topics": (
        "phrases-heard/itching.yaml", lambda h: h["phrases"].append("why does my heartburn again"), "phrases", "",
    ),
    "digits in a phrase": (
        "phrases-heard/itching.yaml", lambda h: h["phrases"].append("itchy at 32 weeks"),
        "phrases.", "never hands over",
    ),
    "an emergency that names no help": (
        "urgent-signs/seizure.yaml", lambda s: s["spoken"].update(action="Call somebody now."),
        "spoken.action", "neither the emergency number",
    ),
    "a number that is confirmed without a source": (
        "care-contacts.yaml", lambda c: c["en-GB"]["lines"]["emergency"]["numbers"][0].update(source=None),
        "en-GB", "confirmed without a source",
    ),
    "a number that nobody looked up again in time": (
        "care-contacts.yaml", lambda c: c["en-GB"].update(recheck_by=date(2020, 1, 1)), "en-GB.recheck_by", "2020",
    ),
    "numbers without a day to look them up again": (
        "care-contacts.yaml", lambda c: c["en-IN"].pop("recheck_by"), "en-IN.recheck_by", "looked up again",
    ),
    "a number written into a sign": (
        "urgent-signs/seizure.yaml", lambda s: s["spoken"].update(action="Call 999 now, or {emergency_number}."),
        "spoken.action", "number 999",
    ),
    "a number written into an article": (
        "articles/itching.yaml", lambda a: a.update(summary="For a bad itch call 13 11 14."), "summary", "13 11 14",
    ),
    "a number of nobody written into a prompt": (
        "said.yaml", lambda s: s.update(goodbye=["Call 112. Goodbye."]), "goodbye", "number 112",
    ),
    "a locale without contacts": ("care-contacts.yaml", lambda c: c.pop("en-AU"), "en-AU", "no contacts"),
    "the word between two names, missing": ("said.yaml", lambda s: s.pop("word_or"), "word_or", "Field required"),
    "the word between two names, in two ways": (
        "said.yaml", lambda s: s.update(word_and=["and", "or"]), "word_and", "at most 1 item",
    ),
    "no words for what hurts after a loss": (
        "cues.yaml", lambda c: c.pop("of_pregnancy"), "of_pregnancy", "Field required",
    ),
    "no words that state plainly": ("cues.yaml", lambda c: c.pop("states_plainly"), "states_plainly", "Field required"),
    "a prompt without its text": ("said.yaml", lambda s: s.pop("rating"), "rating", "Field required"),
    "a pattern with an unknown concept": (
        "urgent-patterns.yaml", lambda p: p["signs"]["seizure"].append({"all": ["no-such-concept"]}),
        "signs.seizure", "no concept",
    ),
    "a sign that nothing listens for": (
        "urgent-patterns.yaml", lambda p: p["signs"].pop("seizure"), "signs.seizure", "No pattern",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in BREAKS if name != "a phrase in two topics"])
def test_each_fault_is_named_with_file_and_key(folder: Path, name: str) -> None:
    file, change, key, problem = BREAKS[name]
    edit(folder / "en" / file, change)
    assert any(
        fault.file == f"en/{file}" and fault.key.startswith(key) and problem in fault.problem
        for fault in faults_of(folder)
    ), [str(fault) for fault in faults_of(folder)][:5]


def test_a_phrase_that_stands_in_two_topics_is_named_with_both(folder: Path) -> None:
    phrases = yaml.safe_load((folder / "en/phrases-heard/heartburn.yaml").read_text(encoding="utf-8"))["phrases"]
    edit(folder / "en/phrases-heard/itching.yaml", lambda heard: heard["phrases"].append(phrases[0]))
    assert any(phrases[0] in fault.problem and "heartburn" in fault.problem for fault in faults_of(folder))


RAW: dict[str, tuple[bytes, str]] = {
    "not YAML": (b"id: [unclosed", "Not valid YAML"),
    "not UTF-8": (b"id: itching\nname: \xff\xfe", "not UTF-8"),
    "a key twice": (b"id: itching\nid: itching\n", "twice"),
    "empty": (b"", "valid dictionary"),
    "a list": (b"- a\n- b\n", "valid dictionary"),
}


@pytest.mark.parametrize("name", RAW)
def test_a_file_that_cannot_be_read_is_a_fault_too(folder: Path, name: str) -> None:
    (folder / "en/articles/itching.yaml").write_bytes(RAW[name][0])
    assert any(
        fault.file == "en/articles/itching.yaml" and RAW[name][1] in fault.problem for fault in faults_of(folder)
    ), [str(fault) for fault in faults_of(folder)][:5]


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "en/words.yaml").unlink()
    assert any(fault.file == "en/words.yaml" and "missing" in fault.problem for fault in faults_of(folder))


def test_the_schemas_for_editors_are_those_of_the_check() -> None:
    """Written by `bump-guide build`; committed, so that an editor has them without building."""
    for kind, schema in schemas().items():
        committed = CONTENT / "schema" / f"{kind}.schema.json"
        assert yaml.safe_load(committed.read_text(encoding="utf-8")) == schema, f"run `bump-guide build`: {kind}"


def test_every_spelling_of_words_yaml_folds_to_one_form(content: Content) -> None:
    for word, by_locale in content.words.spelling.items():
        assert {comparable(form) for form in by_locale.values()} == {comparable(word)}


GROUP_FAULTS: dict[str, tuple[Callable[[list[dict[str, Any]]], None], str]] = {
    "a topic in two groups": (lambda groups: groups[1]["topics"].append("sciatica"), "Stands in 2 groups."),
    "a topic that there is not": (lambda groups: groups[0]["topics"].append("sore-elbow"), "There is no such topic."),
    "an id twice": (lambda groups: groups[0].update(id=groups[1]["id"]), "Two groups have this id."),
}


@pytest.mark.parametrize("name", GROUP_FAULTS)
def test_a_topic_stands_in_one_group_at_most(name: str, folder: Path) -> None:
    change, problem = GROUP_FAULTS[name]
    edit(folder / "en/topic-groups.yaml", change)  # type: ignore[arg-type]  # this file is a list
    assert problem in {fault.problem for fault in faults_of(folder) if fault.file == "en/topic-groups.yaml"}


def test_a_vague_place_leads_to_topics_that_there_are(folder: Path) -> None:
    edit(folder / "en/talk.yaml", lambda talk: talk["vague"]["places"].update(elbow=["sore-elbow", "hip-pain"]))
    assert [fault.key for fault in faults_of(folder)] == ["vague.places.elbow"]
