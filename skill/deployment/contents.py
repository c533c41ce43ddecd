"""What is in the folder of a Lambda function: how large, for which machine, and whether it is all there."""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, DistributionFinder, MetadataPathFinder
from pathlib import Path

from packaging.requirements import Requirement

MOST_BYTES = 200 * 1000**2
"""Our own limit, unzipped; Lambda's is 250 MB:
https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""
OTHERS = "other packages"
# The first pattern that fits a file's path in the folder says which part it belongs to.
_PARTS = {
    r".*\.pyc$": "Python's compiled files",
    r"data/": "compiled content",
    r"skill/encoder/model/": "understanding model",
    r"skill/": "our code",
    r"onnxruntime": "onnxruntime",
    r"numpy": "numpy",
    r"boto|s3transfer|jmespath": "boto3, for DynamoDB alone",
    r"ask_sdk": "Alexa's SDK",
    r"pydantic": "pydantic",
}
_NOT_SHIPPED = {"docopt"}
"""num2words asks for it for its command line, which is not used; it comes as source only."""
_AARCH64 = 183
"""e_machine of an ELF file: EM_AARCH64 in elf.h."""


def sizes(folder: Path) -> Mapping[str, int]:
    """Part → bytes, the largest first."""
    found: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file():
            found[_part(path.relative_to(folder).as_posix())] += path.stat().st_size
    return dict(found.most_common())


def _part(path: str) -> str:
    return next((part for pattern, part in _PARTS.items() if re.match(pattern, path)), OTHERS)


def built_for_another_machine(folder: Path) -> list[str]:
    """Libraries of machine code that are not for arm64 Linux."""
    libraries = sorted(path for path in folder.rglob("*.so*") if path.is_file())
    return [path.relative_to(folder).as_posix() for path in libraries if not _is_aarch64(path)]


def _is_aarch64(path: Path) -> bool:
    """https://man7.org/linux/man-pages/man5/elf.5.html: class, byte order, and e_machine at byte 18."""
    with path.open("rb") as file:
        head = file.read(20)
    return len(head) == 20 and head[:6] == b"\x7fELF\x02\x01" and struct.unpack_from("<H", head, 18)[0] == _AARCH64


def missing_requirements(folder: Path, python: str) -> list[str]:
    """What the packages there ask for and is not there, or not in a version they take, on Linux with that Python."""
    environment = {
        "python_version": python, "python_full_version": f"{python}.0", "sys_platform": "linux", "os_name": "posix",
        "platform_system": "Linux", "platform_machine": "aarch64", "extra": "",
    }  # fmt: skip
    there = {_plain(found.name): found for found in _distributions(folder)}
    return sorted(
        f"{found.name} needs {requirement}"
        for found in there.values()
        for requirement in map(Requirement, found.requires or ())
        if requirement.marker is None or requirement.marker.evaluate(environment)
        if _plain(requirement.name) not in _NOT_SHIPPED and not _satisfied(requirement, there)
    )


def _satisfied(requirement: Requirement, there: Mapping[str, Distribution]) -> bool:
    found = there.get(_plain(requirement.name))
    return found is not None and requirement.specifier.contains(found.version, prereleases=True)


def _distributions(folder: Path) -> Iterator[Distribution]:
    yield from MetadataPathFinder.find_distributions(DistributionFinder.Context(path=[str(folder)]))


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
