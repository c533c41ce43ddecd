"""`bump-guide deploy-check`: what holds is said, what does not is named with what to do, and nothing passes unasked."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import CONTENT, MODELS, ROOT

from skill.deployment.checks import CHECKS, FIRST_PASS, SECOND_PASS, Deployment, check
from skill.deployment.operator import Answers, Decision, Sam, begin, questions, read_answers, read_sam
from skill.deployment.template import read_template
from skill.errors import InputInvalid
from skill.library.content import Content
from skill.settings import Settings

ARN = "arn:aws:lambda:eu-west-1:123456789012:function:bump-guide-Skill"
SKILL_ID = "amzn1.ask.skill.12345678-1234-1234-1234-123456789012"
INTENDED_USE = (ROOT / "docs" / "intended-use.md").read_text(encoding="utf-8")
PARAMETERS = {"SkillId": SKILL_ID, "ServeUnreviewed": "yes", "AlarmEmail": "operator@example.org"}


@pytest.fixture
def ready(content: Content) -> Deployment:
    """Everything that an operator can say is said."""
    decided = {
        number: Decision(question=question, answer="Yes, see our file.", by="A. Operator", day=date(2026, 12, 1))
        for number, question in questions(INTENDED_USE).items()
    }
    answers = Answers(
        function_arn=ARN, skill_id=SKILL_ID, privacy_url="https://example.org/privacy",
        terms_url="https://example.org/terms", decisions=decided,
    )  # fmt: skip
    settings = Settings(content=CONTENT, models=MODELS, skill_id=SKILL_ID)
    sam = Sam(region="eu-west-1", parameters=PARAMETERS)
    return Deployment(ROOT, settings, read_template(ROOT / "template.yaml"), content, sam, answers, INTENDED_USE)


def to_do(deployment: Deployment, *only: str) -> dict[str, str]:
    """What does not hold → what to do. The function, which may not have been built here, has tests of its own."""
    found = check(deployment, only or set(CHECKS) - {"function"})
    return {one.what: one.to_do for one in found if one.to_do is not None}


def with_parameters(deployment: Deployment, **parameters: str) -> Deployment:
    return replace(deployment, sam=Sam(region="eu-west-1", parameters={**PARAMETERS, **parameters}))


def with_answers(deployment: Deployment, **answers: object) -> Deployment:
    return replace(deployment, answers=deployment.answers.model_copy(update=answers))


def test_where_everything_is_said_nothing_is_to_do(ready: Deployment) -> None:
    assert to_do(ready) == {}


def test_nine_decisions_are_asked_for_in_the_words_of_the_page() -> None:
    asked = questions(INTENDED_USE)
    assert list(asked) == list(range(1, 10))
    assert asked[5] == "In which countries it is offered; the package names those of its locales only."


def test_every_decision_has_to_be_made(ready: Deployment) -> None:
    assert len(to_do(with_answers(ready, decisions={}), "decisions")) == 9


@pytest.mark.parametrize("change", [{"answer": " "}, {"by": ""}, {"day": None}, {"question": "Another one?"}])
def test_a_decision_counts_only_answered_by_somebody_on_a_day_as_it_is_asked_now(
    change: Mapping[str, object], ready: Deployment
) -> None:
    decisions = {**ready.answers.decisions, 3: ready.answers.decisions[3].model_copy(update=change)}
    (what,) = to_do(with_answers(ready, decisions=decisions), "decisions")
    assert what.startswith("Not decided: Whether it is a medical device")


def test_unreviewed_articles_are_never_passed_over_in_silence(ready: Deployment) -> None:
    (said,) = [one.what for one in check(ready, ["review"])]
    assert (
        said == "0 of 102 articles are signed by a clinician; the others are spoken unreviewed, and say so when asked."
    )
    (refused,) = to_do(with_parameters(ready, ServeUnreviewed="no"), "review")
    assert refused == "0 of 102 articles are signed by a clinician, so the function would refuse to start."


WRONG = {
    "a region that Alexa cannot call": (
        "region",
        lambda it: replace(it, sam=Sam(region="eu-north-1", parameters=PARAMETERS)),
        "Alexa calls no function in eu-north-1.",
    ),
    "no region": (
        "region",
        lambda it: replace(it, sam=Sam(parameters=PARAMETERS)),
        "No region is named.",
    ),
    "an ARN of another service": (
        "endpoint",
        lambda it: with_answers(it, function_arn="arn:aws:s3:::bump-guide"),
        "is not the ARN of a function",
    ),
    "a function elsewhere": (
        "endpoint",
        lambda it: with_answers(it, function_arn=ARN.replace("eu-west-1", "us-east-1")),
        "is not in eu-west-1",
    ),
    "an id of no skill": (
        "skill id",
        lambda it: with_answers(it, skill_id="amzn1.ask.skill.mine"),
        "is not a skill's id",
    ),
    "another skill's id": (
        "deployed id",
        lambda it: with_parameters(it, SkillId=SKILL_ID.replace("1234", "4321")),
        "The function is told amzn1",
    ),
    "a package for no skill": (
        "deployed id",
        lambda it: replace(it, settings=replace(it.settings, skill_id=None)),
        "does not know the skill's id",
    ),
    "a policy over http": (
        "package",
        lambda it: with_answers(it, privacy_url="http://example.org/p"),
        "privacy_url in deployment.yaml",
    ),
    "nobody who is told": (
        "alarms",
        lambda it: with_parameters(it, AlarmEmail=""),
        "Nobody hears the alarms.",
    ),
    "a value that the template refuses": (
        "template",
        lambda it: with_parameters(it, LogDays="31"),
        "refuses what samconfig.toml gives for LogDays",
    ),
    "a parameter that there is not": (
        "template",
        lambda it: with_parameters(it, Skilid=SKILL_ID),
        "refuses what samconfig.toml gives for Skilid",
    ),
    "two names": (
        "names",
        lambda it: with_parameters(it, SkillName="Bump"),
        "SkillName is 'Bump' for the function",
    ),
    "a name that the skill refuses": (
        "template",
        lambda it: with_parameters(it, InvocationName="Bump 1"),
        "The skill refuses what the template sets",
    ),
    "old models": (
        "models",
        lambda it: replace(it, settings=replace(it.settings, models=Path("/nowhere"))),
        "Old interaction models: en-US",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named_with_what_to_do(name: str, ready: Deployment) -> None:
    where, break_it, said = WRONG[name]
    found = to_do(break_it(ready), where)
    assert [what for what in found if said in what], found
    assert all(found.values())


def test_a_setting_of_the_template_that_the_skill_does_not_know_is_named(ready: Deployment) -> None:
    environment = {**ready.template.environment, "BUMP_GUIDE_SERVE_UNREVEIWED": "no"}
    found = to_do(replace(ready, template=replace(ready.template, environment=environment)), "template")
    assert list(found) == ["The skill knows no setting BUMP_GUIDE_SERVE_UNREVEIWED."]


def test_both_passes_are_walked_in_order(ready: Deployment) -> None:
    begun = with_answers(with_parameters(ready, SkillId=""), function_arn="", skill_id="")
    begun = replace(begun, settings=replace(begun.settings, skill_id=None))
    passes = ("region", "endpoint", "skill id", "deployed id")
    walk = check(begun, passes)
    assert [one.what for one in walk if one.step == FIRST_PASS and one.to_do] == [
        "The function's ARN is not known.", "The skill's id is not known.",
    ]  # fmt: skip
    assert [one.step for one in walk] == sorted(one.step for one in walk)
    deployed = with_answers(begun, function_arn=ARN, skill_id=SKILL_ID)
    assert {one.step for one in check(deployed, passes) if one.to_do} == {SECOND_PASS}


def test_a_function_that_is_not_built_is_to_do(ready: Deployment, tmp_path: Path) -> None:
    assert list(to_do(replace(ready, root=tmp_path), "function")) == ["The function is not built."]


def test_parameters_are_read_as_sam_writes_them_and_as_people_do(tmp_path: Path) -> None:
    path = tmp_path / "samconfig.toml"
    path.write_text(
        "version = 0.1\n[default.global.parameters]\nregion = 'us-east-1'\n[default.deploy.parameters]\n"
        'parameter_overrides = "SkillId=\\"one\\" WithdrawnTopics=\\"sepsis back-pain\\""\n'
    )
    assert read_sam(path) == Sam(
        region="us-east-1", parameters={"SkillId": "one", "WithdrawnTopics": "sepsis back-pain"}
    )
    path.write_text('[default.deploy.parameters]\nregion = "eu-west-1"\nparameter_overrides = ["SkillId=one"]\n')
    assert read_sam(path) == Sam(region="eu-west-1", parameters={"SkillId": "one"})


def test_the_file_to_fill_in_is_read_again_and_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "deployment.yaml"
    begin(path, questions(INTENDED_USE))
    answers = read_answers(path)
    assert {number: one.question for number, one in answers.decisions.items()} == questions(INTENDED_USE)
    assert not any(one.made for one in answers.decisions.values())
    with pytest.raises(InputInvalid, match="is there already"):
        begin(path, {})


def test_it_is_filled_in_as_people_write(tmp_path: Path) -> None:
    path = tmp_path / "deployment.yaml"
    begin(path, {1: "Whether?"})
    text = path.read_text(encoding="utf-8")
    for key, empty, filled in (("answer", "''", "Yes."), ("by", "''", "A. Operator"), ("day", "null", "2026-12-01")):
        assert f"{key}: {empty}" in text
        text = text.replace(f"{key}: {empty}", f"{key}: {filled}")
    path.write_text(text, encoding="utf-8")
    assert read_answers(path).decisions[1].made


@pytest.mark.parametrize("text", ["function_arm: x\n", "decisions: [1\n", "decisions: {1: {question: a, day: soon}}\n"])
def test_a_file_that_cannot_be_used_is_named(text: str, tmp_path: Path) -> None:
    path = tmp_path / "deployment.yaml"
    path.write_text(text)
    with pytest.raises(InputInvalid, match=re.escape(str(path))):
        read_answers(path)


def test_the_command_says_what_is_to_do_and_fails_until_nothing_is(tmp_path: Path) -> None:
    for name in ("template.yaml", "samconfig.toml"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "intended-use.md").write_text(INTENDED_USE, encoding="utf-8")
    command = [sys.executable, "-c", "from skill.cli import main; main()", "deploy-check"]

    def run(*more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*command, *more], cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)

    begun = run("--begin")
    assert begun.returncode == 0, begun.stderr
    assert (tmp_path / "deployment.yaml").is_file()
    done = run()
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "The function is not built." in done.stdout
    assert re.search(r"\n\d+ of \d+ hold, \d+ are to do\.\n$", done.stdout)
