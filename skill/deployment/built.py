"""Whether the function that `sam build` left is the one to deploy: of this code and content, whole, and for Lambda."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from skill.assemble import load_encoder
from skill.deployment.contents import MOST_BYTES, built_for_another_machine, missing_requirements, sizes
from skill.deployment.folder import DATA, ENTRANCES, PACKAGE, PYTHON, modules_of
from skill.errors import StoreDamaged
from skill.library.store import Library, fingerprint
from skill.settings import Settings

FOLDER = Path(".aws-sam/build/Skill")
_AGAIN = "Run `sam build` (or `make function`, which looks at the template, too)."


def faults(folder: Path, settings: Settings) -> Iterator[tuple[str, str]]:
    """What is wrong with it, and what to do."""
    if not folder.is_dir():
        yield "The function is not built.", _AGAIN
        return
    megabytes = sum(sizes(folder).values()) / 1000**2
    if megabytes * 1000**2 > MOST_BYTES:
        too_large = f"The function has {megabytes:.0f} MB, {MOST_BYTES // 1000**2} are allowed."
        yield too_large, "See which part grew: `sam build` prints them."
    if not _is_of_this_code(folder):
        yield "The function was built from other code.", _AGAIN
    if not _is_of_this_content(folder, settings):
        yield "The function holds other content, or other withdrawn topics.", _AGAIN
    if foreign := built_for_another_machine(folder):
        yield f"Not for arm64: {', '.join(foreign[:3])}.", _AGAIN
    if missing := missing_requirements(folder, PYTHON):
        yield f"Missing: {', '.join(missing)}.", "Add it to requirements/lambda.in, run `make locks`, build again."
    if not any((folder / "skill").rglob("*.pyc")):
        sources = "Python's compiled files are missing, so each cold start reads sources."
        yield sources, f"Install Python {PYTHON} where you build, and build again."


def _is_of_this_code(folder: Path) -> bool:
    here = {source.relative_to(PACKAGE): source.read_bytes() for source in modules_of(*ENTRANCES)}
    there = {path.relative_to(folder / "skill"): path.read_bytes() for path in (folder / "skill").rglob("*.py")}
    return here == there


def _is_of_this_content(folder: Path, settings: Settings) -> bool:
    encoder = load_encoder()
    expected = fingerprint(settings.content, encoder.version if encoder else "")
    try:
        Library(folder / DATA / "library.sqlite", expected).close()
    except StoreDamaged:
        return False
    return _bytes(folder / DATA / "withdrawn.yaml") == _bytes(settings.withdrawn_path)


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""
