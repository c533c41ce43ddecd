"""One kind of file into another, and notes of what it could not carry over.

A replay file that becomes a conversation test keeps all it had: its keys stand under `replay`, a sentence that our
way of writing would change stands beside it as `replayed`. So it comes back as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from skill.errors import InputInvalid
from skill.formats.annotations import Annotation, AnnotationSet, annotation
from skill.formats.annotations_csv import not_in_csv, write_csv
from skill.formats.replay import QUIT, Replay, as_said_here, as_said_to_alexa
from skill.formats.which import Dialogs
from skill.simulator.converse import LAUNCH, NOISE, ONESHOT, SILENCE, TOUCH
from skill.simulator.hear import Heard
from skill.simulator.saved import to_yaml

Notes = list[str]
_UNHEARD = {SILENCE: "silence", NOISE: "noise"}
Kind = Literal["conversations", "replay", "annotations"]


@dataclass(frozen=True)
class Setting:
    """What a file does not say itself."""

    invocation: str
    """The name that opens the skill."""
    skill_id: str | None
    locale: str
    identifier: str
    """Of conversations that have none."""
    hear: Callable[[str], Heard]
    """The matcher, with the model of that locale."""


def convert(
    read: Replay | AnnotationSet | Dialogs, kind: Kind, setting: Setting, *, csv: bool = False
) -> tuple[str, Notes]:
    """What was read → the text of a file of that kind, and notes. Raises InputInvalid where it cannot be one."""
    if kind == "conversations":
        dialogs, notes = _to_dialogs(read, setting)
        return to_yaml(dialogs), [*notes, "comments."] if dialogs is read else notes
    if kind == "replay":
        replay, notes = _to_replay(read, setting)
        return replay.to_json(), notes
    annotations, notes = _to_annotations(read, setting)
    return (write_csv(annotations), [*notes, *not_in_csv(annotations)]) if csv else (annotations.to_json(), notes)


def _to_dialogs(read: Replay | AnnotationSet | Dialogs, setting: Setting) -> tuple[Dialogs, Notes]:
    if isinstance(read, Replay):
        return replay_to_dialogs(read, setting.invocation, setting.identifier), []
    if isinstance(read, AnnotationSet):
        return annotations_to_dialogs(read, setting.locale, setting.identifier)
    return read, []


def _to_replay(read: Replay | AnnotationSet | Dialogs, setting: Setting) -> tuple[Replay, Notes]:
    if isinstance(read, Replay):
        return read, []
    dialogs, lost = _to_dialogs(read, setting)
    replay, notes = dialogs_to_replay(dialogs, setting.invocation, setting.skill_id, setting.locale)
    return replay, [*lost, *notes]


def _to_annotations(read: Replay | AnnotationSet | Dialogs, setting: Setting) -> tuple[AnnotationSet, Notes]:
    if isinstance(read, AnnotationSet):
        return read, []
    dialogs, lost = _to_dialogs(read, setting)
    annotations, notes = dialogs_to_annotations(dialogs, setting.hear, setting.locale)
    return annotations, [*lost, *notes]


def replay_to_dialogs(replay: Replay, invocation: str, identifier: str) -> Dialogs:
    """A replay file as one conversation; nothing is expected of the replies, since it expects nothing."""
    turns = [_turn(sentence, place, invocation) for place, sentence in enumerate(replay.spoken)]
    kept = {"skillId": replay.skill_id, "type": replay.type, **replay.more}
    rest = replay.said[len(replay.spoken) :]
    if rest:
        kept["then"] = list(rest)
    return [{"id": identifier, "locale": replay.locale, "replay": kept, "turns": turns}]


def _turn(sentence: str, place: int, invocation: str) -> dict[str, Any]:
    say = as_said_here(sentence, invocation)
    kept = _unspoken(say) is None and _written(say, place, invocation) == sentence
    return {"say": say} if kept else {"say": say, "replayed": sentence}


def _unspoken(say: str) -> str | None:
    """What happens in a turn that no sentence is said in; None where one is."""
    return "touch" if say.startswith(TOUCH) else _UNHEARD.get(say)


def _written(say: str, place: int, invocation: str) -> str:
    """How a replay file has the turn at this place; a first sentence opens the skill, written or not."""
    opens = say == LAUNCH or say.startswith(ONESHOT)
    return as_said_to_alexa(say if opens or place else f"{ONESHOT} {say}", invocation)


def dialogs_to_replay(
    dialogs: Sequence[Mapping[str, Any]], invocation: str, skill_id: str | None, locale: str
) -> tuple[Replay, Notes]:
    """Conversations as one replay file, one after the other: each opens the skill anew. Of several locales those in
    `locale` are taken, since a replay file has one.

    Raises InputInvalid where nobody says which skill it is, where `locale` is none of several, or where nothing is left
    to say.
    """
    taken, notes = _of_one_locale(dialogs, locale)
    kept = dict(taken[0].get("replay") or {}) if taken else {}
    rest = kept.pop("then", [])
    named = skill_id or kept.get("skillId")
    if not named:
        raise InputInvalid("A replay file names its skill: give --skill-id, or set BUMP_GUIDE_SKILL_ID.")
    said = [sentence for dialog in taken for sentence in _sentences(dialog, invocation, notes)]
    if not said:
        raise InputInvalid("Nothing is said in it that a replay file could hold.")
    more = {key: value for key, value in kept.items() if key not in ("skillId", "type")}
    return Replay(named, taken[0].get("locale", locale), (*said, *rest), kept.get("type", "text"), more), notes


def _of_one_locale(dialogs: Sequence[Mapping[str, Any]], locale: str) -> tuple[Sequence[Mapping[str, Any]], Notes]:
    """All of them where they are in one locale; else those in `locale`, and a note of each other locale."""
    by_locale: dict[str, list[Mapping[str, Any]]] = {}
    for dialog in dialogs:
        by_locale.setdefault(dialog.get("locale", locale), []).append(dialog)
    if len(by_locale) < 2:
        return dialogs, []
    if locale not in by_locale:
        raise InputInvalid(
            f"A replay file has one locale, and here are {', '.join(by_locale)}: say which with --locale, and convert"
            " once for each."
        )
    return by_locale[locale], [
        f"{len(others)} conversations in {other}; --locale {other} writes a file of them."
        for other, others in by_locale.items()
        if other != locale
    ]


def _sentences(dialog: Mapping[str, Any], invocation: str, notes: Notes) -> Iterator[str]:
    """What is said to Alexa, and notes of what is not."""
    identifier = dialog["id"]
    expecting = sum(bool(turn.get("expect")) for turn in dialog["turns"])
    if expecting:
        notes.append(f"{identifier}: what {expecting} turns expect; a replay file expects nothing.")
    for place, turn in enumerate(dialog["turns"]):
        say = turn["say"].strip()
        if "replayed" in turn:
            yield turn["replayed"]
        elif unspoken := _unspoken(say):
            notes.append(f"{identifier}: turn {place + 1}: {unspoken}; a replay file holds sentences only.")
        elif not say or say == QUIT:
            notes.append(f"{identifier}: turn {place + 1}: {say!r} cannot be said in a replay file.")
        else:
            yield _written(say, place, invocation)


def annotations_to_dialogs(annotations: AnnotationSet, locale: str, identifier: str) -> tuple[Dialogs, Notes]:
    """Each sentence as a conversation of its own, asked in one breath."""
    dialogs = [
        {"id": f"{identifier}-{number}", "locale": locale, "turns": [{"say": f"{ONESHOT} {one.inputs.utterance}"}]}
        for number, one in enumerate(annotations.data, start=1)
    ]
    note = (
        f"The intents and slots expected of {len(dialogs)} sentences; a conversation test expects topics and aspects."
    )
    timed = sum(one.inputs.referenceTimestamp is not None for one in annotations.data)
    return dialogs, [note, *([f"The reference timestamps of {timed} sentences."] if timed else [])]


def dialogs_to_annotations(
    dialogs: Sequence[Mapping[str, Any]], hear: Callable[[str], Heard], locale: str
) -> tuple[AnnotationSet, Notes]:
    """Every sentence with the intent and slots that our matcher hears in it. An annotation set has one locale and no
    session, so what is said in a running dialog is heard there as if nothing had been asked before.
    """
    notes: Notes = ["The intents and slots are what our matcher hears; read them before you trust them."]
    sentences = dict.fromkeys(say for dialog in dialogs for say in _utterances(dialog, locale, notes))
    return AnnotationSet(data=[_heard(say, hear(say)) for say in sentences]), notes


def _utterances(dialog: Mapping[str, Any], locale: str, notes: Notes) -> Iterator[str]:
    """What is said without opening the skill, and notes of the rest."""
    identifier, own = dialog["id"], dialog.get("locale", locale)
    if own != locale:
        notes.append(f"{identifier}: its locale {own}; here it was heard as {locale}.")
    if any(turn.get("expect") for turn in dialog["turns"]):
        notes.append(f"{identifier}: what its turns expect of the replies.")
    for turn in dialog["turns"]:
        say = turn["say"].removeprefix(ONESHOT).strip()
        if not say or say == LAUNCH or _unspoken(say):
            notes.append(f"{identifier}: {turn['say']}; an annotation set holds sentences only.")
        else:
            yield say


def _heard(say: str, heard: Heard) -> Annotation:
    return annotation(say, heard.intent, {slot.name: slot.value for slot in heard.slots})
