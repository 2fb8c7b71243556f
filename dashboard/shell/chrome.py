"""Header, ribbon, navigation and footer of every page."""

from __future__ import annotations

import dash_bootstrap_components as dbc

from dashboard.address.selection import Route
from dashboard.address.view import View
from dashboard.render import elements as html
from dashboard.render.controls import segmented
from dashboard.render.parts import badge, dataset, mark_icon
from dashboard.words import formats, t
from dashboard.words.formats import LANGUAGES

SECTIONS = ("results", "analysis", "release", "reference")
"""Groups of the navigation, in order; a page says which it belongs to."""


def header(view: View, *, known: bool) -> list:
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
                "data-source": f"/search/{view.lang}/{sel.period}.json?v={view.site.meta.get('identity', '')}",
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
            return sel.to("ranking", unit_group=group) or sel.to(view.site.routes[0].key, unit_group=group)
        return sel.href(unit_group=group)

    return segmented(view.t("frame.block"), [(view.block("short", g), link(g), g == sel.unit_group) for g in groups])


# Ribbon


def ribbon(view: View) -> html.Div | None:
    """What the data of the year are: made up, on an illustrative rubric, how far the year is, and which dataset."""
    seasons = [season for (period, _), season in view.site.seasons.items() if period == view.sel.period]
    if not seasons:
        return None
    made_up, illustrative = (any(season[name] for season in seasons) for name in ("made_up", "illustrative"))
    kind, name, reason = status(view)
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
                    badge(kind, name),
                    html.Span(
                        [
                            html.Span(f"{reason} · ", className="ribbon-reason") if reason else None,
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


BADGES = {
    "published": "published",
    "approved": "info",
    "provisional": "draft",
    "appraising": "council",
    "none": "locked",
}
"""Status of a year -> look of its badge."""


def status(view: View) -> tuple[str, str, str]:
    """The status of the year, said here alone: the look of its badge, its name, the reason."""
    year = view.site.years.get(view.sel.period) or {"status": "none", "since": None, "units": 0, "complete": 0}
    name = year["status"]
    still = name != "none" and year["complete"] < year["units"]
    reason = view.t("status.counted", n=year["complete"], of=year["units"]) if still else ""
    if name == "published" and year["since"]:
        day = formats.date(year["since"], view.lang, official=True)
        reason = ", ".join(filter(None, (view.t("status.published_on", date=day), reason)))
    elif name not in ("published", "appraising"):
        reason = view.t(f"status.{name}_text")
    return BADGES[name], view.t(f"status.{name}"), reason


# Navigation


def links(view: View, *, known: bool) -> list:
    groups = []
    for name in SECTIONS:
        pages = [page for page in view.site.routes if page.section == name]
        if not pages:
            continue
        items = [
            html.Li(
                html.A(
                    view.t(f"nav.{page.key}"),
                    href=view.sel.to(page.key),
                    **({"aria-current": current} if known and (current := _current(page, view.sel.route)) else {}),
                )
            )
            for page in pages
        ]
        groups.append(
            html.Div([html.P(view.t(f"section.{name}"), className="nav-title"), html.Ul(items)], className="nav-group")
        )
    return groups


def _current(route: Route, shown: Route) -> str | None:
    """'page' for the page shown, 'true' for the one that it lies under."""
    if route.key == shown.key:
        return "page"
    return "true" if route.paths[0] != "/" and shown.paths[0].startswith(f"{route.paths[0]}/") else None


def drawer(view: View, *, known: bool) -> list:
    return [
        html.Div(
            [
                html.H2(view.t("frame.menu_title"), id="drawer-title"),
                _icon_button("close", view.t("frame.close"), close="drawer"),
            ],
            className="drawer-head",
        ),
        html.Nav(links(view, known=known), **{"aria-labelledby": "drawer-title"}),
    ]


def footer(view: View) -> list:
    links = [page for page in view.site.routes if page.section == "reference"]
    return [
        html.Ul([html.Li(html.A(view.t(f"nav.{page.key}"), href=view.sel.to(page.key))) for page in links]),
        html.P(view.t("ribbon.data", **dataset(view)), className="footer-data"),
    ]
