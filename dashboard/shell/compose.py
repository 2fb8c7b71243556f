"""The view of a URL, whole: what it shows, its frame, its HTTP status.

`compose` is a function of the store, the viewer and the URL; the one callback of the frame only calls it when the URL
changes. Controls are links, or lists whose values are links, so there is nothing to bring back into step:
assets/frame.js follows them without a reload. Everything of a view comes from one snapshot (`site.opened`).
"""

from __future__ import annotations

import logging
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any

from dashboard.access import Store, StoreUnavailable
from dashboard.access.ask import Ask
from dashboard.access.viewer import NOBODY, Viewer
from dashboard.address.selection import KEYS, Note, NotFound, Route, Selection, Site
from dashboard.address.view import View
from dashboard.exhibit.page import Page, exhibits_of
from dashboard.pages import PAGES
from dashboard.render import elements as html
from dashboard.render.controls import button_link
from dashboard.render.export import Export
from dashboard.render.page import page
from dashboard.render.parts import page_header, state
from dashboard.shell import chrome
from dashboard.shell.site import opened
from dashboard.words.formats import LANGUAGES

log = logging.getLogger("dashboard")

KEPT_VIEWS = 64
"""Views kept a generation and kind of viewer: many readers open the same few views on the same day."""


@dataclass(frozen=True)
class Frame:
    """Everything a view shows, part by part. `status` is that of HTTP; `state` tells the browser language and place;
    `exports` is what can be taken away of it."""

    status: int
    lang: str
    header: Any = None
    ribbon: Any = None
    navigation: Any = None
    drawer: Any = None
    main: Any = None
    footer: Any = None
    state: Mapping[str, Any] = field(default_factory=dict)
    exports: tuple[Export, ...] = ()


class Kept:
    """Views of one generation for viewers who see the same; the one that was not opened for longest goes first."""

    def __init__(self):
        self._lock, self._views = Lock(), OrderedDict()

    def view(self, key: tuple[str, ...], draw: Callable[[], Frame]) -> Frame:
        """The view kept under a key, drawn where there is none. A failure is not kept."""
        with self._lock:
            found = self._views.get(key)
            if found is not None:
                self._views.move_to_end(key)
                return found
        drawn = draw()
        with self._lock:
            self._views[key] = drawn
            while len(self._views) > KEPT_VIEWS:
                self._views.popitem(last=False)
        return drawn


def status(store: Store, viewer: Viewer, pathname: str) -> tuple[int, str | None]:
    """HTTP status of a path, without drawing it; with 302 the link to go to."""
    try:
        with opened(store, viewer) as (site, _):
            if not site.periods:
                return 503, None
            site.parse(pathname)
            return 200, None
    except NotFound as lost:
        if lost.kind == "page" and lost.value == "/":
            return 302, lost.selection.href()
        return 404, None
    except StoreUnavailable:
        return 503, None


def language(pathname: str) -> str:
    """The language that a path asks for."""
    first = (pathname or "/").strip("/").split("/", 1)[0]
    return first if first in LANGUAGES[1:] else LANGUAGES[0]


def compose(store: Store, viewer: Viewer, pathname: str, search: str = "", routes: tuple[Route, ...] = PAGES) -> Frame:
    """The view of a URL. Whatever happens, the reader gets a page in words; details of a failure go to the log."""
    pathname, search = pathname or "/", search or ""
    try:
        with opened(store, viewer, routes) as (site, ask):
            return view_of(site, ask, pathname, search)
    except StoreUnavailable as problem:
        return _without_store(language(pathname), problem.reason, pathname + search, routes)


def view_of(site: Site, ask: Ask, pathname: str, search: str = "") -> Frame:
    """The view of a URL over one generation, kept since nothing of it can change. Raises StoreUnavailable."""
    if not site.periods:
        return _without_store(language(pathname), "empty", pathname + search, site.routes)
    try:
        kept = ask.kept(("views", site.routes), Kept)
        return kept.view((pathname, search), lambda: _drawn(site, ask, pathname, search))
    except StoreUnavailable:
        raise
    except Exception:
        code = ticket()
        view = View(site.nearest(pathname, search), ask)
        return _frame(view, 500, _failed(view, code), pathname + search)


def _drawn(site: Site, ask: Ask, pathname: str, search: str) -> Frame:
    here = pathname + search
    try:
        view = View(site.parse(pathname, search), ask)
    except NotFound as lost:
        view = View(lost.selection, ask)
        return _frame(view, 404, _lost(view, lost), here)
    shown = view.sel.route.module.layout(view)
    return replace(_frame(view, 200, [_notices(view), *page(view, shown)], here), exports=_exports(view, shown))


def exports_of(view: View) -> tuple[Export, ...]:
    """What can be taken away of the page of a view."""
    return _exports(view, view.sel.route.module.layout(view))


def _exports(view: View, shown: Page) -> tuple[Export, ...]:
    return tuple(Export.of(view, one) for one in exhibits_of(shown))


def ticket() -> str:
    """A short code under which the failure that is being handled is logged, for the reader to pass on."""
    code = secrets.token_hex(3)
    log.exception("failure %s", code)
    return code


def _frame(view: View, status: int, main: Any, here: str) -> Frame:
    sel = view.sel
    return Frame(
        status,
        view.lang,
        header=chrome.header(view, known=status != 404),
        ribbon=chrome.ribbon(view),
        navigation=html.Div(chrome.links(view, known=status != 404), className="nav-sticky"),
        drawer=chrome.drawer(view, known=status != 404),
        main=main,
        footer=chrome.footer(view),
        state={"lang": view.lang, "here": here, "page": sel.route.key, "brand": view.t("frame.brand_line")},
    )


def _without_store(lang: str, reason: str, here: str, routes: tuple[Route, ...]) -> Frame:
    """The frame when there is nothing to read: the brand, and what to do."""
    view = View(Selection(Site(routes), routes[0], lang, "", ""), Ask(NOBODY, None))
    main = [
        page_header(view, view.t(f"store.{reason}.title")),
        state(view, "error", title=view.t(f"store.{reason}.title"), text=view.t(f"store.{reason}.text")),
    ]
    brand = html.Div(html.Span(view.t("frame.brand_line"), className="brand-line always"), className="brand")
    return Frame(
        503,
        lang,
        header=brand,
        main=main,
        state={"lang": lang, "here": here, "page": "", "brand": view.t("frame.brand_line")},
    )


def _lost(view: View, lost: NotFound) -> list:
    values = {"value": lost.value, "period": view.sel.period, "block": view.block("inside")}
    ways = []
    if lost.kind == "block":
        groups = view.site.groups_of(view.sel.period)
        ways = [button_link(view.block("short", group), view.sel.href(unit_group=group)) for group in groups]
    ways.append(button_link(view.t("lost.home"), view.site.home(view.lang).href(), primary=True))
    return [
        page_header(view, view.t(f"lost.{lost.kind}.title"), view.t(f"lost.{lost.kind}.text", **values)),
        html.Div(ways, className="actions"),
    ]


def _failed(view: View, code: str) -> list:
    again = html.A(view.t("state.error.action"), href=view.sel.href(), className="button", **{"data-reload": ""})
    return [page_header(view, view.t("state.error.title")), state(view, "error", ticket=code, actions=[again])]


def _notices(view: View) -> html.Div | None:
    """What of the query was not understood, said politely."""

    def words(note: Note) -> str:
        name = view.t(f"key.{note.key}") if note.key in KEYS else view.t("key.other", key=note.key)
        return view.t("notice.dropped" if note.key in ("ss", "nb") else "notice.fallback", key=name, value=note.value)

    if not view.sel.notes:
        return None
    return html.Div([html.P(words(note)) for note in view.sel.notes], className="notices", role="status")
