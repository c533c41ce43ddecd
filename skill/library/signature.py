"""A clinician's signature stands under every sentence that is spoken: change one, in any locale, and it is void.

The digest covers what listeners hear, so a change in words.yaml or care-contacts.yaml that alters a sentence counts
too; and the sources and urgent signs, which the signer read with it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping

from skill.library.article import Article, Review
from skill.library.content import Content
from skill.library.texts import spoken_texts_of_article


def spoken_sentences(article: Article, content: Content) -> Mapping[str, Mapping[str, str]]:
    """Locale → key → the text as it is said there."""
    return {
        locale: {key: content.voice(locale)(text) for key, text in spoken_texts_of_article(article)}
        for locale in content.locales
    }


def digest(article: Article, content: Content) -> str:
    """SHA-256, as 64 hexadecimal digits, of all that a signature stands under."""
    signed = {
        "spoken": spoken_sentences(article, content),
        "sources": [dict(source) for source in article.sources],
        "urgent_signs": article.urgent_signs,
    }
    return hashlib.sha256(json.dumps(signed, sort_keys=True).encode()).hexdigest()


def is_signed(article: Article, content: Content) -> bool:
    """Whether its review still stands: signed, and not a word changed since."""
    return article.review.status == "reviewed" and article.review.text == digest(article, content)


def with_void_signatures_removed(content: Content) -> Iterator[tuple[str, Article]]:
    """Every article, in order; one that was edited after it was signed is unreviewed again."""
    for topic, article in content.articles.items():
        if article.review.status == "reviewed" and not is_signed(article, content):
            yield topic, article.updated(review=Review(status="unreviewed"))
        else:
            yield topic, article
