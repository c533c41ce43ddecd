"""Editorial rules over the whole library: ids, links, words of another locale, sources, review dates.

Each rule takes the content and yields faults; none stops at the first. Limits on composed replies are in check.py,
because they need the dialogue that composes them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from skill.errors import Fault
from skill.library.content import Content
from skill.library.locales import ELSEWHERE, LOCALES, PLACEHOLDER
from skill.library.safety import SAFETY_RULES
from skill.library.signs import Level
from skill.library.texts import article_file, sign_file, spoken_texts

_PROMPT_PLACEHOLDERS = {"name", "skill", "options", "answer", "publishers", "review_state", "by", "on", "weeks",
                        "intended_use", "more_hint"}  # fmt: skip
_CARE_PLACEHOLDERS = {"provider", "unit", "hospital", "emergency_number", "medical_line", "maternal_mental_health",
                      "crisis_line", "poison_line", "country"}  # fmt: skip
_ACTION_VERB = re.compile(r"\b(call|phone|ring|go|get)\b", re.IGNORECASE)
READ_FROM_NUMBERS = frozenset({
    "bp-very-high", "bp-high", "temperature-fever", "temperature-raised", "temperature-low", "normal-temperature",
    "pulse-very-fast", "ketones-high", "ketones-raised", "sugar-low", "sugar-high",
})  # fmt: skip
"""Concepts of urgent-patterns.yaml that are no words but readings: urgent.py measures them."""
_UNSAYABLE = re.compile(r"[()\[\]/\\<>&*_#=+%]")

Rule = Callable[[Content], Iterator[Fault]]


def library_faults(content: Content, today: date | None = None) -> list[Fault]:
    """Every fault of every rule, in the order of the rules. `today` is the day reviews are measured against."""
    faults = [fault for rule in RULES for fault in rule(content)]
    faults.extend(reviews_are_in_date(content, today or date.today()))
    faults.extend(numbers_are_in_date(content, today or date.today()))
    return faults


def topics_are_in_the_catalog(content: Content) -> Iterator[Fault]:
    """An article's id is permanent, so it stands in the catalog first; so does every link to another article."""
    for topic, article in content.articles.items():
        if topic not in content.catalog:
            yield Fault(
                article_file(topic, content), "id", f"No topic {topic!r} in catalog.yaml.", "Add it there first."
            )
        if topic not in content.heard:
            yield Fault(
                f"{content.language}/phrases-heard/{topic}.yaml",
                "",
                "The file is missing or faulty.",
                "Write its phrases.",
            )
        for place, other in enumerate(article.differentials):
            if other.topic is not None and other.topic not in content.catalog:
                yield Fault(
                    article_file(topic, content),
                    f"differentials.{place}.topic",
                    f"There is no topic {other.topic!r}.",
                    "Use an id of catalog.yaml, or leave the key out.",
                )
    for topic in content.heard:
        if topic not in content.articles:
            yield Fault(
                f"{content.language}/phrases-heard/{topic}.yaml",
                "topic",
                f"There is no sound article {topic!r} that these phrases could lead to.",
                "Write or mend the article, or remove this file.",
            )


def signs_and_articles_agree(content: Content) -> Iterator[Fault]:
    """A sign's `topics` must list it, and an article lists only signs that there are."""
    for topic, article in content.articles.items():
        for place, sign in enumerate(article.urgent_signs):
            if sign not in content.signs:
                yield Fault(
                    article_file(topic, content), f"urgent_signs.{place}", f"There is no sound sign {sign!r}.",
                    "Use an id of urgent-signs/.",
                )  # fmt: skip
        for sign_id, sign_entry in content.signs.items():
            if topic in sign_entry.topics and sign_id not in article.urgent_signs:
                yield Fault(
                    article_file(topic, content), "urgent_signs", f"The sign {sign_id!r} names this topic.",
                    "Add it here and name it in when_to_call.",
                )  # fmt: skip


def signs_can_be_heard(content: Content) -> Iterator[Fault]:
    """Every sign has rules that listen for it and lines that people say."""
    patterns_file = f"{content.language}/urgent-patterns.yaml"
    for sign in content.signs:
        if sign not in content.patterns.signs:
            yield Fault(patterns_file, f"signs.{sign}", "No pattern listens for this sign.", "Add at least one.")
        if sign not in content.heard_signs:
            yield Fault(f"{content.language}/urgent-heard/{sign}.yaml", "", "Missing or faulty.", "Write its phrases.")
    for sign, patterns in content.patterns.signs.items():
        if sign not in content.signs:
            yield Fault(patterns_file, f"signs.{sign}", "There is no such sign.", "Use an id of urgent-signs/.")
        for place, pattern in enumerate(patterns):
            for concept in (*pattern.all, *pattern.unless):
                if concept not in content.patterns.concepts and concept not in READ_FROM_NUMBERS:
                    yield Fault(
                        patterns_file, f"signs.{sign}.{place}", f"There is no concept {concept!r}.",
                        "Add it under `concepts`, or correct its name.",
                    )  # fmt: skip


def ordinary_talk_is_of_signs(content: Content) -> Iterator[Fault]:
    """Ordinary talk is made of parts that there are, and sounds like signs that there are."""
    file, talk = f"{content.language}/urgent-patterns.yaml", content.patterns.ordinary
    for place, kind in enumerate(talk.kinds):
        key = f"ordinary.kinds.{place}"
        for sign in kind.only_like:
            if sign not in content.signs:
                yield Fault(file, key, f"There is no such sign: {sign!r}.", "Use an id of urgent-signs/.")
        for part in (*kind.all, *kind.may):
            if part not in talk.parts and part not in READ_FROM_NUMBERS:
                yield Fault(file, key, f"There is no part {part!r}.", "Add it under `parts`, or correct its name.")


def stated_signs_are_of_its_own_lines(content: Content) -> Iterator[Fault]:
    """phrases-heard: what is said to state a sign is one of the file's lines, and the sign is one of ours."""
    for topic, heard in content.heard.items():
        file, own = f"{content.language}/phrases-heard/{topic}.yaml", frozenset(heard.lines)
        stated = {**(heard.states or {}), "": heard.may_state}
        for sign, lines in stated.items():
            key = f"states.{sign}" if sign else "may_state"
            if sign and sign not in content.signs:
                yield Fault(file, key, "There is no such sign.", "Use an id of urgent-signs/.")
            for line in lines:
                if line not in own:
                    yield Fault(file, key, f"{line!r} is no line of this file.", "Correct it, or take it out.")


def emergencies_begin_with_what_to_do(content: Content) -> Iterator[Fault]:
    """Design, "What is said": 12 words at most, a verb of calling or going, and the number or the hospital."""
    for sign_id, sign in content.signs.items():
        if not _ACTION_VERB.search(sign.spoken.action):
            yield Fault(
                sign_file(sign_id, content), "spoken.action", "Does not say what to do.",
                "Begin with call, phone, ring, go or get.",
            )  # fmt: skip
        names_help = {"emergency_number", "hospital"} & set(PLACEHOLDER.findall(sign.spoken.action))
        if sign.level is Level.EMERGENCY and not names_help:
            yield Fault(
                sign_file(sign_id, content), "spoken.action", "Names neither the emergency number nor the hospital.",
                "Use {emergency_number} or {hospital}.",
            )  # fmt: skip


def a_phrase_stands_once(content: Content) -> Iterator[Fault]:
    """In the interaction model a phrase stands once; the understanding knows its other topics."""
    seen: dict[str, str] = {}
    for topic, heard in content.heard.items():
        yield from _repeats(f"{content.language}/phrases-heard/{topic}.yaml", tuple(heard.lines), seen)
    for sign, heard_sign in content.heard_signs.items():
        yield from _repeats(f"{content.language}/urgent-heard/{sign}.yaml", heard_sign.phrases, seen)


def _repeats(file: str, phrases: tuple[str, ...], seen: dict[str, str]) -> Iterator[Fault]:
    for place, phrase in enumerate(phrases):
        if phrase in seen:
            yield Fault(file, f"phrases.{place}", f"{phrase!r} stands in {seen[phrase]} too.", "Keep it in one place.")
        if re.search(r"[^a-z' \-]", phrase):
            yield Fault(
                file, f"phrases.{place}", f"{phrase!r} has characters that a recogniser never hands over.",
                "Use lower-case letters, apostrophes and hyphens; spell numbers.",
            )  # fmt: skip
        seen.setdefault(phrase, file)


def placeholders_are_known(content: Content) -> Iterator[Fault]:
    """A placeholder that nothing fills would be a traceback in the middle of an answer."""
    known = {*content.words.spelling, *content.words.choice, *_CARE_PLACEHOLDERS}
    for file, key, text in spoken_texts(content):
        allowed = known | _PROMPT_PLACEHOLDERS if file.endswith("said.yaml") else known
        for name in PLACEHOLDER.findall(text):
            if name.lower() not in allowed:
                yield Fault(file, key, f"Nothing fills the placeholder {{{name}}}.", "Use one of words.yaml.")
        if _UNSAYABLE.search(PLACEHOLDER.sub(" ", text)):
            yield Fault(file, key, "Has a bracket, slash or sign that a voice stumbles over.", "Say it in words.")


def words_of_one_locale_are_placeholders(content: Content) -> Iterator[Fault]:
    """`labor` written bare would be spoken in London; `{labor}` is not."""
    spelled = {
        form: word
        for word, by_locale in {**content.words.spelling, **content.words.choice}.items()
        for form in by_locale.values()
        if " " not in form and len(set(by_locale.values())) > 1 and form not in SHARED_FORMS
    }
    for file, key, text in spoken_texts(content):
        for bare in sorted(set(re.findall(r"[a-z]+", PLACEHOLDER.sub(" ", text).lower())) & spelled.keys()):
            yield Fault(file, key, f"{bare!r} is not said in every locale.", f"Write {{{spelled[bare]}}}.")


# One locale's word for something that the others use in another sense.
SHARED_FORMS = frozenset({"mother", "mothers", "urine", "chemist", "stool", "pharmacist"})


def contacts_cover_every_locale(content: Content) -> Iterator[Fault]:
    """No locale is served without someone to call."""
    for locale in (*LOCALES, ELSEWHERE):
        if locale not in content.contacts:
            yield Fault(
                f"{content.language}/care-contacts.yaml",
                locale,
                "This locale has no contacts.",
                "Write whom to call there.",
            )


def reviews_are_in_date(content: Content, today: date) -> Iterator[Fault]:
    """A signature names who, when and until when; past its date it no longer counts."""
    for topic, article in content.articles.items():
        review = article.review
        if review.status == "unreviewed":
            continue
        if review.by is None or review.on is None or review.due is None:
            yield Fault(article_file(topic, content), "review", "Signed without by, on and due.", "Add all three.")
        elif review.due < today:
            yield Fault(
                article_file(topic, content),
                "review.due",
                f"The review was due on {review.due}.",
                "Have it reviewed again.",
            )


def numbers_come_from_contacts(content: Content) -> Iterator[Fault]:
    """A number written into a text would be spoken in every country, confirmed or not."""
    listed = {
        number.number for contacts in content.contacts.values() for _, line in contacts.lines for number in line.numbers
    }
    written = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(listed, key=len, reverse=True)))})(?!\w)")
    for file, key, text in spoken_texts(content):
        if found := written.search(text):
            yield Fault(
                file, key, f"Holds the number {found.group()}.",
                "Write {emergency_number}, or the line of care-contacts.yaml that is meant.",
            )  # fmt: skip


def numbers_are_in_date(content: Content, today: date) -> Iterator[Fault]:
    """Numbers change: a country whose numbers are spoken has a day by which they are looked up again."""
    for locale, contacts in content.contacts.items():
        if not any(line.confirmed for _, line in contacts.lines):
            continue
        if contacts.recheck_by is None or contacts.recheck_by < today:
            yield Fault(
                f"{content.language}/care-contacts.yaml", f"{locale}.recheck_by",
                f"The numbers were to be looked up again by {contacts.recheck_by}.",
                "Look each up at its own service, mend what changed, and write the day of the next time.",
            )  # fmt: skip


def a_topic_is_in_one_group_at_most(content: Content) -> Iterator[Fault]:
    """What can be asked is read topics by group: one in two would be named twice. A topic in no group is still found
    when it is asked for, so that a new article can be tried before it has its place.
    """
    file = f"{content.language}/topic-groups.yaml"
    held = Counter(topic for group in content.groups for topic in group.topics)
    for topic in content.catalog:
        if held[topic] > 1:
            yield Fault(file, topic, f"Stands in {held[topic]} groups.", "Let it stand in one.")
    for topic in held.keys() - content.catalog.keys():
        yield Fault(file, topic, "There is no such topic.", "Use an id of catalog.yaml.")
    for group, times in Counter(group.id for group in content.groups).items():
        if times > 1:
            yield Fault(file, group, "Two groups have this id.", "Give each its own.")


def vague_places_lead_to_topics(content: Content) -> Iterator[Fault]:
    """A choice that leads nowhere would be a dead end."""
    for place, topics in content.talk.vague.places.items():
        yield from _unknown_topics(f"{content.language}/talk.yaml", f"vague.places.{place}", topics, content)


def what_follows_a_loss_stands_for_topics(content: Content) -> Iterator[Fault]:
    """An entry for a topic that there is not would never be said."""
    for entry in content.after_loss:
        yield from _unknown_topics(f"{content.language}/after-loss.yaml", f"{entry.id}.topics", entry.topics, content)


def _unknown_topics(file: str, key: str, topics: Iterable[str], content: Content) -> Iterator[Fault]:
    for topic in topics:
        if topic not in content.catalog:
            yield Fault(file, key, f"There is no topic {topic!r}.", "Use an id of catalog.yaml.")


RULES: tuple[Rule, ...] = (
    topics_are_in_the_catalog,
    signs_and_articles_agree,
    signs_can_be_heard,
    ordinary_talk_is_of_signs,
    stated_signs_are_of_its_own_lines,
    emergencies_begin_with_what_to_do,
    a_phrase_stands_once,
    placeholders_are_known,
    words_of_one_locale_are_placeholders,
    contacts_cover_every_locale,
    numbers_come_from_contacts,
    a_topic_is_in_one_group_at_most,
    vague_places_lead_to_topics,
    what_follows_a_loss_stands_for_topics,
    *SAFETY_RULES,
)
