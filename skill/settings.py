"""All settings, and the only place that reads the environment.

A setting is named BUMP_GUIDE_<NAME>. Every fault is reported at once, with the setting's name, its value and what was
expected. Where the code runs from a checkout, content and data lie beside it; installed, content is shipped inside
the package and data goes to the user's own data folder.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from skill.errors import SettingsInvalid

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent
_SHIPPED = _PACKAGE / "shipped"

PREFIX = "BUMP_GUIDE_"
_SHORTEST_TOKEN = 24
_TOKEN = re.compile(rf"[0-9A-Za-z._-]{{{_SHORTEST_TOKEN},200}}")
_SKILL_ID = re.compile(r"amzn1\.ask\.skill\.[0-9a-zA-Z-]{1,100}")


@dataclass(frozen=True)
class Settings:
    """What an operator can choose."""

    production: bool = False
    """Requests must be signed and meant for `skill_id`; off: unsigned ones are taken from loopback only."""
    skill_id: str | None = None
    """Alexa's id of this skill; needed in production."""
    skill_name: str = "Bump Guide"
    invocation_name: str = "bump guide"
    content: Path = Path()
    """The folder of content files."""
    models: Path = Path()
    """The folder of interaction models, one JSON file a locale."""
    policies: Path = Path()
    """The folder of the texts that `bump-guide policies` fills in."""
    data: Path = Path()
    """Where the compiled content and the feedback are kept."""
    feedback: str = ""
    """Address of the feedback store, as skill/feedback/connect.py lists them; empty: an SQLite file in `data`."""
    serve_unreviewed: bool = False
    """Production answers from articles that no clinician has signed; off: only from signed ones."""
    ask_why: bool = False
    """Once a session, after an answer that did not help, ask whether it was too long, not her problem, or not clear."""
    withdrawn: Path | None = None
    """The register of withdrawn topics; None: `withdrawn.yaml` in the content folder."""
    withdrawn_topics: tuple[str, ...] = ()
    """Topics that are off the air whatever the register says: for places whose files cannot be written."""
    bench_token: str | None = field(default=None, repr=False)
    """Whoever knows it may use the bench at /bench. Without one: this machine only, and nobody in production."""
    api_token: str | None = field(default=None, repr=False)
    """Whoever sends it may use the API at /api. Without one: this machine only, and nobody in production."""
    viewhost: Path | None = None
    """The folder with the index.js of apl-viewhost-web, which draws screens on the bench; None: drawn plainly."""

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> Settings:
        """Reads BUMP_GUIDE_… from `env`. Raises SettingsInvalid naming every setting that cannot be used."""
        in_checkout = (_CHECKOUT / "content").is_dir() and not (_SHIPPED / "content").is_dir()
        home = _CHECKOUT if in_checkout else _SHIPPED
        settings = cls(
            production=_flag(env, "PRODUCTION"),
            skill_id=env.get(PREFIX + "SKILL_ID") or None,
            skill_name=env.get(PREFIX + "NAME", cls.skill_name),
            invocation_name=env.get(PREFIX + "INVOCATION_NAME", cls.invocation_name),
            content=Path(env.get(PREFIX + "CONTENT", home / "content")),
            models=Path(env.get(PREFIX + "MODELS", home / "interaction_models")),
            policies=Path(env.get(PREFIX + "POLICIES", home / "docs" / "store")),
            data=Path(
                env.get(PREFIX + "DATA")
                or (_CHECKOUT / "var" if in_checkout else platformdirs.user_data_path("bump-guide"))
            ),
            feedback=env.get(PREFIX + "FEEDBACK", ""),
            serve_unreviewed=_flag(env, "SERVE_UNREVIEWED"),
            ask_why=_flag(env, "ASK_WHY"),
            withdrawn=Path(env[PREFIX + "WITHDRAWN"]) if env.get(PREFIX + "WITHDRAWN") else None,
            withdrawn_topics=tuple(env.get(PREFIX + "WITHDRAWN_TOPICS", "").replace(",", " ").split()),
            bench_token=env.get(PREFIX + "BENCH_TOKEN") or None,
            api_token=env.get(PREFIX + "API_TOKEN") or None,
            viewhost=Path(env[PREFIX + "VIEWHOST"]) if env.get(PREFIX + "VIEWHOST") else None,
        )
        settings.validate()
        if PREFIX + "CONTENT" in env and not settings.content.is_dir():
            raise SettingsInvalid(f"{PREFIX}CONTENT is {str(settings.content)!r}: there is no such folder.")
        return settings

    @property
    def withdrawn_path(self) -> Path:
        """Where the register of withdrawn topics lies."""
        return self.withdrawn or self.content / "withdrawn.yaml"

    def validate(self) -> None:
        """Raises SettingsInvalid naming every setting that cannot be used, each with what is expected."""
        problems = []
        if self.production and self.skill_id is None:
            problems.append(f"{PREFIX}SKILL_ID is not set: production needs the skill's id, amzn1.ask.skill.… .")
        if self.skill_id is not None and not _SKILL_ID.fullmatch(self.skill_id):
            problems.append(
                f"{PREFIX}SKILL_ID is {self.skill_id!r}: expected amzn1.ask.skill. and letters, digits or dashes."
            )
        if not self.skill_name.strip():
            problems.append(f"{PREFIX}NAME is empty: expected the skill's name.")
        if not re.fullmatch(r"[a-z.' ]{2,50}", self.invocation_name):
            problems.append(
                f"{PREFIX}INVOCATION_NAME is {self.invocation_name!r}: expected 2 to 50 lower-case letters and spaces."
            )
        for name, token in (("BENCH_TOKEN", self.bench_token), ("API_TOKEN", self.api_token)):
            if token is not None and not _TOKEN.fullmatch(token):
                problems.append(
                    f"{PREFIX}{name} cannot be used: expected {_SHORTEST_TOKEN} or more letters, digits, dots, dashes"
                    " or underscores, such as `openssl rand -hex 24` gives."
                )
        if self.viewhost is not None and not (self.viewhost / "index.js").is_file():
            problems.append(f"{PREFIX}VIEWHOST is {str(self.viewhost)!r}: there is no index.js in it.")
        if problems:
            raise SettingsInvalid(" ".join(problems))


def _flag(env: Mapping[str, str], name: str) -> bool:
    value = env.get(PREFIX + name, "").strip().lower()
    if value in {"", "0", "no", "false", "off"}:
        return False
    if value in {"1", "yes", "true", "on"}:
        return True
    raise SettingsInvalid(f"{PREFIX}{name} is {value!r}: expected yes or no.")
