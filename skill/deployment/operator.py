"""What an operator says of a deployment: in deployment.yaml, and in `sam`'s own samconfig.toml."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from skill.errors import InputInvalid

ANSWERS = Path("deployment.yaml")
SAM_CONFIG = Path("samconfig.toml")
_SECTION = "## What the operator decides before release"
_HEAD = """\
# What you know and decided of your deployment: `bump-guide deploy-check` reads it. Keep it with your own papers, not
# with the project. A decision counts as made when it has an answer, who gave it, and the day. The questions are those
# of docs/intended-use.md; where one has changed since, it is asked again.
"""


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Decision(_Read):
    """One thing that an operator decides before release."""

    question: str
    answer: str = ""
    by: str = ""
    day: date | None = None

    @property
    def made(self) -> bool:
        """Answered, by somebody, on a day."""
        return bool(self.answer.strip() and self.by.strip() and self.day)


class Answers(_Read):
    """deployment.yaml."""

    function_arn: str = ""
    """The stack's output SkillEndpoint."""
    skill_id: str = ""
    """As `ask deploy` said it."""
    privacy_url: str = ""
    terms_url: str = ""
    decisions: Mapping[int, Decision] = {}


class Sam(_Read):
    """What samconfig.toml says for `sam deploy`."""

    region: str = ""
    parameters: Mapping[str, str] = {}


def questions(intended_use: str) -> dict[int, str]:
    """Number → question, of docs/intended-use.md."""
    section = intended_use.partition(_SECTION)[2].partition("\n## ")[0]
    found = re.findall(r"^(\d+)\. (.+?)(?=^\d+\. |\Z)", section, re.MULTILINE | re.DOTALL)
    return {int(number): " ".join(text.split()) for number, text in found}


def begin(path: Path, asked: Mapping[int, str]) -> None:
    """Writes a file to fill in. Raises InputInvalid where there is one already."""
    if path.exists():
        raise InputInvalid(f"{path} is there already: fill it in, or move it away to begin anew.")
    empty = Answers(decisions={number: Decision(question=question) for number, question in asked.items()})
    path.write_text(_HEAD + yaml.safe_dump(empty.model_dump(), sort_keys=False, width=110), encoding="utf-8")


def read_answers(path: Path) -> Answers:
    """Nothing known where there is no file. Raises InputInvalid naming every key that cannot be used."""
    if not path.is_file():
        return Answers()
    try:
        return Answers.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise InputInvalid(f"{path} cannot be used: {wrong}.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputInvalid(f"{path} cannot be read as YAML: {str(error).splitlines()[0]}.") from error


def read_sam(path: Path) -> Sam:
    """The region and the parameters of the default environment. Raises InputInvalid where the file cannot be read."""
    if not path.is_file():
        return Sam()
    try:
        config = tomllib.loads(path.read_text(encoding="utf-8")).get("default", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputInvalid(f"{path} cannot be read as TOML: {error}.") from error
    deploy = {**_of(config, "global"), **_of(config, "deploy")}
    return Sam(region=str(deploy.get("region", "")), parameters=_overrides(deploy.get("parameter_overrides", "")))


def _of(config: Mapping[str, Any], command: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = config.get(command, {}).get("parameters", {})
    return found


def _overrides(written: str | Sequence[str]) -> dict[str, str]:
    """`Name=value` words in one text, or a list of them: `sam deploy --guided` writes the first, people the second."""
    words = shlex.split(written) if isinstance(written, str) else written
    return {name: value.strip("\"'") for name, _, value in (word.partition("=") for word in words)}
