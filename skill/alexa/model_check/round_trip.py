"""The rule that finds misspelt keys: Amazon's own classes for the file lose nothing when they read and write it.

ask-smapi-model is for tests and development only (11 MB), so it is imported here when it is needed, if it is there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ask_sdk_core.serialize import DefaultSerializer

from skill.alexa.model_check.limits import ModelFault, fault
from skill.alexa.model_check.parts import Case
from skill.alexa.model_check.reading import Path, as_text, without


def round_trip(case: Case) -> Iterator[ModelFault]:
    """What has the wrong shape is reported already, and is taken out before."""
    if not isinstance(case.raw, Mapping):
        return
    try:
        from ask_smapi_model.v1.skill.interaction_model import interaction_model_data  # noqa: PLC0415 - may be missing
    except ImportError:
        remedy = "Install the test requirements to check it."
        yield fault("round-trip-not-checked", "the file", "ask-smapi-model is not installed.", remedy)
        return
    sound = without(case.raw, case.unreadable)
    try:
        back = there_and_back(sound, interaction_model_data.InteractionModelData)
    except Exception as error:  # Amazon's serializer raises its own error, and whatever Python raises on odd values
        yield fault("round-trip", "the file", f"Amazon's classes cannot read it: {error}.", "Correct what it names.")
        return
    yield from differences(sound, back)


def there_and_back(value: object, kind: type[Any]) -> object:
    """Parsed JSON through one of Amazon's classes and back. Raises what Amazon's serializer, or Python, raises."""
    serializer = DefaultSerializer()
    return serializer.serialize(serializer.deserialize(json.dumps(value, default=str), kind))


def differences(before: object, after: object, path: Path = ()) -> Iterator[ModelFault]:
    """What got lost or came back otherwise, each with its place."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key, value in before.items():
            if key in after:
                yield from differences(value, after[key], (*path, key))
            else:
                yield fault("round-trip", as_text((*path, key)), "The key is unknown and gets lost.", "Correct it.")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for place, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differences(one, other, (*path, place))
    elif before != after or type(before) is not type(after):
        problem = f"{_short(before)} comes back as {_short(after)}."
        yield fault("round-trip", as_text(path), problem, "Write it as it comes back.")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


CHECKS = (round_trip,)
