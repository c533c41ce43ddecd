"""Numbers of care stand in one place, with their source and a day: the replies follow, and nothing else is spoken."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml
from conftest import CONTENT

from skill.library.content import Content
from skill.library.load import load_content
from skill.library.locales import LOCALES
from skill.library.rules import library_faults
from skill.library.texts import spoken_texts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


@pytest.mark.parametrize("locale", LOCALES)
def test_only_a_confirmed_number_is_ever_spoken(locale: str, content: Content) -> None:
    voice = content.voice(locale)
    lines = [line for _, line in content.contacts[locale].lines]
    confirmed = {number.number for line in lines for number in line.numbers if number.confirmed}
    assert set(voice.numbers) <= confirmed
    unconfirmed = {number.number for line in lines for number in line.numbers} - confirmed
    for file, key, text in spoken_texts(content):
        words = f" {voice.as_far_as_known(text)} "
        spoken = [number for number in unconfirmed if f" {number}" in words.replace(",", " ").replace(".", " ")]
        assert not spoken, (file, key)


def test_changing_a_number_in_its_one_place_changes_every_reply(folder: Path) -> None:
    file = folder / "en" / "care-contacts.yaml"
    contacts = yaml.safe_load(file.read_text(encoding="utf-8"))
    contacts["en-GB"]["lines"]["emergency"]["numbers"][0]["number"] = "777"
    file.write_text(yaml.safe_dump(contacts), encoding="utf-8")
    content = load_content(folder)
    voice = content.voice("en-GB")
    texts = [voice.as_far_as_known(text) for _, _, text in spoken_texts(content)]
    assert not [text for text in texts if "999" in text]
    assert sum("777" in text for text in texts) > 100


def test_numbers_past_their_day_fail_the_check(content: Content) -> None:
    days = [contacts.recheck_by for contacts in content.contacts.values() if contacts.recheck_by is not None]
    assert len(days) == len(LOCALES)
    after = date(max(days).year + 1, 1, 1)
    late = [fault.key for fault in library_faults(content, today=after) if fault.key.endswith("recheck_by")]
    assert late == [f"{locale}.recheck_by" for locale in content.locales]
