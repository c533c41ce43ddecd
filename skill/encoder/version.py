"""Which encoder is committed, told without loading it."""

from __future__ import annotations

import json
from pathlib import Path

MODEL = Path(__file__).parent / "model"
NETWORK = "encoder.onnx"


def committed_version(folder: Path = MODEL) -> str:
    """The version that Encoder gives once it is loaded; empty where that cannot be read."""
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        return str(meta["sha256"][NETWORK])[:12]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
