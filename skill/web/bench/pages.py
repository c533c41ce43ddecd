"""The pages of the bench: HTML drawn on the server, with a script beside it where something has to happen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import PurePath

from flask import Blueprint, Response, jsonify, render_template, request

from skill.bench.insight import insight, to_csv
from skill.bench.insight_page import charts
from skill.bench.links import draw
from skill.bench.profile import LONGEST, expectable
from skill.bench.road import Road
from skill.bench.shelf import Shelf
from skill.bench.voice import WORDS_A_MINUTE, installed
from skill.errors import Fault, FeedbackUnavailable
from skill.feedback.record import Tally
from skill.reading_grade import HIGHEST_GRADE
from skill.settings import Settings
from skill.simulator.hear import MODES
from skill.web.json_errors import Refused
from skill.web.live import LiveSkill


@dataclass(frozen=True)
class Shown:
    """What the pages are drawn from."""

    settings: Settings
    road: Road
    shelf: Shelf
    live: LiveSkill
    tallies: Callable[[], Sequence[Tally]]
    """What the store of ratings has counted by now. Raises FeedbackUnavailable."""
    today: Callable[[], date]
    """The day that ratings are counted on now."""


def add_pages(routes: Blueprint, shown: Shown) -> None:
    """Every GET of the bench."""
    _add_simulator(routes, shown)
    _add_library(routes, shown)
    _add_insight(routes, shown)


def _add_simulator(routes: Blueprint, shown: Shown) -> None:
    @routes.context_processor
    def on_every_page() -> dict[str, object]:
        return {
            "skill_name": shown.settings.skill_name,
            "locales": shown.road.locales,
            "modes": MODES,
            "server_speaks": installed(),
            "slowest": WORDS_A_MINUTE[0],
            "fastest": WORDS_A_MINUTE[1],
        }

    @routes.get("/")
    def simulator() -> str:
        return render_template("bench/simulator.html", viewhost=shown.settings.viewhost is not None)

    @routes.get("/profiler")
    def profiler() -> str:
        return render_template("bench/profiler.html", known=expectable(shown.road.core()), longest=LONGEST)


def _add_library(routes: Blueprint, shown: Shown) -> None:
    @routes.get("/library")
    def library() -> str:
        shown.live.current()  # a changed file is looked at now
        spines = shown.shelf.spines(_locale(shown))
        return render_template(
            "bench/library.html", spines=spines, drawing=draw(spines), locale=_locale(shown), **_state(shown)
        )

    @routes.get("/library/<topic>")
    def article(topic: str) -> str:
        if topic not in shown.live.current().core.library.names:
            raise Refused(404, "There is no such article.")
        volume = shown.shelf.volume(topic, _locale(shown))
        return render_template(
            "bench/article.html",
            volume=volume,
            locale=_locale(shown),
            can_grade=shown.shelf.can_grade,
            highest_grade=HIGHEST_GRADE,
            **_state(shown),
        )

    @routes.get("/library-state")
    def library_state() -> Response:
        return jsonify(stamp=_state(shown)["stamp"])

    @routes.get("/library-faults")
    def all_faults() -> Response:
        shown.live.current()
        if shown.live.problem is not None:
            return _checked(None, [*_of_the_register(shown), *shown.live.faults])
        return _checked(shown.shelf.faults())

    @routes.get("/library/<topic>/faults")
    def faults(topic: str) -> Response:
        if topic not in shown.live.current().core.library.names:
            raise Refused(404, "There is no such article.")
        if shown.live.problem is not None:
            return _checked(None, [fault for fault in shown.live.faults if PurePath(fault.file).stem == topic])
        return _checked(shown.shelf.faults(topic))


def _checked(found: list[Fault] | None, others: Sequence[Fault] = ()) -> Response:
    """What was found; or, where what is served is not what the files say now, what is known of those."""
    return jsonify(checked=found is not None, faults=[str(fault) for fault in found or others])


def _state(shown: Shown) -> dict[str, object]:
    """Which content is served, why the files as they are now are not, and a stamp that changes with either."""
    state: dict[str, object] = {
        "version": shown.live.current().core.library.version,
        "problem": shown.live.problem,
        "faults": [str(fault) for fault in shown.live.faults],
        "withdrawn": sorted(shown.road.core().withheld()),
        "register": [str(fault) for fault in _of_the_register(shown)],
    }
    return {**state, "stamp": blake2b(repr(state).encode(), digest_size=8).hexdigest()}


def _of_the_register(shown: Shown) -> list[Fault]:
    """What is wrong with what is withdrawn, where that is not why the files cannot be served."""
    found = shown.shelf.register_faults(links=shown.live.problem is None)
    return [fault for fault in found if fault not in shown.live.faults]


def _locale(shown: Shown) -> str:
    asked = request.args.get("locale", "")
    return asked if asked in shown.road.locales else shown.road.locales[0]


def _add_insight(routes: Blueprint, shown: Shown) -> None:
    @routes.get("/insight", endpoint="insight")
    def insight_page() -> str:
        try:
            drawn = charts(insight(shown.tallies(), shown.today()))
        except FeedbackUnavailable:
            drawn = None
        return render_template("bench/insight.html", charts=drawn)

    @routes.get("/insight.csv")
    def insight_csv() -> Response:
        try:
            body = to_csv(insight(shown.tallies(), shown.today()))
        except FeedbackUnavailable as error:
            raise Refused(503, "The store of ratings cannot be reached.") from error
        return Response(body, mimetype="text/csv", headers={"Content-Disposition": "attachment; filename=insight.csv"})
