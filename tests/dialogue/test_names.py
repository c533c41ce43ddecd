"""Every topic is reached by its own name and by every lay name, over the whole road, or offered where two share it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml
from conftest import CONTENT

from skill.library.content import Content
from skill.simulator.batch import result
from skill.simulator.converse import ONESHOT, Conversation

TOPICS = [entry["id"] for entry in yaml.safe_load((CONTENT / "catalog.yaml").read_text(encoding="utf-8"))]


@pytest.mark.parametrize("topic", TOPICS)
def test_its_names_reach_it(topic: str, content: Content, talk: Callable[..., Conversation]) -> None:
    article = content.articles[topic]
    elsewhere = {}
    for name in (content.voice("en-US")(article.name), *article.lay_names):
        for sentence in (f"what causes {name}", f"is {name} normal"):
            got = result(None, talk().say(f"{ONESHOT} {sentence.lower()}"))
            if topic != got["topic"] and topic not in got["choices"]:
                elsewhere[sentence] = got["topic"] or got["outcome"]
    assert elsewhere == {}
