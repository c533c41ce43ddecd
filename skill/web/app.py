"""The Flask application: settings in, an application out. A test needs no environment."""

from __future__ import annotations

import atexit
from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask

from skill.alexa.certificate_download import certificate_fetcher
from skill.alexa.certificates import load_trust_roots
from skill.alexa.handle import Skill
from skill.alexa.verify import RequestVerifier
from skill.assemble import assemble, open_library
from skill.feedback.connect import spooled
from skill.feedback.record import FeedbackSink
from skill.library.store import Library
from skill.settings import Settings
from skill.web.alexa_route import MOST_BYTES, Door, alexa_route, web_dispatch
from skill.web.health import health_route
from skill.web.live import LiveSkill
from skill.web.observer import Nobody, Observer


def create_app(
    settings: Settings,
    *,
    verifier: RequestVerifier | None = None,
    feedback: FeedbackSink | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    observer: Observer | None = None,
    open_with: Callable[[Settings], Library] = open_library,
) -> Flask:
    """The application for `settings`. `verifier`, `feedback` and `now` are what a test puts in place of the real ones.
    `observer` is told of every request. `open_with` opens the library, at the start and whenever content is renewed.
    What is served and where ratings go can be found in the application's `extensions`, as "live" and "feedback".

    Raises SettingsInvalid, ContentInvalid, StoreDamaged or OSError: what cannot be served is said at start, not at the
    first request. A feedback store that is down is no reason not to serve.
    """
    settings.validate()
    store = feedback or spooled(settings.feedback, settings.data, lambda: now().date())
    atexit.register(store.close)
    live = LiveSkill(
        lambda: Skill(assemble(settings, open_with(settings), store), web_dispatch),
        watched=None if settings.production else settings.content,
    )
    door = Door(
        verifier=verifier or RequestVerifier(fetch=certificate_fetcher(), trust_roots=load_trust_roots(), now=now),
        skill_id=settings.skill_id,
        production=settings.production,
        now=now,
    )
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = (
        MOST_BYTES + 1
    )  # a body that comes in chunks is cut here, and seen to be too long
    app.extensions.update(live=live, feedback=store)
    app.register_blueprint(alexa_route(door, live, observer or Nobody()))
    app.register_blueprint(health_route(live, store))
    return app
