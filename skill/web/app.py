"""The Flask application: settings in, an application out. A test needs no environment."""

from __future__ import annotations

import atexit
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial

from flask import Blueprint, Flask

from skill.alexa.certificate_download import certificate_fetcher
from skill.alexa.certificates import load_trust_roots
from skill.alexa.handle import Skill
from skill.alexa.verify import RequestVerifier
from skill.assemble import assemble, open_library
from skill.bench.road import Road
from skill.bench.shelf import Shelf
from skill.feedback.connect import counted, spooled
from skill.feedback.record import FeedbackSink
from skill.library.store import Library
from skill.settings import Settings
from skill.web.alexa_route import MOST_BYTES, Door, alexa_route, web_dispatch
from skill.web.api import api
from skill.web.bench.actions import add_actions
from skill.web.bench.pages import Shown, add_pages
from skill.web.bench.routes import bench_blueprint
from skill.web.bench.viewhost import add_viewhost
from skill.web.guard import Guard
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
    What is served, where ratings go and who checks signatures can be found in the application's `extensions`, as
    "live", "feedback" and "verifier".

    Raises SettingsInvalid, ContentInvalid, StoreDamaged or OSError: what cannot be served is said at start, not at the
    first request. A feedback store that is down is no reason not to serve.
    """
    settings.validate()

    def today() -> date:
        return now().date()

    store = feedback or spooled(settings.feedback, settings.data, today)
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
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES + 1  # where one that comes in chunks is cut, and seen to be too long
    app.extensions.update(live=live, feedback=store, verifier=door.verifier)
    app.register_blueprint(alexa_route(door, live, observer or Nobody()))
    app.register_blueprint(health_route(live, store))
    if not settings.production or settings.bench_token is not None:
        app.register_blueprint(bench(settings, live, today))
    if not settings.production or settings.api_token is not None:
        app.register_blueprint(
            api(Guard(settings.api_token), Road(lambda: live.current().core, settings.models, counted=True))
        )
    return app


def bench(settings: Settings, live: LiveSkill, today: Callable[[], date]) -> Blueprint:
    """The developer's pages; `today` is the day that ratings are counted on now."""
    road = Road(lambda: live.current().core, settings.models)
    routes = bench_blueprint(Guard(settings.bench_token), secure=settings.production)
    tallies = partial(counted, settings.feedback, settings.data)
    add_pages(
        routes, Shown(settings, road, Shelf(road.core, settings.content, settings.withdrawn_path), live, tallies, today)
    )
    add_actions(routes, road)
    if settings.viewhost is not None:
        add_viewhost(routes, settings.viewhost)
    return routes
