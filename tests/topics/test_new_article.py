"""A 103rd article is found untrained, by its names and fifteen phrases, without costing the other topics anything."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml
from conftest import CONTENT, ROOT

from skill.assemble import assemble, load_encoder
from skill.build import build
from skill.dialogue.core import Core
from skill.feedback.memory import MemoryStore
from skill.library.store import Library
from skill.settings import Settings
from skill.topics.resolve import Ambiguous, Found
from skill.turn import Session, Turn

NAMES = ["sore knees", "aching knees", "knee ache", "painful knees", "weak knees", "a bad knee", "stiff knees",
         "clicking knees", "pain behind the kneecap", "dodgy knees"]  # fmt: skip
EXAMPLES = [
    "my knees ache going upstairs",
    "both my knees feel wobbly",
    "my kneecap clicks and hurts",
    "knees are sore when i squat",
    "my right knee gives way",
    "why do my knees hurt now i'm pregnant",
    "i've the knees of an old woman",
    "my knees are stiff in the morning",
    "what helps achy knees",
    "my knee swells a bit after walking",
    "kneeling to bath my toddler kills my knees",
    "are sore knees from carrying the extra weight",
    "knees creak when i get up",
    "should i rest a sore knee",
    "pain under my kneecap on the way down the stairs",
]
UNSEEN = [
    "why are my knees so sore at thirty weeks",
    "is knee pain normal when you're expecting",
    "my knee buckles when i step off the kerb",
    "what can i do about painful knees",
    "my knees crack every time i stand up",
    "should i see someone about my knee",
    "my left knee is killing me",
    "it hurts to bend my knees",
    "knees hurt getting off the floor",
    "could my knee trouble be something else",
    "how do they check a painful knee",
    "my kneecaps burn when i crouch",
    "knee pain at night",
    "my wife says her knees feel loose",
    "the joints halfway down my legs hurt on the steps",
]


@pytest.fixture(scope="module")
def with_knees(tmp_path_factory: pytest.TempPathFactory) -> Core:
    folder = tmp_path_factory.mktemp("knees")
    root = folder / "content"
    shutil.copytree(CONTENT, root)
    entry = {"id": "knee-pain", "name": "knee pain", "when": "any", "scope": "sore or weak knees"}
    with (root / "catalog.yaml").open("a", encoding="utf-8") as catalog:
        catalog.write("\n- " + yaml.safe_dump(entry, default_flow_style=True))
    article = yaml.safe_load((root / "en" / "articles" / "foot-pain.yaml").read_text(encoding="utf-8"))
    article |= {"id": "knee-pain", "name": "knee pain", "lay_names": NAMES, "urgent_signs": []}
    (root / "en" / "articles" / "knee-pain.yaml").write_text(yaml.safe_dump(article), encoding="utf-8")
    heard = {"topic": "knee-pain", "phrases": EXAMPLES}
    (root / "en" / "phrases-heard" / "knee-pain.yaml").write_text(yaml.safe_dump(heard), encoding="utf-8")
    build(root, folder / "library.sqlite", load_encoder())
    return assemble(Settings(content=root), Library(folder / "library.sqlite"), MemoryStore())


def reaches(core: Core, text: str, *topics: str) -> float:
    """1 where one of the topics is answered, a half where it is offered, as the published figures count."""
    resolution = core.resolver.resolve(Turn("ComplaintIntent", "en-US", Session(), heard=text, text=text))
    if isinstance(resolution, Found):
        return float(resolution.topic in topics)
    return 0.5 * (isinstance(resolution, Ambiguous) and bool(set(topics).intersection(resolution.topics)))


def test_twelve_of_fifteen_unseen_questions_reach_it(with_knees: Core) -> None:
    missed = [text for text in UNSEEN if not reaches(with_knees, text, "knee-pain")]
    assert len(missed) <= 3, missed


def test_it_costs_the_other_topics_less_than_a_point(core: Core, with_knees: Core) -> None:
    files: list[Path] = sorted((ROOT / "tests" / "questions" / "topics").glob("*.jsonl"))
    asked = [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()][::2]
    right = [
        sum(reaches(each, line["text"], line["topic"], *line["also_ok"]) for line in asked) / len(asked)
        for each in (core, with_knees)
    ]
    assert right[1] >= right[0] - 0.01
