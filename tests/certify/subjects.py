"""What the tests certify: the real skill over the compiled content, or a copy of it with something broken."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from conftest import CONTENT, MODELS

from skill.alexa.handle import Skill
from skill.alexa.verify import RequestVerifier
from skill.assemble import assemble
from skill.certify.door import Answered, MakeDoor, Post
from skill.certify.findings import Case, Findings
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
    """The skill as it is, with what an operator may switch on, without the door."""
    settings = Settings(content=CONTENT, models=MODELS, ask_why=True)
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


def door(library_folder: Path) -> MakeDoor:
    """Makes our web service in production, over content that is compiled in this folder."""

    def make(verifier: RequestVerifier, skill_id: str) -> Post:
        settings = Settings(
            production=True,
            serve_unreviewed=True,
            skill_id=skill_id,
            content=CONTENT,
            models=MODELS,
            data=library_folder,
        )
        client = create_app(settings, verifier=verifier, feedback=MemoryStore()).test_client()

        def post(body: bytes, headers: Mapping[str, str]) -> Answered:
            response = client.post("/", data=body, headers=dict(headers))
            return Answered(response.status_code, response.data)

        return post

    return make


def broken(copied: Subject, *only: str) -> dict[str, Sequence[Case]]:
    """Rules that do not hold, each with its cases; few of the samples are tried."""
    return failures(certify(copied, one_in=200, only=only))


def failures(findings: Findings) -> dict[str, Sequence[Case]]:
    return {verdict.rule.id: verdict.failures for verdict in findings.verdicts() if verdict.failures}
