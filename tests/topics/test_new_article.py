"""A 103rd article is found untrained, by its names and fifteen phrases, without costing a published figure anything.

Both over the whole road: sentence, interaction model with the new names, request, skill, response.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from functools import partial

import pytest
import yaml
from conftest import CONTENT, ROOT

from skill.alexa.handle import Skill
from skill.alexa.interaction_model import build_models, write_models
from skill.assemble import assemble, load_encoder
from skill.build import build
from skill.evaluation.against import compare
from skill.evaluation.ask import Start, ask_in_modes
from skill.evaluation.labelled import Asked, Line, read_lines
from skill.evaluation.score import score, topic_is_right
from skill.feedback.memory import MemoryStore
from skill.library.store import Library
from skill.settings import Settings
from skill.simulator.converse import Conversation
from skill.simulator.envelope import Device
from skill.simulator.hear import HearingModel

LOCALE = "en-US"
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
def with_knees(tmp_path_factory: pytest.TempPathFactory) -> Start:
    """Starts a conversation with a skill that has the article, over the model that its content generates."""
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
    content = build(root, folder / "library.sqlite", load_encoder())
    write_models(build_models(content, "bump guide"), folder)
    core = assemble(Settings(content=root), Library(folder / "library.sqlite"), MemoryStore())
    return partial(
        Conversation, HearingModel.load(folder / f"{LOCALE}.json"), Skill(core).handle, Device(locale=LOCALE)
    )


def asked(start: Start, lines: Sequence[Line]) -> list[Asked]:
    return ask_in_modes(lines, ["alexa"], lambda _: start)["alexa"]


def test_twelve_of_fifteen_unseen_questions_reach_it(with_knees: Start) -> None:
    """A choice that holds it is no answer."""
    lines = [Line(id=text, text=text, topic="knee-pain", aspect="causes") for text in UNSEEN]
    got = asked(with_knees, lines)
    answered = [one.line.text for one in got if one.got.outcome == "answer" and topic_is_right(one)]
    assert len(answered) >= 12, answered


def test_no_published_figure_falls_by_more_than_a_point(talk: Callable[..., Conversation], with_knees: Start) -> None:
    """All test questions, by the rule that CI holds every change to."""
    lines = read_lines([ROOT / "tests" / "questions"])
    without, now = (score(asked(start, lines)) for start in (partial(talk, LOCALE), with_knees))
    before = {
        "alexa": {measure: {row: share.percent for row, share in rows.items()} for measure, rows in without.items()}
    }
    assert compare({"alexa": now}, before).worse == []
