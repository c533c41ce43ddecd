"""Where our matcher hears otherwise than Amazon's profiler did, by the rule it comes from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from skill.cli import main
from skill.errors import InputInvalid
from skill.formats.differences import RULES, Difference, differences
from skill.formats.profiled import Profiled, read_profiled
from skill.simulator.hear import HearingModel

ROOT = Path(__file__).parent.parent.parent
MODEL = {
    "interactionModel": {
        "languageModel": {
            "invocationName": "x y",
            "intents": [
                {"name": "AMAZON.StopIntent", "samples": []},
                {
                    "name": "EatIntent",
                    "slots": [{"name": "food", "type": "Food"}],
                    "samples": ["i eat {food}", "eat {food}"],
                },
                {"name": "LoveIntent", "slots": [{"name": "food", "type": "Food"}], "samples": ["i eat {food} a lot"]},
                {
                    "name": "AskIntent",
                    "slots": [{"name": "q", "type": "AMAZON.SearchQuery"}],
                    "samples": ["ask about {q}"],
                },
                {"name": "HelloIntent", "samples": ["good morning to you"]},
            ],
            "types": [{"name": "Food", "values": [{"name": {"value": food}} for food in ("apples", "pears")]}],
        }
    }
}


@pytest.fixture(scope="module")
def model() -> HearingModel:
    return HearingModel.from_json(MODEL)


def compared(model: HearingModel, utterance: str, intent: str | None, **slots: str) -> Difference | None:
    return next(differences(model, [Profiled(utterance, intent, slots)]), None)


ALIKE = [
    ("stop", "AMAZON.StopIntent", {}),
    ("i eat apples", "EatIntent", {"food": "Apples"}),
    ("eat apple's", "EatIntent", {"food": "apple's"}),
    ("ask about the 2 of us", "AskIntent", {"q": "the two of us"}),
    ("what on earth", None, {}),
    ("what on earth", "AMAZON.FallbackIntent", {}),
]


@pytest.mark.parametrize(("utterance", "intent", "slots"), ALIKE)
def test_what_is_heard_alike_is_no_difference(
    model: HearingModel, utterance: str, intent: str | None, slots: dict[str, str]
) -> None:
    assert compared(model, utterance, intent, **slots) is None


BY_RULE = [
    (1, "stop it now", "AMAZON.StopIntent", {}, "intent"),
    (1, "stop", "HelloIntent", {}, "intent"),
    (2, "a very good day", "HelloIntent", {}, "intent"),
    (2, "good morning for you", None, {}, "intent"),
    (3, "ask about apples", "EatIntent", {"food": "apples"}, "intent"),
    (3, "ask about my apples", "AskIntent", {"q": "apples"}, "slots"),
    (4, "eat aples", None, {}, "intent"),
    (4, "i eat apples", "EatIntent", {}, "slots"),
    (5, "i eat apples a lot", "EatIntent", {"food": "apples a lot"}, "intent"),
]


@pytest.mark.parametrize(("rule", "utterance", "intent", "slots", "what"), BY_RULE)
def test_a_difference_is_put_down_to_its_rule(
    model: HearingModel, rule: int, utterance: str, intent: str | None, slots: dict[str, str], what: str
) -> None:
    found = compared(model, utterance, intent, **slots)
    assert found is not None
    assert (found.rule, found.what) == (rule, what)


def test_the_rules_are_called_as_on_the_page_of_the_matcher() -> None:
    page = (ROOT / "docs" / "matcher.md").read_text().lower()
    assert [
        called for rule, called in RULES.items() if rule > 1 and f"### {rule}. {called.split(',')[0]}" not in page
    ] == []


def test_both_forms_of_a_line_are_read(tmp_path: Path) -> None:
    raw = {
        "utterance": "i eat apples",
        "sessionEnded": False,
        "selectedIntent": {
            "name": "EatIntent",
            "confirmationStatus": "NONE",
            "slots": {
                "food": {"name": "food", "value": "apples", "confirmationStatus": "NONE"},
                "other": {"name": "other"},
            },
        },
        "consideredIntents": [{"name": "LoveIntent"}],
    }
    plain = {"utterance": "i eat apples", "intent": "EatIntent", "slots": {"food": "apples"}}
    nothing = {"utterance": "hm", "sessionEnded": False, "consideredIntents": []}
    (tmp_path / "p.jsonl").write_text("\n\n".join(map(json.dumps, (raw, plain, nothing))))
    first, second, third = read_profiled(tmp_path / "p.jsonl")
    assert first == second == Profiled("i eat apples", "EatIntent", {"food": "apples"})
    assert third.intent is None


def test_every_bad_line_is_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_text('{"selectedIntent": {}}\n{"utterance": "a"}\n{\n{"utterance": "a", "intent": 3}')
    with pytest.raises(InputInvalid) as caught:
        read_profiled(tmp_path / "p.jsonl")
    assert [f"line {number}" in str(caught.value) for number in (1, 2, 3, 4)] == [True] * 4


def test_the_command_prints_them_by_rule(tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text(json.dumps(MODEL))
    lines = [{"utterance": utterance, "intent": intent, "slots": slots} for _, utterance, intent, slots, _ in BY_RULE]
    (tmp_path / "p.jsonl").write_text(
        "\n".join(map(json.dumps, [*lines, {"utterance": "stop", "intent": "AMAZON.StopIntent"}]))
    )
    command = ["model", "compare", str(tmp_path / "p.jsonl"), "--via", str(tmp_path / "m.json")]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[-1] == "1 of 10 sentences are heard alike; 7 differ in the intent"
    assert [f"Rule {rule}" in done.output for rule in RULES] == [True] * 5
    told = [json.loads(line) for line in CliRunner().invoke(main, [*command, "--json"]).output.splitlines()]
    assert [one["rule"] for one in told] == [rule for rule, *_ in BY_RULE]
