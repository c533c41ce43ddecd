"""What a content file may hold: the words of its classes' annotations. Loaded only where files are checked."""

from __future__ import annotations

import re
from functools import cache
from sys import modules
from typing import Annotated, Any

from pydantic import AfterValidator, Field, GetPydanticSchema, HttpUrl, StringConstraints, TypeAdapter
from pydantic_core.core_schema import no_info_after_validator_function

from skill.library.article import TOPIC_ID, count_words


def at_most(limit: int) -> AfterValidator:
    """A validator that refuses texts of more than `limit` spoken words; a text that is left out has none."""

    def check(text: str | None) -> str | None:
        if text is not None and (words := count_words(text)) > limit:
            raise ValueError(f"has {words} words, {limit} are allowed")
        return text

    return AfterValidator(check)


def _is_sentence(text: str) -> str:
    if not re.match(r"[A-Z{]", text) or not re.search(r"[.?!]$", text):
        raise ValueError("is not a whole sentence: begin with a capital letter or a placeholder, end with a full stop")
    return text


def _is_noun_phrase(text: str) -> str:
    if re.search(r"[.?!;:]", text):
        raise ValueError(
            "is not a bare phrase: it is read inside a list, so leave out full stops, colons and semicolons"
        )
    return text


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=f"^{TOPIC_ID.pattern}$", max_length=80)]
Sentence = Annotated[Text, AfterValidator(_is_sentence)]
Short = Annotated[Text, AfterValidator(_is_noun_phrase), at_most(6)]
Address = Annotated[
    str, GetPydanticSchema(lambda _, handler: no_info_after_validator_function(str, handler.generate_schema(HttpUrl)))
]
"""Of a page, checked and written as pydantic writes it."""
Expressions = Annotated[
    tuple[Text, ...],
    Field(
        min_length=1,
        description="Words; `bleed*` any word that begins so, `hurt|harm` either, `..` up to three words.",
    ),
]


def checker(kind: Any) -> TypeAdapter[Any]:
    """Checks what a file holds, and makes `kind` of it: a class of ours, or lists and mappings of one."""
    return _checker(kind)  # two, because to mypy a type that is passed on is nothing that can be hashed


@cache
def _checker(kind: Any) -> TypeAdapter[Any]:
    adapter = TypeAdapter(kind)
    adapter.rebuild(force=True, _types_namespace=_words(kind))
    return adapter


def _words(kind: Any) -> dict[str, Any]:
    """What annotations may name: all of this module, and what stands in the modules of the classes that `kind` is
    derived from. Pydantic itself looks in that of `kind`.
    """
    bases = getattr(kind, "__mro__", ())
    return {**{name: value for base in bases for name, value in vars(modules[base.__module__]).items()}, **globals()}
