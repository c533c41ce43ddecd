"""`bump-guide certify` passes, over the skill in this process and over a running one, and says what it cannot check.

One locale here; CERTIFY_LOCALES=all tries every one, as CI does.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import CONTENT, MODELS
from listening import listening
from rich.console import Console
from subjects import subject

from skill.certify.endpoint import over_http
from skill.certify.findings import NO_CASE, OFFLINE, Findings
from skill.certify.report import failed, last_line, print_report, to_json
from skill.certify.rules import RULES
from skill.certify.run import certify
from skill.cli import main
from skill.errors import InputInvalid
from skill.feedback.memory import MemoryStore
from skill.library.content import Content
from skill.library.locales import LOCALES
from skill.library.store import Library
from skill.settings import Settings
from skill.simulator.envelope import Device, launch_envelope
from skill.web.app import create_app

TRIED = LOCALES if os.environ.get("CERTIFY_LOCALES") == "all" else ("en-GB",)
ONE_IN = 1 if len(TRIED) > 1 else 10


@pytest.fixture(autouse=True)
def log_as_before() -> Iterator[None]:
    """The command quiets the log of its process, which here is everybody's."""
    log = logging.getLogger("skill")
    level = log.level
    yield
    log.setLevel(level)


def test_it_passes(content: Content, library: Library) -> None:
    findings = certify(subject(content, library, *TRIED), one_in=ONE_IN)
    assert not failed(findings), to_json(findings)
    assert last_line(findings).endswith("cannot be checked offline")


def test_every_rule_is_tried_or_says_why_not(content: Content, library: Library) -> None:
    findings = certify(subject(content, library, "en-AU"), one_in=200)
    untried = {verdict.rule.id: verdict.reason for verdict in findings.verdicts() if not verdict.tried}
    assert {rule for rule, reason in untried.items() if reason == OFFLINE} == {
        rule.id for rule in RULES.values() if not rule.offline
    }
    no_case = {rule for rule, reason in untried.items() if reason == NO_CASE}
    assert no_case <= {rule for rule in RULES if rule.startswith(("door-", "card-", "screen-"))}


@pytest.fixture
def address(tmp_path: Path, compiled: Path) -> Iterator[str]:
    app = create_app(Settings(content=CONTENT, models=MODELS, data=compiled.parent), feedback=MemoryStore())
    with listening(app) as port:
        yield f"http://127.0.0.1:{port}/"


def run(compiled: Path, *arguments: str) -> tuple[int, str]:
    env = {
        "BUMP_GUIDE_DATA": str(compiled.parent),
        "BUMP_GUIDE_CONTENT": str(CONTENT),
        "BUMP_GUIDE_MODELS": str(MODELS),
    }
    done = CliRunner().invoke(main, ["certify", *arguments], env=env)
    return done.exit_code, done.stdout


def test_the_command_ends_with_a_count(address: str, compiled: Path) -> None:
    status, said = run(compiled, "--endpoint", address, "--locale", "en-US", "--only", "requests", "--only", "slots")
    assert status == 0, said
    assert said.splitlines()[-1] == "4 of 4 rules hold; 0 cannot be checked offline"


@pytest.fixture
def address_in_production(compiled: Path) -> Iterator[str]:
    settings = Settings(content=CONTENT, models=MODELS, data=compiled.parent, production=True,
                        skill_id="amzn1.ask.skill.1", serve_unreviewed=True)  # fmt: skip
    with listening(create_app(settings, feedback=MemoryStore())) as port:
        yield f"http://127.0.0.1:{port}/"


def test_a_server_that_takes_signed_requests_only_is_said_in_a_sentence(
    address_in_production: str, compiled: Path
) -> None:
    env = {
        "BUMP_GUIDE_DATA": str(compiled.parent),
        "BUMP_GUIDE_CONTENT": str(CONTENT),
        "BUMP_GUIDE_MODELS": str(MODELS),
    }
    done = CliRunner().invoke(main, ["certify", "--endpoint", address_in_production], env=env)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "refuses requests that are not signed" in done.stderr


def test_json_gives_every_rule_with_its_source(compiled: Path) -> None:
    status, said = run(compiled, "--locale", "en-US", "--only", "door", "--only", "store", "--json")
    told = json.loads(said)
    assert status == 0, said
    assert {rule["id"] for rule in told["rules"]} == {
        rule.id for rule in RULES.values() if rule.group in {"door", "store"}
    }
    assert all(rule["source"] and rule["rule"].endswith(".") for rule in told["rules"])


def test_a_failure_is_exit_code_one_and_names_case_and_source(compiled: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    models.mkdir()
    model = json.loads((MODELS / "en-US.json").read_text(encoding="utf-8"))
    model["interactionModel"]["languageModel"]["invocationName"] = "alexa"
    (models / "en-US.json").write_text(json.dumps(model), encoding="utf-8")
    env = {
        "BUMP_GUIDE_DATA": str(compiled.parent),
        "BUMP_GUIDE_CONTENT": str(CONTENT),
        "BUMP_GUIDE_MODELS": str(models),
        "COLUMNS": "200",
    }
    done = CliRunner().invoke(main, ["certify", "--locale", "en-US", "--only", "model"], env=env)
    assert done.exit_code == 1
    assert "invocation-name en-US: The invocation name keeps to Amazon's rules." in done.stdout
    assert "Amazon: Design the Invocation Name" in done.stdout


@pytest.mark.parametrize("columns", [60, 80])
def test_a_rule_keeps_its_whole_name_where_the_report_is_narrow(columns: int) -> None:
    told = StringIO()
    print_report(Findings(), Console(file=told, width=columns))
    assert [rule for rule in RULES if rule not in told.getvalue()] == []


def test_nothing_there_is_one_sentence(compiled: Path) -> None:
    with pytest.raises(InputInvalid, match="does not answer"):
        over_http("http://127.0.0.1:9/")(launch_envelope(Device(), {}))


@pytest.mark.parametrize("arguments", [("--locale", "xx-XX"), ("--only", "nonsense")])
def test_what_is_unknown_is_named_with_the_choices(compiled: Path, arguments: tuple[str, str]) -> None:
    assert run(compiled, *arguments)[0] == 1
