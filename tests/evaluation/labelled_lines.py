"""A handful of labelled lines with what came of them, for counting by hand."""

from __future__ import annotations

from skill.evaluation.labelled import Asked, Got, Line

CARE = "Call 911 now. Lie down on your side."
NO_CARE = "Heartburn is common. Call if it lasts."


def topic(
    got: Got, *, wanted: str = "heartburn", aspect: str = "causes", style: str = "clean", number: int = 1,
    states: str | None = None,
) -> Asked:  # fmt: skip
    labels = {"topic": wanted, "aspect": aspect, "style": style, "also_ok": ("reflux",), "states": states}
    return Asked(Line.model_validate({"id": f"t{number}", "text": "why does it burn", **labels}), got)


def urgent(got: Got, level: str = "emergency", *, either: bool = False) -> Asked:
    line = Line.model_validate({"id": "u1", "text": "she's jerking", "level": level, "either_level": either})
    return Asked(line, got)


def quiet(got: Got, wanted: str | None = "heartburn", *, care_ok: bool = False) -> Asked:
    return Asked(Line(id="n1", text="no bleeding at all", topic=wanted, care_advice_ok=care_ok), got)


def outside(got: Got, kind: str = "dosing", *, article_ok: bool = False) -> Asked:
    return Asked(Line(id="o1", text="how much of it", kind=kind, article_ok=article_ok), got)


def answer(topic: str = "heartburn", aspect: str = "causes", score: float | None = None) -> Got:
    return got("answer", topic=topic, aspect=aspect, score=score)


def choice(*topics: str, score: float | None = None) -> Got:
    return got("choose", choices=topics, score=score)


def care(level: str = "emergency", topic: str | None = None, speech: str = CARE) -> Got:
    return got("urgent", urgent=level, sign="seizure", topic=topic, aspect="causes" if topic else None, speech=speech)


def got(
    outcome: str = "unknown",
    *,
    urgent: str = "none",
    sign: str | None = None,
    topic: str | None = None,
    aspect: str | None = None,
    choices: tuple[str, ...] = (),
    channel: str = "complaint",
    speech: str = NO_CARE,
    score: float | None = None,
) -> Got:
    return Got(outcome, urgent, sign, topic, aspect, choices, channel, speech, score)
