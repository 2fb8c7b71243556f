"""The frame around every page: what a URL shows, who may look, header, ribbon, navigation, search, footer.

`compose` is a function of the store, the viewer and the URL, and gives the whole view with its HTTP status; the one
callback of the frame only calls it when the URL changes. Controls are links, or lists whose values are links, so
there is nothing to bring back into step: assets/frame.js follows them without a reload.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import dash_bootstrap_components as dbc

from dashboard import html, queries
from dashboard.access import Viewer
from dashboard.components import badge, button_link, dataset, mark_icon, page_header, segmented, state
from dashboard.formats import LANGUAGES, fold
from dashboard.pages import PAGES
from dashboard.selection import KEYS, Note, NotFound, Page, Selection, Site, View
from dashboard.texts import t
from scoring.store import Snapshot, Store, StoreUnavailable

log = logging.getLogger("dashboard")

SECTIONS = ("results", "analysis", "release", "reference")
"""Groups of the navigation, in order; a page says which it belongs to."""


@dataclass(frozen=True)
class Frame:
    """Everything a view shows, part by part. `status` is that of HTTP; `state` tells the browser language and place."""

    status: int
    lang: str
    header: Any = None
    ribbon: Any = None
    navigation: Any = None
    drawer: Any = None
    main: Any = None
    footer: Any = None
    state: Mapping[str, Any] = field(default_factory=dict)


@lru_cache(maxsize=16)
def _site(store: Store, generation: int, viewer: Viewer, pages: tuple[Page, ...]) -> Site:
    with store.snapshot() as snapshot:
        return read_site(viewer, snapshot, pages)


def read_site(viewer: Viewer, snapshot: Snapshot, pages: tuple[Page, ...] = PAGES) -> Site:
    """The names and codes of a generation that this viewer can select."""
    units: dict[str, dict] = {}
    for row in queries.units(viewer, snapshot):
        units.setdefault(row["period"], {})[row["unit_code"]] = row
    rubrics: dict[tuple[str, str], dict] = {}
    for row in sorted(queries.rubric(viewer, snapshot), key=lambda row: natural(row["criterion_code"])):
        rubrics.setdefault((row["period"], row["unit_group"]), {})[row["criterion_code"]] = row
    respondents: dict[str, dict] = {}
    for row in queries.respondent_groups(viewer, snapshot):
        respondents.setdefault(row["unit_group"], {})[row["respondent_group"]] = row
    return Site(
        pages=pages,
        seasons={(row["period"], row["unit_group"]): row for row in queries.seasons(viewer, snapshot)},
        groups={row["unit_group"]: row for row in queries.unit_groups(viewer, snapshot)},
        units=units,
        rubrics={key: in_order(rubric) for key, rubric in rubrics.items()},
        respondents=respondents,
        meta=queries.meta(viewer, snapshot),
    )


def natural(code: str) -> list[tuple[int, str]]:
    """Sort key by which '9.2' stands before '9.10'."""
    return [(int(part) if part.isdigit() else 10**9, part) for part in code.split(".")]


def in_order(rubric: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Items from top to bottom as the tree is read: each heading followed by what lies below it."""
    below: dict[str, list[str]] = {}
    for code, row in rubric.items():
        below.setdefault(row["parent_code"] or "", []).append(code)
    ordered: dict[str, Mapping[str, Any]] = {}

    def walk(parent: str) -> None:
        for code in below.get(parent, ()):
            ordered[code] = rubric[code]
            walk(code)

    walk("")
    return ordered


def site(store: Store, viewer: Viewer, pages: tuple[Page, ...] = PAGES) -> Site:
    """What can be selected in the generation in force. Raises StoreUnavailable."""
    return _site(store, store.generation(), viewer, pages)


def status(store: Store, viewer: Viewer, pathname: str) -> tuple[int, str | None]:
    """HTTP status of a path, without drawing it; with 302 the link to go to."""
    try:
        map_ = site(store, viewer)
        if not map_.periods:
            return 503, None
        return 200, map_.parse(pathname) and None
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


def compose(store: Store, viewer: Viewer, pathname: str, search: str = "", pages: tuple[Page, ...] = PAGES) -> Frame:
    """The view of a URL. Whatever happens, the reader gets a page in words; details of a failure go to the log."""
    pathname, search = pathname or "/", search or ""
    try:
        map_ = site(store, viewer, pages)
        if not map_.periods:
            return _without_store(language(pathname), "empty", pathname + search, pages)
        try:
            return _drawn(store, store.generation(), viewer, pathname, search, pages)
        except StoreUnavailable:
            raise
        except Exception:
            code = ticket()
            view = View(map_.nearest(pathname, search), viewer, None)
            return _frame(view, 500, _failed(view, code), pathname + search)
    except StoreUnavailable as problem:
        return _without_store(language(pathname), problem.reason, pathname + search, pages)


@lru_cache(maxsize=64)
def _drawn(store: Store, generation: int, viewer: Viewer, pathname: str, search: str, pages: tuple[Page, ...]) -> Frame:
    """The view of a URL over one generation. Kept, because nothing of it can change: many readers open the same few
    views on the same day. A failure is not kept."""
    here = pathname + search
    try:
        sel = site(store, viewer, pages).parse(pathname, search)
    except NotFound as lost:
        view = View(lost.selection, viewer, None)
        return _frame(view, 404, _lost(view, lost), here)
    with store.snapshot() as snapshot:
        view = View(sel, viewer, snapshot)
        body = sel.page.module.layout(view)
    return _frame(view, 200, [_notices(view), *(body if isinstance(body, list | tuple) else [body])], here)


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
        header=_header(view, known=status != 404),
        ribbon=_ribbon(view),
        navigation=html.Div(_links(view, known=status != 404), className="nav-sticky"),
        drawer=_drawer(view, known=status != 404),
        main=main,
        footer=_footer(view),
        state={"lang": view.lang, "here": here, "page": sel.page.key, "brand": view.t("frame.brand_line")},
    )


def _without_store(lang: str, reason: str, here: str, pages: tuple[Page, ...]) -> Frame:
    """The frame when there is nothing to read: the brand, and what to do."""
    view = View(Selection(Site(pages), pages[0], lang, "", ""), Viewer("public"), None)
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


# Header


def _header(view: View, *, known: bool) -> list:
    sel = view.sel
    return [
        _icon_button("menu", view.t("frame.menu"), "menu-button", dialog="drawer"),
        html.A(
            [
                html.Span(view.t("frame.brand"), className="brand-name"),
                html.Span(view.t("frame.city"), className="brand-city"),
                html.Span(view.t("frame.brand_line"), className="brand-line"),
            ],
            href=view.site.home(view.lang).href(),
            className="brand",
        ),
        html.Div([_year(view), _blocks(view)], className="header-controls"),
        html.Div(
            id="search",
            className="search",
            role="search",
            **{
                "data-source": f"/search/{view.lang}/{sel.period}.json?v={dataset(view)['generation']}",
                "data-label": view.t("frame.search_label"),
                "data-placeholder": view.t("frame.search"),
                "data-none": view.t("frame.search_none"),
                "data-some": view.t("frame.search_some"),
            },
        ),
        html.Nav(
            [
                html.A(
                    lang.upper(),
                    href=sel.href(lang=lang) if known else view.site.home(lang).href(),
                    lang=lang,
                    hrefLang=lang,
                    title=t(f"frame.{lang}", lang),
                    **({"aria-current": "true"} if lang == view.lang else {}),
                )
                for lang in LANGUAGES
            ],
            className="languages",
            **{"aria-label": view.t("frame.language")},
        ),
        _icon_button("search", view.t("frame.search_open"), "search-button", search=""),
    ]


def _icon_button(icon: str, label: str, class_name: str = "", **data: str) -> html.Button:
    """A button that is an icon with a spoken label; `data` tells assets/frame.js what it does."""
    told = {"aria-label": label} | {f"data-{name}": value for name, value in data.items()}
    return html.Button(mark_icon(icon), type="button", className=f"icon-button {class_name}", **told)


def _year(view: View) -> html.Div:
    """Years with scores, and the one shown. A unit, item or number that another year lacks is left behind there."""
    sel = view.sel

    def link(period: str) -> str:
        groups = view.site.groups_of(period)
        if sel.unit_group not in groups:
            return view.site.home(view.lang).change(period=period, unit_group=(groups or ("",))[0]).href()
        plain = {"version": None, "number": None}
        if sel.unit and sel.unit not in view.site.units.get(period, {}):
            plain["unit"] = None
        if sel.item and sel.item not in view.site.rubrics.get((period, sel.unit_group), {}):
            plain["item"] = None
        return sel.href(period=period, **plain)

    periods = view.site.periods if sel.period in view.site.periods else (sel.period, *view.site.periods)
    return html.Div(
        [
            html.Label(view.t("frame.year"), htmlFor="year"),
            dbc.Select(
                id="year",
                options=[{"label": period, "value": link(period)} for period in periods],
                value=link(sel.period),
                class_name="go",
            ),
        ],
        className="href-select year",
    )


def _blocks(view: View) -> html.Nav | None:
    """The unit groups of the year. From a unit, an item or a number the other block's own page is the way there."""
    sel = view.sel
    groups = view.site.groups_of(sel.period)
    if len(groups) < 2:
        return None

    def link(group: str) -> str:
        if group == sel.unit_group:
            return sel.href()
        if sel.unit or sel.number:
            return sel.to("ranking", unit_group=group) or sel.to(view.site.pages[0].key, unit_group=group)
        return sel.href(unit_group=group)

    return segmented(view.t("frame.block"), [(view.block("short", g), link(g), g == sel.unit_group) for g in groups])


# Ribbon


def _ribbon(view: View) -> html.Div | None:
    """What the data of the year are: made up, on an illustrative rubric, complete or not, and which dataset."""
    seasons = [season for (period, _), season in view.site.seasons.items() if period == view.sel.period]
    if not seasons:
        return None
    made_up, illustrative = (any(season[name] for season in seasons) for name in ("made_up", "illustrative"))
    units, complete = (sum(season[name] or 0 for season in seasons) for name in ("units", "complete"))
    if not any(season["has_scores"] for season in seasons):
        kind, name, values = "locked", "none", {}
    elif complete < units:
        kind, name, values = "council", "council", {"n": complete, "of": units}
    else:
        kind, name, values = "draft", "provisional", {}
    about = []
    if made_up:
        about = [
            html.Strong(view.t("ribbon.made_up"), className="ribbon-tag"),
            html.Span(
                view.t("ribbon.made_up_text" if illustrative else "ribbon.made_up_only"), className="ribbon-text"
            ),
        ]
    elif illustrative:
        about = [
            html.Strong(view.t("ribbon.illustrative"), className="ribbon-tag"),
            html.Span(view.t("ribbon.illustrative_text"), className="ribbon-text"),
        ]
    return html.Div(
        [
            html.Div(about, className="ribbon-about") if about else None,
            html.Div(
                [
                    badge(kind, view.t(f"status.{name}")),
                    html.Span(
                        [
                            html.Span(f"{view.t(f'status.{name}_text', **values)} · ", className="ribbon-reason"),
                            view.t("ribbon.data", **dataset(view)),
                        ]
                    ),
                ],
                className="ribbon-status",
            ),
        ],
        className="ribbon "
        + ("ribbon-made-up" if made_up else "ribbon-illustrative" if illustrative else "ribbon-plain"),
        role="region",
        **{"aria-label": view.t("frame.status")},
    )


# Navigation


def _links(view: View, *, known: bool) -> list:
    groups = []
    for name in SECTIONS:
        pages = [page for page in view.site.pages if page.section == name]
        if not pages:
            continue
        items = [
            html.Li(
                html.A(
                    view.t(f"nav.{page.key}"),
                    href=view.sel.to(page.key),
                    **({"aria-current": current} if known and (current := _current(page, view.sel.page)) else {}),
                )
            )
            for page in pages
        ]
        groups.append(
            html.Div([html.P(view.t(f"section.{name}"), className="nav-title"), html.Ul(items)], className="nav-group")
        )
    return groups


def _current(page: Page, shown: Page) -> str | None:
    """'page' for the page shown, 'true' for the one that it lies under."""
    if page.key == shown.key:
        return "page"
    return "true" if page.paths[0] != "/" and shown.paths[0].startswith(f"{page.paths[0]}/") else None


def _drawer(view: View, *, known: bool) -> list:
    return [
        html.Div(
            [
                html.H2(view.t("frame.menu_title"), id="drawer-title"),
                _icon_button("close", view.t("frame.close"), close="drawer"),
            ],
            className="drawer-head",
        ),
        html.Nav(_links(view, known=known), **{"aria-labelledby": "drawer-title"}),
    ]


def _footer(view: View) -> list:
    links = [page for page in view.site.pages if page.section == "reference"]
    return [
        html.Ul([html.Li(html.A(view.t(f"nav.{page.key}"), href=view.sel.to(page.key))) for page in links]),
        html.P(view.t("ribbon.data", **dataset(view)), className="footer-data"),
    ]


# Search


def search_index(store: Store, viewer: Viewer, lang: str, period: str) -> list[list[str]]:
    """What the search box of a year offers: [text to match, label, where it belongs, link], units first.

    The text to match is folded (no accents, đ as d) and holds every name of the thing, so 'cau giay' finds Cầu Giấy.
    """
    map_ = site(store, viewer)
    sel = map_.home(lang).change(period=period)
    view = View(sel, viewer, None)
    found = []
    for code, row in map_.units.get(period, {}).items():
        if href := sel.to("unit", unit=code):
            names = " ".join(str(row.get(name) or "") for name in ("name", "short_name", "name_en"))
            found.append([fold(names), view.name(row), view.block("short", row["unit_group"]), href])
    for (year, group), rubric in map_.rubrics.items():
        for code, row in rubric.items():
            if year == period and (href := sel.to("item", unit_group=group, item=code)):
                names = f"{code} {row['name']} {row.get('name_en') or ''}"
                found.append([fold(names), f"{code} {view.name(row)}", view.block("short", group), href])
    for page in map_.pages:
        if page.section:
            found.append([fold(view.t(f"nav.{page.key}")), view.t(f"nav.{page.key}"), "", sel.to(page.key)])
    return found
