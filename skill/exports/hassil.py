"""An interaction model as sentences and lists for hassil, Home Assistant's recogniser (OHF-Voice/hassil, README).

Two files, as Home Assistant merges them from custom_sentences/<language>/: sentences, and the lists in them.

- All sentences are one intent there, since one thing is done with them: the question is sent to the skill. The slot
  `intent` says which intent of Alexa's it was.
- Every sentence carries itself as the slot `question`, and every list gives the words as said, so that whoever answers
  can put the whole question together again: an urgent sign that she mentions has to reach the urgent check.
- A household's assistant hears everything, not only what is for us. So a sentence that takes any words has to begin
  with the skill's name ("ask bump guide my head …"); others may.
- Sentences that only make sense in a running conversation ("more", "the second one") are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

Json = dict[str, Any]

INTENT = "BumpGuideAsk"
"""What Home Assistant calls it."""
TELLING_TYPES = ("Topic", "Complaint")
"""A sample without a slot of these types needs a conversation before it."""
_PICKING = "Choice"
"""An intent with a slot of this type picks from what was just offered, whatever else its samples take."""
_ANY_WORDS = "AMAZON.SearchQuery"
_SLOT = re.compile(r"\{(\w+)\}")
_TEMPLATE_SIGNS = re.compile(r"([()\[\]{}<>|;:\\])")
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""libyaml's, where PyYAML was built with it: there are twelve thousand phrases."""
_HEAD = "# Written by `bump-guide export hassil`, never by hand: docs/tasks/use-with-home-assistant.md.\n"


def to_hassil(model: Mapping[str, Any], language: str) -> tuple[Json, Json]:
    """The JSON of an interaction model → the two files' data, sentences and lists."""
    inner = model["interactionModel"]["languageModel"]
    blocks = [block for intent in inner["intents"] for block in _blocks(intent, inner["invocationName"])]
    used = {slot for block in blocks for slot in _SLOT.findall(block["slots"]["question"])}
    types = {slot["name"]: slot["type"] for intent in inner["intents"] for slot in intent.get("slots") or ()}
    values = {each["name"]: each["values"] for each in inner["types"]}
    lists = {slot: _list(types[slot], values) for slot in sorted(used)}
    return {"language": language, "intents": {INTENT: {"data": blocks}}}, {"language": language, "lists": lists}


def left_out(model: Mapping[str, Any], sentences: Json) -> Iterator[str]:
    """The intents of which nothing is among the sentences."""
    kept = {block["slots"]["intent"] for block in sentences["intents"][INTENT]["data"]}
    for intent in model["interactionModel"]["languageModel"]["intents"]:
        if intent["name"] not in kept:
            yield intent["name"]


def _blocks(intent: Mapping[str, Any], name: str) -> Iterator[Json]:
    types = {slot["name"]: slot["type"] for slot in intent.get("slots") or ()}
    if _PICKING in types.values():
        return
    for sample in intent.get("samples") or ():
        kinds = [types[slot] for slot in _SLOT.findall(sample)]
        said = _TEMPLATE_SIGNS.sub(lambda sign: sign[0] if sign[0] in "{}" else f"\\{sign[0]}", sample)
        slots = {"intent": intent["name"], "question": sample}
        if _ANY_WORDS in kinds:
            yield {"sentences": [f"(ask|tell) {name} {said}"], "slots": slots}
        elif any(kind in TELLING_TYPES for kind in kinds):
            yield {"sentences": [f"[(ask|tell) {name}] {said}"], "slots": slots}


def _list(slot_type: str, values: Mapping[str, Sequence[Mapping[str, Any]]]) -> Json:
    if slot_type == _ANY_WORDS:
        return {"wildcard": True}
    return {"values": [*_values(values[slot_type])]}


def _values(listed: Sequence[Mapping[str, Any]]) -> Iterator[Json]:
    """The words as said, and the id they belong to; a phrase of two entries belongs to the first, as in the model."""
    seen = set()
    for value in listed:
        for words in (value["name"]["value"], *value["name"].get("synonyms", ())):
            if words not in seen:
                seen.add(words)
                yield {"in": _TEMPLATE_SIGNS.sub(r"\\\1", words), "out": words, "metadata": {"id": value.get("id")}}


def to_yaml(data: Json) -> str:
    """The text of one of the files."""
    text = yaml.dump(data, Dumper=_DUMPER, sort_keys=False, allow_unicode=True, width=200, default_flow_style=None)
    return f"{_HEAD}{text}"
