"""Whether a deployment to AWS is ready: everything of it that can be known without an account, in order of the walk.

The two passes are Amazon's: a skill's id exists only after it was made, an endpoint's ARN only after the function was,
and each wants to know the other. docs/tasks/deploy-on-aws.md tells the whole way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from skill.alexa.interaction_model import build_models, drift
from skill.deployment.built import FOLDER, faults
from skill.deployment.operator import Answers, Sam, questions
from skill.deployment.template import Template
from skill.errors import SettingsInvalid
from skill.library.content import Content
from skill.library.signature import is_signed
from skill.settings import PREFIX, Settings
from skill.store_package.options import LAMBDA_REGIONS, PackageOptions, option_faults
from skill.store_package.package import compose

BEFORE, FIRST_PASS, SECOND_PASS = range(3)
PASSES = (
    "Before anything: content, function, decisions",
    "First pass: deploy without the skill's id, then make the skill",
    "Second pass: deploy with the skill's id",
)
_SKILL_ID = re.compile(r"amzn1\.ask\.skill\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""As Amazon gives them; the settings take more."""
_ANY_ID = "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"
_ANY_ARN = f"arn:aws:lambda:{LAMBDA_REGIONS[0]}:{'0' * 12}:function:any"
_SAID_IN = {"--privacy": "privacy_url in deployment.yaml", "--terms": "terms_url in deployment.yaml"}
_NEAREST = {"us-east-1": "en-US, en-CA", "eu-west-1": "en-GB, en-IN", "us-west-2": "en-AU", "ap-northeast-1": "none"}
"""Region → the locales whose part of the world it serves: ask-cli's constants; Amazon, "Develop Skills in Multiple
Languages". Any one of them answers all locales, the far ones a little later."""
_NAMES = {"SkillName": ("skill_name", "NAME"), "InvocationName": ("invocation_name", "INVOCATION_NAME")}
_SHORT = 100


@dataclass(frozen=True)
class Found:
    """What one check found."""

    step: int
    """BEFORE, FIRST_PASS or SECOND_PASS."""
    what: str
    """What holds, or what does not."""
    to_do: str | None = None
    """What to do about it; None: it holds."""


@dataclass(frozen=True)
class Deployment:
    """Everything the checks look at."""

    root: Path
    """Where template.yaml lies."""
    settings: Settings
    template: Template
    content: Content
    sam: Sam
    answers: Answers
    intended_use: str
    """The text of docs/intended-use.md."""

    @property
    def values(self) -> Mapping[str, str]:
        """The template's parameters as they will be deployed."""
        return self.template.values(self.sam.parameters)


def check(deployment: Deployment, only: Collection[str] = ()) -> list[Found]:
    """Everything that holds and that does not; of all CHECKS, or of those named. Raises nothing for a deployment that
    was read.
    """
    return [found for name, one in CHECKS.items() if not only or name in only for found in one(deployment)]


def _models(it: Deployment) -> Iterator[Found]:
    stale = drift(build_models(it.content, it.values["InvocationName"]), it.settings.models)
    if stale:
        yield Found(BEFORE, f"Old interaction models: {', '.join(stale)}.", "Run `bump-guide model build`.")
    else:
        yield Found(BEFORE, "The interaction models are what the content generates.")


def _review(it: Deployment) -> Iterator[Found]:
    signed = sum(is_signed(article, it.content) for article in it.content.articles.values())
    state = f"{signed} of {len(it.content.articles)} articles are signed by a clinician"
    if it.values["ServeUnreviewed"] == "yes":
        yield Found(BEFORE, f"{state}; the others are spoken unreviewed, and say so when asked.")
    elif signed:
        yield Found(BEFORE, f"{state}; the others are not spoken.")
    else:
        yield Found(
            BEFORE, f"{state}, so the function would refuse to start.",
            "Have articles signed (docs/tasks/review-an-article.md), or answer for ServeUnreviewed=yes yourself.",
        )  # fmt: skip


def _function(it: Deployment) -> Iterator[Found]:
    found = [Found(BEFORE, what, to_do) for what, to_do in faults(it.root / FOLDER, it.settings)]
    yield from found or [Found(BEFORE, "The function is built: this code, this content, for arm64, within its size.")]


def _template(it: Deployment) -> Iterator[Found]:
    refused = sorted(name for name, value in it.sam.parameters.items() if not it.template.takes(name, value))
    if refused:
        yield Found(
            BEFORE, f"The template refuses what samconfig.toml gives for {', '.join(refused)}.",
            "See Parameters in template.yaml for names and values.",
        )  # fmt: skip
    environment = it.template.settings({"SkillId": _ANY_ID} | {k: v for k, v in it.values.items() if v})
    unknown = sorted(set(environment) - _known_settings())
    if unknown:
        yield Found(BEFORE, f"The skill knows no setting {', '.join(unknown)}.", "Name it as skill/settings.py does.")
    try:
        Settings.from_env(environment)
    except SettingsInvalid as error:
        yield Found(BEFORE, f"The skill refuses what the template sets: {error}", "Correct it in samconfig.toml.")
    else:
        yield Found(BEFORE, "Template and settings agree.")


class _Asked(Mapping[str, str]):
    """An empty environment that remembers what it was asked for."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def _known_settings() -> set[str]:
    asked = _Asked()
    Settings.from_env(asked)
    return asked.names


def _names(it: Deployment) -> Iterator[Found]:
    for parameter, (field, setting) in _NAMES.items():
        here, there = getattr(it.settings, field), it.values[parameter]
        if here == there:
            yield Found(BEFORE, f"{parameter} is {there!r}, here and there.")
        else:
            differs = f"{parameter} is {there!r} for the function, and {here!r} where the package is made."
            yield Found(BEFORE, differs, f"Set the parameter and {PREFIX}{setting} alike.")


def _alarms(it: Deployment) -> Iterator[Found]:
    if it.values["AlarmEmail"]:
        yield Found(BEFORE, f"Alarms are sent to {it.values['AlarmEmail']}.")
    else:
        remedy = "Give the parameter AlarmEmail in samconfig.toml; confirm the message that Amazon then sends there."
        yield Found(BEFORE, "Nobody hears the alarms.", remedy)


def _decisions(it: Deployment) -> Iterator[Found]:
    for number, question in questions(it.intended_use).items():
        decision = it.answers.decisions.get(number)
        short = question if len(question) <= _SHORT else f"{question[:_SHORT].rsplit(' ', 1)[0]} …"
        if decision is not None and decision.made and decision.question == question:
            yield Found(BEFORE, f"Decided by {decision.by}, {decision.day}: {short}")
        else:
            remedy = f"Answer it in deployment.yaml, with name and day; docs/intended-use.md, {number}, has it whole."
            yield Found(BEFORE, f"Not decided: {short}", remedy)


def _region(it: Deployment) -> Iterator[Found]:
    region = it.sam.region
    if region in LAMBDA_REGIONS:
        yield Found(FIRST_PASS, f"Alexa calls functions in {region}; the nearest locales: {_NEAREST[region]}.")
    else:
        yield Found(
            FIRST_PASS, f"Alexa calls no function in {region}." if region else "No region is named.",
            f"Set region under default.deploy.parameters in samconfig.toml: {', '.join(LAMBDA_REGIONS)}.",
        )  # fmt: skip


def _endpoint(it: Deployment) -> Iterator[Found]:
    arn = it.answers.function_arn
    wrong = [fault for fault in option_faults(_options(it)) if fault.file == "--lambda"]
    if not arn:
        remedy = "`sam deploy`, then enter the output SkillEndpoint as function_arn in deployment.yaml."
        yield Found(FIRST_PASS, "The function's ARN is not known.", remedy)
    elif wrong:
        yield from (Found(FIRST_PASS, f"function_arn: {fault.problem}", fault.remedy) for fault in wrong)
    elif arn.split(":")[3] != it.sam.region:
        yield Found(FIRST_PASS, f"{arn} is not in {it.sam.region or 'the region'}.", "Correct it, or the region.")
    else:
        yield Found(FIRST_PASS, f"The endpoint is {arn}.")


def _package(it: Deployment) -> Iterator[Found]:
    # An ARN that is missing is said above.
    options = replace(_options(it), lambda_arn=it.answers.function_arn or _ANY_ARN)
    _, faults_of_it = compose(it.content, it.settings, options)
    wrong = [fault for fault in faults_of_it if fault.file != "--lambda"]
    for fault in wrong:
        where = _SAID_IN.get(fault.file) or f"{fault.file} {fault.key}".strip()
        yield Found(FIRST_PASS, f"The package, {where}: {fault.problem}", fault.remedy)
    if not wrong:
        yield Found(FIRST_PASS, "The package for the store has no fault.")


def _options(it: Deployment) -> PackageOptions:
    said = it.answers
    return PackageOptions(
        lambda_arn=said.function_arn or None, privacy_url=said.privacy_url or None, terms_url=said.terms_url or None
    )


def _skill_id(it: Deployment) -> Iterator[Found]:
    known = it.answers.skill_id
    if not known:
        remedy = (
            "`bump-guide package store --lambda ARN --privacy URL`, `ask deploy` in that folder, then enter the id that"
            " it says as skill_id in deployment.yaml."
        )
        yield Found(FIRST_PASS, "The skill's id is not known.", remedy)
    elif not _SKILL_ID.fullmatch(known):
        yield Found(FIRST_PASS, f"{known} is not a skill's id.", f"It looks like {_ANY_ID}.")
    else:
        yield Found(FIRST_PASS, f"The skill is {known}.")


def _deployed_id(it: Deployment) -> Iterator[Found]:
    known, deployed = it.answers.skill_id, it.values["SkillId"]
    if known and deployed == known:
        yield Found(SECOND_PASS, "The function answers that skill only, once it is deployed so.")
    else:
        remedy = f"Add SkillId={known or '…'} to parameter_overrides in samconfig.toml, then `sam deploy` again."
        yield Found(SECOND_PASS, f"The function is told {deployed or 'no id, and refuses everything'}.", remedy)
    if known and it.settings.skill_id == known:
        yield Found(SECOND_PASS, "`bump-guide package` deploys to that skill.")
    else:
        remedy = f"Set {PREFIX}SKILL_ID to it here, too; `bump-guide package … --force`, `ask deploy` once more."
        yield Found(SECOND_PASS, "`bump-guide package` does not know the skill's id.", remedy)


CHECKS: Mapping[str, Callable[[Deployment], Iterator[Found]]] = {
    "models": _models,
    "review": _review,
    "function": _function,
    "template": _template,
    "names": _names,
    "alarms": _alarms,
    "decisions": _decisions,
    "region": _region,
    "endpoint": _endpoint,
    "package": _package,
    "skill id": _skill_id,
    "deployed id": _deployed_id,
}
"""In the order of the walk."""
