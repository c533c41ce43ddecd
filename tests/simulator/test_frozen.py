"""The matcher is frozen: a change of its code needs a decision record with the old figures beside the new."""

from __future__ import annotations

import hashlib

from conftest import ROOT

MODULES = ("hear", "align", "model", "normalise", "samples", "slot_types", "word_lists")
RECORD = ROOT / "docs" / "decisions" / "0007-the-matcher-is-frozen.md"


def test_the_matcher_is_the_one_of_the_decision_record() -> None:
    digest = hashlib.sha256()
    for name in MODULES:
        digest.update((ROOT / "skill" / "simulator" / f"{name}.py").read_bytes())
    assert digest.hexdigest()[:16] in RECORD.read_text(encoding="utf-8")
