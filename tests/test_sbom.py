"""What is shipped is listed, with licences, as it is locked."""

from __future__ import annotations

import json
import re
import runpy
from importlib import metadata

import pytest
from conftest import ROOT

LOCKS = [(ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8") for name in ("run", "lambda")]
"""What a server and what a Lambda function install."""
PINNED = dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", "".join(LOCKS), re.MULTILINE))
TEXT = (ROOT / "requirements/sbom.cdx.json").read_text(encoding="utf-8")
LISTED = {part["name"]: part for part in json.loads(TEXT)["components"]}
PAGE = (ROOT / "docs/licences.md").read_text(encoding="utf-8")


def test_every_package_of_the_lock_is_listed_with_its_licence() -> None:
    assert len(PINNED) > 40
    assert {"gunicorn", "boto3", "botocore", "s3transfer", "jmespath"} <= set(PINNED)
    assert {name: part["version"] for name, part in LISTED.items()} == PINNED, "run make sbom"
    assert [name for name, part in LISTED.items() if not part["licenses"]] == []


def test_every_package_is_locked_by_its_hashes() -> None:
    for lock in ("run", "test", "dev", "fuzz", "lambda"):
        text = (ROOT / f"requirements/{lock}.txt").read_text(encoding="utf-8")
        blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
        assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_page_of_licences_says_the_same() -> None:
    rows = {
        name: (version, licence) for name, version, licence in re.findall(r"^\| (\S+) \| (\S+) \| (.+) \|$", PAGE, re.M)
    }
    del rows["package"]
    assert {name: version for name, (version, _) in rows.items()} == PINNED
    for name, (_, licence) in rows.items():
        (stated,) = LISTED[name]["licenses"]
        assert licence == (stated.get("expression") or stated["license"].get("id") or stated["license"]["name"])


def test_the_list_is_valid_cyclonedx() -> None:
    validation = pytest.importorskip("cyclonedx.validation.json", reason="cyclonedx-python-lib is not installed")
    from cyclonedx.schema import SchemaVersion  # noqa: PLC0415 - only where it is installed

    validator = validation.JsonStrictValidator(SchemaVersion.V1_6)
    assert validator.validate_str(TEXT) is None
    assert validator.validate_str(TEXT.replace('"library"', '"book"', 1)) is not None


def test_locks_that_pin_different_versions_are_refused() -> None:
    pytest.importorskip("cyclonedx", reason="cyclonedx-python-lib is not installed")
    shipped = runpy.run_path(str(ROOT / "requirements/sbom.py"))["shipped"]
    assert shipped(["b==2\n", "a==1\nb==2\n"]) == {"a": "1", "b": "2"}
    with pytest.raises(ValueError, match="different versions"):
        shipped(["a==1\n", "a==2\n"])


def test_make_sbom_would_write_the_same_again() -> None:
    pytest.importorskip("cyclonedx", reason="cyclonedx-python-lib is not installed")
    if any(metadata.version(name) != version for name, version in PINNED.items()):
        pytest.skip("other versions are installed than are locked")
    tool = runpy.run_path(str(ROOT / "requirements/sbom.py"))
    assert tool["sbom"](tool["shipped"](LOCKS)) == TEXT
