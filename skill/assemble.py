"""Settings → Core: the only place where the parts meet."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from skill.alarm import Alarm
from skill.build import build
from skill.dialogue.core import Core
from skill.dialogue.talk_cues import TalkCues
from skill.encoder.encoder import Encoder
from skill.encoder.remembered import Remembered, RememberingReader
from skill.errors import EncoderDamaged, SettingsInvalid, StoreDamaged
from skill.feedback.record import FeedbackSink
from skill.library.store import Library, fingerprint
from skill.library.withdrawn import WithdrawnTopics
from skill.settings import PREFIX, Settings
from skill.topics.aspect import AspectCues
from skill.topics.known_ranks import KnownRanks
from skill.topics.letters import LetterIndex
from skill.topics.meaning import MeaningIndex
from skill.topics.rank import Ranker
from skill.topics.resolve import Resolver
from skill.urgent import UrgentCheck

_log = logging.getLogger(__name__)


def compiled_path(settings: Settings) -> Path:
    """Where the compiled library lies."""
    return settings.data / "library.sqlite"


@cache
def load_encoder() -> Encoder | None:
    """The committed encoder, once a process. Where it is missing or damaged that is said, loudly, and the skill goes on
    with the list of topics and the rules for urgent signs.
    """
    try:
        return Encoder()
    except EncoderDamaged as error:
        _log.error("%s Until then only listed names are understood, and urgent signs by rule.", error)
        return None


def open_library(settings: Settings) -> Library:
    """The compiled library. Where it is missing, damaged or out of date it is built anew from the content files; where
    there are none, it is taken as it is or refused.

    Raises ContentInvalid, StoreDamaged, or SettingsInvalid where the data folder cannot be written.
    """
    path = compiled_path(settings)
    if not settings.content.is_dir():
        return Library(path)
    encoder = load_encoder()
    expected = fingerprint(settings.content, encoder.version if encoder else "")
    try:
        return Library(path, expected)
    except (StoreDamaged, NotADirectoryError):
        try:
            build(settings.content, path, encoder)
        except OSError as error:
            raise SettingsInvalid(
                f"The data folder {settings.data} cannot be written ({error.strerror}): make it writable, or name"
                " another one with BUMP_GUIDE_DATA."
            ) from error
        return Library(path, expected)


def withheld_always(settings: Settings, library: Library) -> frozenset[str]:
    """Topics named in the settings and, in production, articles that nobody has signed, unless a setting lets them be
    served. Raises SettingsInvalid where nothing would be left.
    """
    unsigned = library.unreviewed if settings.production and not settings.serve_unreviewed else frozenset[str]()
    if unsigned and unsigned >= library.names.keys():
        raise SettingsInvalid(
            f"No clinician has signed any of the {len(library.names)} articles, so production has nothing to say:"
            f" have articles signed (bump-guide review), or set {PREFIX}SERVE_UNREVIEWED=yes to serve them as they are."
        )
    return unsigned | frozenset(settings.withdrawn_topics)


def assemble(
    settings: Settings, library: Library, feedback: FeedbackSink, today: Callable[[], date] | None = None
) -> Core:
    """All parts of the skill over one library. `today` is the clock for counts; UTC unless given.

    Raises ContentInvalid where the register of withdrawn topics cannot be read, SettingsInvalid where production has
    nothing that it may say.
    """
    encoder = load_encoder()
    reader = RememberingReader(encoder, Remembered.opened(library.array)) if encoder else None
    rules = UrgentCheck(library.patterns, library.signs)
    index = LetterIndex.from_library(library)
    meaning, known = MeaningIndex.from_library(library), KnownRanks.from_library(library)
    ranker = Ranker(index, meaning, reader, library.stages, known)
    return Core(
        skill_name=settings.skill_name,
        library=library,
        resolver=Resolver(ranker, library.cues, library.names),
        aspect_of=AspectCues(library.cues.aspects, reader),
        urgent=Alarm(
            rules,
            reader,
            library.signs,
            frozenset(library.cues.far_along) | frozenset(library.cues.light),
        ),
        rules=rules,
        talk=TalkCues(library.talk, library.cues),
        ask_why=settings.ask_why,
        feedback=feedback,
        withheld=WithdrawnTopics(settings.withdrawn_path, withheld_always(settings, library)),
        today=today or (lambda: datetime.now(UTC).date()),
        new_token=lambda: secrets.token_hex(16),
    )
