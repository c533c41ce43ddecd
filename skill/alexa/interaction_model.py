"""Content → Alexa's interaction model, one a locale. The same content gives the same bytes.

An Alexa request carries no transcript, so this decides what can be understood: design, "From words to an answer".
The limits are in model_check/limits.py, with their sources.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from num2words import num2words

from skill.alexa.elicited import ELICITED_INTENT, ELICITED_SLOT
from skill.library.content import Content
from skill.library.interaction import SIGN_PREFIX, Asking
from skill.library.locales import Voice, spell

Json = dict[str, Any]

_LONGEST_COMPOUND_CARRIER = 2
PHRASES_A_TOPIC = 80
"""Design: at most 80 phrases a topic, so that 102 topics stay within Alexa's limits."""
LONGEST_VALUE = 140
"""Characters of a slot value: m0ngr31/kanzi issue 263."""
SLOT_TYPES = {
    "topic": "Topic", "complaint": "Complaint", "opener": "Opener", "choice": "Choice", "weeks": "Weeks",
    "it": "Pronoun", "group": "Group", "phrase": "AMAZON.SearchQuery",
}  # fmt: skip
_COMPLAINT_SAMPLES = ("{complaint}", "{opener} {complaint}")
_TOPIC_SAMPLES = (
    "{topic}",
    "{topic} in pregnancy",
    "{topic} during pregnancy",
    "{topic} when pregnant",
    "{topic} please",
)
_COMPOUNDS = ("{topic} and {complaint}", "{topic} but {complaint}", "{topic} with {complaint}")
_ELICITATION_PROMPT = "Elicit.Slot.Complaint"


def build_models(content: Content, invocation_name: str) -> dict[str, Json]:
    """Locale → the parsed JSON of its interaction model."""
    return {locale: build_model(content, locale, invocation_name) for locale in content.locales}


def build_model(content: Content, locale: str, invocation_name: str) -> Json:
    """The interaction model of one locale. Raises nothing for content that passed its check."""
    voice = content.voice(locale)
    return {
        "interactionModel": {
            "languageModel": {
                "invocationName": invocation_name,
                "modelConfiguration": {"fallbackIntentSensitivity": {"level": "LOW"}},
                "intents": list(_intents(content)),
                "types": list(_types(content, voice)),
            },
            "dialog": _dialog(),
            "prompts": [_prompt(content, voice)],
        }
    }


def render(model: Json) -> str:
    """A model as the text of its file."""
    return json.dumps(model, indent=1, ensure_ascii=False) + "\n"


def write_models(models: Mapping[str, Json], folder: Path) -> None:
    """One file a locale. Raises OSError where the folder cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    for locale, model in models.items():
        (folder / f"{locale}.json").write_text(render(model), encoding="utf-8")


def drift(models: Mapping[str, Json], folder: Path) -> list[str]:
    """The locales whose committed file is not what is generated."""
    return [
        locale
        for locale, model in models.items()
        if not (folder / f"{locale}.json").is_file()
        or (folder / f"{locale}.json").read_text(encoding="utf-8") != render(model)
    ]


def _intents(content: Content) -> Iterator[Json]:
    interaction = content.interaction
    yield _intent(
        ELICITED_INTENT, _COMPLAINT_SAMPLES
    )  # first, so that free words are the complaint's before the topic's
    for name, samples in interaction.commands.items():
        yield _intent(name, samples)
    for name, asking in interaction.asks.items():
        yield _intent(name, [*asking.bare, *_with_compounds(asking)])
    yield _intent("TopicIntent", [*_TOPIC_SAMPLES, *_COMPOUNDS])
    for name, carriers in interaction.phrases.items():
        yield _intent(name, carriers.samples)


def _with_compounds(asking: Asking) -> list[str]:
    """Every sample that ends in the topic once more with a complaint behind it: Alexa may deliver "back pain" and drop
    "and i'm bleeding", and what was dropped cannot be recovered. Only after short carriers: with "and" a longer one has
    four fixed words, may lose one of them, and would be heard where another intent is meant.
    """
    compounds = [
        f"{sample} and {{complaint}}"
        for sample in asking.samples
        if sample.endswith("{topic}") and len(sample.split()) - 1 <= _LONGEST_COMPOUND_CARRIER
    ]
    return [*asking.samples, *compounds]


def _intent(name: str, samples: Iterable[str]) -> Json:
    samples = list(dict.fromkeys(samples))
    used = dict.fromkeys(slot for sample in samples for slot in re.findall(r"\{(\w+)\}", sample))
    if name.startswith("AMAZON."):
        return {"name": name, "samples": samples}
    return {"name": name, "slots": [{"name": slot, "type": SLOT_TYPES[slot]} for slot in used], "samples": samples}


def _types(content: Content, voice: Voice) -> Iterator[Json]:
    yield _type("Topic", _topic_values(content, voice))
    yield _type("Complaint", _complaint_values(content, voice))
    yield _type("Opener", ((name, words[0], words[1:]) for name, words in content.interaction.openers.items()))
    yield _type("Choice", ((name, words[0], words[1:]) for name, words in content.interaction.choices.items()))
    yield _type("Pronoun", ((word, word, ()) for word in content.interaction.pronouns))
    yield _type("Group", _group_values(content, voice))
    first, last = content.interaction.weeks
    yield _type("Weeks", ((str(week), num2words(week).replace("-", " "), ()) for week in range(first, last + 1)))


def _topic_values(content: Content, voice: Voice) -> Iterator[tuple[str, str, Iterable[str]]]:
    seen: set[str] = set()
    for topic, article in content.articles.items():
        name = voice(article.name)
        lay = [spell(lay_name, content.words, voice.locale) for lay_name in article.lay_names]
        fresh = [value for value in dict.fromkeys([name, *lay]) if value not in seen]
        seen.update(fresh)
        yield topic, fresh[0], fresh[1:]


def _group_values(content: Content, voice: Voice) -> Iterator[tuple[str, str, Iterable[str]]]:
    for group in content.groups:
        name = voice(group.name).replace(",", "")
        also = dict.fromkeys(spell(words, content.words, voice.locale) for words in group.also)
        yield group.id, name, [words for words in also if words != name]


def _complaint_values(content: Content, voice: Voice) -> Iterator[tuple[str, str, Iterable[str]]]:
    seen: set[str] = set()
    heard = [(topic, content.heard[topic].phrases) for topic in content.articles if topic in content.heard]
    heard += [(SIGN_PREFIX + sign, entry.phrases) for sign, entry in content.heard_signs.items()]
    for name, phrases in heard:
        spelled = dict.fromkeys(spell(phrase, content.words, voice.locale) for phrase in phrases)
        fresh = [phrase for phrase in spelled if phrase not in seen and len(phrase) <= LONGEST_VALUE][:PHRASES_A_TOPIC]
        seen.update(fresh)
        yield name, fresh[0], fresh[1:]


def _type(name: str, values: Iterable[tuple[str, str, Iterable[str]]]) -> Json:
    return {
        "name": name,
        "values": [
            {"id": value_id, "name": {"value": value, "synonyms": list(synonyms)}}
            for value_id, value, synonyms in values
        ],
    }


def _dialog() -> Json:
    """The dialog section: without it Alexa refuses the directive that elicits a slot."""
    return {
        "delegationStrategy": "SKILL_RESPONSE",
        "intents": [
            {
                "name": ELICITED_INTENT,
                "delegationStrategy": "SKILL_RESPONSE",
                "confirmationRequired": False,
                "prompts": {},
                "slots": [
                    {
                        "name": ELICITED_SLOT,
                        "type": SLOT_TYPES[ELICITED_SLOT],
                        "confirmationRequired": False,
                        "elicitationRequired": True,
                        "prompts": {"elicitation": _ELICITATION_PROMPT},
                    },
                    {
                        "name": "opener",
                        "type": SLOT_TYPES["opener"],
                        "confirmationRequired": False,
                        "elicitationRequired": False,
                        "prompts": {},
                    },
                ],
            }
        ],
    }


def _prompt(content: Content, voice: Voice) -> Json:
    """What Alexa would ask by itself; the skill always asks in its own words."""
    return {
        "id": _ELICITATION_PROMPT,
        "variations": [{"type": "PlainText", "value": voice(text)} for text in content.said.something_else],
    }
