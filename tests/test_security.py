"""The threat model: complete in its parts, shown by tests that exist, and with the counts that are true."""

from __future__ import annotations

import pytest
from alexa.hostile import certificates, names, pem_files
from alexa.hostile.addresses import BAD_ADDRESSES
from alexa.hostile.signatures import REFUSED
from conftest import ROOT
from named_tests import entries, missing_tests, parts

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
THREATS = entries(PAGE, "T")
PARTS = ("Who", "Wants", "Met by", "Shown by", "Remains")
CHAINS = {
    "time": certificates.TIME,
    "authorities": certificates.AUTHORITIES,
    "keys and algorithms": certificates.KEYS,
    "fields and extensions": certificates.FIELDS,
    "names": names.ALTERNATIVE_NAMES,
    "name constraints": names.CONSTRAINTS,
    "files": pem_files.CASES,
}


def test_threats_are_numbered_through() -> None:
    assert list(THREATS) == [f"T{number}" for number in range(1, len(THREATS) + 1)]
    assert len(THREATS) >= 10


@pytest.mark.parametrize("threat", THREATS)
def test_every_part_of_a_threat_is_filled_in(threat: str) -> None:
    assert tuple(parts(THREATS[threat])) == PARTS


@pytest.mark.parametrize("threat", THREATS)
def test_what_shows_that_a_threat_is_met_exists(threat: str) -> None:
    assert "`tests/" in THREATS[threat]
    assert missing_tests(THREATS[threat]) == []


def test_the_counts_of_hostile_cases_are_those_of_the_tables() -> None:
    rows = []
    for what, cases in CHAINS.items():
        taken = sum(case.taken for case in cases.values())
        rows.append(f"| chains: {what} | {len(cases) - taken} | {taken} |")
    rows += [f"| addresses | {len(BAD_ADDRESSES)} | |", f"| signatures | {len(REFUSED)} | |"]
    assert [row for row in rows if row not in PAGE] == []
