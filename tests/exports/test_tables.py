"""Topics, samples and answers as data: what is said, with its disclaimer and its review state."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import MODELS

from skill.cli import main
from skill.exports.tables import Tables, build_tables, to_csv, to_json
from skill.library.store import Library
from skill.simulator.converse import Conversation

LOCALES = ("en-GB", "en-US")


@pytest.fixture(scope="module")
def tables(library: Library) -> Tables:
    models = {locale: json.loads((MODELS / f"{locale}.json").read_text()) for locale in LOCALES}
    return build_tables(library, models, LOCALES, {"itching"})


def test_every_answer_says_locale_aspect_disclaimer_and_that_it_is_unreviewed(tables: Tables) -> None:
    assert {row.locale for row in tables.answers} == {*LOCALES}
    assert {row.aspect for row in tables.answers} == {
        "summary", "causes", "differentials", "tests", "relief", "when_to_call", "is_it_normal",
    }  # fmt: skip
    assert all("not medical advice" in row.disclaimer for row in tables.answers)
    assert {row.review for row in (*tables.answers, *tables.topics)} == {"unreviewed"}


def test_emergency_numbers_are_those_of_the_locale(tables: Tables) -> None:
    said = {
        locale: " ".join(row.text + row.disclaimer for row in tables.answers if row.locale == locale)
        for locale in LOCALES
    }
    assert "999" in said["en-GB"]
    assert "911" not in said["en-GB"]
    assert "911" in said["en-US"]


def test_an_answer_is_what_the_skill_says(tables: Tables, talk: Callable[..., Conversation]) -> None:
    exchange = talk("en-GB").say("<oneshot> what helps heartburn")
    (row,) = [
        row
        for row in tables.answers
        if (row.locale, row.topic, row.aspect, row.page, row.after_birth) == ("en-GB", "heartburn", "relief", 0, False)
    ]
    assert exchange.speech.startswith(f"{row.text} {row.disclaimer}")


def test_topics_off_the_air_are_not_in_it(tables: Tables, library: Library) -> None:
    assert len(tables.topics) == len(library.names) - 1
    assert "itching" not in {row.topic for row in (*tables.topics, *tables.answers)}


def test_samples_are_those_of_the_models(tables: Tables) -> None:
    assert any(row.sample == "why do i have {topic}" and row.locale == "en-GB" for row in tables.samples)


def test_csv_and_json_hold_the_same(tables: Tables) -> None:
    rows = [*csv.DictReader(io.StringIO(to_csv(tables), newline=""))]
    data = json.loads(to_json(tables))
    for kind, key in (("topic", "topics"), ("sample", "samples"), ("answer", "answers")):
        listed = [row for row in rows if row["kind"] == kind]
        assert len(listed) == len(data[key])
        for row, one in zip(listed, data[key], strict=True):
            for name, value in one.items():
                assert row[name] == ("; ".join(value) if isinstance(value, list) else str(value))
    assert "disclaimer" in data["about"]
    assert "urgent signs" in data["about"]


def test_the_command_writes_and_leaves_out_what_is_withdrawn(
    tmp_path: Path, compiled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUMP_GUIDE_DATA", str(compiled.parent))
    monkeypatch.setenv("BUMP_GUIDE_WITHDRAWN_TOPICS", "heartburn")
    done = CliRunner().invoke(main, ["export", "json", str(tmp_path / "a.json"), "--locale", "en-AU"])
    assert done.exit_code == 0, done.output
    assert "unreviewed" in done.output
    assert "Off the air and not in it: heartburn." in done.output
    data = json.loads((tmp_path / "a.json").read_text())
    assert {row["locale"] for row in data["answers"]} == {"en-AU"}
    assert "heartburn" not in {row["topic"] for row in data["topics"]}
    again = CliRunner().invoke(main, ["export", "csv", str(tmp_path / "a.json")])
    assert again.exit_code == 1
    assert "--overwrite" in again.output
    wrong = CliRunner().invoke(main, ["export", "csv", str(tmp_path / "b.csv"), "--locale", "xx-XX"])
    assert "xx-XX" in wrong.output
    assert not (tmp_path / "b.csv").exists()
