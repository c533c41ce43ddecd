"""The store page: what `bump-guide package` would write or, where a package is named, what it wrote. Every check but
that of the icons is the one that `package` makes.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from skill.certify.everywhere import heard_exactly
from skill.certify.findings import Case, Findings
from skill.certify.probe import Probe
from skill.errors import Fault, InputInvalid
from skill.library.content import Content
from skill.settings import Settings
from skill.simulator.envelope import Json
from skill.store_package.listing import Page, name_faults, page_faults, pages, sentence_of
from skill.store_package.manifest import (
    ICONS,
    LARGE_ICON,
    SMALL_ICON,
    can_be_held_to_amazons,
    export_faults,
    manifest,
    manifest_faults,
    privacy_faults,
)
from skill.store_package.options import PackageOptions, option_faults

_WIDTHS = {"smallIconUri": 108, "largeIconUri": 512}
"""Pixels, of width and height: ask-smapi-model, SkillManifestLocalizedPublishingInformation."""
_PNG = b"\x89PNG\r\n\x1a\n"
_IN_PACKAGE = "file://"
_TEXTS = ("store-lengths", "store-health", "store-examples")
NO_PACKAGE = "cannot be checked here: no package was named (--package FOLDER)"
_ANYBODYS = PackageOptions(lambda_arn="arn:aws:lambda:eu-west-1:123456789012:function:bump-guide",
                           privacy_url="https://example.org/privacy-policy.html")  # fmt: skip
"""In place of an operator's, where only the form of skill.json is looked at."""


@dataclass(frozen=True)
class Listing:
    """What the store is told."""

    pages: Mapping[str, Page]
    faults: Sequence[Fault]
    """Of the pages."""
    skill: Json
    """skill.json; empty where a page has a fault that keeps it from being written."""
    icons: Mapping[str, Mapping[str, bytes]]
    """Locale → which of its two icons → the file; empty bytes for one that is not there."""
    options: Mapping[str, PackageOptions] | None = None
    """Locale → the addresses that are linked. None where no package was named."""


def composed(content: Content, settings: Settings) -> Listing:
    """What would be packaged."""
    listed, faults = pages(content, settings)
    skill = manifest(listed, content.listing.category, _ANYBODYS) if listed else {}
    ours = {"smallIconUri": (ICONS / SMALL_ICON).read_bytes(), "largeIconUri": (ICONS / LARGE_ICON).read_bytes()}
    return Listing(listed, faults, skill, dict.fromkeys(listed, ours))


def packaged(folder: Path, content: Content, settings: Settings) -> Listing:
    """What was packaged into this folder. Raises InputInvalid where there is no package that can be read."""
    path = folder / "skill-package" / "skill.json"
    try:
        skill = json.loads(path.read_text(encoding="utf-8"))
        told = skill["manifest"]
        listed = {
            locale: _page(page, told["publishingInformation"])
            for locale, page in told["publishingInformation"]["locales"].items()
        }
        options = {locale: _options(told, locale) for locale in listed}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        problem = f"{path} cannot be read as a manifest ({type(error).__name__})"
        raise InputInvalid(f"{problem}: name the folder that bump-guide package wrote.") from error
    icons = {
        locale: {which: _file(folder / "skill-package", page.get(which)) for which in _WIDTHS}
        for locale, page in told["publishingInformation"]["locales"].items()
    }
    faults = [fault for locale in listed for fault in _page_faults(listed[locale], locale, content, settings)]
    return Listing(listed, faults, skill, icons, options)


def _page(page: Json, publishing: Json) -> Page:
    return Page(
        name=page["name"],
        summary=page["summary"],
        description=page["description"],
        example_phrases=tuple(page["examplePhrases"]),
        keywords=tuple(page.get("keywords", ())),
        testing_instructions=publishing["testingInstructions"],
    )


def _options(told: Json, locale: str) -> PackageOptions:
    endpoint, links = told["apis"]["custom"]["endpoint"], told["privacyAndCompliance"]["locales"].get(locale, {})
    uri = endpoint["uri"]
    return PackageOptions(
        lambda_arn=uri if uri.startswith("arn:") else None,
        https_url=None if uri.startswith("arn:") else uri,
        certificate=endpoint.get("sslCertificateType"),
        privacy_url=links.get("privacyPolicyUrl"),
        terms_url=links.get("termsOfUseUrl"),
    )


def _file(package: Path, uri: object) -> bytes:
    if not isinstance(uri, str) or not uri.startswith(_IN_PACKAGE):
        return b""
    path = (package / uri.removeprefix(_IN_PACKAGE)).resolve()
    return path.read_bytes() if path.is_relative_to(package.resolve()) and path.is_file() else b""


def _page_faults(page: Page, locale: str, content: Content, settings: Settings) -> Iterator[Fault]:
    file = f"skill.json, {locale}"
    if not page.example_phrases:
        yield Fault(file, "example_phrases", "There are none.", "Name up to three.")
        return
    yield from name_faults(replace(settings, skill_name=page.name))
    number = content.voice(locale).emergency_number
    yield from page_faults(page, settings.invocation_name, number, file)


def check_store(listing: Listing, locales: Sequence[str], findings: Findings) -> None:
    """The store page of each locale; `locales` are those that must have one."""
    for rule in _TEXTS:
        _hold(findings, rule, [fault for fault in listing.faults if _rule_of(fault) == rule])
    _check_icons(listing, findings)
    for locale in locales:
        case = Case(locale, "skill.json", "no page", "a page for this locale")
        findings.hold("store-manifest", locale in listing.pages, case)
    if can_be_held_to_amazons():
        _hold(findings, "store-manifest", [*manifest_faults(listing.skill)])
    told = listing.skill.get("manifest", {})
    _hold(findings, "store-privacy", [*privacy_faults(told)])
    if listing.options is None:
        findings.excuse(["store-addresses", "store-export"], NO_PACKAGE)
    else:
        _hold(findings, "store-export", [*export_faults(told)])
    for locale, options in (listing.options or {}).items():
        _hold(findings, "store-addresses", [*option_faults(options)], locale)


def check_examples_listed(probe: Probe, page: Page) -> None:
    """Each example phrase is a sample of this locale's model, with listed values."""
    for phrase in page.example_phrases:
        sentence = sentence_of(phrase, probe.wording.invocation_name)
        covered = sentence is not None and heard_exactly(probe, sentence)
        case = Case(probe.locale, phrase, "no sample of the model", "a sample, with listed values")
        probe.findings.hold("store-examples", covered, case)


def _hold(findings: Findings, rule: str, faults: Sequence[Fault], locale: str = "") -> None:
    """One case where there is no fault, else one for each."""
    if not faults:
        findings.hold(rule, True, Case(locale, "the store page", "", ""))
    for fault in faults:
        findings.hold(rule, False, Case(locale, f"{fault.file} {fault.key}", fault.problem, fault.remedy))


def _rule_of(fault: Fault) -> str:
    if fault.remedy.startswith("Keep to"):
        return "store-lengths"
    return "store-examples" if fault.key.startswith("example_phrases") else "store-health"


def _check_icons(listing: Listing, findings: Findings) -> None:
    for locale, icons in listing.icons.items():
        for which, width in _WIDTHS.items():
            size = _size(icons[which])
            case = Case(locale, which, "no PNG" if size is None else f"{size[0]} by {size[1]}", f"{width} by {width}")
            findings.hold("store-icons", size == (width, width), case)


def _size(image: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, from its first chunk (PNG specification, IHDR); None for anything else."""
    if not image.startswith(_PNG) or image[12:16] != b"IHDR" or len(image) < 24:
        return None
    width, height = struct.unpack(">II", image[16:24])
    return width, height
