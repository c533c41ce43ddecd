"""Models driven against a skill that Amazon's own SDK makes, over HTTP: imitations of public samples, and the samples'
own models where somebody has put them into var/samples, as docs/tasks/try-another-skill.md says. Those are not ours to
hand on: some may be used with Amazon's services alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner
from conftest import ROOT
from other_skills.models import BIRTHDAY, FINDER, GUESSING, GUIDE
from other_skills.served import Served, serving
from other_skills.with_the_sdk import skill_with_the_sdk

from skill.cli import main
from skill.other_skills.bench import open_bench


class Asked(NamedTuple):
    """The device asks for this slot, with the model's own prompt."""

    slot: str


Walk = Sequence[tuple[str, str | Asked]]
"""What is said, and what has to be answered."""

IMITATIONS: dict[str, tuple[Any, Walk]] = {
    "guessing game": (GUESSING, [("is it forty two", "GuessIntent guess=42"), ("stop", "Goodbye.")]),
    "town guide": (
        GUIDE,
        [("show me a sight within five miles", "SightIntent miles=5"), ("coffee", "CoffeeIntent")],
    ),
    "plant finder": (
        FINDER,
        [
            ("find a plant", "How much light is there?"),
            ("a dark corner", "How big?"),
            ("tiny", "A tiny one, yes?"),
            ("yes", "A tiny plant for a dark corner?"),
            ("yes", "FindPlantIntent light=shade size=small"),
        ],
    ),
    "birthday": (
        BIRTHDAY,
        [
            ("i was born in november", "What is the year?"),
            ("nineteen eighty four", "BirthdayIntent month=november year=1984"),
        ],
    ),
}
SAMPLES: dict[str, Walk] = {
    "high-low-game": [
        ("is it forty two", "NumberGuessIntent number=42"),
        ("one hundred and seven", "NumberGuessIntent number=107"),
        ("help", "AMAZON.HelpIntent"),
        ("stop", "Goodbye."),
    ],
    "city-guide": [
        ("tell me about this place", "AboutIntent"),
        ("recommend an attraction within five miles", "AttractionIntent distance=5"),
        ("coffee", "CoffeeIntent"),
        ("lets go out", "GoOutIntent"),
        ("stop", "Goodbye."),
    ],
    "pet-match": [
        ("find a pet", Asked("size")),
        ("itty bitty", Asked("temperament")),
        ("good with kids", Asked("energy")),
        ("play frisbee", "PetMatchIntent energy=high size=tiny temperament=family"),
        ("stop", "Goodbye."),
    ],
    "cake-walk": [
        ("i was born on november sixth", Asked("year")),
        ("nineteen eighty four", "CaptureBirthdayIntent day=6 month=november year=1984"),
        ("stop", "Goodbye."),
    ],
}


@pytest.fixture
def served() -> Iterator[Served]:
    with serving() as service:
        service.skill = skill_with_the_sdk()
        yield service


def hold(path: Path, service: Served, walk: Walk) -> None:
    """On the bench, and by the command, which has to say the same."""
    talk = open_bench(path, service.url, "en-US", "alexa", None).conversation
    assert talk.say("<launch>").speech == "Welcome."
    prompts = prompts_of(json.loads(path.read_text(encoding="utf-8"))["interactionModel"])
    replies = [prompts[reply.slot] if isinstance(reply, Asked) else reply for _, reply in walk]
    assert [talk.say(said).speech for said, _ in walk] == replies
    says = [option for said, _ in walk for option in ("--say", said)]
    done = CliRunner().invoke(main, ["simulate", "--model", str(path), "--endpoint", service.url, *says])
    assert done.exit_code == 0, done.output
    told = [line for line in done.output.splitlines() if line.startswith("      ! ")]
    assert [line for line in told if "asked by the device" not in line] == []  # nothing that Alexa would refuse
    heard = [line.removeprefix("Alexa > ") for line in done.output.splitlines() if line.startswith("Alexa > ")]
    assert heard == ["Welcome.", *replies]


def prompts_of(model: dict[str, Any]) -> dict[str, str]:
    """Slot → the first variation of the prompt that asks for it."""
    said = {prompt["id"]: prompt["variations"][0]["value"] for prompt in model.get("prompts", ())}
    slots = [slot for intent in model.get("dialog", {"intents": ()})["intents"] for slot in intent["slots"]]
    return {slot["name"]: said[slot["prompts"]["elicitation"]] for slot in slots if "elicitation" in slot["prompts"]}


@pytest.mark.parametrize("name", IMITATIONS)
def test_a_skill_made_with_the_sdk_is_driven_from_its_model(name: str, served: Served, tmp_path: Path) -> None:
    model, walk = IMITATIONS[name]
    path = tmp_path / "en-US.json"
    path.write_text(json.dumps(model), encoding="utf-8")
    hold(path, served, walk)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_public_sample_is_driven_from_its_own_model(name: str, served: Served) -> None:
    path = ROOT / "var" / "samples" / name / "en-US.json"
    if not path.is_file():
        pytest.skip(f"no model of the public sample in {path.relative_to(ROOT)}")
    hold(path, served, SAMPLES[name])
