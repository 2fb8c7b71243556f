"""Composition root: the app over a data folder, its routes, and `server` for gunicorn (`app:server`)."""

from __future__ import annotations

import gc
import json
import os
from html import escape
from pathlib import Path

from dash import ClientsideFunction, Dash, Input, Output, dcc, html, set_props
from flask import Flask, Response, abort, redirect, request, send_file
from flask_compress import Compress

from dashboard.access import Store, StoreUnavailable
from dashboard.access.viewer import viewer_of
from dashboard.pages import PAGES
from dashboard.shell import compose as shell
from dashboard.shell import downloads
from dashboard.shell.search import search_index
from dashboard.shell.site import opened
from dashboard.words import t
from dashboard.words.formats import LANGUAGES

ROOT = Path(__file__).resolve().parent
ASSETS = ROOT / "assets"
YEAR = 31_536_000  # seconds: every asset has a version in its name or its query

# Only the traces in use, and only once a page draws something: the file is asked for under Plotly's own name.
PLOTLY = next(ASSETS.glob("vendor/**/plotly-cartesian-*.min.js"))
BOOTSTRAP = next(ASSETS.glob("vendor/**/bootstrap-*.min.css"))

INDEX = """<!doctype html>
<html lang="{lang}">
<head>
{metas}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<meta name="theme-color" content="#FFFFFF">
<title>{title}</title>
{favicon}
{css}
</head>
<body>
<noscript><p class="noscript">{noscript}</p></noscript>
<div id="react-entry-point"><div class="_dash-loading" role="status">{loading}</div></div>
<div class="scripts">{config}{scripts}{renderer}</div>
</body>
</html>"""


class Dashboard(Dash):
    """Dash with an index page in the language of the path."""

    def interpolate_index(self, **parts: str) -> str:
        lang = shell.language(request.path)
        parts |= {key: escape(t(f"frame.{key}", lang)) for key in ("noscript", "loading")}
        parts["title"] = escape(t("frame.brand_line", lang))
        return INDEX.format(lang=lang, **{k: v for k, v in parts.items() if k != "app_entry"})


def create_app(store: Store) -> Dash:
    """The dashboard over a store, warmed up and ready to serve; `.server` is the WSGI application."""
    server = Flask(__name__, static_folder=None)
    server.config["SEND_FILE_MAX_AGE_DEFAULT"] = YEAR
    server.secret_key = os.environ.get("CCHC_SECRET_KEY") or os.urandom(32)
    Compress(server)
    app = Dashboard(
        __name__,
        server=server,
        assets_folder=str(ASSETS),
        assets_path_ignore=[r"^vendor$", r"^lazy$"],
        external_stylesheets=[f"/assets/{BOOTSTRAP.relative_to(ASSETS).as_posix()}"],
        serve_locally=True,
        update_title=None,
        suppress_callback_exceptions=True,
        on_error=_say_error,
        meta_tags=[{"charset": "utf-8"}],
    )
    app.layout = _layout
    _frame_callback(app, store)
    for route in PAGES:
        if hasattr(route.module, "register"):
            route.module.register(app, store)
    _routes(server, store)
    downloads.register(server, store)
    policy = _strict_headers(server)
    with server.test_client() as client:  # the first requests of a cold server race in Dash's set-up
        client.get("/_dash-dependencies")
        client.get("/_dash-layout")
        client.get("/")
    policy["scripts"] = " ".join(app.csp_hashes())
    return app


def _layout() -> html.Div:
    """The empty frame; the callback fills it from the URL."""
    return html.Div(
        [
            dcc.Location(id="url", refresh="callback-nav"),
            html.A(id="skip", href="#main", className="skip"),
            html.Header(id="header", className="header"),
            html.Div(id="ribbon"),
            html.Div(
                [
                    html.Nav(id="navigation", className="navigation"),
                    html.Div([html.Main(id="main", tabIndex=-1), html.Footer(id="footer", className="footer")]),
                ],
                className="body",
            ),
            html.Dialog(id="drawer", className="drawer", **{"aria-labelledby": "drawer-title"}),
            html.Div(id="announcer", className="visually-hidden", role="status"),
            html.Div(id="problem"),
            dcc.Store(id="arrival"),
        ],
        id="frame",
    )


def _frame_callback(app: Dash, store: Store) -> None:
    @app.callback(
        Output("skip", "children"),
        Output("header", "children"),
        Output("ribbon", "children"),
        Output("navigation", "children"),
        Output("navigation", "aria-label"),
        Output("main", "children"),
        Output("footer", "children"),
        Output("drawer", "children"),
        Output("arrival", "data"),
        Input("url", "pathname"),
        Input("url", "search"),
    )
    def show(pathname: str, search: str):
        frame = shell.compose(store, viewer_of(request), pathname, search)
        # The key is the page's: another page replaces the whole of main, a changed control only what differs.
        main = html.Div(frame.main, key=frame.state["page"], className="page", **{"data-here": frame.state["here"]})
        return (
            t("frame.skip", frame.lang),
            frame.header,
            frame.ribbon,
            frame.navigation,
            t("frame.pages", frame.lang),
            main,
            frame.footer,
            frame.drawer,
            frame.state,
        )

    # assets/frame.js: title, language, focus and scroll once the view has arrived
    app.clientside_callback(ClientsideFunction("frame", "arrived"), Input("arrival", "data"))


def _say_error(error: Exception) -> None:
    """A callback of a page failed: a sentence on the page and the details in the log, never a traceback."""
    lang = shell.language(request.headers.get("Referer", "").split("//", 1)[-1].partition("/")[2])
    reason = "state.callback.text"
    set_props(
        "problem", {"children": html.P(t(reason, lang, ticket=shell.ticket()), role="alert", className="problem")}
    )


def _routes(server: Flask, store: Store) -> None:
    """What is not a Dash page: the bundle of Plotly, the search index, and the status of paths that lead nowhere."""

    @server.before_request
    def before():
        path = request.path
        if path.endswith("/plotly/package_data/plotly.min.js"):
            return send_file(PLOTLY, mimetype="text/javascript", max_age=YEAR)
        if request.method == "GET" and not _machine(path):
            status, target = shell.status(store, viewer_of(request), path)
            if target:
                query = request.query_string.decode()
                return redirect(target + (f"?{query}" if query else ""))
            request.environ["cchc.status"] = status
        return None

    @server.get("/search/<lang>/<period>.json")
    def search(lang: str, period: str) -> Response:
        try:
            with opened(store, viewer_of(request)) as (site, ask):
                if lang not in LANGUAGES or period not in site.periods:
                    abort(404)
                found = search_index(site, ask, lang, period)
        except StoreUnavailable:
            abort(503)
        body = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
        return Response(body, mimetype="application/json", headers={"Cache-Control": f"private, max-age={YEAR}"})

    @server.after_request
    def status_of_pages(response: Response) -> Response:
        if response.status_code == 200 and "cchc.status" in request.environ:
            response.status_code = request.environ["cchc.status"]
            response.headers["Cache-Control"] = "no-store" if response.status_code != 200 else "no-cache"
        return response


def _machine(path: str) -> bool:
    """Whether a path is asked for by a program, not typed or followed by a person."""
    return path.startswith(("/_", "/assets/", "/search/", "/tai-ve/"))


def _strict_headers(server: Flask) -> dict[str, str]:
    """Sets the security headers of every response. The hashes of Dash's inline scripts, known once it has rendered
    its index, are put into the dict returned, under 'scripts'."""
    policy = {"scripts": ""}

    @server.after_request
    def strict(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = (
            f"default-src 'self'; script-src 'self' {policy['scripts']}; style-src 'self' 'unsafe-inline'; "
            "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; "
            "base-uri 'self'; form-action 'self'; object-src 'none'; worker-src 'self' blob:"
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        return response

    return policy


def __getattr__(name: str):
    """`app` and `server` over the folder of CCHC_DATA (default: data), made when first asked for."""
    if name not in ("app", "server"):
        raise AttributeError(name)
    made = create_app(Store(os.environ.get("CCHC_DATA", "data")))
    gc.collect()
    gc.freeze()  # what a server stands on is never garbage; looking for it costs a fifth of every view
    globals().update(app=made, server=made.server)
    return globals()[name]
