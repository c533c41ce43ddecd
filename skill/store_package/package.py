"""The folder that Amazon's `ask` command deploys: settings, content and options → files. All is checked before anything
is written.

    options.py    where the skill is reached, and its pages
    listing.py    the store page of each locale
    manifest.py   skill.json
    package.py    all of it, and the interaction models, into one folder
    policies.py   privacy policy and terms of use, to be published beside it
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skill.alexa.interaction_model import build_models, render
from skill.alexa.model_check.check import check_model
from skill.errors import ContentInvalid, Fault, PackageInvalid
from skill.library.content import Content
from skill.library.load import load_content
from skill.settings import PREFIX, Settings
from skill.simulator.hear import EXACT_CLASSES, HearingModel, hear
from skill.store_package.listing import Page, pages, sentence_of
from skill.store_package.manifest import (
    ICONS,
    LARGE_ICON,
    SMALL_ICON,
    can_be_held_to_amazons,
    manifest,
    manifest_faults,
)
from skill.store_package.options import PackageOptions, option_faults

MODELS = Path("skill-package/interactionModels/custom")
STATES = Path(".ask/ask-states.json")
"""The ask command's own note of which skill this is: written once, as `ask init` would, and never touched again."""
_VERSION = "2020-03-31"
"""Of both files of the ask command's: alexa/ask-cli, its resources and states [A]."""


@dataclass(frozen=True)
class Package:
    """Everything that is written, and what a person should know of it."""

    files: Mapping[Path, bytes]
    """By path below the folder."""
    notices: tuple[str, ...]


def write_package(folder: Path, settings: Settings, options: PackageOptions, *, force: bool) -> Package:
    """Writes the package into `folder`; gives what was written.

    Raises PackageInvalid with every fault at once, of options, settings, content, models and folder; nothing is written
    then. With `force` a folder that holds something is written over: our files are replaced, the rest is left.
    """
    faults = list(_folder_faults(folder, settings, force=force))
    try:
        content = load_content(settings.content)
    except ContentInvalid as error:
        raise PackageInvalid([*faults, *option_faults(options), *error.faults]) from error
    package, more = compose(content, settings, options)
    if faults or more:
        raise PackageInvalid([*faults, *more])
    files = {path: body for path, body in package.files.items() if path != STATES or not (folder / STATES).exists()}
    for stale in set((folder / MODELS).glob("*.json")) - {folder / path for path in files}:
        stale.unlink()
    for path, body in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body)
    return Package(files, package.notices)


def compose(content: Content, settings: Settings, options: PackageOptions) -> tuple[Package, list[Fault]]:
    """The package, and what is wrong with it; a faulty one may lack files."""
    listed, page_faults = pages(content, settings)
    found = [*option_faults(options), *page_faults]
    skill = manifest(listed, content.listing.category, options) if listed else {}
    if not found:  # else Amazon's classes would only say again what is wrong
        found.extend(manifest_faults(skill))
    models = build_models(content, settings.invocation_name)
    found.extend(model_faults(models, listed, settings.invocation_name, f"{content.language}/listing.yaml"))
    files = {
        Path("ask-resources.json"): _json(_resources()),
        Path("skill-package/skill.json"): _json(skill),
        **{MODELS / f"{locale}.json": render(model).encode() for locale, model in models.items()},
        **{
            Path("skill-package/assets/images") / name: (ICONS / name).read_bytes() for name in (SMALL_ICON, LARGE_ICON)
        },
    }
    if settings.skill_id is not None:
        files[STATES] = _json(_states(settings.skill_id))
    return Package(files, tuple(_notices(settings, options))), found


def model_faults(
    models: Mapping[str, dict[str, Any]], listed: Mapping[str, Page], invocation: str, file: str
) -> Iterator[Fault]:
    """Errors of the interaction models, the invocation name among them; and example phrases that are no samples."""
    for locale, model in models.items():
        for fault in check_model(model, locale=locale):
            if fault.level == "error":
                yield Fault(f"{locale}.json", fault.where, fault.problem, f"{fault.remedy} [{fault.source}]")
        if locale not in listed:
            continue
        hearing = HearingModel.from_json(model)
        for place, phrase in enumerate(listed[locale].example_phrases):
            sentence = sentence_of(phrase, invocation)
            if sentence is None or hear(hearing, sentence).match_class not in EXACT_CLASSES:
                problem = f"{phrase!r} is no sample of the model in {locale}."
                yield Fault(file, f"example_phrases.{place}", problem, "Say it as a sample does, with listed values.")


def _folder_faults(folder: Path, settings: Settings, *, force: bool) -> Iterator[Fault]:
    if folder.exists() and not folder.is_dir():
        yield Fault(str(folder), "", "It is a file.", "Name a folder.")
        return
    if folder.is_dir() and any(folder.iterdir()) and not force:
        yield Fault(str(folder), "", "The folder is not empty.", "Name another one, or write over it with --force.")
    deployed = _deployed_skill(folder / STATES)
    if settings.skill_id is not None and deployed not in {None, settings.skill_id}:
        yield Fault(
            f"{PREFIX}SKILL_ID", "", f"{STATES} in that folder says that it deploys {deployed}.",
            "Set that id, or use another folder: one folder is one skill.",
        )  # fmt: skip


def _deployed_skill(states: Path) -> str | None:
    """The skill that the ask command deployed from there; None where it has not, or its note cannot be read."""
    try:
        return json.loads(states.read_text(encoding="utf-8"))["profiles"]["default"].get("skillId") or None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _resources() -> dict[str, Any]:
    """ask-resources.json. No infrastructure: the ask command then deploys the package alone (ask-cli [A])."""
    return {
        "askcliResourcesVersion": _VERSION,
        "profiles": {"default": {"skillMetadata": {"src": "./skill-package"}}},
    }


def _states(skill_id: str) -> dict[str, Any]:
    return {"askcliStatesVersion": _VERSION, "profiles": {"default": {"skillId": skill_id}}}


def _notices(settings: Settings, options: PackageOptions) -> Iterator[str]:
    if settings.skill_id is None:
        yield f"{PREFIX}SKILL_ID is not set: `ask deploy` makes a new skill. Set its id, then package again."
    if options.certificate == "SelfSigned":
        yield "A self-signed certificate is for testing only: the store takes Trusted or Wildcard."
    if options.terms_url is None:
        yield "No terms of use are linked: name them with --terms."
    if not options.export_compliant:
        yield "Submission needs your declaration on export: give --export-compliant once you have checked it."
    if not can_be_held_to_amazons():
        yield (
            "ask-smapi-model is not installed: neither skill.json nor the interaction models were held to Amazon's own"
            " classes, which find a misspelt key. Install requirements/test.txt and package again."
        )


def _json(data: object) -> bytes:
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()
