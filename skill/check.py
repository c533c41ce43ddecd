"""Everything that is said, composed and measured: every article, sign, variant and locale against the budgets.

Pieces that fit one by one and not together fail. The limits are those of the design, "What is said".
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from skill.alexa.interaction_model import build_models, drift
from skill.alexa.model_check import check_model
from skill.alexa.speech import MOST_CHARACTERS, to_ssml
from skill.answers import answer, pages
from skill.assemble import assemble
from skill.build import build
from skill.dialogue.core import Core, Speaker
from skill.dialogue.get_care import reply_get_care
from skill.dialogue.questions import answer_on
from skill.errors import ContentInvalid, Fault
from skill.feedback.memory import MemoryStore
from skill.library.article import Article, Aspect, count_words
from skill.library.load import load_content
from skill.library.signs import Level, UrgentSign
from skill.library.store import Library
from skill.settings import Settings
from skill.turn import Reply, Session, Turn
from skill.urgent import Verdict

ANSWER_WORDS, FIRST_REPLY_WORDS, LATER_REPLY_WORDS = 75, 105, 88
URGENT_WORDS, URGENT_ACTION_WORDS, EMERGENCY_WORDS, EMERGENCY_ACTION_WORDS = 105, 45, 45, 12
FULL_DISCLAIMER_WORDS, SHORT_DISCLAIMER_WORDS = 26, 10
WORDS_WITHOUT_REASSURANCE = 30

ASPECTS = (
    Aspect.SUMMARY, Aspect.CAUSES, Aspect.DIFFERENTIALS, Aspect.TESTS, Aspect.RELIEF, Aspect.WHEN_TO_CALL,
    Aspect.IS_IT_NORMAL,
)  # fmt: skip
REASSURANCE = re.compile(
    r"\b(harmless|nothing to worry|don't worry|do not worry|no need to (?:call|worry)|(?:perfectly|completely|quite) "
    r"(?:normal|safe|fine)|very common|(?:usually|often|mostly) (?:normal|fine|nothing)|is normal|are normal)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Longest:
    """The longest reply of one kind."""

    kind: str
    words: int
    limit: int
    of: str
    locale: str


class _Measure:
    """Keeps every fault, and the longest of each kind."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self._longest: dict[str, Longest] = {}

    def words(self, kind: str, text: str, limit: int, of: str, locale: str, file: str) -> None:
        words = count_words(text)
        if kind not in self._longest or words > self._longest[kind].words:
            self._longest[kind] = Longest(kind, words, limit, of, locale)
        if words > limit:
            self.fault(file, kind, f"{words} words in {locale}, {limit} are allowed: {text!r}.", "Shorten its pieces.")

    def fault(self, file: str, key: str, problem: str, remedy: str) -> None:
        fault = Fault(file, key, problem, remedy)
        if fault not in self.faults:
            self.faults.append(fault)

    @property
    def longest(self) -> list[Longest]:
        return list(self._longest.values())


def check_content(root: Path) -> tuple[list[Fault], list[Longest]]:
    """The content folder → every fault there is, and the longest reply of each kind. Raises OSError at most."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "library.sqlite"
        try:
            content = build(root, target)
        except ContentInvalid as error:
            return list(error.faults), []
        library = Library(target)
        core = assemble(Settings(content=root), library, MemoryStore(), today=lambda: date(2000, 1, 1))
        measure = _Measure()
        for locale in content.locales:
            _check_locale(core, locale, measure)
        library.close()
    return measure.faults, measure.longest


def _check_locale(core: Core, locale: str, measure: _Measure) -> None:
    speaker = Speaker(Turn("", locale, Session()), core)
    said = f"{locale[:2]}/said.yaml"
    for text in core.library.said.disclaimer_full:
        measure.words("full disclaimer", speaker.voice(text), FULL_DISCLAIMER_WORDS, "said.yaml", locale, said)
    for text in core.library.said.disclaimer_short:
        measure.words("short disclaimer", speaker.voice(text), SHORT_DISCLAIMER_WORDS, "said.yaml", locale, said)
    for topic in core.library.names:
        article = core.library.article(topic)
        assert article is not None  # noqa: S101 - names come from the same file
        _check_article(core, article, locale, measure)
    for sign in core.library.signs.values():
        _check_sign(core, sign, locale, measure)


def _turns(core: Core) -> range:
    """As many turns as there are variants of the prompt that has most."""
    return range(max(len(variants) for _, variants in core.library.said))


def _check_article(core: Core, article: Article, locale: str, measure: _Measure) -> None:
    file = f"{locale[:2]}/articles/{article.id}.yaml"
    for aspect in ASPECTS:
        for number in _turns(core):
            for page in range(pages(article, aspect)):
                _check_answer(core, article, aspect, locale, number, page, measure, file)
    _check_pieces(core, article, locale, measure, file)


def _check_answer(  # noqa: PLR0913 - one row of a table
    core: Core, article: Article, aspect: Aspect, locale: str, number: int, page: int, measure: _Measure, file: str
) -> None:
    voice = core.library.voice(locale)
    text = answer(article, aspect, voice, core.library.said, turn=number, page=page).text
    measure.words(f"{aspect} answer", text, ANSWER_WORDS, article.id, locale, file)
    _check_reassurance(article, aspect, text, voice(article.when_to_call.warning), measure, file)
    for disclaimed, kind, limit in (
        (False, "first reply", FIRST_REPLY_WORDS),
        (True, "later reply", LATER_REPLY_WORDS),
    ):
        turn = Turn("", locale, Session(turn=number, disclaimed=disclaimed))
        reply = answer_on(turn, core, article.id, aspect, page)
        measure.words(kind, reply.text, limit, article.id, locale, file)
        _check_speakable(reply, core, locale, measure, file)


def _check_reassurance(
    article: Article, aspect: Aspect, text: str, warning: str, measure: _Measure, file: str
) -> None:
    """Nothing reassures before its warning signs."""
    reassuring = REASSURANCE.search(text)
    if reassuring and aspect is not Aspect.WHEN_TO_CALL and reassuring.start() < text.find(warning):
        measure.fault(
            file, f"{aspect} answer", f"{reassuring.group()!r} is said before the warning.",
            "Keep reassurance to is_it_normal, which is read after the warning.",
        )  # fmt: skip


def _check_pieces(core: Core, article: Article, locale: str, measure: _Measure, file: str) -> None:
    voice = core.library.voice(locale)
    measure.words("summary", voice(article.summary), 45, article.id, locale, file)
    for group in (article.causes, article.differentials, article.checks, article.relief):
        for item in group:
            measure.words("short", voice(item.short), 6, article.id, locale, file)
            measure.words("item", voice(item.text), 25, article.id, locale, file)


def _check_sign(core: Core, sign: UrgentSign, locale: str, measure: _Measure) -> None:
    file = f"{locale[:2]}/urgent-signs/{sign.id}.yaml"
    topics: Iterable[str | None] = [None, *(topic for topic in sign.topics if topic in core.library.names)]
    for topic in topics:
        for number in _turns(core):
            session = Session(turn=number)
            text = core.library.names.get(topic or "", "")
            turn = Turn("", locale, session, heard=text, text=text)
            _check_urgent_reply(core, sign, reply_get_care(turn, core, Verdict(sign.id, sign.level, ())), locale, measure, file)


def _check_urgent_reply(  # noqa: PLR0913 - one row of a table
    core: Core, sign: UrgentSign, reply: Reply, locale: str, measure: _Measure, file: str
) -> None:
    voice = core.library.voice(locale)
    action = voice(sign.spoken.action)
    if sign.level is Level.EMERGENCY:
        measure.words("emergency reply", reply.text, EMERGENCY_WORDS, sign.id, locale, file)
        measure.words("emergency action", re.split(r"(?<=[.?!]) ", reply.text)[0], EMERGENCY_ACTION_WORDS, sign.id, locale, file)
    else:
        both = f"{action} {voice(sign.spoken.meanwhile)}"
        measure.words("urgent reply", reply.text, URGENT_WORDS, sign.id, locale, file)
        measure.words("urgent action", both, URGENT_ACTION_WORDS, sign.id, locale, file)
    if not reply.text.startswith(action):
        measure.fault(file, "spoken.action", "The reply does not begin with the action.", "Mend the dialogue.")
    early = " ".join(reply.text.split()[:WORDS_WITHOUT_REASSURANCE])
    if REASSURANCE.search(early):
        measure.fault(file, "spoken", "Reassures in the first thirty words.", "Say what to do first.")
    _check_speakable(reply, core, locale, measure, file)


def _check_speakable(reply: Reply, core: Core, locale: str, measure: _Measure, file: str) -> None:
    """A session that stays open ends with exactly one question; nothing unfilled; within Alexa's limit."""
    numbers = core.library.voice(locale).numbers
    for text in filter(None, (reply.text, reply.reprompt)):
        if "{" in text or "}" in text:
            measure.fault(file, "placeholders", f"Unfilled in {locale}: {text!r}.", "Use the placeholders of words.yaml.")
        if len(to_ssml(text, numbers)) > MOST_CHARACTERS:
            measure.fault(file, "speech", f"Longer than Alexa speaks in {locale}.", "Shorten it.")
    asks = reply.text.count("?")
    if asks != (0 if reply.ends else 1) or (asks and not reply.text.endswith("?")):
        measure.fault(
            file, "question", f"{asks} questions in {reply.text!r}.", "An open session ends with one question, and asks no other."
        )


def check_models(settings: Settings, files: Sequence[Path] = (), *, drift_too: bool = False) -> list[str]:
    """Interaction model files against Alexa's rules; those of every locale where none is named. One line a fault."""
    content = load_content(settings.content)
    report: list[str] = []
    for path in files or [settings.models / f"{locale}.json" for locale in content.locales]:
        report.extend(_check_model_file(path, list(suggested_phrases(content.said))))
    if drift_too:
        for locale in drift(build_models(content, settings.invocation_name), settings.models):
            report.append(f"error {locale}: the committed model is not what the content generates. Run `bump-guide model build`.")
    return report


def _check_model_file(path: Path, suggested: Sequence[str]) -> Iterator[str]:
    try:
        model = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        yield f"error {path}: cannot be read as JSON ({error}). Run `bump-guide model build`."
        return
    for fault in check_model(model, suggested=suggested, locale=path.stem):
        yield f"{fault.level} {path.name}: {fault.rule}: {fault.where}: {fault.problem} {fault.remedy} [{fault.source}]"


def suggested_phrases(said: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    """What prompts invite her to say: it stands between “ and ”."""
    for _, variants in said:
        for text in variants:
            yield from re.findall(r"“([^”]+)”", text)


