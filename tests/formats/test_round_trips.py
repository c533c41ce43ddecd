"""Round trips lose nothing; what a file cannot carry is said, never dropped in silence."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from ask_sdk_model_runtime import DefaultSerializer
from ask_smapi_model.v1.skill.nlu.evaluations.expected import Expected as AmazonsExpected
from ask_smapi_model.v1.skill.nlu.evaluations.inputs import Inputs as AmazonsInputs
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.errors import InputInvalid
from skill.formats.annotations import AnnotationSet, read_annotations
from skill.formats.annotations_csv import not_in_csv, read_csv, write_csv
from skill.formats.convert import Setting, convert, dialogs_to_replay, replay_to_dialogs
from skill.formats.replay import Replay, read_replay
from skill.simulator.hear import FALLBACK_INTENT, Heard, MatchClass
from skill.simulator.saved import to_yaml

HERE = Path("here")
NAME = "bump guide"

texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
spoken = st.sampled_from(
    [
        "open bump guide",
        "Alexa, start  bump guide",
        "ask bump guide why do i itch",
        "help",
        " help ",
        ".quit",
        "<noise>",
        "<touch> open 2",
    ]
) | texts.filter(str.strip)
replays = st.builds(
    Replay,
    skill_id=texts.filter(str.strip),
    locale=st.sampled_from(["en-US", "en-GB"]),
    said=st.lists(spoken, min_size=1, max_size=6).map(tuple).filter(lambda said: said[0].strip() != ".quit"),
    type=st.sampled_from(["text", "other"]),
    more=st.dictionaries(
        texts.filter(lambda key: key not in {"skillId", "locale", "type", "userInput", "then"}), texts, max_size=2
    ),
)

simple = st.fixed_dictionaries({"value": texts})
later = st.fixed_dictionaries(
    {"slotValue": st.fixed_dictionaries({"type": st.just("Simple"), "value": texts})}, optional={"note": texts}
)
listed = st.fixed_dictionaries(
    {
        "slotValue": st.fixed_dictionaries(
            {
                "type": st.just("List"),
                "values": st.lists(st.fixed_dictionaries({"type": st.just("Simple"), "value": texts})),
            }
        )
    }
)


def sets(slots: st.SearchStrategy[Any], most_expected: int, **more: Any) -> st.SearchStrategy[dict[str, Any]]:
    intent = st.fixed_dictionaries({"name": texts, "slots": st.dictionaries(texts, slots, max_size=3)})
    expected = st.fixed_dictionaries({"intent": intent}, optional=more)
    inputs = st.fixed_dictionaries({"utterance": texts}, optional={"referenceTimestamp": texts})
    one = st.fixed_dictionaries({"inputs": inputs, "expected": st.lists(expected, min_size=1, max_size=most_expected)})
    return st.fixed_dictionaries({"data": st.lists(one, max_size=5)})


@settings(deadline=None)
@given(replays)
def test_a_replay_file_comes_back_as_it_was(replay: Replay) -> None:
    assert read_replay(json.loads(replay.to_json()), HERE) == replay


@settings(deadline=None)
@given(replays)
def test_a_replay_file_survives_being_a_conversation_test(replay: Replay) -> None:
    dialogs = yaml.safe_load(to_yaml(replay_to_dialogs(replay, NAME, "x")))["dialogs"]
    again, notes = dialogs_to_replay(dialogs, NAME, None, "en-US")
    assert again == replay
    assert notes == []


@settings(deadline=None)
@given(sets(simple | later | listed, 3, domain=texts, extra=texts))
def test_an_annotation_set_in_json_comes_back_as_it_was(data: dict[str, Any]) -> None:
    assert json.loads(read_annotations(data, HERE).to_json()) == data


@settings(deadline=None)
@given(sets(simple, 1))
def test_an_annotation_set_survives_being_csv(data: dict[str, Any]) -> None:
    read = read_annotations(data, HERE)
    assert [*not_in_csv(read)] == []
    assert json.loads(read_csv(write_csv(read), HERE).to_json()) == data


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """The cells of an annotation file, any of the slots' empty, and any column without a cell that is not."""
    slots = [f"slot[{name}]" for name in draw(st.lists(texts, unique=True, max_size=4))]
    head = draw(st.permutations(["utterance", "referenceTimestamp", "intent", *slots]))
    cell = {"utterance": texts, "intent": texts}
    row = st.tuples(*(cell.get(column, st.just("") | texts) for column in head)).map(list)
    return [head, *draw(st.lists(row, max_size=4))]


def written(rows: list[list[str]]) -> str:
    target = io.StringIO(newline="")
    csv.writer(target).writerows(rows)
    return target.getvalue()


def columns(text: str) -> tuple[list[str], list[dict[str, str]]]:
    """The slots' columns in their order, and every row by column."""
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    return [name for name in head if name.startswith("slot[")], [dict(zip(head, row, strict=True)) for row in rows]


@settings(deadline=None)
@given(tables())
def test_a_csv_file_comes_back_with_every_column_and_cell_straight_and_by_way_of_json(table: list[list[str]]) -> None:
    text = written(table)
    read = read_csv(text, HERE)
    by_way_of_json = read_annotations(json.loads(read.to_json()), HERE)
    for back in (read, by_way_of_json):
        assert [*not_in_csv(back)] == []
        assert columns(write_csv(back)) == columns(text)


def test_a_column_that_no_sentence_fills_is_the_only_thing_that_adds_a_key_to_json() -> None:
    head = "utterance,referenceTimestamp,intent,slot[city]"
    filled, empty = (read_csv(f"{head}\r\nfrom seattle,,Go,{city}\r\n", HERE) for city in ("seattle", ""))
    assert "csvSlots" not in json.loads(filled.to_json())
    assert json.loads(empty.to_json())["csvSlots"] == ["city"]


@settings(deadline=None)
@given(sets(simple | later | listed, 3, domain=texts))
def test_whatever_csv_cannot_carry_is_said(data: dict[str, Any]) -> None:
    read = read_annotations(data, HERE)
    back = read_csv(write_csv(read), HERE)
    lost = [*map(meaning, read.data)] != [*map(meaning, back.data)]
    assert bool([*not_in_csv(read)]) >= lost


def meaning(one: Any) -> Any:
    expected = [
        (e.domain, e.intent.name, {name: slot.wanted for name, slot in e.intent.slots.items()}, e.unknown)
        for e in one.expected
    ]
    return one.inputs.utterance, one.inputs.referenceTimestamp, expected


def test_csv_has_the_header_that_amazon_describes() -> None:
    header = "utterance,referenceTimestamp,intent,slot[fromCity]"
    text = f"{header}\r\ni travel from seattle,2018-10-25T23:50:02.135Z,Go,seattle\r\n"
    read = read_csv(text, HERE)
    assert json.loads(read.to_json())["data"] == [
        {
            "inputs": {"utterance": "i travel from seattle", "referenceTimestamp": "2018-10-25T23:50:02.135Z"},
            "expected": [{"intent": {"name": "Go", "slots": {"fromCity": {"value": "seattle"}}}}],
        }
    ]
    assert write_csv(read) == text


def test_amazons_own_classes_read_what_we_write() -> None:
    read = read_csv("utterance,intent,slot[city]\nfrom seattle,Go,seattle\n", HERE)
    one = json.loads(read.to_json())["data"][0]
    amazons = DefaultSerializer()
    inputs = amazons.deserialize(json.dumps(one["inputs"]), AmazonsInputs)
    expected = amazons.deserialize(json.dumps(one["expected"][0]), AmazonsExpected)
    assert inputs.utterance == "from seattle"
    assert expected.intent.name == "Go"
    assert expected.intent.slots["city"].value == "seattle"


SETTING = Setting(
    NAME, "amzn1.ask.skill.x", "en-US", "tried", lambda _: Heard(FALLBACK_INTENT, (), None, MatchClass.FALLBACK)
)
DIALOG = {
    "id": "belly",
    "locale": "en-GB",
    "turns": [
        {"say": "<launch>", "expect": {"asks_back": True}},
        {"say": "<silence>"},
        {"say": "what helps heartburn", "expect": {"topic": "heartburn"}},
        {"say": "<touch> more"},
    ],
}


def test_what_a_replay_file_cannot_hold_is_said() -> None:
    text, notes = convert([DIALOG], "replay", SETTING)
    assert json.loads(text) == {
        "skillId": "amzn1.ask.skill.x",
        "locale": "en-GB",
        "type": "text",
        "userInput": ["open bump guide", "what helps heartburn"],
    }
    assert notes == [
        "belly: what 2 turns expect; a replay file expects nothing.",
        "belly: turn 2: silence; a replay file holds sentences only.",
        "belly: turn 4: touch; a replay file holds sentences only.",
    ]


IN_BRITAIN = {"id": "britain", "locale": "en-GB", "turns": [{"say": "what helps heartburn"}]}
IN_INDIA = {"id": "india", "locale": "en-IN", "turns": [{"say": "is it acidity"}]}
NOWHERE_SAID = {"id": "anywhere", "turns": [{"say": "why do i itch"}]}


@pytest.mark.parametrize(
    ("asked", "written", "left"),
    [
        ("en-US", "why do i itch", ["en-GB", "en-IN"]),
        ("en-IN", "is it acidity", ["en-GB"]),  # and the one that names no locale is in en-IN, too
    ],
)
def test_of_several_locales_one_is_written_and_the_others_are_named(asked: str, written: str, left: list[str]) -> None:
    text, notes = convert([IN_BRITAIN, IN_INDIA, NOWHERE_SAID], "replay", replace(SETTING, locale=asked))
    replay = json.loads(text)
    assert replay["locale"] == asked
    assert f"ask bump guide {written}" in replay["userInput"]
    assert notes == [f"1 conversations in {other}; --locale {other} writes a file of them." for other in left]


def test_where_none_is_in_the_locale_the_option_that_helps_is_named() -> None:
    with pytest.raises(InputInvalid, match="here are en-GB, en-IN: say which with --locale"):
        convert([IN_BRITAIN, IN_INDIA], "replay", SETTING)


def test_what_an_annotation_set_cannot_hold_is_said() -> None:
    text, notes = convert([DIALOG], "annotations", SETTING)
    assert [one["inputs"]["utterance"] for one in json.loads(text)["data"]] == ["what helps heartburn"]
    for lost in ("our matcher hears", "locale en-GB", "expect", "<launch>", "<silence>", "<touch> more"):
        assert any(lost in note for note in notes)


def test_annotations_become_conversations_without_their_intents_and_that_is_said() -> None:
    read = AnnotationSet.model_validate(
        {"data": [{"inputs": {"utterance": "why"}, "expected": [{"intent": {"name": "WhyIntent"}}]}]}
    )
    text, notes = convert(read, "conversations", SETTING)
    assert yaml.safe_load(text)["dialogs"][0]["turns"] == [{"say": "<oneshot> why"}]
    assert "intents and slots" in notes[0]
