"""Interaction models in the shapes that public samples have, written anew: a guessing game, a guide, a finder with a
dialog, a birthday that Alexa collects by itself.
"""

from __future__ import annotations

from typing import Any


def model(
    name: str, intents: list[dict[str, Any]], types: list[dict[str, Any]] | None = None, **more: Any
) -> dict[str, Any]:
    built_in = [{"name": f"AMAZON.{each}Intent", "samples": []} for each in ("Cancel", "Help", "Stop", "Yes", "No")]
    language = {"invocationName": name, "intents": [*built_in, *intents], "types": types or []}
    return {"interactionModel": {"languageModel": language, **more}}


def values(name: str, listed: dict[str, list[str]]) -> dict[str, Any]:
    return {
        "name": name,
        "values": [{"id": value, "name": {"value": value, "synonyms": more}} for value, more in listed.items()],
    }


GUESSING = model(
    "number fun",
    [
        {
            "name": "GuessIntent",
            "slots": [{"name": "guess", "type": "AMAZON.NUMBER"}],
            "samples": ["{guess}", "is it {guess}", "maybe {guess}"],
        }
    ],
)
GUIDE = model(
    "town walk",
    [
        {"name": "CoffeeIntent", "slots": [], "samples": ["coffee", "where can i get coffee"]},
        {
            "name": "SightIntent",
            "slots": [{"name": "miles", "type": "AMAZON.NUMBER"}, {"name": "day", "type": "AMAZON.DATE"}],
            "samples": ["show me a sight", "show me a sight within {miles} miles", "what is open {day}"],
        },
        {
            "name": "LookUpIntent",
            "slots": [{"name": "what", "type": "AMAZON.SearchQuery"}],
            "samples": ["look up {what}"],
        },
    ],
)
FINDER = model(
    "plant finder",
    [
        {
            "name": "FindPlantIntent",
            "slots": [
                {"name": "light", "type": "Light", "samples": ["a place with {light}"]},
                {"name": "size", "type": "Size"},
                {"name": "country", "type": "AMAZON.Country"},
            ],
            "samples": ["find a plant", "a {size} plant", "a {size} plant for {light}"],
        }
    ],
    [
        values("Light", {"sun": ["full sun"], "shade": ["a dark corner"]}),
        values("Size", {"small": ["tiny"], "tall": []}),
    ],
    dialog={
        "intents": [
            {
                "name": "FindPlantIntent",
                "confirmationRequired": True,
                "prompts": {"confirmation": "Confirm.Find"},
                "slots": [
                    {"name": "light", "type": "Light", "elicitationRequired": True, "confirmationRequired": False,
                     "prompts": {"elicitation": "Elicit.Light"}},
                    {"name": "size", "type": "Size", "elicitationRequired": True, "confirmationRequired": True,
                     "prompts": {"elicitation": "Elicit.Size", "confirmation": "Confirm.Size"}},
                    {"name": "country", "type": "AMAZON.Country", "elicitationRequired": False, "prompts": {}},
                ],
            }
        ]
    },
    prompts=[
        {"id": "Elicit.Light", "variations": [{"type": "PlainText", "value": "How much light is there?"}]},
        {"id": "Elicit.Size", "variations": [{"type": "PlainText", "value": "How big?"}]},
        {"id": "Confirm.Size", "variations": [{"type": "PlainText", "value": "A {size} one, yes?"}]},
        {"id": "Confirm.Find", "variations": [{"type": "PlainText", "value": "A {size} plant for {light}?"}]},
    ],
)  # fmt: skip
BIRTHDAY = model(
    "birthday friend",
    [
        {
            "name": "BirthdayIntent",
            "slots": [{"name": "month", "type": "AMAZON.Month"}, {"name": "year", "type": "AMAZON.FOUR_DIGIT_NUMBER"}],
            "samples": ["my birthday", "i was born in {month}", "i was born in {month} {year}"],
        }
    ],
    dialog={
        "delegationStrategy": "ALWAYS",
        "intents": [
            {
                "name": "BirthdayIntent",
                "slots": [
                    {"name": "month", "type": "AMAZON.Month", "elicitationRequired": True, "prompts": {}},
                    {"name": "year", "type": "AMAZON.FOUR_DIGIT_NUMBER", "elicitationRequired": True, "prompts": {}},
                ],
            }
        ],
    },
)
WEATHER = model(
    "sky watch",
    [
        {
            "name": "WeatherIntent",
            "slots": [
                {"name": "city", "type": "AMAZON.City"},
                {"name": "day", "type": "AMAZON.DATE"},
                {"name": "hour", "type": "AMAZON.TIME"},
            ],
            "samples": ["weather in {city}", "weather in {city} {day}", "weather in {city} {day} {hour}", "{city}"],
        },
        {
            "name": "TableIntent",
            "slots": [
                {"name": "town", "type": "Town"},
                {"name": "people", "type": "AMAZON.NUMBER"},
                {"name": "day", "type": "AMAZON.DATE"},
            ],
            "samples": ["book a table {town}", "book a table {town} {day}", "book a table {town} {people}"],
        },
    ],
    [values("Town", {"york": ["old york"], "bath": []})],
)
