"""The committed encoder: whole, verified, and good for what it is there for."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import yaml

from skill.alarm import Alarm
from skill.assemble import assemble, load_encoder
from skill.build import build
from skill.dialogue.core import Core
from skill.encoder.encoder import EMBEDDING, KNOWN, MODEL, NETWORK, PIECES, Encoder
from skill.encoder.pieces import WordPieces
from skill.encoder.reading import Reading
from skill.errors import EncoderDamaged
from skill.evaluation.labelled import read_lines
from skill.feedback.memory import MemoryStore
from skill.library.content import Content
from skill.library.signs import Level
from skill.library.store import Library
from skill.settings import Settings
from skill.turn import Session, Slot, Turn
from skill.urgent import UrgentCheck

TESTS = Path(__file__).parents[1]
MOST_BYTES = 15_000_000


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def test_the_artefact_is_small_enough_to_be_package_data() -> None:
    """The network and its word pieces; beside them stands a cache of what it makes of the content's own lines."""
    assert sum((MODEL / name).stat().st_size for name in (NETWORK, PIECES)) <= MOST_BYTES
    assert (MODEL / KNOWN).stat().st_size <= 3_500_000


def test_the_same_text_is_read_the_same_alone_and_in_company(encoder: Encoder) -> None:
    texts = ["my back hurts when i stand", "a much longer line about how my feet swell up in the evening " * 3, "itchy"]
    together = encoder.embed(texts)
    assert together.shape == (3, EMBEDDING)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-3)
    for text, vector in zip(texts, together, strict=True):
        assert float(encoder.read(text).embedding @ vector) > 0.98  # 8-bit sums differ a little with the batch


def test_what_was_kept_of_training_lines_is_what_the_encoder_says(encoder: Encoder, content: Content) -> None:
    lines = list(content.heard["rib-pain"].phrases[:20])
    for line, vector in zip(lines, encoder.embed(lines), strict=True):
        assert float(encoder.read(line).embedding @ vector) > 0.98


@pytest.mark.parametrize("text", ["", " ", "zzqx " * 500, "a" * 5000, "ﬁancé ñ 你好", "[CLS] [PAD] ##s"])
def test_any_text_can_be_read(text: str, encoder: Encoder) -> None:
    reading = encoder.read(text)
    assert 0 <= reading.urgent <= 1
    assert 0 <= reading.in_scope <= 1
    assert abs(sum(reading.aspects.values()) - 1) < 1e-3


def test_every_sign_and_aspect_of_the_content_is_known_to_it(encoder: Encoder, content: Content) -> None:
    reading = encoder.read("my back hurts")
    assert reading.signs.keys() == content.signs.keys()


@pytest.mark.parametrize("name", ["encoder.onnx", "pieces.txt", "known.npz", "meta.json"])
@pytest.mark.parametrize("how", ["missing", "altered", "empty"])
def test_a_damaged_artefact_is_a_clear_error(name: str, how: str, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(MODEL, folder)
    path = folder / name
    if how == "missing":
        path.unlink()
    elif how == "empty":
        path.write_bytes(b"")
    else:
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 0xFF
        path.write_bytes(bytes(data))
    with pytest.raises(EncoderDamaged, match="install the package again"):
        Encoder(folder)


def test_without_it_listed_names_and_urgent_rules_still_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: Content
) -> None:
    load_encoder.cache_clear()
    monkeypatch.setattr("skill.encoder.encoder.Encoder", _refuse)
    try:
        build(Path(__file__).parents[2] / "content", tmp_path / "library.sqlite", None)
        library = Library(tmp_path / "library.sqlite")
        core = assemble(Settings(), library, MemoryStore())
        listed = Turn("WhyIntent", "en-US", Session(), slots=(Slot("topic", "heartburn", ("heartburn",)),),
                      heard="heartburn", text="why do i have heartburn")  # fmt: skip
        found = core.resolver.resolve(listed)
        assert getattr(found, "topic", None) == "heartburn"
        verdict = core.urgent("i'm bleeding heavily and i'm thirty weeks")
        assert verdict is not None
        library.close()
    finally:
        load_encoder.cache_clear()


def _refuse() -> Encoder:
    raise EncoderDamaged("The encoder is missing: install the package again.")


def test_neither_rules_nor_encoder_alone_can_miss(library: Library, encoder: Encoder, content: Content) -> None:
    """What only the encoder hears still alarms; and without the encoder, the rules do."""
    rules = UrgentCheck(library.patterns, library.signs)
    both = Alarm(rules, encoder, library.signs)
    without = Alarm(rules, None, library.signs)
    lines = [line for heard in content.heard_signs.values() for line in heard.phrases[::7]]
    by_rules = [line for line in lines if without(line) is not None]
    by_both = [line for line in lines if both(line) is not None]
    assert set(by_rules) <= set(by_both)
    assert len(by_both) > len(by_rules)


class Deaf:
    """An encoder that hears no sign in anything."""

    def read(self, text: str) -> Reading:
        return Reading(np.zeros(EMBEDDING, np.float32), dict.fromkeys(("seizure", "chest-pain"), 0.0), {}, 1.0)


def own_lines(name: str, *keys: str) -> list[str]:
    """A file of lines of our own in tests/, and where in it they stand."""
    found = yaml.safe_load((TESTS / name).read_text(encoding="utf-8"))
    for key in keys:
        found = found[key]
    return list(found)


def test_no_rule_for_an_emergency_is_silenced_by_an_encoder_that_hears_nothing(
    library: Library, content: Content
) -> None:
    rules = UrgentCheck(library.patterns, library.signs)
    with_a_deaf_one = Alarm(rules, Deaf(), library.signs)
    lines = own_lines("urgent_lines.yaml", "signs", "emergency")
    lines += [line for heard in content.heard_signs.values() for line in heard.phrases[::3]]
    emergencies = {line: verdict for line in lines if (verdict := rules(line)) and verdict.level is Level.EMERGENCY}
    assert len(emergencies) > 500
    assert {line: with_a_deaf_one(line) for line in emergencies} == emergencies


def test_no_urgent_line_in_which_a_same_day_rule_hears_a_sign_is_silenced(library: Library, encoder: Encoder) -> None:
    """The encoder may do that only where it all but excludes any sign. It has learned from none of these lines."""
    rules = UrgentCheck(library.patterns, library.signs)
    both = Alarm(rules, encoder, library.signs)
    lines = [line.text for line in read_lines([TESTS / "questions" / "urgent.en.jsonl"])]
    lines += [*own_lines("urgent_lines.yaml", "signs", "urgent"), *own_lines("spoken_at_home.yaml", "grave")]
    same_day = [line for line in lines if (verdict := rules(line)) and verdict.level is Level.URGENT]
    assert len(same_day) > 150
    assert [line for line in same_day if both(line) is None] == []


@pytest.mark.parametrize("text", ["she's just got baby brain and can't find her keys", "she has brain fog"])
def test_forgetting_things_is_no_sign_of_anothers_either(text: str, core: Core) -> None:
    assert core.urgent(text) is None


def test_what_excuses_a_sign_keeps_a_faint_likeness_from_alarming(core: Core) -> None:
    assert core.urgent("my baby spits up") is None
    green = core.urgent("my baby spits up green")
    assert green is not None
    assert green.level is Level.EMERGENCY


@pytest.mark.parametrize(
    ("stages", "sign"),
    [
        (frozenset[str](), "bleeding-from-20"),
        (frozenset({"pregnant", "before-20"}), "bleeding-before-20"),
        (frozenset({"after-birth", "newborn"}), None),
    ],
)
def test_of_a_word_alone_the_rules_decide(stages: frozenset[str], sign: str | None, core: Core) -> None:
    verdict = core.urgent("blood", stages)
    assert (verdict.sign if verdict else None) == sign


@pytest.mark.parametrize("text", ["thirty two weeks", "i'm twenty weeks pregnant", "", "my baby"])
def test_how_far_along_she_is_is_no_sign_by_itself(text: str, core: Core) -> None:
    assert core.urgent(text) is None


@pytest.mark.parametrize("text", ["what helps itching", "why is my skin so itchy", "itchy skin in pregnancy"])
def test_an_everyday_complaint_is_no_sign_while_nothing_more_is_said(text: str, core: Core) -> None:
    assert core.urgent(text) is None
    assert core.urgent(f"{text} on my palms at night") is not None


def test_words_are_cut_as_bert_cuts_them(tmp_path: Path) -> None:
    pieces = WordPieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "itch", "##ing", "##y", "i", "##t", "##c", "##h"])
    assert pieces.cut("itching itchy itch") == ["itch", "##ing", "itch", "##y", "itch"]
    assert pieces.cut("xylophone itch") == ["[UNK]", "itch"]
    assert pieces.encode("") == [2, 3]
