"""template.yaml as far as a check needs it: its parameters, and what the function's environment is made of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Parameter:
    """One parameter of the template."""

    default: str | None
    """What it is unless given; None: it has to be given."""
    allowed: tuple[str, ...]
    """The values it takes; empty: any that fit the pattern."""
    pattern: str | None

    def takes(self, value: str) -> bool:
        """Whether CloudFormation would take this value."""
        fits = self.pattern is None or re.fullmatch(self.pattern, value) is not None
        return fits and (not self.allowed or value in self.allowed)


@dataclass(frozen=True)
class Template:
    """What is read of the template."""

    parameters: Mapping[str, Parameter]
    environment: Mapping[str, Any]
    """Of the skill's function: name → what it is set to, `{"Ref": PARAMETER}` where a parameter says it."""

    def takes(self, name: str, value: str) -> bool:
        """Whether there is such a parameter, and it may be that."""
        return name in self.parameters and self.parameters[name].takes(value)

    def settings(self, values: Mapping[str, str]) -> dict[str, str]:
        """The function's environment as it will be; what AWS alone knows is left as it is written."""
        return {
            name: values.get(said["Ref"], "") if isinstance(said, dict) and "Ref" in said else str(said)
            for name, said in self.environment.items()
        }

    def values(self, given: Mapping[str, str]) -> dict[str, str]:
        """Every parameter as it will be, with what is given."""
        return {name: given.get(name, parameter.default or "") for name, parameter in self.parameters.items()}


class _CloudFormation(yaml.SafeLoader):
    """YAML with CloudFormation's short forms: `!Ref Name` is `{"Ref": "Name"}`."""


def _short_form(loader: yaml.SafeLoader, tag: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.ScalarNode):
        return {tag: loader.construct_scalar(node)}
    if isinstance(node, yaml.SequenceNode):
        return {tag: loader.construct_sequence(node, deep=True)}
    assert isinstance(node, yaml.MappingNode)  # noqa: S101 - there are three kinds of node
    return {tag: loader.construct_mapping(node, deep=True)}


_CloudFormation.add_multi_constructor("!", _short_form)


def load_template(path: Path) -> dict[str, Any]:
    """The whole template, with short forms opened. Raises OSError where it cannot be read."""
    loaded: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), _CloudFormation)  # noqa: S506 - a SafeLoader
    return loaded


def read_template(path: Path) -> Template:
    """Raises OSError where it cannot be read."""
    data = load_template(path)
    return Template(
        {name: _parameter(entry) for name, entry in data["Parameters"].items()},
        data["Resources"]["Skill"]["Properties"]["Environment"]["Variables"],
    )


def _parameter(entry: Mapping[str, Any]) -> Parameter:
    default = entry.get("Default")
    return Parameter(
        None if default is None else str(default), tuple(map(str, entry.get("AllowedValues", ()))),
        entry.get("AllowedPattern"),
    )  # fmt: skip
