"""The function's folder: small enough, whole, for arm64; and the same folder for this machine answers."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from skill.deployment.built import FOLDER, faults
from skill.deployment.contents import MOST_BYTES, built_for_another_machine, missing_requirements, sizes
from skill.deployment.folder import DATA, ENTRANCES, HERE, PACKAGE, PYTHON, build_folder, modules_of
from skill.errors import DeploymentFailed
from skill.settings import Settings

REQUIREMENTS = ROOT / "requirements"
REQUESTS = ROOT / "tests" / "requests"
SKILL_ID = "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"


def locked(file: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (REQUIREMENTS / file).read_text(encoding="utf-8"), re.MULTILINE))


def test_it_runs_the_versions_that_the_tests_run() -> None:
    ours, tested = locked("lambda.txt"), locked("test.txt")
    assert ours
    assert {name: version for name, version in ours.items() if tested.get(name) != version} == {}


def test_it_holds_what_the_entrances_import_and_no_other_room() -> None:
    rooms = {source.relative_to(PACKAGE).parts[0] for source in modules_of(*ENTRANCES)}
    assert {
        "aws_lambda",
        "alexa",
        "dialogue",
        "topics",
        "encoder",
        "feedback",
        "library",
        "screens",
        "urgent.py",
    } <= rooms
    assert not rooms & {"web", "cli", "simulator", "training", "certify", "store_package", "evaluation", "review"}


def test_a_module_that_is_imported_late_is_found_too() -> None:
    assert PACKAGE / "feedback" / "dynamodb.py" in modules_of("skill.feedback.connect")


@pytest.fixture(scope="module")
def built() -> Path:
    """What `sam build` left, unless it is of another day's code."""
    folder = ROOT / FOLDER
    if not folder.is_dir():
        pytest.skip("the function is not built: make function builds it")
    return folder


def test_what_sam_built_can_be_deployed(built: Path) -> None:
    wrong = [what for what, _ in faults(built, Settings.from_env())]
    if any("other" in what for what in wrong):
        pytest.skip("the function was built of other code or content: make function builds it anew")
    assert wrong == []


def test_what_sam_built_is_small_and_all_of_it_is_for_arm64_and_its_python(built: Path) -> None:
    parts = sizes(built)
    assert sum(parts.values()) <= MOST_BYTES
    assert {"onnxruntime", "numpy", "understanding model", "compiled content", "our code"} <= set(parts)
    libraries = [path.name for path in built.rglob("*.so")]
    assert len(libraries) > 20
    assert built_for_another_machine(built) == []
    tagged = [name for name in libraries if "cpython" in name]
    assert tagged
    assert {name for name in tagged if f"cpython-{PYTHON.replace('.', '')}-aarch64" not in name} == set()


def test_what_sam_built_lacks_no_package(built: Path) -> None:
    assert missing_requirements(built, PYTHON) == []


def test_lambdas_own_user_can_read_it(built: Path) -> None:
    closed = [path for path in built.rglob("*") if not path.stat().st_mode & stat.S_IROTH]
    assert closed == []


def test_a_library_for_another_machine_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "here.so").write_bytes(Path(sys.executable).resolve().read_bytes()[:64])
    (tmp_path / "text.so").write_text("no library")
    arm = bytearray(20)
    arm[:6], arm[18] = b"\x7fELF\x02\x01", 183
    (tmp_path / "arm.so").write_bytes(arm)
    expected = ["text.so"] if os.uname().machine == "aarch64" else ["here.so", "text.so"]
    assert built_for_another_machine(tmp_path) == expected


def test_a_missing_package_is_noticed(tmp_path: Path) -> None:
    info = tmp_path / "thing-1.0.dist-info"
    info.mkdir()
    info.joinpath("METADATA").write_text(
        "Metadata-Version: 2.1\nName: thing\nVersion: 1.0\n"
        'Requires-Dist: other>=2\nRequires-Dist: windows-only; sys_platform == "win32"\n'
    )
    assert missing_requirements(tmp_path, PYTHON) == ["thing needs other>=2"]


ANSWER = """
import json, sys
sys.path.insert(0, sys.argv[1])
from skill.aws_lambda.alexa import handler
for path in sys.argv[2:]:
    with open(path) as file:
        print(json.dumps(handler(json.load(file), None)))
import boto3
boto3.client("dynamodb", region_name="eu-west-1")
files = {name: getattr(module, "__file__", None) or "" for name, module in sys.modules.items()}
print(json.dumps([name for name, file in files.items() if "site-packages" in file]))
"""


def test_the_same_folder_for_this_machine_answers_with_nothing_else_installed(tmp_path: Path) -> None:
    """Of Lambda's own, the machine code is what this cannot try."""
    folder = tmp_path / "function"
    try:
        assert build_folder(folder, Settings.from_env(), HERE)
    except DeploymentFailed as error:
        pytest.skip(f"no packages to be had here: {error}")
    requests = [str(REQUESTS / name) for name in ("launch.json", "free-complaint.json", "urgent-complaint.json")]
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-W", "ignore", "-c", ANSWER, str(folder), *requests],
        env={
            "BUMP_GUIDE_PRODUCTION": "yes", "BUMP_GUIDE_SKILL_ID": SKILL_ID, "BUMP_GUIDE_SERVE_UNREVIEWED": "yes",
            "BUMP_GUIDE_DATA": str(folder / DATA), "BUMP_GUIDE_FEEDBACK": "memory:",
            "AWS_EC2_METADATA_DISABLED": "true",
        },
        cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    launch, free, urgent, strangers = map(json.loads, done.stdout.splitlines())
    assert strangers == []
    for response in (launch, free):
        assert response["response"]["shouldEndSession"] is False
        assert "something went wrong" not in response["response"]["outputSpeech"]["ssml"].lower()
    assert "Call" in urgent["response"]["outputSpeech"]["ssml"][:80]
    assert done.stderr == ""
