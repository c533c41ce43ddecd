"""`bump-guide package`: what is written can be deployed, and whatever cannot is refused, every fault at once."""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import CONTENT, MODELS, ROOT

from skill.cli import main
from skill.errors import PackageInvalid
from skill.library.content import Content
from skill.library.locales import LOCALES
from skill.settings import Settings
from skill.simulator.batch import result
from skill.simulator.converse import ONESHOT, Conversation
from skill.store_package.listing import pages, sentence_of
from skill.store_package.manifest import manifest, manifest_faults
from skill.store_package.options import PackageOptions, option_faults
from skill.store_package.package import compose, write_package

ARN = "arn:aws:lambda:eu-west-1:123456789012:function:bump-guide"
SKILL_ID = "amzn1.ask.skill.12345678-1234-1234-1234-123456789012"
GOOD = PackageOptions(lambda_arn=ARN, privacy_url="https://example.org/privacy", export_compliant=True)
SETTINGS = Settings(content=CONTENT)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package") / "new"
    options = replace(GOOD, terms_url="https://example.org/terms", screens=True)
    write_package(folder, replace(SETTINGS, skill_id=SKILL_ID), options, force=False)
    return folder


def manifest_of(folder: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((folder / "skill-package/skill.json").read_text(encoding="utf-8"))["manifest"]
    return data


def files_of(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_it_holds_what_the_ask_command_deploys(written: Path) -> None:
    assert files_of(written) == {
        "ask-resources.json", ".ask/ask-states.json", "skill-package/skill.json",
        "skill-package/assets/images/icon-108.png", "skill-package/assets/images/icon-512.png",
        *(f"skill-package/interactionModels/custom/{locale}.json" for locale in LOCALES),
    }  # fmt: skip
    assert json.loads((written / "ask-resources.json").read_text())["profiles"]["default"] == {
        "skillMetadata": {"src": "./skill-package"}
    }
    assert json.loads((written / ".ask/ask-states.json").read_text())["profiles"]["default"]["skillId"] == SKILL_ID


def test_its_models_are_those_that_are_tested(written: Path) -> None:
    for locale in LOCALES:
        packaged = written / f"skill-package/interactionModels/custom/{locale}.json"
        assert packaged.read_bytes() == (MODELS / f"{locale}.json").read_bytes()


@pytest.mark.parametrize(("name", "side"), [("icon-108.png", 108), ("icon-512.png", 512)])
def test_icons_have_the_size_that_the_store_asks_for(name: str, side: int, written: Path) -> None:
    body = (written / "skill-package/assets/images" / name).read_bytes()
    assert body.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", body[16:24]) == (side, side)
    for locale in manifest_of(written)["publishingInformation"]["locales"].values():
        assert f"file://assets/images/{name}" in {locale["smallIconUri"], locale["largeIconUri"]}


def test_amazons_own_classes_lose_nothing_of_the_manifest(written: Path) -> None:
    pytest.importorskip("ask_smapi_model")
    assert list(manifest_faults({"manifest": manifest_of(written)})) == []


def test_a_key_that_amazon_does_not_know_is_found(written: Path) -> None:
    pytest.importorskip("ask_smapi_model")
    data = manifest_of(written)
    data["privacyAndCompliance"]["usesHealthInformation"] = False
    (fault,) = manifest_faults({"manifest": data})
    assert "usesHealthInformation" in fault.key


def test_a_certificate_kind_that_amazon_does_not_know_is_found(written: Path) -> None:
    pytest.importorskip("ask_smapi_model")
    data = manifest_of(written)
    data["apis"]["custom"]["endpoint"]["sslCertificateType"] = "trusted"
    assert list(manifest_faults({"manifest": data}))


def test_the_privacy_answers_say_what_the_skill_does(written: Path) -> None:
    answers = manifest_of(written)["privacyAndCompliance"]
    locales = answers.pop("locales")
    assert answers == {
        "allowsPurchases": False, "usesPersonalInfo": False, "isChildDirected": False, "containsAds": False,
        "usesHealthInfo": False, "isExportCompliant": True,
    }  # fmt: skip
    assert set(locales) == set(LOCALES)
    for links in locales.values():
        assert links == {
            "privacyPolicyUrl": "https://example.org/privacy",
            "termsOfUseUrl": "https://example.org/terms",
        }


def test_it_is_offered_only_where_its_numbers_are_right(written: Path) -> None:
    published = manifest_of(written)["publishingInformation"]
    assert published["isAvailableWorldwide"] is False
    assert published["distributionCountries"] == ["US", "GB", "CA", "AU", "IN"]
    assert published["category"] == "HEALTH_AND_FITNESS"


def test_screens_are_declared_only_when_asked_for(written: Path, content: Content) -> None:
    (interface,) = manifest_of(written)["apis"]["custom"]["interfaces"]
    assert interface["type"] == "ALEXA_PRESENTATION_APL"
    assert {(one["mode"], one["shape"]) for one in interface["supportedViewports"]} >= {
        ("HUB", "ROUND"), ("HUB", "RECTANGLE"), ("TV", "RECTANGLE"),
    }  # fmt: skip
    listed, _ = pages(content, SETTINGS)
    assert manifest(listed, "HEALTH_AND_FITNESS", GOOD)["manifest"]["apis"]["custom"]["interfaces"] == []


def test_a_web_service_is_named_with_its_certificate(content: Content) -> None:
    options = PackageOptions(
        https_url="https://bump.example.org/", certificate="Wildcard", privacy_url="https://a.org/p"
    )
    assert list(option_faults(options)) == []
    listed, _ = pages(content, SETTINGS)
    endpoint = manifest(listed, "HEALTH_AND_FITNESS", options)["manifest"]["apis"]["custom"]["endpoint"]
    assert endpoint == {"uri": "https://bump.example.org/", "sslCertificateType": "Wildcard"}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_example_phrase_is_answered_and_none_gets_a_welcome(
    locale: str, content: Content, talk: Callable[..., Conversation]
) -> None:
    listed, _ = pages(content, SETTINGS)
    assert len(listed[locale].example_phrases) == 3
    topics = set()
    for phrase in listed[locale].example_phrases:
        assert phrase.startswith("Alexa, ask bump guide ")
        exchange = talk(locale).say(f"{ONESHOT} {sentence_of(phrase, 'bump guide')}")
        got = result(None, exchange)
        assert (got["outcome"], got["urgent"], got["channel"]) in {
            ("answer", "none", "list"), ("answer", "none", "complaint"),
        }, (phrase, got)  # fmt: skip
        topics.add(got["topic"])
    assert len(topics) == 3


BAD_OPTIONS = {
    "no endpoint": (replace(GOOD, lambda_arn=None), "--lambda or --https"),
    "two endpoints": (replace(GOOD, https_url="https://a.org", certificate="Trusted"), "--lambda or --https"),
    "no ARN": (replace(GOOD, lambda_arn="bump-guide"), "--lambda"),
    "an ARN of another service": (replace(GOOD, lambda_arn="arn:aws:s3:::bump-guide"), "--lambda"),
    "an ARN of a short account": (replace(GOOD, lambda_arn=ARN.replace("123456789012", "12345")), "--lambda"),
    "a region Alexa cannot call": (replace(GOOD, lambda_arn=ARN.replace("eu-west-1", "eu-north-1")), "--lambda"),
    "a certificate for a function": (replace(GOOD, certificate="Trusted"), "--certificate"),
    "no privacy policy": (replace(GOOD, privacy_url=None), "--privacy"),
    "a privacy policy over http": (replace(GOOD, privacy_url="http://example.org/privacy"), "--privacy"),
    "a privacy policy nowhere": (replace(GOOD, privacy_url="example.org"), "--privacy"),
    "terms with a password": (replace(GOOD, terms_url="https://me:secret@example.org/"), "--terms"),
    "terms of endless length": (replace(GOOD, terms_url="https://example.org/" + "a" * 2000), "--terms"),
    "http": (replace(GOOD, lambda_arn=None, https_url="http://a.org", certificate="Trusted"), "--https"),
    "another port": (replace(GOOD, lambda_arn=None, https_url="https://a.org:8443", certificate="Trusted"), "--https"),
    "an impossible port": (
        replace(GOOD, lambda_arn=None, https_url="https://a.org:99999", certificate="Trusted"), "--https",
    ),
    "an IP address": (replace(GOOD, lambda_arn=None, https_url="https://10.0.0.1/", certificate="Trusted"), "--https"),
    "this machine": (replace(GOOD, lambda_arn=None, https_url="https://localhost/", certificate="Trusted"), "--https"),
    "a blank": (replace(GOOD, lambda_arn=None, https_url="https://a b.org/", certificate="Trusted"), "--https"),
    "no certificate": (replace(GOOD, lambda_arn=None, https_url="https://a.org/"), "--certificate"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_OPTIONS)
def test_an_option_that_cannot_be_used_is_named(name: str) -> None:
    options, where = BAD_OPTIONS[name]
    (fault,) = option_faults(options)
    assert fault.file == where
    assert fault.remedy


@pytest.mark.parametrize(
    ("options", "example"),
    [
        (replace(GOOD, terms_url="terms"), "terms-of-use.html"),
        (replace(GOOD, privacy_url="privacy"), "privacy-policy.html"),
        (replace(GOOD, lambda_arn=None, https_url="mine", certificate="Trusted"), "https://skill.example.org/"),
    ],
)
def test_an_address_is_shown_by_an_example_of_its_own(options: PackageOptions, example: str) -> None:
    (fault,) = option_faults(options)
    assert example in fault.remedy


@pytest.mark.parametrize("missing", [True, False])
def test_it_is_said_when_amazons_own_classes_read_nothing(
    missing: bool, monkeypatch: pytest.MonkeyPatch, content: Content
) -> None:
    pytest.importorskip("ask_smapi_model")
    if missing:
        monkeypatch.setitem(sys.modules, "ask_smapi_model", None)
    package, _ = compose(content, SETTINGS, GOOD)
    said = [notice for notice in package.notices if "ask-smapi-model is not installed" in notice]
    assert bool(said) is missing
    assert all("interaction models" in notice and "skill.json" in notice for notice in said)


def test_good_options_have_no_fault() -> None:
    assert list(option_faults(GOOD)) == []
    assert list(option_faults(replace(GOOD, lambda_arn=ARN + ":live"))) == []


def test_every_fault_is_named_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    settings = replace(SETTINGS, skill_name="Doctor " + "x" * 50, invocation_name="the skill")
    options = PackageOptions(lambda_arn="nonsense", terms_url="http://example.org/terms")
    with pytest.raises(PackageInvalid) as caught:
        write_package(tmp_path, settings, options, force=False)
    text = str(caught.value)
    for word in ("not empty", "--lambda", "--privacy", "--terms", "BUMP_GUIDE_NAME: The name has", "'Doctor' is a",
                 "invocationName", "“skill” is"):  # fmt: skip
        assert word in text, text
    assert files_of(tmp_path) == {"mine.txt"}


def test_faults_of_the_content_stand_beside_those_of_the_options(tmp_path: Path) -> None:
    shutil.copytree(CONTENT, tmp_path / "content")
    (tmp_path / "content/en/listing.yaml").write_text("category: HEALTH_AND_FITNESS\nsumary: a slip\n")
    with pytest.raises(PackageInvalid) as caught:
        write_package(tmp_path / "new", Settings(content=tmp_path / "content"), PackageOptions(), force=False)
    text = str(caught.value)
    for word in ("en/listing.yaml: sumary", "en/listing.yaml: summary", "--privacy", "--lambda or --https"):
        assert word in text
    assert not (tmp_path / "new").exists()


def test_force_replaces_our_files_and_leaves_the_rest(tmp_path: Path) -> None:
    states = tmp_path / ".ask/ask-states.json"
    states.parent.mkdir()
    states.write_text(json.dumps({"profiles": {"default": {"skillId": SKILL_ID, "skillMetadata": {"hash": "x"}}}}))
    before = states.read_bytes()
    (tmp_path / "notes.txt").write_text("mine")
    stale = tmp_path / "skill-package/interactionModels/custom/de-DE.json"
    stale.parent.mkdir(parents=True)
    stale.write_text("{}")
    write_package(tmp_path, replace(SETTINGS, skill_id=SKILL_ID), GOOD, force=True)
    assert states.read_bytes() == before
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert not stale.exists()
    assert manifest_of(tmp_path)["apis"]["custom"]["endpoint"] == {"uri": ARN}


def test_a_folder_of_another_skill_is_refused(tmp_path: Path) -> None:
    states = tmp_path / ".ask/ask-states.json"
    states.parent.mkdir()
    states.write_text(json.dumps({"profiles": {"default": {"skillId": "amzn1.ask.skill.other"}}}))
    with pytest.raises(PackageInvalid, match=r"amzn1\.ask\.skill\.other"):
        write_package(tmp_path, replace(SETTINGS, skill_id=SKILL_ID), GOOD, force=True)
    assert not (tmp_path / "ask-resources.json").exists()


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PackageInvalid, match="It is a file"):
        write_package(tmp_path / "file", SETTINGS, GOOD, force=True)


def test_an_example_phrase_that_is_no_sample_is_refused(content: Content) -> None:
    phrases = ("Alexa, ask {invocation} why does my back hurt", "Alexa, ask {invocation} whatever could ail me",
               "Alexa, open {invocation}")  # fmt: skip
    listing = content.listing.updated(example_phrases=phrases)
    _, faults = compose(replace(content, listing=listing), SETTINGS, GOOD)
    assert {fault.key for fault in faults} == {"example_phrases.1", "example_phrases.2"}


def test_the_command_says_what_it_wrote_and_what_is_missing(tmp_path: Path) -> None:
    command = [str(Path(sys.executable).parent / "bump-guide"), "package", str(tmp_path / "new")]
    good = [*command, "--lambda", ARN, "--privacy", "https://example.org/privacy"]
    done = subprocess.run(good, capture_output=True, text=True, cwd=ROOT, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "new/skill-package/skill.json") in done.stdout.splitlines()
    assert "BUMP_GUIDE_SKILL_ID is not set" in done.stderr
    again = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300, check=False)
    assert again.returncode == 1
    assert again.stdout == ""
    assert "Traceback" not in again.stderr
    assert again.stderr.splitlines()[-1] == "3 faults."


def test_one_fault_is_counted_as_one(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["package", str(tmp_path / "new"), "--lambda", ARN])
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-1] == "1 fault."
