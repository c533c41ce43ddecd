"""`bump-guide certify` passes, over the skill in this process and over a running one, and says what it cannot check.

One locale here; CERTIFY_LOCALES=all tries every one, as CI does.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import CONTENT, MODELS
from flask import Flask, Request, Response, request
from listening import listening
from rich.console import Console
from subjects import door, subject

from skill.certify.endpoint import over_http
from skill.certify.findings import NO_CASE, OFFLINE, Case, Findings
from skill.certify.report import failed, last_line, print_report, to_json
from skill.certify.rules import GROUPS, RULES, STORE
from skill.certify.run import NO_DOOR, SIGNED_ONLY, certify
from skill.certify.store import NO_PACKAGE
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
    assert "no case" not in last_line(findings)


@pytest.mark.parametrize("group", GROUPS)
def test_every_rule_is_tried_or_says_why_not(group: str, content: Content, library: Library, compiled: Path) -> None:
    """Also where its group alone is looked at."""
    whole = replace(subject(content, library, "en-AU"), make_door=door(compiled.parent))
    findings = certify(whole, one_in=200, only=(group,))
    untried = {verdict.rule.id: verdict.reason for verdict in findings.verdicts() if not verdict.tried}
    offline = {rule.id: OFFLINE for rule in RULES.values() if rule.group == group and not rule.offline}
    assert untried == offline | ({"store-addresses": NO_PACKAGE, "store-export": NO_PACKAGE} if group == STORE else {})


def test_a_rule_of_which_no_case_came_up_is_not_passed() -> None:
    findings = Findings(only=(STORE,))
    assert {verdict.state for verdict in findings.verdicts() if verdict.rule.offline} == {"no case"}
    assert failed(findings)
    assert last_line(findings) == "0 of 8 rules hold; 3 cannot be checked offline; of 8 no case came up"
    assert NO_CASE in to_json(findings)


def test_a_rule_that_says_why_it_was_not_tried_is_no_failure() -> None:
    findings = Findings(only=(STORE,))
    findings.excuse([rule.id for rule in RULES.values() if rule.group == STORE], "nothing was there")
    assert not failed(findings)
    assert last_line(findings) == "0 of 0 rules hold; 3 cannot be checked offline; 8 cannot be checked here"
    findings.hold("store-icons", False, Case("", "icon", "no PNG", "a PNG"))
    assert failed(findings), "a case that comes up all the same counts"


@pytest.fixture
def address(tmp_path: Path, compiled: Path) -> Iterator[str]:
    app = create_app(Settings(content=CONTENT, models=MODELS, data=compiled.parent), feedback=MemoryStore())
    with listening(app) as port:
        yield f"http://127.0.0.1:{port}/"


def env(compiled: Path, models: Path = MODELS) -> dict[str, str]:
    return {
        "BUMP_GUIDE_DATA": str(compiled.parent),
        "BUMP_GUIDE_CONTENT": str(CONTENT),
        "BUMP_GUIDE_MODELS": str(models),
        "COLUMNS": "200",
    }


def run(compiled: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["certify", *arguments], env=env(compiled))
    return done.exit_code, done.stdout


def test_a_running_skill_passes_whatever_can_be_tried_there(address: str, content: Content, library: Library) -> None:
    here = subject(content, library, "en-IN")
    there = replace(here, endpoint=over_http(address), settings=replace(here.settings, ask_why=False))
    findings = certify(there, one_in=200)
    assert not failed(findings), to_json(findings)
    assert NO_DOOR in {verdict.reason for verdict in findings.verdicts()}


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


REFUSALS = {"door-headers", "door-address", "door-signature", "door-detail"}
"""What can be seen of a server that verifies, without a key of Alexa's."""


def test_of_a_server_that_takes_signed_requests_only_the_refusals_are_tried(
    address_in_production: str, compiled: Path
) -> None:
    status, said = run(compiled, "--endpoint", address_in_production, "--json")
    rules = json.loads(said)["rules"]
    assert {rule["id"] for rule in rules if rule["result"] == "pass"} == REFUSALS
    assert {rule["reason"] for rule in rules if rule["result"] != "pass"} == {OFFLINE, SIGNED_ONLY}
    assert status == 0, said


def test_of_such_a_server_another_group_cannot_be_tried(address_in_production: str, compiled: Path) -> None:
    done = CliRunner().invoke(
        main, ["certify", "--endpoint", address_in_production, "--only", "intents"], env=env(compiled)
    )
    assert (done.exit_code, done.stdout) == (2, "")
    assert "refuses requests that are not signed" in done.stderr
    assert done.stderr.count("\n") == 1


def _as_a_door(refuse: Callable[[Request], Response]) -> Flask:
    """A server that somebody else wrote: what it does with each request."""
    app = Flask("door")
    app.add_url_rule("/", view_func=lambda: refuse(request), methods=["POST"])
    return app


_TAKEN = '{"version": "1.0", "response": {}}'


@pytest.mark.parametrize(
    ("rule", "refuse"),
    [
        ("door-headers", lambda http: Response(status=401)),
        ("door-signature", lambda http: Response(_TAKEN) if "Signature-256" in http.headers else Response(status=400)),
        ("door-address", lambda http: Response(status=400 if len(http.headers) < 6 else 500)),
        ("door-detail", lambda http: Response("no headers" if "Signature-256" not in http.headers else "", status=400)),
    ],
)
def test_a_server_that_refuses_wrongly_is_named(
    rule: str, refuse: Callable[[Request], Response], compiled: Path
) -> None:
    with listening(_as_a_door(refuse)) as port:
        status, said = run(compiled, "--endpoint", f"http://127.0.0.1:{port}/", "--only", "door", "--json")
    assert rule in {entry["id"] for entry in json.loads(said)["rules"] if entry["result"] == "fail"}
    assert status == 1


def test_a_server_in_development_says_that_its_door_cannot_be_tried(address: str, compiled: Path) -> None:
    status, said = run(compiled, "--endpoint", address, "--only", "door", "--json")
    reasons = {rule["reason"] for rule in json.loads(said)["rules"] if rule["id"] != "certificate-trusted"}
    assert (status, reasons) == (0, {NO_DOOR})


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
    done = CliRunner().invoke(main, ["certify", "--locale", "en-US", "--only", "model"], env=env(compiled, models))
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
