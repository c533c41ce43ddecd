"""With --refuse-skips a skipped test fails: .ci/run installs what every test needs, so there it is a mistake.

PYTEST_ADDOPTS=--refuse-skips make test
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest

MAY_BE_SKIPPED = (
    "the recorded chains are not here",  # they lie beside the project, and are not ours to publish
    "the example conversations are not here",
    "no model of the public sample",  # its publisher's to give: docs/tasks/try-another-skill.md
    "every article is signed",
    "heard at once",  # that case has nothing to show
)
"""How the reasons begin of which nothing can be installed."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refuse-skips", action="store_true", help="Fail where a test is skipped for want of something.")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Of a test, or of its fixtures."""
    return _refused((yield), item.config)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Of a whole file."""
    return _refused((yield), collector.config)


def _refused(report: Any, config: pytest.Config) -> Any:
    if config.getoption("--refuse-skips") and report.skipped and not hasattr(report, "wasxfail"):
        *_, reason = report.longrepr
        reason = reason.removeprefix("Skipped: ")
        if not reason.startswith(MAY_BE_SKIPPED):
            report.outcome, report.longrepr = "failed", f"Skipped, which --refuse-skips does not allow: {reason}"
    return report
