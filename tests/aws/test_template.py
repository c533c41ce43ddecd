"""template.yaml: bound to one skill, allowed little, watched by what the code really logs."""

from __future__ import annotations

import logging
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

from skill.alexa.handle import Skill
from skill.assemble import load_encoder
from skill.deployment.folder import DATA, PYTHON
from skill.deployment.template import load_template, read_template
from skill.dialogue.core import Core
from skill.encoder import encoder
from skill.errors import FeedbackUnavailable
from skill.feedback.one_write import OneWrite
from skill.settings import Settings
from skill.simulator.converse import Conversation
from skill.simulator.envelope import Device
from skill.simulator.hear import HearingModel
from skill.topics.resolve import Resolver

TEMPLATE = ROOT / "template.yaml"
SKILL_ID = "amzn1.ask.skill.11111111-2222-3333-4444-555555555555"
REGIONS = ("us-east-1", "eu-west-1", "us-west-2", "ap-northeast-1")

Talk = Callable[[Core], Conversation]


@pytest.fixture(scope="module")
def template() -> dict[str, Any]:
    return load_template(TEMPLATE)


@pytest.fixture(scope="module")
def resources(template: dict[str, Any]) -> dict[str, Any]:
    return {name: {"Type": one["Type"], **one.get("Properties", {})} for name, one in template["Resources"].items()}


def tool(name: str) -> str:
    """One of requirements/aws-tools.txt, from `make function` or from the path."""
    ours = ROOT / ".venv" / "aws-tools" / "bin" / name
    found = str(ours) if ours.is_file() else shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed: make function installs it")
    return found


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


def test_amazons_linter_finds_nothing() -> None:
    done = run(tool("cfn-lint"), "-t", str(TEMPLATE), "-r", *REGIONS)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout


def test_sam_finds_it_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAM_CLI_TELEMETRY", "0")
    done = run(tool("sam"), "validate", "--lint", "--region", "us-east-1")
    assert done.returncode == 0, done.stderr


def test_only_alexa_may_invoke_and_of_its_skills_only_ours(resources: dict[str, Any]) -> None:
    (permission,) = [one for one in resources.values() if one["Type"] == "AWS::Lambda::Permission"]
    assert permission["Principal"] == "alexa-appkit.amazon.com"
    assert permission["EventSourceToken"]["If"][:2] == ["SkillIsKnown", {"Ref": "SkillId"}]
    assert "Events" not in resources["Skill"]


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("SkillRole", {"dynamodb:UpdateItem", "logs:CreateLogStream", "logs:PutLogEvents"}),
        ("ForgetTokensRole", {"dynamodb:UpdateItem", "dynamodb:Scan", "logs:CreateLogStream", "logs:PutLogEvents"}),
    ],
)
def test_a_function_may_do_what_it_does_and_no_more(role: str, allowed: set[str], resources: dict[str, Any]) -> None:
    assert "ManagedPolicyArns" not in resources[role]
    statements = [one for policy in resources[role]["Policies"] for one in policy["PolicyDocument"]["Statement"]]
    actions = [one["Action"] if isinstance(one["Action"], list) else [one["Action"]] for one in statements]
    assert {action for each in actions for action in each} == allowed
    for one in statements:
        assert one["Resource"] != "*"
        assert re.match(r"(Ratings|Log)\.Arn|\$\{Ratings\.Arn\}/index/", str(*one["Resource"].values()))


def test_functions_use_these_roles(resources: dict[str, Any]) -> None:
    for name in ("Skill", "ForgetTokens"):
        assert resources[name]["Role"] == {"GetAtt": f"{name}Role.Arn"}
        assert "Policies" not in resources[name]


def test_the_table_has_the_keys_that_the_store_uses(resources: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("boto3")
    from skill.feedback.dynamodb import DynamoStore  # noqa: PLC0415

    asked: dict[str, Any] = {}
    store = DynamoStore("ratings", region="eu-west-1")
    monkeypatch.setattr(store._client, "create_table", lambda **how: asked.update(how))
    monkeypatch.setattr(store._client, "get_paginator", lambda name: _NoTables())
    monkeypatch.setattr(store._client, "get_waiter", lambda name: _NoWait())
    store.prepare()
    for key in ("BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes"):
        assert resources["Ratings"][key] == asked[key]


class _NoTables:
    def paginate(self) -> _NoTables:
        return self

    def build_full_result(self) -> dict[str, list[str]]:
        return {"TableNames": []}


class _NoWait:
    def wait(self, **how: object) -> None: ...


def test_tokens_are_in_no_copy_and_counts_are_not_lost_with_the_stack(template: dict[str, Any]) -> None:
    table = template["Resources"]["Ratings"]
    assert table["DeletionPolicy"] == table["UpdateReplacePolicy"] == "Retain"
    assert table["Properties"]["DeletionProtectionEnabled"] is True
    assert table["Properties"]["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is False
    assert table["Properties"]["SSESpecification"]["SSEEnabled"] is True


def test_the_skill_takes_the_settings_that_the_template_gives() -> None:
    template = read_template(TEMPLATE)
    assert set(template.environment) >= {
        f"BUMP_GUIDE_{name}" for name in ("PRODUCTION", "SKILL_ID", "DATA", "FEEDBACK")
    }
    settings = Settings.from_env(template.settings(template.values({"SkillId": SKILL_ID, "WithdrawnTopics": "sepsis"})))
    assert settings.production
    assert settings.skill_id == SKILL_ID
    assert settings.data == Path("/var/task") / DATA
    assert settings.withdrawn_path == Path("/var/task") / DATA / "withdrawn.yaml"
    assert settings.withdrawn_topics == ("sepsis",)
    assert not settings.serve_unreviewed


@pytest.mark.parametrize("bad", ["amzn1.ask.skill.", "arn:aws:lambda", "amzn1.ask.skill.1 2", "x" * 200])
def test_an_id_that_the_settings_refuse_the_template_refuses(bad: str) -> None:
    template = read_template(TEMPLATE)
    assert not template.takes("SkillId", bad)
    assert template.takes("SkillId", SKILL_ID)
    assert template.takes("SkillId", "")


def test_the_entrances_and_the_python_are_those_of_the_code(
    resources: dict[str, Any], template: dict[str, Any]
) -> None:
    assert template["Globals"]["Function"]["Runtime"] == f"python{PYTHON}"
    assert template["Globals"]["Function"]["Architectures"] == ["arm64"]
    for name, module in (("Skill", "alexa"), ("ForgetTokens", "nightly")):
        assert resources[name]["Handler"] == f"skill.aws_lambda.{module}.handler"
        assert template["Resources"][name]["Metadata"] == {"BuildMethod": "makefile"}
        assert f"build-{name}" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_an_answer_that_is_late_fails_before_alexa_gives_up(resources: dict[str, Any]) -> None:
    assert resources["Skill"]["Timeout"] < 8


def test_every_alarm_tells_somebody_and_stands_on_the_dashboard(resources: dict[str, Any]) -> None:
    alarms = {name: one for name, one in resources.items() if one["Type"] == "AWS::CloudWatch::Alarm"}
    watched = {
        (one["Namespace"] if isinstance(one["Namespace"], str) else "own", one["MetricName"]) for one in alarms.values()
    }
    assert watched == {
        ("AWS/Lambda", "Errors"), ("AWS/Lambda", "Throttles"), ("AWS/Lambda", "Duration"),
        ("own", "UrgentFailures"), ("own", "TurnFailures"), ("own", "FeedbackFailures"),
    }  # fmt: skip
    for name, one in alarms.items():
        assert one["AlarmActions"] == [{"Ref": "Alarms"}]
        assert f"${{{name}.Arn}}" in resources["Dashboard"]["DashboardBody"]["Sub"]


# What goes wrong, and the filter that counts it: the code is made to fail, and its own log lines are held against it.


def counts(resources: dict[str, Any], name: str, message: str) -> bool:
    """Whether the metric filter takes this line. A star stands for anything:
    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
    """
    patterns = re.findall(r'\$\.message = "([^"]+)"', resources[name]["FilterPattern"])
    assert patterns
    return any(fnmatchcase(message, pattern) for pattern in patterns)


@pytest.fixture
def with_core(hearing: Callable[[str], HearingModel]) -> Talk:
    return lambda core: Conversation(hearing("en-US"), Skill(core).handle, Device(), "alexa")


def raises(*given: object, **named: object) -> Any:
    raise RuntimeError("broken for this test")


def logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


def only(name: str, resources: dict[str, Any], messages: list[str]) -> bool:
    """All of these lines are counted by this filter, and by no other."""
    filters = [one for one in resources if resources[one]["Type"] == "AWS::Logs::MetricFilter"]
    return bool(messages) and all(
        counts(resources, one, message) == (one == name) for one in filters for message in messages
    )


def test_a_lost_rating_is_counted(
    core: Core, with_core: Talk, resources: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    def down() -> Any:
        raise FeedbackUnavailable("The DynamoDB store cannot be used (ProvisionedThroughputExceededException).")

    talk = with_core(replace(core, feedback=OneWrite(down), ask_why=True))
    for line in ("what causes heartburn", "no", "it was too long"):
        talk.say(line)
    messages = logged(caplog)
    assert len(messages) == 2
    assert only("FeedbackFailures", resources, messages)


def test_an_urgent_turn_without_its_topic_is_counted(
    core: Core, with_core: Talk, resources: dict[str, Any], caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(Resolver, "resolve", raises)
    with_core(core).say("i am bleeding heavily")
    assert only("UrgentFailures", resources, logged(caplog))


def test_an_urgent_reply_that_fails_is_counted(
    core: Core, with_core: Talk, resources: dict[str, Any], caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("skill.alexa.handlers.reply_get_care", raises)
    with_core(core).say("i am bleeding heavily")
    assert logged(caplog) == ["An urgent turn failed: RuntimeError"]
    assert only("UrgentFailures", resources, logged(caplog))


def test_a_turn_that_nothing_listened_to_is_counted_as_urgent(
    core: Core, with_core: Talk, resources: dict[str, Any], caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("skill.alexa.handlers.listen", raises)
    with_core(core).say("what causes heartburn")
    assert only("UrgentFailures", resources, logged(caplog))


def test_a_request_that_could_not_be_read_is_counted_as_urgent(
    core: Core, resources: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    Skill(core, lambda skill: raises).handle({"request": {"type": "LaunchRequest"}})
    assert only("UrgentFailures", resources, logged(caplog))


def test_a_missing_encoder_is_counted_as_urgent(
    resources: dict[str, Any], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(encoder.Encoder.__init__, "__defaults__", (tmp_path,))
    assert load_encoder.__wrapped__() is None
    assert only("UrgentFailures", resources, logged(caplog))


def test_another_turn_that_fails_is_counted(
    core: Core, with_core: Talk, resources: dict[str, Any], caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(Resolver, "resolve", raises)
    with_core(core).say("what causes heartburn")
    assert logged(caplog) == ["A turn failed: RuntimeError"]
    assert only("TurnFailures", resources, logged(caplog))
