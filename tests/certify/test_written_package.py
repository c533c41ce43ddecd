"""A store package that was written is certified as it lies there; with something broken in it, the rule is named."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from subjects import broken, subject

from skill.certify.run import Subject, certify
from skill.certify.store import NO_PACKAGE
from skill.errors import InputInvalid
from skill.library.content import Content
from skill.library.store import Library
from skill.store_package.options import PackageOptions
from skill.store_package.package import write_package

OPTIONS = PackageOptions(
    https_url="https://skill.example.org/",
    certificate="Trusted",
    privacy_url="https://example.org/privacy.html",
    terms_url="https://example.org/terms.html",
    export_compliant=True,
)
SKILL = Path("skill-package/skill.json")
ICONS = Path("skill-package/assets/images")


@pytest.fixture(scope="module")
def whole(content: Content, library: Library, tmp_path_factory: pytest.TempPathFactory) -> Subject:
    """The skill as it is, and its package."""
    one = subject(content, library, "en-GB")
    folder = tmp_path_factory.mktemp("store")
    write_package(folder, one.settings, OPTIONS, force=False)
    return replace(one, package=folder)


def test_the_package_as_it_is_breaks_none(whole: Subject) -> None:
    states = {verdict.rule.id: verdict.state for verdict in certify(whole, only=("store",)).verdicts()}
    assert {rule for rule, state in states.items() if state == "pass"} == {
        "store-lengths", "store-health", "store-examples", "store-icons", "store-manifest", "store-addresses",
        "store-privacy", "store-export",
    }  # fmt: skip
    assert "fail" not in states.values()


def test_without_a_package_all_but_its_addresses_is_looked_at(whole: Subject) -> None:
    findings = certify(replace(whole, package=None), only=("store",))
    verdicts = {verdict.rule.id: verdict for verdict in findings.verdicts()}
    assert verdicts["store-addresses"].reason == verdicts["store-export"].reason == NO_PACKAGE
    assert verdicts["store-icons"].state == verdicts["store-manifest"].state == "pass"
    assert verdicts["store-privacy"].state == "pass"


def _page(change: Callable[[dict[str, Any]], None]) -> Callable[[Path], None]:
    """Changes the page of one locale."""
    return _told(lambda told: change(told["publishingInformation"]["locales"]["en-GB"]))


def _told(change: Callable[[dict[str, Any]], None]) -> Callable[[Path], None]:
    def rewrite(folder: Path) -> None:
        data = json.loads((folder / SKILL).read_text(encoding="utf-8"))
        change(data["manifest"])
        (folder / SKILL).write_text(json.dumps(data), encoding="utf-8")

    return rewrite


def _privacy(url: str | None) -> Callable[[Path], None]:
    return _told(lambda told: told["privacyAndCompliance"]["locales"]["en-GB"].update(privacyPolicyUrl=url))


def _answer(**answers: Any) -> Callable[[Path], None]:
    """Answers about privacy in another way."""
    return _told(lambda told: told["privacyAndCompliance"].update(answers))


def _terms(url: str) -> Callable[[Path], None]:
    return _told(lambda told: told["privacyAndCompliance"]["locales"]["en-GB"].update(termsOfUseUrl=url))


def _swap_icons(folder: Path) -> None:
    shutil.copy(folder / ICONS / "icon-512.png", folder / ICONS / "icon-108.png")


@pytest.mark.parametrize(
    ("rule", "spoil"),
    [
        ("store-icons", _swap_icons),
        ("store-icons", lambda folder: (folder / ICONS / "icon-512.png").unlink()),
        ("store-icons", lambda folder: (folder / ICONS / "icon-512.png").write_bytes(b"\xff\xd8\xff no PNG")),
        ("store-icons", _page(lambda page: page.update(smallIconUri="file://../../elsewhere.png"))),
        ("store-addresses", _privacy("http://example.org/privacy.html")),
        ("store-addresses", _privacy("https://localhost/privacy.html")),
        ("store-addresses", _privacy(None)),
        ("store-addresses", _terms("example.org/terms")),
        ("store-addresses", _told(lambda told: told["apis"]["custom"]["endpoint"].update(uri="https://10.0.0.1/"))),
        ("store-lengths", _page(lambda page: page.update(summary="General information. " * 12))),
        ("store-lengths", _page(lambda page: page.update(name="Bump Guide " * 6))),
        ("store-lengths", _page(lambda page: page.update(examplePhrases=page["examplePhrases"] * 2))),
        ("store-health", _page(lambda page: page.update(description="Ask bump guide. In an emergency call 999."))),
        ("store-examples", _page(lambda page: page["examplePhrases"].__setitem__(1, "sing me a song"))),
        ("store-examples", _page(lambda page: page.update(examplePhrases=[]))),
        ("store-manifest", _page(lambda page: page.update(sumary="misspelt"))),
        ("store-manifest", _told(lambda told: told["publishingInformation"]["locales"].pop("en-GB"))),
        ("store-privacy", _answer(allowsPurchases=True)),
        ("store-privacy", _answer(usesPersonalInfo=True)),
        ("store-privacy", _answer(isChildDirected=True)),
        ("store-privacy", _answer(containsAds=True)),
        ("store-privacy", _answer(usesHealthInfo=True)),
        ("store-privacy", _answer(usesPersonalInfo="false")),
        ("store-privacy", _told(lambda told: told["privacyAndCompliance"].pop("isChildDirected"))),
        (
            "store-privacy",
            _told(lambda told: told.update(permissions=[{"name": "alexa::devices:all:address:full:read"}])),
        ),
        ("store-export", _answer(isExportCompliant=False)),
        ("store-export", _told(lambda told: told["privacyAndCompliance"].pop("isExportCompliant"))),
    ],
)
def test_a_package_that_breaks_a_rule_is_named(
    rule: str, spoil: Callable[[Path], None], whole: Subject, tmp_path: Path
) -> None:
    folder = tmp_path / "store"
    shutil.copytree(whole.package or "", folder)
    spoil(folder)
    assert rule in broken(replace(whole, package=folder), "store")


@pytest.mark.parametrize("text", [None, "no JSON", "[]", "{}", '{"manifest": {"publishingInformation": 1}}'])
def test_what_is_no_package_is_said_in_a_sentence(text: str | None, whole: Subject, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / SKILL).parent.mkdir()
        (tmp_path / SKILL).write_text(text, encoding="utf-8")
    with pytest.raises(InputInvalid, match="name the folder that bump-guide package wrote"):
        certify(replace(whole, package=tmp_path), only=("store",))
