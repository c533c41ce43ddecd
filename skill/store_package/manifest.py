"""skill.json: what Alexa and its store are told of the skill. Fields: ask-smapi-model, SkillManifest [A]."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from skill.alexa.model_check.round_trip import differences, there_and_back
from skill.errors import Fault
from skill.store_package.listing import Page
from skill.store_package.options import PackageOptions

Json = dict[str, Any]

ICONS = Path(__file__).parent / "icons"
SMALL_ICON, LARGE_ICON = "icon-108.png", "icon-512.png"
_IN_PACKAGE = "file://assets/images/"
"""How a manifest names a picture of its own package."""

_PRIVACY_ANSWERS = {
    "allowsPurchases": False,
    # No user, device or session id is ever kept, and nothing a person says (docs/store/privacy-policy.md).
    "usesPersonalInfo": False,
    # For adults who are pregnant or have given birth; a skill for children would need an approved developer.
    "isChildDirected": False,
    "containsAds": False,
    # Means a HIPAA covered entity that has Amazon process protected health information for it (ask-smapi-model,
    # SkillManifestPrivacyAndCompliance [A]), not "is about health": nobody's health information is processed here.
    "usesHealthInfo": False,
}
_VIEWPORTS = (
    ("HUB", "ROUND", (100, 599), (100, 599)),
    ("HUB", "RECTANGLE", (960, 1279), (100, 599)),
    ("HUB", "RECTANGLE", (1280, 1920), (600, 1279)),
    ("HUB", "RECTANGLE", (600, 1279), (960, 1920)),
    ("MOBILE", "RECTANGLE", (300, 1279), (300, 1279)),
    ("TV", "RECTANGLE", (960, 960), (540, 540)),
)
"""Mode, shape, width and height from and to, in dp: round hub, small and large hub, portrait hub, phone, television.
The fields are ask-smapi-model's ViewportSpecification [A]; the bounds are from memory, unconfirmed."""


def manifest(pages: Mapping[str, Page], category: str, options: PackageOptions) -> Json:
    """The parsed JSON of skill.json. Takes every locale's page and options without faults."""
    first = next(iter(pages.values()))
    links = {"privacyPolicyUrl": options.privacy_url} | (
        {"termsOfUseUrl": options.terms_url} if options.terms_url else {}
    )
    return {
        "manifest": {
            "manifestVersion": "1.0",
            "publishingInformation": {
                "locales": {locale: _listing(page) for locale, page in pages.items()},
                # Only where the numbers that it names are right: the country is the locale's.
                "isAvailableWorldwide": False,
                "distributionCountries": [locale.partition("-")[2] for locale in pages],
                "distributionMode": "PUBLIC",
                "category": category,
                "testingInstructions": first.testing_instructions,
            },
            "privacyAndCompliance": {
                **_PRIVACY_ANSWERS,
                "isExportCompliant": options.export_compliant,
                "locales": {locale: dict(links) for locale in pages},
            },
            # No events: whoever subscribes to them can no longer manage the skill in Amazon's console. No permissions.
            "apis": {"custom": {"endpoint": options.endpoint, "interfaces": _interfaces(options)}},
        }
    }


def _listing(page: Page) -> Json:
    return {
        "name": page.name,
        "summary": page.summary,
        "description": page.description,
        "examplePhrases": list(page.example_phrases),
        "keywords": list(page.keywords),
        "smallIconUri": _IN_PACKAGE + SMALL_ICON,
        "largeIconUri": _IN_PACKAGE + LARGE_ICON,
    }


def _interfaces(options: PackageOptions) -> list[Json]:
    if not options.screens:
        return []
    viewports = [
        {
            "mode": mode, "shape": shape,
            "minWidth": widths[0], "maxWidth": widths[1], "minHeight": heights[0], "maxHeight": heights[1],
        }
        for mode, shape, widths, heights in _VIEWPORTS
    ]  # fmt: skip
    return [{"type": "ALEXA_PRESENTATION_APL", "supportedViewports": viewports}]


def privacy_faults(told: Json) -> Iterator[Fault]:
    """What a manifest's inside answers about privacy in another way than is true of this skill, permissions that it
    asks for among it.
    """
    answers = told.get("privacyAndCompliance") or {}
    for key, true in _PRIVACY_ANSWERS.items():
        if answers.get(key) is not true:
            problem = f"It says {json.dumps(answers.get(key))}."
            yield Fault(
                "skill.json", f"privacyAndCompliance.{key}", problem, f"{json.dumps(true)} is true of this skill."
            )
    if told.get("permissions"):
        problem = "It asks for permissions: whoever gives them gives personal information."
        yield Fault("skill.json", "permissions", problem, "Leave them out: none is used.")


def export_faults(told: Json) -> Iterator[Fault]:
    """That the operator has not declared what submission needs; the one answer that is not ours to give."""
    if (told.get("privacyAndCompliance") or {}).get("isExportCompliant") is not True:
        problem = "The operator has not declared that it may be exported."
        remedy = "Check it, and package again with --export-compliant."
        yield Fault("skill.json", "privacyAndCompliance.isExportCompliant", problem, remedy)


def manifest_faults(data: Json) -> Iterator[Fault]:
    """What Amazon's own classes would lose or refuse; nothing where they are not installed."""
    try:
        from ask_smapi_model.v1.skill.manifest import skill_manifest_envelope  # noqa: PLC0415 - for development only
    except ImportError:
        return
    try:
        back = there_and_back(data, skill_manifest_envelope.SkillManifestEnvelope)
    except Exception as error:  # Amazon's serializer raises its own error, and whatever Python raises on odd values
        yield Fault("skill.json", "", f"Amazon's classes cannot read it: {error}.", "Correct what it names.")
        return
    for found in differences(data, back):
        yield Fault("skill.json", found.where, found.problem, found.remedy)


def can_be_held_to_amazons() -> bool:
    """Whether ask-smapi-model is installed: 11 MB, for development only, never on Lambda."""
    try:
        import ask_smapi_model  # noqa: F401, PLC0415
    except ImportError:
        return False
    return True
