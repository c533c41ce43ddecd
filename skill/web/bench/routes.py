"""The developer's bench: the blueprint under /bench, its guard and its headers.

Pages are in pages.py, what their scripts ask for in actions.py. Nothing that is typed is kept, logged, or put into a
page by the server: it comes in the body of a POST and goes back as JSON, and the scripts show it as text.
"""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from skill.web.guard import COOKIE, COOKIE_SECONDS, Guard, comes_from_our_page
from skill.web.json_errors import Refused, answer_errors_in_json

OPEN_TO_ALL = frozenset({"bench.static", "bench.login", "bench.log_in", "bench.drawing"})
"""What the login form needs, and the script of a frame that has no cookies."""
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:;"
    " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with "no-referrer" a browser sends the login form as if from no site of ours
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
}


def bench_blueprint(guard: Guard, *, secure: bool) -> Blueprint:
    """The empty bench: guarded, with its login. `secure`: the cookie is for HTTPS only."""
    routes = Blueprint(
        "bench", __name__, url_prefix="/bench", template_folder="templates", static_folder="static"
    )  # fmt: skip

    @routes.before_request
    def check() -> AnyResponse | None:
        if request.method == "POST" and not comes_from_our_page(request):
            return Refused(403, "Sent by a page of another site.").response()
        if guard.admits(request):
            return None
        if guard.token is None:
            return Refused(403, "The bench is for this machine only, under the name localhost.").response()
        if request.endpoint in OPEN_TO_ALL:
            return None
        if request.method == "GET":
            return redirect(url_for("bench.login"))
        return Refused(401, "Log in first.").response()

    @routes.get("/login")
    def login() -> str:
        return render_template("bench/login.html", refused=False)

    @routes.post("/login")
    def log_in() -> AnyResponse:
        if not guard.knows(request.form.get("token", "")):
            return Response(render_template("bench/login.html", refused=True), status=401)
        response = redirect(url_for("bench.simulator"))
        response.set_cookie(
            COOKIE, guard.cookie(), max_age=COOKIE_SECONDS, path="/bench", httponly=True, samesite="Strict",
            secure=secure,
        )  # fmt: skip
        return response

    routes.after_request(with_headers)
    answer_errors_in_json(routes)
    return routes


def with_headers(response: Response) -> Response:
    """Nothing from elsewhere, nothing inline, nothing kept by the browser but static files; a route may set its own."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "bench.static":
        response.headers["Cache-Control"] = "no-store"
    return response
