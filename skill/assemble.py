"""Settings → Core: the only place where the parts meet."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from skill.alarm import Alarm
from skill.dialogue.core import Core
from skill.dialogue.talk_cues import TalkCues
from skill.encoder.reading import LateReader, Reader
from skill.encoder.version import committed_version
from skill.errors import EncoderDamaged, SettingsInvalid, StoreDamaged
from skill.feedback.record import FeedbackSink
from skill.library.store import CALM, Library, fingerprint
from skill.library.withdrawn import WithdrawnTopics
from skill.settings import PREFIX, Settings
from skill.topics.aspect import AspectCues
from skill.topics.resolve import Resolver
from skill.turn import Session, Turn
from skill.urgent import UrgentCheck

if TYPE_CHECKING:
    from skill.encoder.encoder import Encoder
    from skill.topics.rank import Ranker

_log = logging.getLogger(__name__)

_SIGNED = re.compile(rb"\breviewed\b")
"""Stands in the file of every article that was signed; `unreviewed` is another word."""


def compiled_path(settings: Settings) -> Path:
    """Where the compiled library lies."""
    return settings.data / "library.sqlite"


@cache
def load_encoder() -> Encoder | None:
    """The committed encoder, once a process. Where it is missing or damaged that is said, loudly, and the skill goes on
    with the list of topics and the rules for urgent signs.
    """
    from skill.encoder.encoder import Encoder  # noqa: PLC0415 - heavy: loaded where the first text is read

    try:
        return Encoder()
    except EncoderDamaged as error:
        _log.error("%s Until then only listed names are understood, and urgent signs by rule.", error)
        return None


Compiler = Callable[[Path, Path, "Encoder | None"], object]
"""Content folder, compiled file, encoder: compiles the one into the other, as `build` does."""


def _compile(root: Path, target: Path, encoder: Encoder | None) -> None:
    from skill.build import build  # noqa: PLC0415 - reading YAML is not for those who find it compiled

    with ExitStack() as opened:
        earlier = None
        with suppress(StoreDamaged):  # none yet, or of another format
            earlier = opened.enter_context(closing(Library(target)))
        build(root, target, encoder, earlier=earlier)


def open_library(settings: Settings, *, compile_with: Compiler = _compile, in_memory: bool = False) -> Library:
    """The compiled library. Where it is missing, damaged or out of date it is built anew from the content files; where
    there are none, it is taken as it is or refused. `in_memory` as Library has it.

    Raises ContentInvalid, StoreDamaged, or SettingsInvalid where the data folder cannot be written, or where production
    would have nothing to say and that can be seen without compiling.
    """
    path = compiled_path(settings)
    if not settings.content.is_dir():
        return Library(path, in_memory=in_memory)
    with suppress(StoreDamaged, NotADirectoryError):
        return Library(path, fingerprint(settings.content, committed_version()), in_memory=in_memory)
    _refuse_what_nobody_can_have_signed(settings)
    expected = _expected(settings)
    if not is_compiled(settings):
        try:
            compile_with(settings.content, path, load_encoder())
        except OSError as error:
            raise SettingsInvalid(
                f"The data folder {settings.data} cannot be written ({error.strerror}): make it writable, or name"
                " another one with BUMP_GUIDE_DATA."
            ) from error
    return Library(path, expected, in_memory=in_memory)


def is_compiled(settings: Settings) -> bool:
    """Whether the compiled library is of the content files as they are now. Where there are none, as it lies there."""
    try:
        Library(compiled_path(settings), _expected(settings)).close()
    except (StoreDamaged, NotADirectoryError):
        return False
    return True


def _expected(settings: Settings) -> str | None:
    """What the library must have been compiled from, by the encoder that is loaded: the committed one, or none."""
    encoder = load_encoder()
    return fingerprint(settings.content, encoder.version if encoder else "") if settings.content.is_dir() else None


def _refuse_what_nobody_can_have_signed(settings: Settings) -> None:
    """Compiling takes a minute; that nothing is signed shows before. A file with the word may hold a signature that is
    void, and a folder without articles another fault: those are for `withheld_always` and for who compiles.
    """
    if _takes_unreviewed(settings):
        return
    articles = [path.read_bytes() for path in settings.content.glob("*/articles/*.yaml")]
    if articles and not any(_SIGNED.search(article) for article in articles):
        raise _nothing_to_say(len(articles))


def _takes_unreviewed(settings: Settings) -> bool:
    return settings.serve_unreviewed or not settings.production


def _nothing_to_say(articles: int) -> SettingsInvalid:
    return SettingsInvalid(
        f"No clinician has signed any of the {articles} articles, so production has nothing to say: have articles"
        f" signed (bump-guide review), or set {PREFIX}SERVE_UNREVIEWED=yes to serve them as they are."
    )


def withheld_always(settings: Settings, library: Library) -> frozenset[str]:
    """Topics named in the settings and, in production, articles that nobody has signed, unless a setting lets them be
    served. Raises SettingsInvalid where nothing would be left.
    """
    unsigned = frozenset[str]() if _takes_unreviewed(settings) else library.unreviewed
    if unsigned and unsigned >= library.names.keys():
        raise _nothing_to_say(len(library.names))
    return unsigned | frozenset(settings.withdrawn_topics)


def assemble(
    settings: Settings,
    library: Library,
    feedback: FeedbackSink,
    today: Callable[[], date] | None = None,
    *,
    at_once: bool = True,
) -> Core:
    """All parts of the skill over one library. `today` is the clock for counts; UTC unless given. `at_once`: everything
    is loaded now; off, what understands free text is loaded with the first text, for a process that starts to answer
    one request.

    Raises ContentInvalid where the register of withdrawn topics cannot be read, SettingsInvalid where production has
    nothing that it may say.
    """
    reader = LateReader(lambda: _reader(library))
    rules = UrgentCheck(library.patterns, library.signs, library.texts(CALM))
    core = Core(
        skill_name=settings.skill_name,
        library=library,
        resolver=Resolver(cache(lambda: _ranker(library, reader)), library.cues, library.names),
        aspect_of=AspectCues(library.cues.aspects, reader),
        urgent=Alarm(
            rules,
            reader,
            library.signs,
            frozenset({*library.cues.far_along, *library.cues.light, *library.cues.everyday}),
            frozenset(library.cues.states_plainly),
        ),
        rules=rules,
        talk=TalkCues(library.talk, library.cues, library.after_loss),
        ask_why=settings.ask_why,
        feedback=feedback,
        withheld=WithdrawnTopics(settings.withdrawn_path, withheld_always(settings, library)),
        today=today or (lambda: datetime.now(UTC).date()),
        new_token=lambda: secrets.token_hex(16),
    )
    if at_once:
        _understand_something(core)
    return core


def _reader(library: Library) -> Reader:
    from skill.encoder.remembered import Remembered, RememberingReader  # noqa: PLC0415 - heavy

    return RememberingReader(load_encoder(), Remembered.opened(library.array))


def _ranker(library: Library, reader: Reader) -> Ranker:
    from skill.topics.known_ranks import KnownRanks  # noqa: PLC0415
    from skill.topics.letters import LetterIndex  # noqa: PLC0415 - heavy
    from skill.topics.meaning import MeaningIndex  # noqa: PLC0415 - heavy
    from skill.topics.rank import Ranker  # noqa: PLC0415 - heavy

    letters, meaning = LetterIndex.from_library(library), MeaningIndex.from_library(library)
    return Ranker(letters, meaning, reader, library.stages, KnownRanks.from_library(library))


def _understand_something(core: Core) -> None:
    """Takes one text all the way, so that whatever it needs is there before the first turn."""
    text = "my back hurts"
    core.urgent(text)
    core.aspect_of(text)
    core.resolver.resolve(Turn(intent="", locale="", session=Session(), heard=text, text=text))
