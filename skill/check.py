"""Everything that is said, composed and measured: every article, sign, variant and locale against the budgets.

Pieces that fit one by one and not together fail. The limits are those of the design, "What is said".
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from skill.alexa.interaction_model import build_models, drift
from skill.alexa.model_check.check import check_model
from skill.alexa.speech import MOST_CHARACTERS, to_ssml
from skill.answers import ANSWER_WORDS, answer, pages
from skill.assemble import assemble, load_encoder
from skill.build import build
from skill.dialogue.answering import answer_on
from skill.dialogue.beyond import BEYOND, reply_beyond
from skill.dialogue.core import Core
from skill.dialogue.get_care import EMERGENCY_WORDS, URGENT_WORDS, reply_get_care
from skill.dialogue.replies import FIRST_REPLY_WORDS, LATER_REPLY_WORDS
from skill.errors import ContentInvalid, Fault, ModelInvalid
from skill.feedback.memory import MemoryStore
from skill.library.article import Article, Aspect, count_words
from skill.library.content import Content
from skill.library.load import load_content
from skill.library.locales import LOCALES
from skill.library.signs import Level, UrgentSign
from skill.library.store import Library
from skill.library.texts import article_file, spoken_texts_of_article
from skill.library.withdrawn import read_register
from skill.reading_grade import HIGHEST_GRADE, reading_grade
from skill.settings import Settings
from skill.simulator.hear import EXACT_CLASSES, HearingModel, hear
from skill.turn import Reply, Session, Turn
from skill.urgent import Verdict

URGENT_ACTION_WORDS, EMERGENCY_ACTION_WORDS = 45, 12
FULL_DISCLAIMER_WORDS, SHORT_DISCLAIMER_WORDS = 26, 10
SUMMARY_WORDS, ITEM_SHORT_WORDS, ITEM_TEXT_WORDS = 45, 6, 25
WORDS_WITHOUT_REASSURANCE = 30

ASPECTS = (
    Aspect.SUMMARY,
    Aspect.CAUSES,
    Aspect.DIFFERENTIALS,
    Aspect.TESTS,
    Aspect.RELIEF,
    Aspect.WHEN_TO_CALL,
    Aspect.IS_IT_NORMAL,
)
REASSURANCE = re.compile(
    r"\b(harmless|nothing to worry|don't worry|do not worry|no need to (?:call|worry)|(?:perfectly|completely|quite) "
    r"(?:normal|safe|fine)|very common|(?:usually|often|mostly) (?:normal|fine|nothing)|is normal|are normal)\b",
    re.IGNORECASE,
)
_FOLDERS_OF_ONE = frozenset({"articles", "phrases-heard", "urgent-signs", "urgent-heard"})
_FIRST_SENTENCE = re.compile(r"(?<=[.?!]) ")


@dataclass(frozen=True)
class Longest:
    """The longest reply of one kind."""

    kind: str
    words: int
    limit: int
    of: str
    locale: str


class _Report:
    """Keeps every fault, and the longest of each kind."""

    def __init__(self) -> None:
        self.faults: dict[Fault, None] = {}
        self.longest: dict[str, Longest] = {}

    def fault(self, file: str, key: str, problem: str, remedy: str) -> None:
        self.faults[Fault(file, key, problem, remedy)] = None


def check_content(
    root: Path, topics: Sequence[str] = (), withdrawn: Path | None = None
) -> tuple[list[Fault], list[Longest]]:
    """The content folder → every fault there is, and the longest reply of each kind. With `topics`, ids of articles or
    urgent signs, only those are composed, and faults of the others are left out; `withdrawn` is the register of
    withdrawn topics, where it lies elsewhere. Raises OSError at most.
    """
    faults, longest = _check_all(root, topics, withdrawn or root / "withdrawn.yaml")
    return _of(topics, faults), longest


def check_served(core: Core, content: Content, register: Path, topics: Sequence[str] = ()) -> list[Fault]:
    """What `check_content` finds, in a library that is being served and whose files are `content`."""
    report = _composed(core, content, topics)
    return _of(topics, [*register_faults(register, content), *report.faults])


def _of(topics: Sequence[str], faults: Sequence[Fault]) -> list[Fault]:
    return [fault for fault in faults if not topics or not _is_of_another(Path(fault.file), topics)]


def _is_of_another(file: Path, chosen: Sequence[str]) -> bool:
    """Whether a file is of one topic or sign, and not of a chosen one."""
    return file.parent.name in _FOLDERS_OF_ONE and file.stem not in chosen


def register_faults(register: Path, content: Content | None) -> list[Fault]:
    """What is wrong with the register of withdrawn topics, and with links to one: they lead to nothing that may be
    said. `content` is None where it cannot be read.
    """
    try:
        withdrawn = read_register(register)
    except ContentInvalid as error:
        return list(error.faults)
    if content is None:
        return []
    unknown = [
        Fault(register.name, topic, "There is no such topic.", "Use an id of catalog.yaml.")
        for topic in withdrawn
        if topic not in content.catalog
    ]
    return unknown + [
        Fault(
            article_file(topic, content), f"differentials.{place}.topic", f"{other.topic!r} is withdrawn.",
            "Take the link out, or restore the topic.",
        )
        for topic, article in content.articles.items()
        for place, other in enumerate(article.differentials)
        if other.topic in withdrawn and topic not in withdrawn
    ]  # fmt: skip


def _check_all(root: Path, topics: Sequence[str], register: Path) -> tuple[list[Fault], list[Longest]]:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "library.sqlite"
        try:
            content = build(root, target, load_encoder())
        except ContentInvalid as error:
            return [*register_faults(register, None), *error.faults], []
        library = Library(target)
        nothing_withdrawn = Settings(content=root, withdrawn=Path(folder) / "none.yaml")
        core = assemble(nothing_withdrawn, library, MemoryStore(), today=lambda: date(2000, 1, 1))
        report = _composed(core, content, topics)
        library.close()
    return [*register_faults(register, content), *report.faults], list(report.longest.values())


def _composed(core: Core, content: Content, topics: Sequence[str]) -> _Report:
    """Every reply composed, those about topics that are withdrawn too: they may come back."""
    report = _Report()
    grade = reading_grade(content.medical_terms)
    whole = replace(core, withheld=frozenset)
    for locale in content.locales:
        _LocaleCheck(whole, content.language, locale, report, grade).run(topics)
    return report


class _LocaleCheck:
    """Composes and measures every reply in one locale."""

    def __init__(
        self, core: Core, language: str, locale: str, report: _Report, grade: Callable[[str], float] | None
    ) -> None:
        self._core = core
        self._grade = grade
        self._language = language
        self._locale = locale
        self._report = report
        self._voice = core.library.voice(locale)
        self._turns = range(max(len(variants) for _, variants in core.library.said))
        """As many turns as the prompt has variants that has most."""

    def run(self, topics: Sequence[str]) -> None:
        said = self._core.library.said
        file = f"{self._language}/said.yaml"
        for text in said.disclaimer_full:
            self._measure("full disclaimer", self._voice(text), FULL_DISCLAIMER_WORDS, file)
        for text in said.disclaimer_short:
            self._measure("short disclaimer", self._voice(text), SHORT_DISCLAIMER_WORDS, file)
        for topic in [name for name in self._core.library.names if not topics or name in topics]:
            article = self._core.library.article(topic)
            if article is not None:
                self._article(article, f"{self._language}/articles/{topic}.yaml")
        for sign in [sign for sign in self._core.library.signs.values() if not topics or sign.id in topics]:
            self._sign(sign, f"{self._language}/urgent-signs/{sign.id}.yaml")

    def _measure(self, kind: str, text: str, limit: int, file: str) -> None:
        words = count_words(text)
        longest = self._report.longest.get(kind)
        if longest is None or words > longest.words:
            self._report.longest[kind] = Longest(kind, words, limit, Path(file).stem, self._locale)
        if words > limit:
            problem = f"{words} words in {self._locale}, {limit} are allowed: {text!r}."
            self._report.fault(file, kind, problem, "Shorten its pieces.")

    def _article(self, article: Article, file: str) -> None:
        for aspect in ASPECTS:
            for page in range(pages(article, aspect)):
                for number in self._turns:
                    self._answer(article, aspect, number, page, file)
                self._readable(article, aspect, page, file)
        if article.after_birth is not None:
            self._after_birth(article, file)
        self._beyond(article, file)
        for key, text in spoken_texts_of_article(article):
            self._piece(key, self._voice(text), file)

    def _beyond(self, article: Article, file: str) -> None:
        """What is asked and no article has a part for."""
        for disclaimed, limit in ((False, FIRST_REPLY_WORDS), (True, LATER_REPLY_WORDS)):
            turn = Turn("", self._locale, Session(disclaimed=disclaimed))
            for asked in BEYOND:
                text = reply_beyond(turn, self._core, article, asked).text
                self._measure(f"{asked}, not in the article", text, limit, file)

    def _after_birth(self, article: Article, file: str) -> None:
        """The same limits for what is said once the baby is born."""
        said = self._core.library.said
        for aspect in (Aspect.SUMMARY, Aspect.CAUSES):
            text = answer(article, aspect, self._voice, said, after_birth=True).text
            self._measure(f"{aspect} answer after birth", text, ANSWER_WORDS, file)
            self._reassurance(article, aspect, text, file)
            self._grade_at_most(text, f"{aspect} answer after birth", file)

    def _piece(self, key: str, text: str, file: str) -> None:
        """Limits of single pieces once their placeholders are filled with this locale's words."""
        limits = {"summary": SUMMARY_WORDS, "short": ITEM_SHORT_WORDS, "text": ITEM_TEXT_WORDS}
        kind = key.rpartition(".")[2]
        if kind in limits:
            self._measure(f"{kind} of an article", text, limits[kind], file)

    def _answer(self, article: Article, aspect: Aspect, number: int, page: int, file: str) -> None:
        text = answer(article, aspect, self._voice, self._core.library.said, turn=number, page=page).text
        self._measure(f"{aspect} answer", text, ANSWER_WORDS, file)
        self._reassurance(article, aspect, text, file)
        for disclaimed in (False, True):
            turn = Turn("", self._locale, Session(turn=number, disclaimed=disclaimed))
            reply = answer_on(turn, self._core, article.id, aspect, page)
            kind, limit = ("later reply", LATER_REPLY_WORDS) if disclaimed else ("first reply", FIRST_REPLY_WORDS)
            self._measure(kind, reply.text, limit, file)
            self._speakable(reply, file)

    def _readable(self, article: Article, aspect: Aspect, page: int, file: str) -> None:
        text = answer(article, aspect, self._voice, self._core.library.said, page=page).text
        self._grade_at_most(text, f"{aspect} answer", file)

    def _grade_at_most(self, text: str, key: str, file: str) -> None:
        """Grade 8 at most, measured in the locale that the terms are written in."""
        if self._grade is None or self._locale != LOCALES[0]:
            return
        grade = self._grade(text)
        if grade > HIGHEST_GRADE:
            problem = f"Reading grade {grade:.1f}, {HIGHEST_GRADE:g} is allowed: {text!r}."
            self._report.fault(file, key, problem, "Use shorter sentences and shorter words.")

    def _reassurance(self, article: Article, aspect: Aspect, text: str, file: str) -> None:
        """Nothing reassures before its warning signs."""
        reassuring = REASSURANCE.search(text)
        warning = text.find(self._voice(article.when_to_call.warning))
        if reassuring and aspect is not Aspect.WHEN_TO_CALL and reassuring.start() < warning:
            self._report.fault(
                file,
                f"{aspect} answer",
                f"{reassuring.group()!r} is said before the warning.",
                "Keep reassurance to is_it_normal, which is read after the warning.",
            )

    def _sign(self, sign: UrgentSign, file: str) -> None:
        names = self._core.library.names
        for topic in ("", *(topic for topic in sign.topics if topic in names)):
            for number in self._turns:
                text = self._voice(names[topic]) if topic else ""
                turn = Turn("", self._locale, Session(turn=number), heard=text, text=text)
                for level in {sign.level, Level.EMERGENCY}:
                    self._urgent(sign, level, reply_get_care(turn, self._core, Verdict(sign.id, level, ())), file)

    def _urgent(self, sign: UrgentSign, level: Level, reply: Reply, file: str) -> None:
        action = self._voice(sign.spoken.action)
        if level is Level.EMERGENCY:
            self._measure("emergency reply", reply.text, EMERGENCY_WORDS, file)
            first = _FIRST_SENTENCE.split(reply.plain)[0]
            self._measure("first sentence of an emergency", first, EMERGENCY_ACTION_WORDS, file)
        else:
            self._measure("urgent reply", reply.text, URGENT_WORDS, file)
            both = f"{action} {self._voice(sign.spoken.meanwhile)}"
            self._measure("action of an urgent reply", both, URGENT_ACTION_WORDS, file)
        if level is sign.level and not reply.text.startswith(action):
            self._report.fault(file, "spoken.action", "The reply does not begin with it.", "Mend the dialogue.")
        if REASSURANCE.search(" ".join(reply.text.split()[:WORDS_WITHOUT_REASSURANCE])):
            self._report.fault(file, "spoken", "Reassures in the first thirty words.", "Say what to do first.")
        self._speakable(reply, file)

    def _speakable(self, reply: Reply, file: str) -> None:
        """A session that stays open ends with exactly one question; nothing unfilled; within Alexa's limit."""
        for text in filter(None, (reply.text, reply.reprompt)):
            if "{" in text or "}" in text:
                self._report.fault(file, "placeholders", f"Unfilled: {text!r}.", "Use the placeholders of words.yaml.")
            if len(to_ssml(text, self._voice.numbers, self._voice.pronunciation)) > MOST_CHARACTERS:
                self._report.fault(file, "speech", f"Longer than Alexa speaks in {self._locale}.", "Shorten it.")
        asks = reply.text.count("?")
        if asks != (0 if reply.ends else 1) or (asks and not reply.text.endswith("?")):
            problem = f"{asks} questions in {reply.text!r}."
            self._report.fault(file, "question", problem, "An open session ends with one question, and asks no other.")


def check_models(settings: Settings, files: Sequence[Path] = (), *, drift_too: bool = False) -> list[str]:
    """Interaction model files against Alexa's rules; those of every locale where none is named. One line a fault."""
    content = load_content(settings.content)
    suggested = list(suggested_phrases(content.said))
    report: list[str] = []
    for path in files or [settings.models / f"{locale}.json" for locale in content.locales]:
        report.extend(_check_model_file(path, suggested))
    if drift_too:
        report.extend(
            f"error {locale}: the committed model is not what the content generates. Run `bump-guide model build`."
            for locale in drift(build_models(content, settings.invocation_name), settings.models)
        )
    return report


def _check_model_file(path: Path, suggested: Sequence[str]) -> Iterator[str]:
    try:
        model = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        yield f"error {path}: cannot be read as JSON ({error}). Run `bump-guide model build`."
        return
    for fault in check_model(model, suggested=suggested, locale=path.stem, hear=_hearing(model)):
        yield f"{fault.level} {path.name}: {fault.rule}: {fault.where}: {fault.problem} {fault.remedy} [{fault.source}]"


def _hearing(model: object) -> Callable[[str], tuple[str, bool]] | None:
    """The matcher over this model: what a sentence is heard as, and whether exactly; None for a model it cannot read,
    whose faults are named without it.
    """
    try:
        hearing = HearingModel.from_json(model)  # type: ignore[arg-type]  # anything may stand in a file
    except ModelInvalid:
        return None

    def heard(sentence: str) -> tuple[str, bool]:
        result = hear(hearing, sentence)
        return result.intent, result.match_class in EXACT_CLASSES

    return heard


def suggested_phrases(said: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    """What prompts invite her to say: it stands between “ and ”."""
    for _, variants in said:
        for text in variants:
            yield from re.findall(r"“([^”]+)”", text)
