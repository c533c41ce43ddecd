"""GET /healthz: which content is served, and whether ratings can be kept."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from skill.errors import FeedbackUnavailable
from skill.feedback.record import FeedbackSink
from skill.web.live import LiveSkill


def health_route(live: LiveSkill, feedback: FeedbackSink) -> Blueprint:
    """For monitors: says nothing about anybody who asked."""
    routes = Blueprint("health", __name__)

    @routes.get("/healthz")
    def health() -> Response:
        core = live.current().core
        library = core.library
        return jsonify(
            status="ok",
            content_version=library.version,
            articles=len(library.names),
            unreviewed=len(library.unreviewed),
            on_air=len(core.on_air()),
            content_problem=live.problem,
            feedback=_state(feedback),
        )

    return routes


def _state(feedback: FeedbackSink) -> str:
    try:
        feedback.ping()
    except FeedbackUnavailable:
        return "unavailable"
    return "ok"
