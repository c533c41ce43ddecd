"""A clinician's signature, recorded: in the article's review block, with the text as signed kept beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import yaml

from skill.errors import InputInvalid
from skill.library.article import Article
from skill.library.content import Content
from skill.library.signature import digest, is_signed, spoken_sentences

_REVIEW_BLOCK = re.compile(r"^review:.*\Z", re.MULTILINE | re.DOTALL)


def signed_path(root: Path, language: str, topic: str) -> Path:
    """Where the text as it was signed last lies."""
    return root / language / "signed" / f"{topic}.yaml"


def signed_texts(root: Path, language: str, topic: str) -> Mapping[str, str]:
    """Key → the text of the first locale as it was signed last; empty where nobody has signed it yet."""
    path = signed_path(root, language, topic)
    if not path.is_file():
        return {}
    texts: Mapping[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))["texts"]
    return texts


def sign(root: Path, content: Content, topic: str, *, by: str, on: date, due: date) -> None:
    """Records that `by` read every spoken sentence of `topic` on the day `on`, and reads it again by `due`.

    Raises InputInvalid for an unknown topic, an empty name, or days out of order; OSError where nothing can be written.
    """
    article = content.articles.get(topic)
    if article is None:
        raise InputInvalid(f"There is no article {topic!r}: `bump-guide review status` lists them.")
    if not by.strip():
        raise InputInvalid("--by is empty: name the person who signs, with their profession.")
    if due <= on:
        raise InputInvalid(f"--due {due} is not after --on {on}: name the day by which it is read again.")
    article_path = root / content.language / "articles" / f"{topic}.yaml"
    text = article_path.read_text(encoding="utf-8")
    block = {"status": "reviewed", "by": by.strip(), "on": on, "due": due, "text": digest(article, content)}
    replaced, count = _REVIEW_BLOCK.subn(lambda _: yaml.safe_dump({"review": block}, sort_keys=False), text)
    if count != 1:
        raise InputInvalid(f"{article_path} does not end with its review block: move `review:` to the end of the file.")
    _keep_as_signed(signed_path(root, content.language, topic), article, content)
    article_path.write_text(replaced, encoding="utf-8")


def _keep_as_signed(path: Path, article: Article, content: Content) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    texts = dict(spoken_sentences(article, content)[content.locales[0]])
    head = f"# {article.id} as it was signed last, in {content.locales[0]}: for the word diff. Never edited by hand.\n"
    path.write_text(head + yaml.safe_dump({"texts": texts}, sort_keys=False, allow_unicode=True), encoding="utf-8")


def state(article: Article, content: Content) -> str:
    """In words: unreviewed, reviewed by whom until when, or signed and edited since."""
    review = article.review
    if review.status == "unreviewed":
        return "unreviewed"
    if not is_signed(article, content):
        return f"unreviewed: edited since {review.by} signed it on {review.on}"
    return f"reviewed by {review.by} on {review.on}, due {review.due}"
