"""The store page of each locale, filled in from listing.yaml, and held to the store's limits and its rules on health.

The letters behind a source: [A] Amazon's own page or package, [B] a public second-hand source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from skill.alexa.model_check.limits import Limit
from skill.alexa.model_check.words import CONNECTING_WORDS, LAUNCH_WORDS, WAKE_WORDS
from skill.errors import Fault
from skill.library.content import Content
from skill.settings import PREFIX, Settings

NAME = Limit("name", 50, "characters", "vaynermedia/Alexa-Specs [B]")
SUMMARY = Limit("summary", 160, "characters", "vaynermedia/Alexa-Specs [B]")
DESCRIPTION = Limit("description", 4000, "characters", "vaynermedia/Alexa-Specs [B]")
KEYWORDS = Limit("keywords", 30, "keywords", "vaynermedia/Alexa-Specs [B]")
EXAMPLES = Limit("example_phrases", 3, "phrases", "ask-smapi-model, SkillManifestLocalizedPublishingInformation [A]")

_DISCLAIMERS = {
    "that it is for information and education only": r"\binformation and education only\b",
    "that it is not medical advice": r"\bnot medical advice\b",
    "that it replaces no professional": r"\bno replacement for professional medical advice, diagnosis or treatment\b",
    "to call the local emergency number": r"\bcall your local emergency number\b",
}
"""Amazon's policy for health skills, in the edition of about 2016-17 that could be read (jeffblankenburg/alexa,
certification/policy.md [B]); still enforced, with the local number in place of 911 (certification feedback [B])."""
_CLAIMS = re.compile(r"\b(cur(?:e|es|ing)|diagnos\w+|treat(?:s|ment)?|doctors?|nurses?|midwi(?:fe|ves)|life.?saving|"
                     r"sav(?:e|es|ing) lives?)\b", re.IGNORECASE)  # fmt: skip
"""Not in a name or a summary: a claim to give life-saving help is refused, and a name with a medical word drew the
stricter rules (lovemyecho.com, 28 Nov 2017 [B])."""
_OPENED = re.compile(r"(?P<wake>\w+), (?P<launch>\w+) (?P<rest>.+)")


@dataclass(frozen=True)
class Page:
    """The store page of one locale, ready to be read."""

    name: str
    summary: str
    description: str
    example_phrases: tuple[str, ...]
    keywords: tuple[str, ...]
    testing_instructions: str


def page(content: Content, settings: Settings, locale: str) -> Page:
    """One locale's page. Raises KeyError for a placeholder that nothing fills: `listing_faults` finds it first."""
    listing, voice = content.listing, content.voice(locale)
    more = {
        "skill": settings.skill_name,
        "invocation": settings.invocation_name,
        "intended_use": content.said.intended_use[0],
        "topics": str(len(content.articles)),
    }

    def fill(template: str) -> str:
        return voice(template, **more)

    return Page(
        name=settings.skill_name,
        summary=fill(listing.summary),
        description="\n\n".join(map(fill, listing.description)),
        example_phrases=tuple(map(fill, listing.example_phrases)),
        keywords=tuple(dict.fromkeys(map(fill, listing.keywords))),
        testing_instructions="\n".join(map(fill, listing.testing_instructions)),
    )


def pages(content: Content, settings: Settings) -> tuple[Mapping[str, Page], Sequence[Fault]]:
    """Every locale's page, and everything wrong with any of them; each fault is named once, for the first locale."""
    found: dict[str, Page] = {}
    faults: dict[tuple[str, str], Fault] = {}
    file = f"{content.language}/listing.yaml"
    for locale in content.locales:
        try:
            found[locale] = page(content, settings, locale)
        except KeyError as error:
            problem = f"Nothing fills {{{error.args[0]}}} in {locale}."
            faults.setdefault((file, ""), Fault(file, "", problem, "Use the placeholders that its head explains."))
            continue
        for fault in page_faults(found[locale], settings.invocation_name, content.voice(locale).emergency_number, file):
            faults.setdefault((fault.key, re.sub(r"\d+", "", fault.problem)), fault)  # counts differ by locale
    return found, [*name_faults(settings), *faults.values()]


def name_faults(settings: Settings) -> Iterator[Fault]:
    """The skill's name, as the store shows it. How it is called is checked with the interaction model."""
    if len(settings.skill_name) > NAME.number:
        problem = f"The name has {len(settings.skill_name)} characters."
        yield Fault(f"{PREFIX}NAME", "", problem, f"Keep to {NAME}.")
    for setting, name in (("NAME", settings.skill_name), ("INVOCATION_NAME", settings.invocation_name)):
        claim = _CLAIMS.search(name)
        if claim:
            yield Fault(
                f"{PREFIX}{setting}", "", f"{claim.group()!r} is a claim or a profession.", "Name it otherwise."
            )


def page_faults(one: Page, invocation: str, emergency_number: str, file: str) -> Iterator[Fault]:
    """One page against the store's limits, and what its description has to say."""
    for limit, size in (
        (SUMMARY, len(one.summary)), (DESCRIPTION, len(one.description)), (KEYWORDS, len(one.keywords)),
        (EXAMPLES, len(one.example_phrases)),
    ):  # fmt: skip
        if size > limit.number:
            yield Fault(file, limit.name, f"It has {size} {limit.unit}.", f"Keep to {limit} ({limit.source}).")
    claim = _CLAIMS.search(one.summary)
    if claim:
        yield Fault(file, "summary", f"{claim.group()!r} promises too much.", "Say what is heard: general information.")
    own_number = {"the locale's own number": rf"(?<!\d){re.escape(emergency_number)}(?!\d)"}
    for what, pattern in {**_DISCLAIMERS, **own_number}.items():
        if not re.search(pattern, one.description, re.IGNORECASE):
            yield Fault(
                file, "description", f"Does not say {what}.", "Say it in these words: Amazon's rules on health."
            )
    if invocation not in one.description:
        remedy = "Say how it is called, with {invocation}."
        yield Fault(file, "description", f"Does not say {invocation!r}.", remedy)
    if sentence_of(one.example_phrases[0], invocation) is None:
        problem = f"{one.example_phrases[0]!r} does not open the skill and ask."
        yield Fault(file, "example_phrases.0", problem, "Write “Alexa, ask {invocation}” and a sample of the model.")


def sentence_of(phrase: str, invocation: str) -> str | None:
    """What is left of "Alexa, ask bump guide about heartburn" for the model: "heartburn"; the phrase itself where it is
    said inside a session; None for a phrase that opens the skill and asks nothing, or opens another one.
    """
    opened = _OPENED.fullmatch(phrase)
    if opened is None:
        return None if phrase.lower().split(",")[0] in WAKE_WORDS else phrase
    rest = opened["rest"]
    if opened["wake"].lower() not in WAKE_WORDS or opened["launch"].lower() not in LAUNCH_WORDS:
        return None
    if not rest.lower().startswith(f"{invocation} "):
        return None
    words = rest[len(invocation) :].strip(" ,").split()
    return " ".join(words[1:] if words and words[0].lower() in CONNECTING_WORDS else words) or None
