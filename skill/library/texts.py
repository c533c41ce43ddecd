"""Every text that is spoken or shown, with its file and key: what rules, checks and review packs walk over."""

from __future__ import annotations

from collections.abc import Iterator

from skill.library.article import Article
from skill.library.content import Content
from skill.library.signs import UrgentSign


def article_file(topic: str, content: Content) -> str:
    """The file of a topic, as faults name it."""
    return f"{content.language}/articles/{topic}.yaml"


def sign_file(sign: str, content: Content) -> str:
    """The file of an urgent sign, as faults name it."""
    return f"{content.language}/urgent-signs/{sign}.yaml"


def spoken_texts_of_article(article: Article) -> Iterator[tuple[str, str]]:
    """Every text of an article that is spoken, with its key."""
    yield "name", article.name
    yield "summary", article.summary
    yield "is_it_normal", article.is_it_normal
    if article.after_birth is not None:
        yield "after_birth", article.after_birth
    yield "openings.causes", article.openings.causes
    yield "openings.differentials", article.openings.differentials
    for group in ("causes", "differentials", "checks", "relief"):
        for place, item in enumerate(getattr(article, group)):
            yield f"{group}.{place}.short", item.short
            yield f"{group}.{place}.text", item.text
    for key in ("warning", "emergency", "urgent", "routine"):
        yield f"when_to_call.{key}", getattr(article.when_to_call, key)


def spoken_texts_of_sign(sign: UrgentSign) -> Iterator[tuple[str, str]]:
    """Every text of a sign that is spoken, with its key."""
    yield "spoken.action", sign.spoken.action
    yield "spoken.meanwhile", sign.spoken.meanwhile
    for place, text in enumerate(sign.spoken.more):
        yield f"spoken.more.{place}", text


def spoken_texts(content: Content) -> Iterator[tuple[str, str, str]]:
    """Every spoken or shown text of the library: file, key, template."""
    for topic, article in content.articles.items():
        for key, text in spoken_texts_of_article(article):
            yield article_file(topic, content), key, text
    for sign_id, sign in content.signs.items():
        for key, text in spoken_texts_of_sign(sign):
            yield sign_file(sign_id, content), key, text
    for entry in content.after_loss:
        for key, said in (("warning", entry.warning), ("text", entry.text)):
            if said is not None:
                yield f"{content.language}/after-loss.yaml", f"{entry.id}.{key}", said
    for group in content.groups:
        yield f"{content.language}/topic-groups.yaml", f"{group.id}.name", group.name
    for key, variants in content.said:
        for place, text in enumerate(variants):
            yield f"{content.language}/said.yaml", f"{key}.{place}", text
    for key, text in content.shown:
        yield f"{content.language}/shown.yaml", key, text
