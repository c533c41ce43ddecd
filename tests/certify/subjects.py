"""What the tests certify: the real skill over the compiled content, or a copy of it with something broken."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from conftest import CONTENT, MODELS

from skill.alexa.handle import Skill
from skill.alexa.verify import RequestVerifier
from skill.assemble import assemble
from skill.certify.run import Subject, certify
from skill.feedback.memory import MemoryStore
from skill.library.content import Content
from skill.library.store import Library
from skill.settings import Settings
from skill.web.app import create_app

Model = dict[str, Any]


def model(locale: str) -> Model:
    loaded: Model = json.loads((MODELS / f"{locale}.json").read_text(encoding="utf-8"))
    return loaded


def subject(content: Content, library: Library, *locales: str) -> Subject:
    """The skill as it is, without the door."""
    settings = Settings(content=CONTENT, models=MODELS)
    skill = Skill(assemble(settings, library, MemoryStore()))
    models = {locale: model(locale) for locale in locales}
    return Subject(content, settings, models, skill.handle, time.process_time)


def saying(whole: Subject, library: Library, **prompts: tuple[str, ...]) -> Subject:
    """A copy whose said.yaml has other prompts."""
    said = library.said.updated(**prompts)
    other = copy.copy(library)
    other.__dict__["said"] = said
    skill = Skill(assemble(whole.settings, other, MemoryStore()))
    return replace(whole, endpoint=skill.handle, content=replace(whole.content, said=said))


def wrapped(whole: Subject, change: Callable[[Model, Model], Model]) -> Subject:
    """A copy whose responses are changed: `change` takes request and response."""

    def endpoint(request: Model) -> Model:
        return change(request, copy.deepcopy(whole.endpoint(request)))

    return replace(whole, endpoint=endpoint)


def with_model(whole: Subject, change: Callable[[Model], None]) -> Subject:
    """A copy whose interaction models are changed in place by `change`, which takes the language model."""
    models = copy.deepcopy(whole.models)
    for one in models.values():
        change(one["interactionModel"]["languageModel"])
    return replace(whole, models=models)


def door(library_folder: Any) -> Callable[[RequestVerifier, str], Callable[[bytes, Mapping[str, str]], int]]:
    """Makes our web service in production, over content that is compiled in this folder."""

    def make(verifier: RequestVerifier, skill_id: str) -> Callable[[bytes, Mapping[str, str]], int]:
        settings = Settings(
            production=True,
            serve_unreviewed=True,
            skill_id=skill_id,
            content=CONTENT,
            models=MODELS,
            data=library_folder,
        )
        client = create_app(settings, verifier=verifier, feedback=MemoryStore()).test_client()
        return lambda body, headers: client.post("/", data=body, headers=dict(headers)).status_code

    return make


def broken(copied: Subject, *only: str) -> dict[str, str]:
    """Rules that do not hold, each with what came in the first case; few of the samples are tried."""
    verdicts = certify(copied, one_in=200, only=only).verdicts()
    return {verdict.rule.id: verdict.failures[0].came for verdict in verdicts if verdict.failures}
