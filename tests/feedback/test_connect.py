"""One address leads to a store; what cannot be used is said, without what it holds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from skill.errors import SettingsInvalid
from skill.feedback.connect import connect, opener
from skill.feedback.memory import MemoryStore
from skill.feedback.sqlite import SqliteStore


def test_addresses_lead_to_their_stores(tmp_path: Path) -> None:
    assert isinstance(connect("memory:", tmp_path), MemoryStore)
    for address, path in (("", "feedback.sqlite"), (f"sqlite:{tmp_path}/other.sqlite", "other.sqlite")):
        store = connect(address, tmp_path)
        assert isinstance(store, SqliteStore)
        assert (tmp_path / path).is_file()
        store.close()


@pytest.mark.parametrize(
    "address",
    [
        "carrier-pigeon:coop",
        "sqlite:",
        "postgresql://bump:secret@host",
        "postgresql://bump:secret@127.0.0.1:abc/d",
        "postgresql://bump:secret@127.0.0.1:99999/d",
        "postgresql://bump:secret@[::1/d",
        "mysql://bump:secret@host/feedback",
        "dynamodb://",
        "dynamodb://ratings?endpint=http://secret",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_being_shown(address: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid, match="BUMP_GUIDE_FEEDBACK") as raised:
        opener(address, tmp_path)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("address", "driver", "extra"),
    [("postgresql://h/d", "sqlalchemy", "postgres"), ("postgresql://h/d", "psycopg", "postgres"),
     ("dynamodb://ratings", "boto3", "aws")],
)  # fmt: skip
def test_a_driver_that_is_missing_is_named_by_its_extra(
    address: str, driver: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("skill.feedback.connect.find_spec", lambda name: None if name == driver else object())
    with pytest.raises(SettingsInvalid, match=rf"pip install 'bump-guide\[{extra}\]'"):
        opener(address, tmp_path)


def test_no_driver_is_loaded_that_was_not_asked_for() -> None:
    script = (
        "import sys; from pathlib import Path; from skill.feedback.connect import connect; connect('memory:', Path());"
        " print(sorted({'sqlite3', 'boto3', 'sqlalchemy', 'psycopg'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
