"""Safe by rule: what an article must say and must never say, whatever it is about.

Each rule takes the content and yields faults; none stops at the first. They read the templates, because a rule on a
text of one locale would have to be written five times. The rules come from the design, "What is said".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from skill.errors import Fault
from skill.library.article import Article
from skill.library.content import Content
from skill.library.texts import article_file, spoken_texts_of_article

_SAYS_WHEN_NOT = re.compile(
    r"\b(?:not|never) (?:normal|usual|part of|just|simply)|\b(?:is|are|may) (?:not|never)\b|\b(?:call|needs?|check)\b",
    re.IGNORECASE,
)
_DOSE = re.compile(
    r"\b(?:milligrams?|mg|micrograms?|mcg|grams?|milliliters?|ml|(?:\w+ )?(?:tablets?|pills?|capsules?|puffs?|drops|"
    r"spoonfuls?|teaspoons?) (?:a|every|per|each|twice|once)|(?:every|per) (?:\w+ )?hours|times (?:a|per) day)\b"
)
_CERTAINTY = re.compile(r"\b(?:you have|you've got|you've|you are suffering|you suffer)\b", re.IGNORECASE)
_ASKS_FIRST = re.compile(
    r"\b(?:ask|check with|talk to|speak to|tell|prescrib\w*|advi[sc]e\w*|unless|(?:do not|never) (?:take|use|stop)|"
    r"avoid|without asking|(?:may|can) (?:offer|suggest|give)|may be given)\b|\{(?:provider|pharmacist|unit)\}",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"\b(?:[A-Z]{2,}s?|(?:[a-z]\.){2,}|e\.g|i\.e|etc|approx|vs)\b")
_OF_A_LOSS = re.compile(r"\b(?:your baby|your little one|good news|congratulations|exciting)\b", re.IGNORECASE)

Rule = Callable[[Content], Iterator[Fault]]


def named_in(words: tuple[str, ...], text: str) -> bool:
    """Whether one of `words` stands in `text`, whatever its case or simple ending."""
    return any(re.search(rf"\b{re.escape(word)}(?:s|es|ed|ing)?\b", text, re.IGNORECASE) for word in words)


def signs_are_named(content: Content) -> Iterator[Fault]:
    """Every sign that an article lists stands in its when_to_call, so that an answer whose question lost words still
    names its emergencies.
    """
    for topic, article in content.articles.items():
        calls = article.when_to_call
        text = " ".join((calls.warning, calls.emergency, calls.urgent, calls.routine))
        for sign_id in article.urgent_signs:
            sign = content.signs.get(sign_id)
            if sign is not None and sign.named_by and not named_in(sign.named_by, text):
                yield Fault(
                    article_file(topic, content), "when_to_call", f"Does not name the sign {sign_id!r}.",
                    f"Name it at its level, with one of: {', '.join(sign.named_by)}.",
                )  # fmt: skip


def is_it_normal_says_when_not(content: Content) -> Iterator[Fault]:
    """Reassurance without its limit is what hurts."""
    for topic, article in content.articles.items():
        if not _SAYS_WHEN_NOT.search(article.is_it_normal):
            yield Fault(
                article_file(topic, content), "is_it_normal", "Does not say when it is not normal.",
                "Add the signs with which it is not normal.",
            )  # fmt: skip


def nothing_forbidden_is_said(content: Content) -> Iterator[Fault]:
    """No doses, no certainty about her case, no abbreviations or digits, no cheer after a loss."""
    for topic, article in content.articles.items():
        file = article_file(topic, content)
        for key, template in spoken_texts_of_article(article):
            text = re.sub(r"\{\w+\}", " ", template)
            for known in content.pronunciation:
                text = re.sub(rf"\b{re.escape(known)}\b", known.lower(), text)
            for found, problem, remedy in _forbidden(article, text):
                yield Fault(file, key, f"{problem}: {found!r}.", remedy)


def _forbidden(article: Article, text: str) -> Iterator[tuple[str, str, str]]:
    if match := _DOSE.search(text):
        yield match.group(), "Gives a dose", "Leave amounts of medicine out: say whom to ask."
    if match := _CERTAINTY.search(text):
        yield match.group(), "Is certain about her case", "Say what it often is, or what can happen."
    if match := _ABBREVIATION.search(text):
        yield match.group(), "Has an abbreviation", "Say it in words."
    if match := re.search(r"\d\S*", text):
        yield match.group(), "Has digits that a voice stumbles over", "Spell the number."
    if article.tone == "loss" and (match := _OF_A_LOSS.search(text)):
        yield match.group(), "Does not fit a loss", "Use a quiet tone, without a baby to come."


def medicines_are_asked_about_first(content: Content) -> Iterator[Fault]:
    """A tip that names a medicine says whom to ask, but for the usual ones of medicines.yaml."""
    names = tuple(content.medicines.ask_first)
    for topic, article in content.articles.items():
        for place, item in enumerate(article.relief):
            if named_in(names, item.text) and not _ASKS_FIRST.search(item.text):
                yield Fault(
                    article_file(topic, content), f"relief.{place}.text", "Names a medicine without asking first.",
                    "Say whom to ask, or that it has to be prescribed.",
                )  # fmt: skip


def differentials_lead_somewhere(content: Content) -> Iterator[Fault]:
    """What is serious has an article or an urgent sign behind it; only what says `mild: true` may stand alone."""
    for topic, article in content.articles.items():
        for place, other in enumerate(article.differentials):
            key = f"differentials.{place}"
            if other.sign is not None and other.sign not in content.signs:
                yield Fault(
                    article_file(topic, content), f"{key}.sign", f"There is no sign {other.sign!r}.",
                    "Use an id of urgent-signs/.",
                )  # fmt: skip
            if other.topic == topic:
                yield Fault(
                    article_file(topic, content), f"{key}.topic", "Leads back to its own article.",
                    "Name another topic or a sign.",
                )  # fmt: skip
            if other.topic is None and other.sign is None and not other.mild:
                yield Fault(
                    article_file(topic, content), key, "Leads to no article and no urgent sign.",
                    "Add its topic or its sign, or `mild: true` where it is not serious.",
                )  # fmt: skip


def both_stages_say_what_differs(content: Content) -> Iterator[Fault]:
    """A topic of pregnancy and after birth says what is different once the baby is born."""
    for topic, article in content.articles.items():
        if (article.stage == "both") != (article.after_birth is not None):
            yield Fault(
                article_file(topic, content), "after_birth", "Belongs to topics of stage `both`, and to no other.",
                "Write what usually causes it after the birth, or correct the stage.",
            )  # fmt: skip


def medical_terms_are_explained(content: Content) -> Iterator[Fault]:
    """A term that is excused from the reading grade is explained in every article that says it."""
    voice = content.voice("en-US")
    for topic, article in content.articles.items():
        sentences = [
            sentence
            for _, template in spoken_texts_of_article(article)
            for sentence in re.split(r"(?<=[.?!]) ", voice.as_far_as_known(template))
        ]
        said = "\n".join(sentences)
        for term, entry in content.medical_terms.items():
            if not named_in((term,), said):  # most are in no sentence, and all of them are looked for in every article
                continue
            holding = [sentence for sentence in sentences if named_in((term,), sentence)]
            if holding and not any(named_in(entry.explained_by, re.sub(term, " ", s, flags=re.I)) for s in holding):
                yield Fault(
                    article_file(topic, content), "", f"Never explains {term!r}.",
                    f"Say in the same sentence what it is, with one of: {', '.join(entry.explained_by)}.",
                )  # fmt: skip


SAFETY_RULES: tuple[Rule, ...] = (
    signs_are_named,
    is_it_normal_says_when_not,
    nothing_forbidden_is_said,
    medicines_are_asked_about_first,
    differentials_lead_somewhere,
    both_stages_say_what_differs,
    medical_terms_are_explained,
)
