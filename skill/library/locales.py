"""The words and numbers of one locale: turns a text template into what is said in London or in Mumbai.

Placeholders: `{labor}`, `{acetaminophen}` … from words.yaml; `{provider}`, `{unit}`, `{hospital}`,
`{emergency_number}`, `{crisis_line}` … from care-contacts.yaml. `{Labor}` is the same word at the beginning of a
sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, TypeAlias

from skill.library.article import Source
from skill.library.frozen import Frozen

if TYPE_CHECKING:
    from pydantic import Field

    from skill.library.kinds import Text

LOCALES = ("en-US", "en-GB", "en-CA", "en-AU", "en-IN")
ELSEWHERE = "elsewhere"
"""The contacts of a device in a locale that has none of its own: no number, only words."""
PLACEHOLDER = re.compile(r"\{(\w+)\}")

_ByLocale: TypeAlias = "dict[str, Text]"


class Words(Frozen):
    """words.yaml: what differs between the places where a language is spoken."""

    spelling: dict[str, _ByLocale]
    choice: dict[str, _ByLocale]

    def __post_init__(self) -> None:
        """Raises ValueError where a locale lacks its word."""
        gaps = [
            f"{word} lacks {locale}"
            for word, by_locale in {**self.spelling, **self.choice}.items()
            for locale in LOCALES
            if locale not in by_locale
        ]
        if gaps:
            raise ValueError("; ".join(gaps))


class Pronunciation(Frozen):
    """How a voice has to be told to say a word."""

    say: Annotated[Text, Field(description="The word spelled so that a voice says it right.")]
    why: Text


class Number(Frozen):
    """A telephone number and the page where it stands."""

    number: Text
    what: Text
    confirmed: Annotated[bool, Field(description="True only where a stored page shows the number itself.")]
    source: Source | None
    note: Text | None = None

    def __post_init__(self) -> None:
        """Raises ValueError for a confirmed number without a source."""
        if self.confirmed and self.source is None:
            raise ValueError("is confirmed without a source: name the page, or set confirmed to false")


class Line(Frozen):
    """Somewhere to call: its confirmed number, or what is said instead of one."""

    say: Annotated[Text, Field(description="How it is named with its number.")] = "{number}"
    otherwise: Annotated[Text | None, Field(description="Said where no number is confirmed.")] = None
    numbers: tuple[Number, ...] = ()

    @property
    def confirmed(self) -> str | None:
        """The first confirmed number, the only one ever spoken."""
        return next((number.number for number in self.numbers if number.confirmed), None)

    @property
    def spoken(self) -> str:
        """`the crisis line, 988`, or the words for a country whose number nobody has confirmed."""
        if self.confirmed is not None:
            return self.say.format(number=self.confirmed)
        return self.otherwise or ""

    def __post_init__(self) -> None:
        """Raises ValueError for a line that would have nothing to say."""
        if self.confirmed is None and self.otherwise is None:
            raise ValueError("has no confirmed number and no `otherwise`: add the words to say instead")


class CareWords(Frozen):
    """How the people and places of care are called there."""

    provider: Text
    unit: Text
    hospital: Text


class Lines(Frozen):
    """Whom to call, by what for."""

    emergency: Line
    medical_line: Line
    maternal_mental_health: Line
    crisis_line: Line
    poison_line: Line
    domestic_violence_line: Line


class Contacts(Frozen):
    """Whom to call in one country."""

    country: Text
    recheck_by: Annotated[
        date | None, Field(description="The day by which each number is looked up again at its own service.")
    ] = None
    care_words: CareWords
    lines: Lines


class Voice:
    """How one locale says a template: `voice("Call {emergency_number} now.")` → "Call 999 now." """

    def __init__(
        self, locale: str, words: Words, contacts: Contacts, pronunciation: Mapping[str, Pronunciation]
    ) -> None:
        """Raises nothing; a placeholder that nothing fills raises KeyError when it is said, and fails the check."""
        self.locale = locale
        self.pronunciation = tuple((word, entry.say) for word, entry in sorted(pronunciation.items()))
        """Words and how a voice has to be told to say them."""
        self.country = contacts.country
        self.emergency_number = contacts.lines.emergency.spoken
        self._values = {word: by_locale[locale] for word, by_locale in {**words.spelling, **words.choice}.items()}
        self._values |= dict(contacts.care_words)
        self._values |= {
            "emergency_number": self.emergency_number,
            "medical_line": contacts.lines.medical_line.spoken,
            "maternal_mental_health": contacts.lines.maternal_mental_health.spoken,
            "crisis_line": contacts.lines.crisis_line.spoken,
            "poison_line": contacts.lines.poison_line.spoken,
            "country": contacts.country,
        }
        self.numbers = tuple(
            sorted({line.confirmed for _, line in contacts.lines if line.confirmed is not None}, key=len, reverse=True)
        )
        """Every number this locale may speak, longest first: SSML says them digit by digit."""

    def __call__(self, template: str, **more: str) -> str:
        """Fills every placeholder; `more` are one prompt's own, such as the topic's name. KeyError names a stranger."""
        return PLACEHOLDER.sub(lambda match: self._value(match.group(1), more), template)

    def as_far_as_known(self, template: str) -> str:
        """The same, with placeholders that nothing fills left standing: for rules, which name them as faults."""
        return PLACEHOLDER.sub(
            lambda match: self._value(match.group(1), {}) if match.group(1).lower() in self._values else match.group(),
            template,
        )

    def _value(self, name: str, more: Mapping[str, str]) -> str:
        values = more if name.lower() in more else self._values
        value = values[name.lower()]
        return value[:1].upper() + value[1:] if name[:1].isupper() else value


def spell(value: str, words: Words, locale: str) -> str:
    """A bare phrase in a locale's spelling, for its interaction model: "labour pains" → "labor pains" for en-US."""
    table = {form: by_locale[locale] for by_locale in words.spelling.values() for form in by_locale.values()}
    return " ".join(table.get(word, word) for word in value.split())
